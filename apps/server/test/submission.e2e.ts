import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { canonical } from '#commands/canonical.js';
import { accepted } from '#client/client.js';
import { codeIn } from '#client/mail.js';
import { expectRefused } from './refusals.js';
import { applicant, type Cast, castOf, contents, pdf, publishedCall, ready, siret } from './stage.js';
import { type Person, until, World } from './world.js';

interface Receipt {
  receipt: string;
  submission: number;
  submittedAt: string;
  contentHash: string;
}
interface File {
  status: string;
  title: string | null;
  receipts: { receipt: string; replacedBy: string | null }[];
  documents: { document: string; filename: string; mediaType: string; sha256: string; size: number }[];
  draft: { version: number } | null;
}

let world: World;
let cast: Cast;
let call: string;
let next = 1;
beforeAll(async () => {
  world = await World.open('2021-05-12T08:00:00Z');
  cast = await castOf(world);
  call = await publishedCall(world, cast);
});
beforeEach(() => world.clock.set('2021-06-20T08:00:00Z'));
afterAll(() => world.close());

const newApplicant = () => applicant(world, cast, next++);
const submit = (person: Person, id: string, body: object = {}) =>
  person.post<Receipt>(`/api/applications/${id}/submit`, body);

/** A second call whose window may end without ending that of the first. */
async function closedCall(changes: { specifications?: object } = {}): Promise<string> {
  world.clock.set('2021-05-12T08:00:00Z');
  const schedule = {
    milestones: [
      { kind: 'publication', at: '2021-06-14T09:00:00+02:00' },
      { kind: 'submissionDeadline', at: '2021-07-01T16:00:00+02:00' },
    ],
  };
  const id = await publishedCall(world, cast, { schedule, ...changes });
  world.clock.set('2021-06-20T08:00:00Z');
  return id;
}
const unsealed = (person: Person, id: string) =>
  until(async () => {
    const { body } = await person.get<{ unsealed: boolean }>(`/api/calls/${id}`);
    return body.unsealed || undefined;
  }, 'the unsealing');

describe('an organisation', () => {
  it('is registered, claimed, and confirmed by somebody else before its files are shown', async () => {
    const organisation = siret(900);
    const first = await world.person('Fanny Première');
    expectRefused(
      await first.post('/api/organisations', { name: 'Asso', legalForm: 'association', siret: '12345678901234' }),
      409,
      'SiretInvalid',
      "Le numéro SIRET 12345678901234 n'est pas valable.",
    );
    accepted(await first.post('/api/organisations', { name: 'Asso', legalForm: 'association', siret: organisation }));
    expectRefused(await first.post(`/api/calls/${call}/start-application`, { organisation }), 403, 'NotAllowed');
    expectRefused(
      await first.post(`/api/organisations/${organisation}/confirm-claim`, { person: first.id, power: 'submit' }),
      403,
      'NotAllowed',
    );
    accepted(
      await cast.ars.officer.post(`/api/organisations/${organisation}/confirm-claim`, {
        person: first.id,
        power: 'submit',
      }),
    );
    accepted(await first.post(`/api/calls/${call}/start-application`, { organisation }));
    const second = await world.person('Serge Second');
    expectRefused(
      await second.post('/api/organisations', { name: 'Asso', legalForm: 'association', siret: organisation }),
      409,
      'OrganisationExists',
    );
    accepted(await second.post(`/api/organisations/${organisation}/claim`));
    accepted(
      await first.post(`/api/organisations/${organisation}/confirm-claim`, { person: second.id, power: 'prepare' }),
    );
    expect(accepted(await second.get(`/api/me`))).toMatchObject({
      grants: [{ role: 'preparer', scope: { kind: 'organisation', id: organisation } }],
    });
    expectRefused(
      await first.post(`/api/organisations/${organisation}/remove-member`, {
        person: first.id,
        reason: 'Je quitte mes fonctions.',
      }),
      409,
      'LastSubmitter',
    );
  });

  it('invites a colleague, who signs in with the code of the message and accepts', async () => {
    const { person, organisation } = await newApplicant();
    accepted(
      await person.post(`/api/organisations/${organisation}/invite-colleague`, {
        name: 'Colin Collègue',
        email: 'colin@association.example',
        power: 'prepare',
      }),
    );
    const [message = ''] = await world.messages('Bonjour Colin Collègue,');
    expect(message).toContain('To: Colin Collègue <colin@association.example>');
    const code = codeIn(message);
    const { token, person: id } = accepted(
      await world.anonymous.post<{ token: string; person: string }>('/api/sign-ins', { code }),
    );
    const colleague = Object.assign(
      new (person.constructor as typeof import('#client/client.js').Client)(world.server.url, token),
      { id },
    ) as Person;
    expectRefused(
      await world.anonymous.post('/api/sign-ins', { code }),
      403,
      'InvitationUsed',
      'Ce lien de connexion a déjà servi : demandez-en un nouveau.',
    );
    accepted(await colleague.post(`/api/organisations/${organisation}/join`));
    const { id: file } = accepted(
      await colleague.post<{ id: string }>(`/api/calls/${call}/start-application`, { organisation }),
    );
    expectRefused(await submit(colleague, file), 403, 'NotAllowed');
  });
});

