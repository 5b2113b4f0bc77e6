import { describe, expect, it } from '@jest/globals';
import * as call from '#domain/call/fixtures.js';
import * as file from '#domain/application/fixtures.js';
import type { DeadlineKind } from '#domain/reminder/deadlines.js';
import type { Audience, Channel } from '#domain/reminder/policy.js';
import type { Fact } from '#domain/facts.js';
import { CALL, FILE, type Happened, on } from '#read-models/fixtures.js';
import { noticeOf, told } from './fixtures.js';
import { letter } from './letter.js';

const round = (
  kind: DeadlineKind,
  changes: { to?: Audience; channel?: Channel; about?: string; days?: number } = {},
): Extract<Fact, { type: 'ReminderRoundOpened' }> => {
  const { to = 'responsible', channel = 'mail', about, days = -7 } = changes;
  const deadline = [kind, CALL, ...(about === undefined ? [] : [about])].join(':');
  return {
    type: 'ReminderRoundOpened',
    round: `${deadline}|J-7|${to}|2021-08-13T14:00:00Z`,
    deadline,
    kind,
    call: CALL,
    ...(about !== undefined && { about }),
    step: { days, to, channel },
    merges: [],
    dueAt: '2021-08-13T14:00:00Z',
    plannedFor: '2021-08-06T07:00:00Z',
  };
};
const whoIsTold = async (fact: ReturnType<typeof round>, ...before: Happened[]): Promise<string[] | undefined> =>
  (await told('round-1', fact, 'system', ...before))?.to;
const ofFile = `application-${FILE}`;
const leads = ['ars-administrator', 'ars-signatory', 'dreets-administrator', 'dreets-signatory'];
const officers = ['ars-administrator', 'ars-officer', 'dreets-administrator', 'dreets-officer'];

describe('who is reminded', () => {
  it('of the submission: those whose draft is not filed, and not those who have filed or withdrawn', async () => {
    expect(await whoIsTold(round('submission'))).toEqual(['other-submitter', 'preparer', 'submitter']);
    const filed = on(ofFile, { type: 'ApplicationSubmitted', ...file.submission });
    expect(await whoIsTold(round('submission'), filed)).toEqual(['other-submitter']);
  });

  it('of the submission: who has more time is reminded before their own date', async () => {
    const extended = on(`call-${CALL}`, {
      type: 'ExtensionGranted',
      institution: call.ARS,
      organisation: 'W2',
      until: '2021-08-20T14:00:00Z',
      reason: 'Inondation.',
    });
    expect(await whoIsTold(round('submission'), extended)).toEqual(['preparer', 'submitter']);
    expect(await whoIsTold(round('submission', { about: 'W2' }), extended)).toEqual(['other-submitter']);
  });

  it('nobody, where the step only shows on the board', async () =>
    expect(await whoIsTold(round('submission', { channel: 'board' }))).toEqual([]));

  it('of what it escalates to: those who lead, while somebody still has something to do', async () => {
    expect(await whoIsTold(round('submission', { to: 'leads' }))).toEqual(leads);
    expect(await whoIsTold(round('submission', { to: 'case-officers' }))).toEqual(officers);
    expect(await whoIsTold(round('submission', { to: 'finance-officers' }))).toEqual(['ars-finance', 'dreets-finance']);
    const all = [
      on(ofFile, { type: 'ApplicationSubmitted', ...file.submission }),
      on('application-file-2', { type: 'ApplicationSubmitted', ...file.submission, receipt: 'AR-2' }),
    ];
    expect(await whoIsTold(round('submission', { to: 'leads' }), ...all)).toEqual([]);
  });

  it('of the convocation: those who prepare it, until it was sent', async () => {
    expect(await whoIsTold(round('convocation'))).toEqual(officers);
    const convened: Happened[] = [
      on(`commission-${CALL}`, {
        type: 'SessionPlanned',
        session: 'session-1',
        at: '2021-09-30T07:30:00Z',
        place: 'Nantes',
      }),
      on(`commission-${CALL}`, {
        type: 'SessionConvened',
        session: 'session-1',
        agenda: [],
        documents: [],
        noQuorumRequired: false,
        convenedAt: '2021-09-10T08:00:00Z',
      }),
    ];
    expect(await whoIsTold(round('convocation'), ...convened)).toEqual([]);
  });

  it('of a proposal: the leads that have not answered it', async () => {
    const proposed = on(`call-${CALL}`, call.shiftProposed);
    expect(await whoIsTold(round('shift-answer', { about: '1' }), proposed)).toEqual([
      'dreets-administrator',
      'dreets-signatory',
    ]);
  });

  it('of a completion: the applicant, until the file is complete or decided on', async () => {
    const requested = on(ofFile, {
      type: 'CompletionRequested',
      request: 1,
      fields: [],
      documents: ['statuts'],
      reason: 'Les statuts manquent.',
      dueAt: '2021-09-01T21:59:59Z',
      requestedAt: '2021-08-20T08:00:00Z',
      institution: call.ARS,
    });
    const asked = { ...round('completion', { about: FILE }), deadline: `completion:${FILE}:1` };
    const submitted = on(ofFile, { type: 'ApplicationSubmitted', ...file.submission });
    expect(await whoIsTold(asked, submitted, requested)).toEqual(['preparer', 'submitter']);
    const admissible = on(ofFile, { type: 'DeclaredAdmissible', institution: call.ARS });
    expect(await whoIsTold(asked, submitted, requested, admissible)).toEqual([]);
  });
});

describe('a reminder', () => {
  it('says what is to be done, by when, and of which files', () =>
    expect(letter(noticeOf('reminder', round('submission'), { duties: ['file-1', 'file-2'] }))).toMatchObject({
      subject: 'Rappel : dépôt du dossier — Appel à projets commun ARS/DREETS – 1000 premiers jours',
      text: [
        'Bonjour Camille Élie,',
        '',
        "C'est à faire avant le 13 août 2021 à 16 h 00 (heure de Paris).",
        "Votre dossier est commencé et n'est pas déposé. Après cette date, il ne pourra plus l'être.",
        'Dossier : https://convergence.example/api/applications/file-1',
        'Dossier : https://convergence.example/api/applications/file-2',
        'Appel : https://convergence.example/api/calls/call-1',
        '',
        '--',
        'Convergence, message automatique : ne pas répondre.',
        '',
      ].join('\n'),
    }));

  it('says that it is late, and why somebody else is told', () => {
    const { subject, text } = letter(noticeOf('reminder', round('reports', { days: 8, to: 'case-officers' })));
    expect(subject).toBe('En retard : bilans à remettre — Appel à projets commun ARS/DREETS – 1000 premiers jours');
    expect(text).toContain("C'était à faire avant le 13 août 2021 à 16 h 00 (heure de Paris).");
    expect(text).toContain("Ce rappel vous est adressé parce que ceux qui ont à le faire ne l'ont pas encore fait.");
  });

  it('names twenty files at most', () => {
    const duties = Array.from({ length: 23 }, (_, index) => `file-${index}`);
    const { text } = letter(noticeOf('reminder', round('submission'), { duties }));
    expect(text.match(/Dossier : /g)).toHaveLength(20);
    expect(text).toContain('… et 3 autres dossiers.');
  });
});
