import { accepted, type Client } from '#client/client.js';
import { until } from '#client/until.js';
import { euros } from '#domain/money.js';
import { application, type CallData, type OrganisationData, readOrganisations } from './data.js';
import { type Leads, refused, showPreview } from './preparation.js';
import type { Actor, Theatre } from './theatre.js';
import type { Timeline } from './timeline.js';

export interface Applicant {
  readonly data: OrganisationData;
  readonly index: number;
  readonly organisation: string;
  readonly person: Actor;
  file?: string;
}

const pdf = (words: string): Uint8Array =>
  Buffer.from(
    `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n% ${words}\ntrailer<</Root 1 0 R>>\n%%EOF\n`,
  );

const FIRST_NAMES = ['Adèle', 'Basile', 'Céleste', 'Damien', 'Élise', 'Fabrice', 'Garance', 'Hugo', 'Irène', 'Jules'];
const nameOf = (index: number): string =>
  `${FIRST_NAMES[index % 10]} ${['Porteuse', 'Martin-Exemple', 'Dupont-Exemple'][Math.floor(index / 10)]}`;

/** 29 organisations register, are confirmed by a case officer, and start their files. */
export async function arrive(theatre: Theatre, timeline: Timeline, { ars }: Leads, call: string): Promise<Applicant[]> {
  const applicants: Applicant[] = [];
  for (const [index, data] of readOrganisations().entries()) {
    if (index % 8 === 0) await theatre.at(`2021-06-${15 + index / 4} 10:00`);
    const person = await theatre.register(nameOf(index), `porteur${index + 1}@organisme.example`);
    const { name, siret, rna } = data;
    const { id } = accepted(
      await person.post<{ id: string }>('/api/organisations', {
        name,
        legalForm: name.startsWith('SASP') ? 'company' : 'association',
        ...(siret && { siret }),
        ...(rna && { rna }),
      }),
    );
    accepted(await ars.officer.post(`/api/organisations/${id}/confirm-claim`, { person: person.id, power: 'submit' }));
    applicants.push({ data, index, organisation: id, person });
  }
  timeline.tell('29 organismes', "s'inscrivent, par SIRET ou par RNA ; l'instructrice confirme chaque rattachement");
  const [first] = applicants;
  if (first) {
    timeline.tell(first.person.name, `demande un second rattachement déjà donné…`);
    timeline.detail(await refused(first.person.post(`/api/organisations/${first.organisation}/claim`)));
  }
  await theatre.at('2021-06-24 09:00');
  for (const applicant of applicants) {
    if (applicant.index === PAPER) continue;
    applicant.file = accepted(
      await applicant.person.post<{ id: string }>(`/api/calls/${call}/start-application`, {
        organisation: applicant.organisation,
      }),
    ).id;
  }
  timeline.tell('28 organismes', 'commencent leur dossier ; le dernier écrira sur papier');
  return applicants;
}

/** Which of the 29 does what out of the ordinary. */
const [FAULTY, REPLACES, WITHDRAWS, LAST_SECOND, TOO_LATE, NEVER, PAPER] = [3, 5, 8, 12, 20, 25, 28];

export async function questions(
  theatre: Theatre,
  timeline: Timeline,
  { ars }: Leads,
  call: string,
  applicants: readonly Applicant[],
): Promise<void> {
  await theatre.at('2021-06-28 11:00');
  const asker = applicants[1] as Applicant;
  const { id } = accepted(
    await asker.person.post<{ id: string }>(`/api/calls/${call}/ask-question`, {
      text: 'Un projet déjà commencé est-il recevable ?',
    }),
  );
  timeline.tell(asker.person.name, 'pose une question');
  await theatre.at('2021-06-29 09:30');
  accepted(
    await ars.officer.post(`/api/questions/${id}/answer`, {
      question: 'Un projet déjà commencé est-il recevable ?',
      answer: "Oui, pour ses actions nouvelles, engagées avant la fin de l'année 2021.",
    }),
  );
  timeline.tell(ars.officer.name, 'répond, à tous');
}