describe('a file', () => {
  it('is one per applicant and call', async () => {
    const { person, organisation } = await newApplicant();
    accepted(await person.post(`/api/calls/${call}/start-application`, { organisation }));
    expectRefused(
      await person.post(`/api/calls/${call}/start-application`, { organisation }),
      409,
      'AlreadyStarted',
      'Votre organisme a déjà un dossier pour cet appel : reprenez-le.',
    );
    expectRefused(
      await person.post(`/api/calls/${call}/start-application`, { organisation, number: 2 }),
      409,
      'SecondFile',
      "Cet appel n'admet qu'un dossier par porteur de projet.",
    );
  });

  it("doesn't exist for anybody else", async () => {
    const { person, organisation } = await newApplicant();
    const id = await ready(person, call, organisation);
    const stranger = (await newApplicant()).person;
    for (const other of [stranger, cast.ars.admin, cast.ars.officer, cast.caf]) {
      expectRefused(await other.get(`/api/applications/${id}`), 404, 'ApplicationUnknown', "Ce dossier n'existe pas.");
      expectRefused(await other.get(`/api/applications/${id}/contents`), 404, 'ApplicationUnknown');
      expectRefused(await submit(other, id), 404, 'ApplicationUnknown');
    }
    expectRefused(await world.anonymous.get(`/api/applications/${id}`), 401, 'NotSignedIn');
  });

  it('tells all of its faults at once, each with its field, in a dry run and in a submission', async () => {
    const { person, organisation } = await newApplicant();
    const { id } = accepted(
      await person.post<{ id: string }>(`/api/calls/${call}/start-application`, { organisation }),
    );
    const wrong = {
      ...contents,
      title: undefined,
      requestedCents: 3_000_001,
      budget: {
        charges: [{ account: '99', label: 'Divers', amountCents: 1_000_000 }],
        products: [{ account: '74', label: 'Subvention', amountCents: 2_000_000 }],
      },
      attestations: { accurate: true, upToDate: true },
    };
    const faults = [
      { field: 'title', code: 'Missing', message: "L'intitulé du projet est obligatoire." },
      {
        field: 'budget.charges[0].account',
        code: 'AccountUnknown',
        message: "Le compte 99 n'est pas admis ici : 60 à 69, 86, 860, 861, 862 ou 864.",
      },
      {
        field: 'budget.products[0].funder',
        code: 'FunderMissing',
        message: 'Une subvention (compte 74) nomme son financeur.',
      },
      {
        field: 'budget',
        code: 'BudgetNotBalanced',
        message: "Le budget n'est pas équilibré : 10 000,00 € de charges, 20 000,00 € de produits.",
      },
      {
        field: 'requestedCents',
        code: 'OverCeiling',
        message: 'Le montant demandé (30 000,01 €) dépasse le plafond de 30 000,00 €.',
      },
      {
        field: 'requestedCents',
        code: 'OverProducts',
        message: 'Le montant demandé dépasse le total des produits (20 000,00 €).',
      },
      { field: 'documents.statuts', code: 'DocumentMissing', message: 'Pièce obligatoire manquante : Statuts.' },
      {
        field: 'attestations.republicanContract',
        code: 'RepublicanContractMissing',
        message: "Une association souscrit le contrat d'engagement républicain (décret 2021-1947).",
      },
    ];
    expect(accepted(await person.post(`/api/applications/${id}/dry-run`, { contents: wrong }))).toEqual({ faults });
    const refused = await submit(person, id, { contents: wrong });
    expectRefused(refused, 422, 'ApplicationIncomplete', "Le dossier ne peut pas être déposé en l'état.");
    expect((refused.body as unknown as { faults: unknown }).faults).toEqual(faults);
  });

  it('is in time in the second of the deadline, and late in the next', async () => {
    const other = await closedCall();
    const [inTime, late] = [await newApplicant(), await newApplicant()];
    const [first, second] = [
      await ready(inTime.person, other, inTime.organisation),
      await ready(late.person, other, late.organisation),
    ];
    world.clock.set('2021-07-01T14:00:00Z');
    expect(accepted(await submit(inTime.person, first)).submittedAt).toBe('2021-07-01T14:00:00Z');
    world.clock.set('2021-07-01T14:00:01Z');
    expectRefused(
      await submit(late.person, second),
      409,
      'CallClosed',
      'La date limite de dépôt est passée : 1er juillet 2021 à 16 h 00 (heure de Paris).',
    );
  });
});

