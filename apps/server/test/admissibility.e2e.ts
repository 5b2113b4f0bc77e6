import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { canonical } from '#commands/canonical.js';
import { type Answer, accepted } from '#client/client.js';
import { closedCall, contents, pdf, ready, type Receipt, siret, submit, unsealed } from './applicants.js';
import { cast, newApplicant, world } from './open-call.js';
import { expectRefused } from './refusals.js';
import type { Person } from './world.js';

const CLOSED_AT = '2021-07-01T14:00:01Z';
const DUE = '2021-07-20T18:00:00+02:00';
const ask = {
  institution: 'ARS-PDL',
  fields: ['objectives', 'budget'],
  documents: ['statuts'],
  reason: 'Les statuts ne sont pas signés ; précisez les objectifs et le budget.',
  dueAt: DUE,
};
const clearer = { ...contents, objectives: 'Accueillir quarante familles par an.' };

interface Shown {
  stage: string;
  submission: number;
  receipt: string;
  submittedAt: string;
  documents: { filename: string }[];
  receipts: { receipt: string; contentHash: string; replacedBy: string | null }[];
  completion: { dueAt: string } | null;
  admissibility: object | null;
  officer: object | null;
  clock: object | null;
}
const act = (person: { post: Person['post'] }, id: string, what: string, body: object = {}) =>
  person.post<Receipt>(`/api/applications/${id}/${what}`, body);
const show = async (person: Person, id: string) => accepted(await person.get<Shown>(`/api/applications/${id}`));
const faultsOf = (answer: Answer<unknown>) =>
  (answer.body as { faults: { field: string; code: string }[] }).faults.map(({ field, code }) => [field, code]);

let call: string;
let outsider: Person;
/** The applicants of a call whose window ended on 1 July, and their files. */
const files: { person: Person; id: string; receipt: Receipt }[] = [];
let late: string;
beforeAll(async () => {
  call = await closedCall(world, cast);
  outsider = (await newApplicant()).person;
  for (let count = 0; count < 4; count++) {
    const { person, organisation } = await newApplicant();
    const id = await ready(person, call, organisation);
    files.push({ person, id, receipt: accepted(await submit(person, id)) });
  }
  const organisation = siret(901);
  const { officer, admin } = cast.ars;
  accepted(
    await officer.post('/api/organisations', { name: 'Asso papier', legalForm: 'association', siret: organisation }),
  );
  world.clock.set(CLOSED_AT);
  await unsealed(admin, call);
  const filed = await officer.post<{ id: string }>(`/api/calls/${call}/register-paper-filing`, {
    organisation,
    arrivedAt: CLOSED_AT,
    medium: 'mail',
    reference: 'Courrier 2021-119',
    pieces: 3,
  });
  late = accepted(filed).id;
});
beforeEach(() => world.clock.set('2021-07-05T08:00:00Z'));

const file = (index: number) => {
  const found = files[index];
  if (!found) throw new Error('One file for each test.');
  return found;
};