/** The commission moves after publication: proposed by one lead, previewed, agreed by the other, told to everybody. */
export async function shiftAgain(
  theatre: Theatre,
  timeline: Timeline,
  data: CallData,
  { ars, dreets }: Leads,
  call: string,
): Promise<void> {
  await theatre.at('2021-07-06 14:00');
  const changes = [{ kind: 'commission', at: `${data.laterShift.commission}+02:00` }];
  const { reason } = data.laterShift;
  timeline.tell(dreets.admin.name, `propose de décaler la commission : ${reason}`);
  timeline.detail(showPreview(accepted(await dreets.admin.post(`/api/calls/${call}/preview-shift`, { changes }))));
  accepted(await dreets.admin.post(`/api/calls/${call}/propose-shift`, { institution: 'DREETS-PDL', changes, reason }));
  await theatre.at('2021-07-07 09:00');
  accepted(await ars.director.post(`/api/calls/${call}/agree-to-shift`, { institution: 'ARS-PDL', proposal: 2 }));
  timeline.tell(ars.director.name, "accepte : l'avis rectificatif n° 1 est publié, chacun est prévenu");
  const { notices } = accepted(await theatre.client().get<{ notices: string[] }>(`/api/calls/${call}`));
  timeline.detail(notices[1] ?? '');
}

/** Drafts, documents, faults told at once, receipts; the last second, and the one after. */
export async function submit(
  theatre: Theatre,
  timeline: Timeline,
  { ars }: Leads,
  call: string,
  applicants: readonly Applicant[],
): Promise<void> {
  const prepare = async ({ person, data, index, file }: Applicant): Promise<void> => {
    for (const code of ['statuts', 'comptes']) {
      accepted(
        await person.put(
          `/api/applications/${file}/documents?filename=${code}.pdf&code=${code}`,
          pdf(`${code} ${data.name}`),
        ),
      );
    }
    accepted(
      await person.edit(`/api/applications/${file}`, `/api/applications/${file}/save-draft`, application(data, index)),
    );
  };
  const send = async ({ person, file }: Applicant, act = 'submit', body: object = {}) =>
    accepted(await person.post<{ receipt: string }>(`/api/applications/${file}/${act}`, body)).receipt;

  await theatre.at('2021-07-20 15:00');
  const faulty = applicants[FAULTY] as Applicant;
  timeline.tell(faulty.person.name, 'essaie de déposer un dossier inachevé');
  const draft = {
    ...application(faulty.data, FAULTY),
    requestedCents: 3_500_000,
    attestations: { accurate: true, upToDate: true },
  };
  const { faults } = accepted(
    await faulty.person.post<{ faults: { field: string; message: string }[] }>(
      `/api/applications/${faulty.file}/dry-run`,
      { contents: draft },
    ),
  );
  timeline.detail(faults.map(({ field, message }) => `${field} : ${message}`).join('\n'));

  const ordinary = applicants.filter(({ index }) => ![LAST_SECOND, TOO_LATE, NEVER, PAPER].includes(index));
  const receipts = new Map<number, string>();
  for (const applicant of ordinary) {
    if (applicant.index % 6 === 0) await theatre.at(`2021-08-0${2 + applicant.index / 6} 11:00`);
    await prepare(applicant);
    receipts.set(applicant.index, await send(applicant));
  }
  timeline.tell(`${ordinary.length} organismes`, 'déposent, chacun avec son accusé de réception :');
  for (const { index, data } of ordinary.slice(0, 3)) timeline.detail(`${receipts.get(index)}  ${data.name}`);
  timeline.detail('…');

  await theatre.at('2021-08-10 10:00');
  const replacing = applicants[REPLACES] as Applicant;
  const second = await send(replacing, 'replace', {
    contents: { ...application(replacing.data, REPLACES), title: 'Premiers pas, édition corrigée' },
  });
  timeline.tell(
    replacing.person.name,
    `remplace son dépôt : ${receipts.get(REPLACES)} → ${second}, les deux accusés restent`,
  );
  const withdrawing = applicants[WITHDRAWS] as Applicant;
  accepted(
    await withdrawing.person.post(`/api/applications/${withdrawing.file}/withdraw`, {
      reason: 'Le projet a trouvé un autre financement.',
    }),
  );
  timeline.tell(withdrawing.person.name, 'retire son dossier');
  await showSealed(timeline, ars.officer, call);

  const last = applicants[LAST_SECOND] as Applicant;
  const late = applicants[TOO_LATE] as Applicant;
  await theatre.at('2021-08-13 15:40');
  await prepare(last);
  await prepare(late);
  await theatre.at('2021-08-13 16:00:00');
  timeline.tell(last.person.name, `dépose à la dernière seconde : ${await send(last)}`);
  await theatre.at('2021-08-13 16:00:01');
  timeline.tell(late.person.name, 'dépose une seconde trop tard…');
  timeline.detail(await refused(late.person.post(`/api/applications/${late.file}/submit`)));
}