describe('documents', () => {
  it('are kept as they came, their type found in their bytes', async () => {
    const { person, organisation } = await newApplicant();
    const { id } = accepted(
      await person.post<{ id: string }>(`/api/calls/${call}/start-application`, { organisation }),
    );
    const bytes = pdf('Budget détaillé');
    const attached = accepted(
      await person.put<{ document: string; sha256: string }>(
        `/api/applications/${id}/documents?filename=budget%20d%C3%A9taill%C3%A9.pdf`,
        bytes,
      ),
    );
    expect(attached).toMatchObject({
      sha256: createHash('sha256').update(bytes).digest('hex'),
      size: bytes.length,
      mediaType: 'application/pdf',
    });
    const read = await person.get(`/api/applications/${id}/documents/${attached.document}`);
    expect([read.status, read.text, read.headers.get('content-type')]).toEqual([
      200,
      Buffer.from(bytes).toString(),
      'application/pdf',
    ]);
    expect(read.headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''budget%20d%C3%A9taill%C3%A9.pdf",
    );
    const attach = (body: Uint8Array) => person.put(`/api/applications/${id}/documents?filename=x.pdf`, body);
    expectRefused(await attach(bytes), 409, 'AlreadyAttached');
    expectRefused(await attach(Buffer.from('<html>not a pdf</html>')), 415, 'DocumentTypeRefused');
    expectRefused(await attach(Buffer.alloc(0)), 422, 'DocumentEmpty');
    expectRefused(await attach(Buffer.concat([bytes, Buffer.alloc(20_000_001)])), 413, 'DocumentTooLarge');
    accepted(await person.delete(`/api/applications/${id}/documents/${attached.document}`));
    expect(accepted(await person.get<File>(`/api/applications/${id}`)).documents).toEqual([]);
  });
});

