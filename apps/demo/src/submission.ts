import { accepted, type Client } from '#client/client.js';
import { until } from '#client/until.js';
import { euros } from '#domain/money.js';
import { application, type OrganisationData, readOrganisations } from './data.js';
import { type Leads, refused } from './preparation.js';
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
  for (const applicant of applicants) if (![NEVER, PAPER].includes(applicant.index)) await begin(applicant, call);
  timeline.tell('27 organismes', 'commencent leur dossier ; un autre attend, le dernier écrira sur papier');
  return applicants;
}

const begin = async (applicant: Applicant, call: string): Promise<void> => {
  const { person, organisation } = applicant;
  const started = await person.post<{ id: string }>(`/api/calls/${call}/start-application`, { organisation });
  applicant.file = accepted(started).id;
};

/** Which of the 29 does what out of the ordinary. */
export const WITHDRAWS = 8;
const [FAULTY, REPLACES, LAST_SECOND, TOO_LATE, NEVER, PAPER] = [3, 5, 12, 20, 25, 28];

/** One is answered the next day, another only once the officers were reminded of it: what is given back does so. */
export async function questions(
  theatre: Theatre,
  timeline: Timeline,
  { ars }: Leads,
  call: string,
  applicants: readonly Applicant[],
): Promise<() => Promise<void>> {
  const ask = async ({ person }: Applicant, text: string): Promise<string> => {
    const { id } = accepted(await person.post<{ id: string }>(`/api/calls/${call}/ask-question`, { text }));
    timeline.tell(person.name, 'pose une question');
    return id;
  };
  const answer = async (id: string, question: string, words: string): Promise<void> => {
    accepted(await ars.officer.post(`/api/questions/${id}/answer`, { question, answer: words }));
    timeline.tell(ars.officer.name, 'répond, à tous');
  };
  const [first, second] = ['Un projet déjà commencé est-il recevable ?', 'Le bénévolat se valorise-t-il au budget ?'];
  await theatre.at('2021-06-28 11:00');
  const asked = await ask(applicants[1] as Applicant, first);
  await theatre.at('2021-06-29 09:30');
  await answer(asked, first, "Oui, pour ses actions nouvelles, engagées avant la fin de l'année 2021.");
  await theatre.at('2021-07-28 17:00');
  const waiting = await ask(applicants[4] as Applicant, second);
  return () => answer(waiting, second, 'Oui, aux comptes 86 et 87, sans compter dans la subvention demandée.');
}

/** Drafts, documents, faults told at once, receipts; the last second, and the one after. */
export async function submit(
  theatre: Theatre,
  timeline: Timeline,
  { ars }: Leads,
  call: string,
  applicants: readonly Applicant[],
  answerTheOther: () => Promise<void>,
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

  await theatre.at('2021-07-30 15:00');
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

  await theatre.at('2021-08-09 11:00');
  await answerTheOther();
  const newcomer = applicants[NEVER] as Applicant;
  await begin(newcomer, call);
  timeline.tell(
    newcomer.person.name,
    'ne commence son dossier que maintenant : le dernier rappel passé lui parvient aussitôt',
  );
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