async function showSealed(timeline: Timeline, officer: Actor, call: string): Promise<void> {
  const { counts } = accepted(
    await officer.get<{ counts: { started: number; submitted: number } }>(`/api/calls/${call}`),
  );
  const { items } = accepted(await officer.get<{ items: unknown[] }>(`/api/applications?call=${call}`));
  timeline.tell(
    officer.name,
    `voit ${counts.started} dossiers commencés, ${counts.submitted} déposés ; en ouvre ${items.length} : ils sont scellés`,
  );
}

/** Paper, unsealing, the first reading and its trace. */
export async function afterwards(
  theatre: Theatre,
  timeline: Timeline,
  { ars }: Leads,
  call: string,
  applicants: readonly Applicant[],
): Promise<void> {
  await unsealed(theatre.client(), call);
  timeline.tell('le service', 'descelle les dossiers : plus aucun délai ne court');
  await theatre.at('2021-08-16 09:00');
  const paper = applicants[PAPER] as Applicant;
  const filing = {
    organisation: paper.organisation,
    arrivedAt: '2021-08-14T09:30:00+02:00',
    medium: 'mail',
    reference: 'Courrier n° 2021-0814',
    pieces: 6,
  };
  const { receipt } = accepted(
    await ars.officer.post<{ receipt: string }>(`/api/calls/${call}/register-paper-filing`, filing),
  );
  timeline.tell(ars.officer.name, `enregistre le pli de ${paper.data.name}, arrivé le 14 août : ${receipt}, tardif`);
  interface Row {
    id: string;
    status: string;
    title: string | null;
    requestedCents: number | null;
  }
  const { items } = accepted(
    await ars.officer.get<{ items: Row[] }>(`/api/applications?call=${call}&status=submitted&limit=200`),
  );
  const total = items.reduce((sum, { requestedCents }) => sum + (requestedCents ?? 0), 0);
  timeline.tell(
    ars.officer.name,
    `lit la liste : ${items.length} dossiers déposés, ${euros(total)} demandés pour 300 000,00 €`,
  );
  const read = items.find(({ requestedCents }) => requestedCents !== null);
  accepted(await ars.officer.get(`/api/applications/${read?.id}/contents`));
  const owner = applicants.find(({ file }) => file === read?.id) as Applicant;
  const readings = accepted(
    await owner.person.get<{ items: { name: string; day: string }[] }>(`/api/applications/${read?.id}/readings`),
  );
  timeline.tell(
    owner.person.name,
    `apprend qui a lu son dossier : ${readings.items.map(({ name, day }) => `${name}, le ${day}`).join(' ; ')}`,
  );
}

async function unsealed(reader: Client, call: string): Promise<void> {
  await until(
    async () => (accepted(await reader.get<{ unsealed: boolean }>(`/api/calls/${call}`)).unsealed ? true : undefined),
    'the unsealing',
  );
}