describe('a completion', () => {
  it('reopens only what is named, until its second; the answer has its own receipt', async () => {
    const { person, id, receipt } = file(0);
    const { officer } = cast.ars;
    expectRefused(await act(person, id, 'complete', { contents: clearer }), 409, 'NoCompletionPending');
    accepted(await act(officer, id, 'request-completion', ask));
    expectRefused(await act(officer, id, 'request-completion', ask), 409, 'CompletionPending');
    expect(await show(person, id)).toMatchObject({
      status: 'submitted',
      stage: 'completing',
      completion: {
        request: 1,
        fields: ['objectives', 'budget'],
        documents: ['statuts'],
        reason: ask.reason,
        requestedAt: '2021-07-05T08:00:00Z',
        dueAt: '2021-07-20T16:00:00Z',
        dueAtSaid: '20 juillet 2021 à 18 h 00 (heure de Paris)',
        overdue: false,
      },
      clock: { runningSince: '2021-06-20T08:00:00Z', stoppedSince: '2021-07-05T08:00:00Z', stoppedMs: 0 },
    });

    const wrong = await act(person, id, 'complete', { contents: { ...clearer, title: 'Autre', publics: 'Tous' } });
    expectRefused(wrong, 422, 'ApplicationIncomplete', "Le dossier ne peut pas être complété en l'état.");
    expect(faultsOf(wrong)).toEqual([
      ['title', 'FieldNotReopened'],
      ['publics', 'FieldNotReopened'],
    ]);
    const documents = `/api/applications/${id}/documents`;
    expectRefused(await person.put(`${documents}?filename=rib.pdf`, pdf('RIB')), 409, 'DocumentNotReopened');
    accepted(await person.put(`${documents}?filename=statuts-signes.pdf&code=statuts`, pdf('Statuts signés')));
    expect((await show(officer, id)).documents.map(({ filename }) => filename)).toEqual(['statuts.pdf']);

    world.clock.set('2021-07-20T16:00:00Z');
    const completed = accepted(await act(person, id, 'complete', { contents: clearer }));
    expect(completed).toMatchObject({ submission: 2, submittedAt: '2021-07-20T16:00:00Z' });
    expect(completed.contentHash).toBe(createHash('sha256').update(canonical(clearer)).digest('hex'));
    expect(await show(officer, id)).toMatchObject({
      stage: 'submitted',
      submission: 2,
      receipt: completed.receipt,
      submittedAt: '2021-06-20T08:00:00Z',
      documents: [{ filename: 'statuts.pdf' }, { filename: 'statuts-signes.pdf' }],
      receipts: [
        { receipt: receipt.receipt, contentHash: receipt.contentHash, replacedBy: completed.receipt },
        { receipt: completed.receipt, contentHash: completed.contentHash, replacedBy: null },
      ],
      completion: null,
      clock: { stoppedSince: null, stoppedMs: 15 * 86_400_000 + 8 * 3_600_000 },
    });
    expect(accepted(await officer.get(`/api/applications/${id}/contents`))).toMatchObject({
      hash: completed.contentHash,
      contents: clearer,
    });
    expect(accepted(await world.anonymous.get(`/api/receipts/${completed.receipt}`))).toMatchObject({
      submission: 2,
      contentHash: completed.contentHash,
      stands: true,
    });
    expect(accepted(await world.anonymous.get(`/api/receipts/${receipt.receipt}`))).toMatchObject({ stands: false });

    accepted(await act(officer, id, 'declare-admissible', { institution: 'ARS-PDL' }));
    expect(await show(person, id)).toMatchObject({
      stage: 'admissible',
      admissibility: {
        verdict: 'admissible',
        grounds: [],
        reasons: null,
        institution: 'ARS-PDL',
        decidedAt: '2021-07-20T16:00:00Z',
        correction: null,
      },
    });
  });

  it('is closed a second after its end, and open again with more time', async () => {
    const { person, id } = file(1);
    const { officer, admin } = cast.ars;
    accepted(await act(officer, id, 'request-completion', ask));
    expectRefused(await act(officer, id, 'declare-admissible', { institution: 'ARS-PDL' }), 409, 'CompletionPending');
    accepted(await person.edit(`/api/applications/${id}`, `/api/applications/${id}/save-draft`, clearer));
    world.clock.set('2021-07-20T16:00:01Z');
    expectRefused(
      await act(person, id, 'complete'),
      409,
      'CompletionClosed',
      'Le délai pour compléter ce dossier est passé : 20 juillet 2021 à 18 h 00 (heure de Paris).',
    );
    expect(await show(admin, id)).toMatchObject({ completion: { overdue: true }, clock: { stoppedSince: null } });
    const reason = 'Assemblée générale reportée au 24 juillet.';
    expectRefused(await act(admin, id, 'extend-completion', { dueAt: DUE, reason }), 409, 'NotLater');
    accepted(await act(admin, id, 'extend-completion', { dueAt: '2021-07-26T18:00:00+02:00', reason }));
    expect(accepted(await act(person, id, 'complete'))).toMatchObject({ submission: 2 });
    expect(accepted(await person.get(`/api/applications/${id}/contents`))).toMatchObject({ contents: clearer });
  });

  it('repeated with its key is the same completion', async () => {
    const { person, id } = file(2);
    accepted(await act(cast.ars.officer, id, 'request-completion', ask));
    const send = () =>
      person.post<Receipt>(`/api/applications/${id}/complete`, { contents: clearer }, { key: 'completion-1' });
    const first = await send();
    const again = await send();
    expect(accepted(again)).toEqual(accepted(first));
    expect(again.headers.get('idempotent-replayed')).toBe('true');
  });
});