describe('a submission', () => {
  it('has a receipt that anybody can verify, and that is mailed', async () => {
    const { person, organisation } = await newApplicant();
    const id = await ready(person, call, organisation);
    const receipt = accepted(await submit(person, id));
    expect(receipt.contentHash).toBe(createHash('sha256').update(canonical(contents)).digest('hex'));
    expect(receipt.receipt).toMatch(/^AR(-[0-9A-HJKMNP-TV-Z]{4}){4}$/);
    expect(accepted(await world.anonymous.get(`/api/receipts/${receipt.receipt}`))).toEqual({
      receipt: receipt.receipt,
      call: 'Appel à projets commun ARS/DREETS – 1000 premiers jours',
      callId: call,
      at: '2021-06-20T08:00:00Z',
      said: '20 juin 2021 à 10 h 00 (heure de Paris)',
      submission: 1,
      contentHash: receipt.contentHash,
      stands: true,
    });
    expectRefused(await world.anonymous.get('/api/receipts/AR-0000-0000-0000-0000'), 404, 'ReceiptUnknown');
    const [message = ''] = await world.messages(receipt.receipt);
    expect(message).toContain('Subject: Accusé de réception');
    expect(message).toContain(`Empreinte du contenu (SHA-256) : ${receipt.contentHash}`);
    expect(message).not.toContain(contents.title);
  });

  it('is replaced until the deadline; both receipts stay, the last one counts', async () => {
    const { person, organisation } = await newApplicant();
    const id = await ready(person, call, organisation);
    expectRefused(await person.post(`/api/applications/${id}/replace`), 409, 'NotSubmitted');
    const first = accepted(await submit(person, id));
    expectRefused(await submit(person, id), 409, 'AlreadySubmitted');
    expectRefused(await person.post(`/api/applications/${id}/replace`), 409, 'NothingChanged');
    const second = accepted(
      await person.post<Receipt>(`/api/applications/${id}/replace`, {
        contents: { ...contents, title: 'Les mille jours, second souffle' },
      }),
    );
    const { receipts } = accepted(await person.get<File>(`/api/applications/${id}`));
    expect(receipts.map(({ receipt, replacedBy }) => [receipt, replacedBy])).toEqual([
      [first.receipt, second.receipt],
      [second.receipt, null],
    ]);
    expect(accepted(await world.anonymous.get(`/api/receipts/${first.receipt}`))).toMatchObject({ stands: false });
    accepted(
      await person.post(`/api/applications/${id}/withdraw`, { reason: 'Nous avons trouvé un autre financement.' }),
    );
    expect(accepted(await world.anonymous.get(`/api/receipts/${second.receipt}`))).toMatchObject({ stands: false });
  });

  it('repeated with its key is the same submission; with another body it is refused', async () => {
    const { person, organisation } = await newApplicant();
    const id = await ready(person, call, organisation);
    const send = (body: object) =>
      person.post<Receipt>(`/api/applications/${id}/submit`, body, {
        key: 'dépôt-1'.normalize('NFD').replace(/[^\x21-\x7e]/g, ''),
      });
    const first = await send({ contents });
    const again = await send({ contents });
    expect(accepted(again)).toEqual(accepted(first));
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    expectRefused(await send({ contents: { ...contents, title: 'Autre chose' } }), 409, 'IdempotencyKeyReused');
    expect(accepted(await person.get<File>(`/api/applications/${id}`)).receipts).toHaveLength(1);
  });

  it('is prepared with the partners of a consortium, and submitted by the applicant alone', async () => {
    const [lead, partner] = [await newApplicant(), await newApplicant()];
    const id = await ready(lead.person, call, lead.organisation);
    expectRefused(await partner.person.get(`/api/applications/${id}`), 404, 'ApplicationUnknown');
    accepted(await lead.person.post(`/api/applications/${id}/share`, { organisation: partner.organisation }));
    accepted(
      await partner.person.edit(`/api/applications/${id}`, `/api/applications/${id}/save-draft`, {
        ...contents,
        title: 'À deux',
      }),
    );
    expectRefused(await submit(partner.person, id), 403, 'NotAllowed');
    accepted(await lead.person.post(`/api/applications/${id}/unshare`, { organisation: partner.organisation }));
    expectRefused(await partner.person.get(`/api/applications/${id}`), 404, 'ApplicationUnknown');
  });
});

