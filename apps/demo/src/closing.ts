import { accepted } from '#client/client.js';
import { euros, sum } from '#domain/money.js';
import { type Funded, fundingOf, pay, type Payers, showFunding } from './paying.js';
import { refused } from './preparation.js';
import type { Scene } from './scene.js';

interface ReportRow {
  readonly id: string;
  readonly application: string;
  readonly kind: 'activity' | 'financial';
  readonly dueOn: string;
}

/** Which of the beneficiaries is late, and which spent less than planned. */
const [LATE, SPENT_LESS] = [2, 4];
const UNSPENT_CENTS = 150_000;

/** Both reports of each file, an overdue one that blocks, the balances, one recovery, and every file closed. */
export async function close(scene: Scene, funded: readonly Funded[], payers: Payers): Promise<void> {
  const { theatre, timeline, leads, reminding } = scene;
  await theatre.at('2023-06-20 10:00');
  const late = funded[LATE] as Funded;
  const underspent = funded[SPENT_LESS] as Funded;
  const { items } = accepted(
    await leads.ars.officer.get<{ items: ReportRow[] }>(`/api/reports?call=${scene.call}&limit=200`),
  );
  const reportsOf = ({ file }: Funded) => items.filter((row) => row.application === file);
  timeline.tell('le service', `attend ${items.length} bilans, deux par bénéficiaire, pour le 30 juin 2023`);
  for (const one of funded) {
    for (const report of reportsOf(one)) {
      if (one === late && report.kind === 'activity') continue;
      await handIn(one, report, one === underspent ? UNSPENT_CENTS : 0);
    }
  }
  const [returned] = reportsOf(funded[0] as Funded).filter(({ kind }) => kind === 'activity');
  accepted(
    await leads.ars.officer.post(`/api/reports/${returned?.id}/return`, {
      comments: 'Précisez le nombre de familles que le projet a accompagnées jusqu’au bout.',
      dueOn: '2023-07-15',
    }),
  );
  timeline.tell(leads.ars.officer.name, 'renvoie un bilan avec ses observations, pour le 15 juillet');
  await reminding.settle();
  await handIn(funded[0] as Funded, returned as ReportRow, 0);
  timeline.tell(funded[0]?.person.name ?? '', 'le rend complété');
  const accept = async ({ id }: ReportRow) => accepted(await leads.ars.officer.post(`/api/reports/${id}/accept`));
  const missing = reportsOf(late).find(({ kind }) => kind === 'activity') as ReportRow;
  for (const report of funded.flatMap(reportsOf)) if (report.id !== missing.id) await accept(report);
  await theatre.at('2023-07-11 10:00');
  timeline.tell(late.person.name, "demande son solde, son bilan d'activité en retard de onze jours…");
  const balance = late.instalments.find(({ kind }) => kind === 'balance');
  timeline.detail(
    await refused(late.person.post(`/api/applications/${late.file}/request-payment`, { instalment: balance?.number })),
  );
  await handIn(late, missing, 0);
  await accept(missing);
  timeline.tell(late.person.name, 'le remet ; il est accepté');
  let paid = 0;
  for (const one of funded) paid += await pay(scene, one, 'balance', '2023-07-11', payers);
  timeline.tell('les deux autorités', `versent ${paid} soldes`);
  await showFunding(scene);
  await recover(scene, underspent, payers);
  await theatre.at('2023-10-02 10:00');
  for (const { file } of funded) accepted(await leads.ars.admin.post(`/api/applications/${file}/close`));
  const rows = await fundingOf(scene);
  const total = (of: (row: (typeof rows)[number]) => number) => sum(rows.map(of));
  const [awarded, given, back] = [
    total((row) => row.awardedCents),
    total((row) => row.paidCents),
    total((row) => row.recoveredCents),
  ];
  timeline.tell(leads.ars.admin.name, `solde les ${funded.length} dossiers :`);
  await showFunding(scene);
  timeline.detail(
    `${euros(awarded)} attribués = ${euros(given)} payés ; ${euros(given)} − ${euros(back)} reversés = ${euros(given - back)}`,
  );
  if (awarded !== given || back !== UNSPENT_CENTS) throw new Error('The money of the call does not add up.');
}