describe('admissibility', () => {
  it('is refused beforehand to a filing that came late, and told to those who list it', async () => {
    const { officer, admin, signatory } = cast.ars;
    const institution = 'ARS-PDL';
    expectRefused(await act(officer, late, 'request-completion', ask), 409, 'FiledLate');
    expectRefused(await act(officer, late, 'declare-admissible', { institution }), 409, 'FiledLate');
    const refusal = { institution, grounds: ['late'], reasons: 'Arrivé une seconde après la date limite.' };
    expectRefused(await act(officer, late, 'refuse-beforehand', refusal), 403, 'NotAllowed');
    accepted(await act(signatory, late, 'refuse-beforehand', refusal));
    expect(await show(admin, late)).toMatchObject({
      stage: 'refused-beforehand',
      admissibility: { verdict: 'refused', grounds: ['late'], reasons: refusal.reasons },
    });
    const listed = async (stage: string) =>
      accepted(
        await admin.get<{ items: { id: string; stage: string }[] }>(`/api/applications?call=${call}&stage=${stage}`),
      ).items.map(({ id }) => id);
    expect(await listed('refused-beforehand')).toEqual([late]);
    expect(await listed('submitted')).not.toContain(late);
    expect((await admin.get(`/api/applications?call=${call}`, { accept: 'text/csv' })).text).toContain(
      'refused-beforehand',
    );
    expect(accepted(await admin.get(`/api/calls/${call}`))).toMatchObject({
      preparation: { examined: { refusedBeforehand: 1 } },
    });
  });

  it('is corrected with its reason, in place of what was said', async () => {
    const { person, id } = file(3);
    const { admin } = cast.ars;
    const now = { verdict: 'refused', grounds: ['irregular'], reasons: "L'association est dissoute." };
    const correction = { institution: 'ARS-PDL', now, reason: "La dissolution n'était pas connue." };
    expectRefused(await act(admin, id, 'correct-admissibility', correction), 409, 'AdmissibilityUndecided');
    accepted(await act(cast.dreets.admin, id, 'declare-admissible', { institution: 'DREETS-PDL' }));
    expectRefused(await act(admin, id, 'declare-admissible', { institution: 'ARS-PDL' }), 409, 'AdmissibilityDecided');
    const admissible = { ...correction, now: { verdict: 'admissible' } };
    expectRefused(await act(admin, id, 'correct-admissibility', admissible), 409, 'NothingChanged');
    expectRefused(
      await act(admin, id, 'correct-admissibility', { ...correction, now: { ...now, verdict: 'admissible' } }),
      400,
      'InvalidInput',
    );
    const unreasoned = { ...correction, now: { verdict: 'refused', grounds: ['irregular'] } };
    expectRefused(await act(admin, id, 'correct-admissibility', unreasoned), 409, 'ReasonsMissing');
    accepted(await act(admin, id, 'correct-admissibility', correction));
    expect(await show(person, id)).toMatchObject({
      stage: 'refused-beforehand',
      admissibility: { ...now, institution: 'ARS-PDL', correction: correction.reason },
      officer: null,
    });
  });

  it('is for the institution one acts for, among the leads', async () => {
    const { id } = file(3);
    const institution = 'DREETS-PDL';
    expectRefused(await act(cast.ars.officer, id, 'declare-admissible', { institution }), 403, 'NotAllowed');
    expectRefused(await act(cast.ars.officer, id, 'declare-admissible', { institution: 'CD-44' }), 403, 'NotAllowed');
  });
});