describe('the seal', () => {
  it('keeps contents from everybody but the applicant until the window is over, counts aside; then readings are traced', async () => {
    const other = await closedCall();
    const { person, organisation } = await newApplicant();
    const id = await ready(person, other, organisation);
    accepted(await submit(person, id));
    const { admin, officer } = cast.ars;
    expect(accepted(await admin.get(`/api/calls/${other}`))).toMatchObject({
      unsealed: false,
      counts: { started: 1, submitted: 1, withdrawn: 0 },
    });
    expect(accepted(await officer.get<{ items: unknown[] }>(`/api/applications?call=${other}`)).items).toEqual([]);
    expect((await officer.get(`/api/applications?call=${other}`, { accept: 'text/csv' })).text).not.toContain('mille');
    expectRefused(await officer.get(`/api/applications/${id}`), 404, 'ApplicationUnknown');
    world.clock.set('2021-07-01T14:00:00Z');
    expectRefused(await officer.get(`/api/applications/${id}`), 404, 'ApplicationUnknown');
    world.clock.set('2021-07-01T14:00:01Z');
    await unsealed(admin, other);
    expect(accepted(await officer.get(`/api/applications?call=${other}`))).toMatchObject({
      items: [{ id, title: contents.title, requestedCents: 2_000_000 }],
    });
    expect(accepted(await officer.get(`/api/applications/${id}/contents`))).toMatchObject({ contents });
    accepted(await officer.get(`/api/applications/${id}/contents`));
    expect(accepted(await person.get<{ items: unknown[] }>(`/api/applications/${id}/readings`)).items).toEqual([
      {
        person: officer.id,
        name: 'Inès Instructrice',
        what: 'contents:1',
        day: '2021-07-01',
        at: '2021-07-01T14:00:01Z',
        role: 'case-officer',
        behalf: 'institution:ARS-PDL',
      },
    ]);
  });

  it('may be open to the case officers on filing, where the call chose so', async () => {
    const other = await closedCall({ specifications: { sealing: 'open-to-officers' } });
    const { person, organisation } = await newApplicant();
    const id = await ready(person, other, organisation);
    expectRefused(await cast.ars.officer.get(`/api/applications/${id}`), 404, 'ApplicationUnknown');
    accepted(await submit(person, id));
    expect(accepted(await cast.ars.officer.get(`/api/applications/${id}/contents`))).toMatchObject({ contents });
    expectRefused(await cast.ars.admin.get(`/api/applications/${id}`), 404, 'ApplicationUnknown');
  });

  it('waits for the extension of one applicant, where the call allows any', async () => {
    const other = await closedCall({ specifications: { individualExtensions: true } });
    const [one, two] = [await newApplicant(), await newApplicant()];
    const [first, second] = [
      await ready(one.person, other, one.organisation),
      await ready(two.person, other, two.organisation),
    ];
    const grant = {
      institution: 'ARS-PDL',
      organisation: one.organisation,
      until: '2021-07-05T16:00:00+02:00',
      reason: 'Hospitalisation de la directrice.',
    };
    expectRefused(await cast.ars.admin.post(`/api/calls/${call}/grant-extension`, grant), 409, 'ExtensionNotAllowed');
    accepted(await cast.ars.admin.post(`/api/calls/${other}/grant-extension`, grant));
    world.clock.set('2021-07-03T08:00:00Z');
    expectRefused(await submit(two.person, second), 409, 'CallClosed');
    expect(accepted(await cast.ars.admin.get(`/api/calls/${other}`))).toMatchObject({ unsealed: false });
    accepted(await submit(one.person, first));
    world.clock.set('2021-07-05T14:00:01Z');
    await unsealed(cast.ars.admin, other);
  });
});

describe('paper', () => {
  it('is registered with its date of arrival, late or not', async () => {
    const { officer } = cast.ars;
    const [inTime, late] = [siret(801), siret(802)];
    for (const number of [inTime, late])
      accepted(
        await officer.post('/api/organisations', { name: 'Asso papier', legalForm: 'association', siret: number }),
      );
    world.clock.set('2021-08-20T08:00:00Z');
    const register = (organisation: string, arrivedAt: string) =>
      officer.post<Receipt & { late: boolean }>(`/api/calls/${call}/register-paper-filing`, {
        organisation,
        arrivedAt,
        medium: 'mail',
        reference: 'Courrier 2021-118',
        pieces: 4,
      });
    expect(accepted(await register(inTime, '2021-08-13T16:00:00+02:00')).late).toBe(false);
    const second = accepted(await register(late, '2021-08-13T16:00:01+02:00'));
    expect(second.late).toBe(true);
    expect(accepted(await world.anonymous.get(`/api/receipts/${second.receipt}`))).toMatchObject({
      submission: 0,
      contentHash: null,
    });
    expectRefused(await register(inTime, '2021-08-13T16:00:00+02:00'), 409, 'FiledOnPaper');
    expectRefused(await register(siret(803), '2021-08-13T16:00:00+02:00'), 409, 'OrganisationUnknown');
    expectRefused(
      await cast.ars.admin.post(`/api/calls/${call}/register-paper-filing`, {
        organisation: inTime,
        arrivedAt: '2021-08-13T16:00:00+02:00',
        medium: 'mail',
        reference: 'x',
        pieces: 1,
      }),
      403,
      'NotAllowed',
    );
  });
});