async function handIn(
  { person, index, amountCents }: Funded,
  { id, kind }: ReportRow,
  unspentCents: number,
): Promise<void> {
  const contents =
    kind === 'activity'
      ? {
          text: 'Les ateliers et les visites ont eu lieu toute l’année.',
          indicators: [{ label: 'Familles accompagnées', target: 40, actual: 34 + (index % 9) }],
        }
      : {
          text: 'Les dépenses ont suivi le budget.',
          charges: [
            { account: '60', budgetCents: amountCents - 100_000, actualCents: amountCents - 100_000 - unspentCents },
            { account: '64', budgetCents: 100_000, actualCents: 100_000 },
          ],
          products: [{ account: '74', budgetCents: amountCents, actualCents: amountCents - unspentCents }],
        };
  accepted(await person.post(`/api/reports/${id}/submit`, contents));
}

/** Unused money comes back, once the other side was heard. */
async function recover(
  { theatre, timeline, leads }: Scene,
  { file, person, lines }: Funded,
  payers: Payers,
): Promise<void> {
  const at = (act: string) => `/api/applications/${file}/${act}`;
  const finance = lines.some(({ line }) => line === 1) ? payers.ars.finance : payers.dreets.finance;
  const [director, institution] =
    finance === payers.ars.finance ? [leads.ars.director, 'ARS-PDL'] : [leads.dreets.director, 'DREETS-PDL'];
  await theatre.at('2023-09-04 10:00');
  const reasons = 'Le compte rendu financier montre 1 500,00 € qui n’ont pas servi au projet.';
  accepted(
    await finance.post(at('announce-recovery'), {
      amountCents: UNSPENT_CENTS,
      reasons,
      observationsUntil: '2023-09-18',
    }),
  );
  timeline.tell(
    finance.name,
    `annonce un reversement de ${euros(UNSPENT_CENTS)} et attend les observations du bénéficiaire`,
  );
  timeline.tell(director.name, "l'ordonne sans attendre…");
  const order = () =>
    director.post(at('order-recovery'), { institution, recovery: 1, amountCents: UNSPENT_CENTS, reasons });
  timeline.detail(await refused(order()));
  await theatre.at('2023-09-12 10:00');
  accepted(
    await person.post(at('observe-recovery'), { recovery: 1, text: 'Une animatrice est partie plus tôt que prévu.' }),
  );
  accepted(await order());
  timeline.tell(person.name, 'fait ses observations ; le reversement est ordonné');
  await theatre.at('2023-09-25 10:00');
  accepted(await finance.post(at('record-recovery'), { recovery: 1, paidOn: '2023-09-22', reference: 'TP-2023-118' }));
  timeline.tell(finance.name, 'enregistre le reversement');
}

interface Step {
  readonly said: string;
  readonly sentence: string;
  readonly rule: string;
  readonly fact: string;
}

const decisive = [
  ...['VoteRecorded', 'RankingAdopted', 'AwardSettled', 'CalledUpFromReserve', 'AwardGranted', 'AwardNotified'],
  ...['AgreementConcluded', 'FileClosed'],
];

/** Years later, what was decided on one file, and under which rule. */
export async function why({ timeline, leads }: Scene, funded: readonly Funded[]): Promise<void> {
  const called = funded.at(-1) as Funded;
  timeline.chapter(`Pourquoi ? ${called.data.name}, de la liste complémentaire au solde`);
  const { steps } = accepted(await leads.ars.officer.get<{ steps: Step[] }>(`/api/applications/${called.file}/story`));
  for (const { said, sentence, rule } of steps.filter(({ fact }) => decisive.includes(fact)))
    timeline.detail(`${said}\n  ${sentence}\n  règle : ${rule}`);
}