describe('an officer', () => {
  it('hands a file over to another, whom the applicant is not told of', async () => {
    const { person, id } = file(3);
    const { officer, admin } = cast.ars;
    const reason = 'Congé de maternité.';
    expectRefused(await act(officer, id, 'hand-over', { to: person.id, reason }), 409, 'NotAnOfficer');
    expectRefused(await act(officer, id, 'hand-over', { to: 'nobody', reason }), 409, 'PersonUnknown');
    accepted(await act(admin, id, 'hand-over', { to: officer.id, reason }));
    expectRefused(await act(admin, id, 'hand-over', { to: officer.id, reason }), 409, 'AlreadyOfficer');
    expect(await show(admin, id)).toMatchObject({ officer: { id: officer.id, name: 'Inès Instructrice' } });
    expect(await show(person, id)).toMatchObject({ officer: null });
  });
});

describe('a file that somebody does not see', () => {
  const acts: [what: string, body: object][] = [
    ['request-completion', ask],
    ['extend-completion', { dueAt: DUE, reason: 'Assemblée générale reportée.' }],
    ['declare-admissible', { institution: 'ARS-PDL' }],
    ['refuse-beforehand', { institution: 'ARS-PDL', grounds: ['off-topic'], reasons: 'Sans rapport avec l’appel.' }],
    ['correct-admissibility', { institution: 'ARS-PDL', now: { verdict: 'admissible' }, reason: 'Relu en séance.' }],
    ['hand-over', { to: 'somebody', reason: 'Congé de maternité.' }],
  ];

  it('does not exist for an outsider, nor for a partner', async () => {
    const { id } = file(3);
    for (const [what, body] of [...acts, ['complete', {}] as const]) {
      expectRefused(await act(outsider, id, what, body), 404, 'ApplicationUnknown');
      expectRefused(await act(cast.caf, id, what, body), 404, 'ApplicationUnknown');
    }
  });

  it('does not exist for the leads while the call is sealed, submitted, drafted or never started', async () => {
    const sealed = await closedCall(world, cast);
    const [one, two] = [await newApplicant(), await newApplicant()];
    const [submitted, drafted] = [
      await ready(one.person, sealed, one.organisation),
      await ready(two.person, sealed, two.organisation),
    ];
    accepted(await submit(one.person, submitted));
    for (const [what, body] of acts) {
      for (const id of [submitted, drafted, 'never-started']) {
        for (const person of [cast.ars.officer, cast.ars.admin, cast.ars.signatory]) {
          expectRefused(await act(person, id, what, body), 404, 'ApplicationUnknown');
        }
      }
    }
  });

  it('is completed, but not decided on, where the call is open to its case officers', async () => {
    const open = await closedCall(world, cast, { specifications: { sealing: 'open-to-officers' } });
    const { person, organisation } = await newApplicant();
    const id = await ready(person, open, organisation);
    const { officer, admin } = cast.ars;
    expectRefused(await act(officer, id, 'request-completion', ask), 404, 'ApplicationUnknown');
    accepted(await submit(person, id));
    expectRefused(await act(officer, id, 'declare-admissible', { institution: 'ARS-PDL' }), 409, 'ContentsSealed');
    for (const [what, body] of acts) expectRefused(await act(admin, id, what, body), 404, 'ApplicationUnknown');
    accepted(await act(officer, id, 'request-completion', ask));
    expect(accepted(await act(person, id, 'complete', { contents: clearer }))).toMatchObject({ submission: 2 });
  });
});