describe('questions', () => {
  it('are answered to everybody, in the words of the authority', async () => {
    const { person, organisation } = await newApplicant();
    accepted(await person.post(`/api/calls/${call}/start-application`, { organisation }));
    const { id } = accepted(
      await person.post<{ id: string }>(`/api/calls/${call}/ask-question`, {
        text: 'Madame Martin peut-elle signer pour nous ?',
      }),
    );
    expect(accepted(await world.anonymous.get(`/api/calls/${call}/questions`))).toEqual({ items: [] });
    expect(accepted(await cast.ars.officer.get(`/api/calls/${call}/questions-asked`))).toMatchObject({
      items: [{ id, text: 'Madame Martin peut-elle signer pour nous ?' }],
    });
    expectRefused(await person.get(`/api/calls/${call}/questions-asked`), 403, 'NotAllowed');
    accepted(
      await cast.ars.officer.post(`/api/questions/${id}/answer`, {
        question: 'Qui peut signer ?',
        answer: 'Toute personne habilitée par les statuts.',
      }),
    );
    expectRefused(
      await cast.ars.officer.post(`/api/questions/${id}/answer`, {
        question: 'Qui peut signer ?',
        answer: 'Personne.',
      }),
      409,
      'AlreadyAnswered',
    );
    accepted(
      await cast.ars.officer.post(`/api/questions/${id}/correct-answer`, {
        question: 'Qui peut signer ?',
        answer: 'Le représentant légal.',
        reason: 'Réponse trop large.',
      }),
    );
    expect(accepted(await world.anonymous.get(`/api/calls/${call}/questions`))).toMatchObject({
      items: [{ question: 'Qui peut signer ?', answer: 'Le représentant légal.' }],
    });
    const [message = ''] = await world.messages('Subject: Réponse corrigée');
    expect(message).toContain('Le représentant légal.');
    expect(message).not.toContain('Martin');
  });
});

describe('everybody concerned', () => {
  it('is told when dates move: old date, new date, reason', async () => {
    const { person, organisation } = await newApplicant();
    await ready(person, call, organisation);
    const changes = [{ kind: 'commission', at: '2021-10-07T09:30:00+02:00' }];
    const reason = 'La présidente de la commission est empêchée.';
    accepted(
      await cast.ars.admin.post(`/api/calls/${call}/propose-shift`, { institution: 'ARS-PDL', changes, reason }),
    );
    accepted(
      await cast.dreets.admin.post(`/api/calls/${call}/agree-to-shift`, { institution: 'DREETS-PDL', proposal: 1 }),
    );
    const me = accepted(await person.get<{ id: string }>('/api/me'));
    const { items } = await until(async () => {
      const found = accepted(
        await person.get<{ items: { kind: string; deliveredAt: string | null }[] }>(`/api/people/${me.id}/notices`),
      );
      return found.items.some(({ kind, deliveredAt }) => kind === 'schedule-shifted' && deliveredAt)
        ? found
        : undefined;
    }, 'the notice of the shift');
    expect(items.filter(({ kind }) => kind === 'schedule-shifted')).toHaveLength(1);
    const [message = ''] = await world.messages('Subject: Calendrier décalé');
    expect(message).toContain(
      '- commission de sélection : 30 septembre 2021 à 9 h 30 (heure de Paris) → 7 octobre 2021 à 9 h 30 (heure de Paris)',
    );
    expect(message).toContain(`Motif : ${reason}`);
  });
});

describe('the story of a file', () => {
  it('tells each step with who, in which role and under which rule, as of any instant', async () => {
    const { person, organisation } = await newApplicant();
    const id = await ready(person, call, organisation);
    world.clock.set('2021-07-01T08:00:00Z');
    accepted(await submit(person, id));
    interface Story {
      status: string;
      steps: { fact: string; role: string; behalf?: string; rule: string; said: string }[];
    }
    const now = accepted(await person.get<Story>(`/api/applications/${id}/story`));
    expect(now.status).toBe('submitted');
    expect(now.steps.map(({ fact }) => fact)).toEqual(
      expect.arrayContaining([
        'CallPublished',
        'ApplicationStarted',
        'DocumentAttached',
        'DraftSaved',
        'ApplicationSubmitted',
      ]),
    );
    expect(now.steps.at(-1)).toMatchObject({
      role: 'submitter',
      behalf: `organisation:${organisation}`,
      said: '1er juillet 2021 à 10 h 00 (heure de Paris)',
    });
    const before = accepted(await person.get<Story>(`/api/applications/${id}/story?asOf=2021-06-30T00:00:00Z`));
    expect(before.status).toBe('draft');
    expect(before.steps.map(({ fact }) => fact)).not.toContain('ApplicationSubmitted');
  });
});
