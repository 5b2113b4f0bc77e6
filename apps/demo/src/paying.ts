import { accepted } from '#client/client.js';
import { euros, sum } from '#domain/money.js';
import { type Awarded, envelopesOf, type Line, nameOfLine } from './awarding.js';
import { refused } from './preparation.js';
import { hire, type Scene } from './scene.js';
import { table } from './table.js';
import type { Actor } from './theatre.js';

/** Above it, what one authority gives one body in one year needs an agreement. */
const AGREEMENT_ABOVE_CENTS = 2_300_000;

export interface Funded extends Awarded {
  readonly form: 'agreement' | 'order';
  readonly instalments: readonly { readonly number: number; readonly line: number; readonly kind: string }[];
}

export interface Payers {
  readonly ars: { finance: Actor; second: Actor };
  readonly dreets: { finance: Actor; second: Actor; officer: Actor };
}

export async function hirePayers(scene: Scene): Promise<Payers> {
  return {
    ars: {
      finance: await hire(scene, 'Fanny Financière', 'fanny.financiere@ars.example', 'finance-officer', 'ARS-PDL'),
      second: await hire(scene, 'Fabien Financier', 'fabien.financier@ars.example', 'finance-officer', 'ARS-PDL'),
    },
    dreets: {
      finance: await hire(scene, 'Florence Budget', 'florence.budget@dreets.example', 'finance-officer', 'DREETS-PDL'),
      second: await hire(scene, 'Francis Budget', 'francis.budget@dreets.example', 'finance-officer', 'DREETS-PDL'),
      officer: await hire(scene, 'Igor Instructeur', 'igor.instructeur@dreets.example', 'case-officer', 'DREETS-PDL'),
    },
  };
}

const funderOf = ({ line }: Line): string => (line === 1 ? 'ARS-PDL' : 'DREETS-PDL');
const given = (lines: readonly Line[], funder: string): number =>
  sum(lines.filter((line) => funderOf(line) === funder).map(({ amountCents }) => amountCents));

/** Agreements above 23 000 € from one authority, orders below; signed by each party. */
export async function agree(scene: Scene, awarded: readonly Awarded[], payers: Payers): Promise<Funded[]> {
  const { theatre, timeline, leads } = scene;
  const directors = { 'ARS-PDL': leads.ars.director, 'DREETS-PDL': leads.dreets.director };
  await theatre.at('2021-11-02 10:00');
  const funded: Funded[] = [];
  let slow: { place: number; sign: () => ReturnType<typeof sign> } | undefined;
  for (const award of awarded) {
    const { file, lines, organisation, person } = award;
    const funders = (['ARS-PDL', 'DREETS-PDL'] as const).filter((code) => given(lines, code) > 0);
    const above = funders.some((code) => given(lines, code) > AGREEMENT_ABOVE_CENTS);
    const first = above && funded.every(({ form }) => form !== 'agreement');
    const draft = (form: Funded['form']) =>
      leads.ars.officer.post(`/api/applications/${file}/draft-agreement`, {
        institution: 'ARS-PDL',
        form,
        object: `Réalisation du projet de ${award.data.name}`,
        parties: [
          ...funders.map((id) => ({ kind: 'institution', id })),
          ...(form === 'agreement' ? [{ kind: 'organisation', id: organisation }] : []),
        ],
        startsOn: '2021-11-01',
        endsOn: '2022-10-31',
      });
    if (first) {
      timeline.tell(leads.ars.officer.name, `prépare un simple arrêté pour ${award.data.name}…`);
      timeline.detail(await refused(draft('order')));
    }
    const form = above ? 'agreement' : 'order';
    accepted(await draft(form));
    for (const code of funders) accepted(await sign(directors[code], file, { kind: 'institution', id: code }));
    const party = { kind: 'organisation', id: organisation };
    if (first) slow = { place: funded.length, sign: () => sign(person, file, party) };
    else if (above) accepted(await sign(person, file, party));
    funded.push({ ...award, form, instalments: first ? [] : await plan(award, payers) });
  }
  const count = (form: Funded['form']) => funded.filter((one) => one.form === form).length;
  timeline.tell(
    'les parties',
    `signent ${count('agreement')} conventions, obligatoires au-delà de 23 000 €, et ${count('order')} arrêtés ; une signature manque`,
  );
  await theatre.at('2021-11-08 08:30');
  const last = funded[slow?.place ?? -1];
  if (!slow || !last) throw new Error('One of the awards needs an agreement.');
  accepted(await slow.sign());
  timeline.tell(last.person.name, 'signe la convention qui attendait');
  return funded.with(slow.place, { ...last, instalments: await plan(last, payers) });
}

const sign = (signer: Actor, file: string, party: object) =>
  signer.edit(`/api/applications/${file}/agreement`, `/api/applications/${file}/sign-agreement`, { party });

/** Half at once, the balance on the financial report. */
async function plan({ file, lines }: Awarded, payers: Payers): Promise<Funded['instalments']> {
  const instalments = lines.flatMap(({ line, amountCents }) => {
    const advance = Math.floor(amountCents / 2);
    return [
      { kind: 'advance', line, amountCents: advance, condition: { kind: 'signature' } },
      { kind: 'balance', line, amountCents: amountCents - advance, condition: { kind: 'report', report: 'financial' } },
    ];
  });
  const numbered = instalments.map((instalment, index) => ({ number: index + 1, ...instalment }));
  const planner = lines.some(({ line }) => line === 1) ? payers.ars.finance : payers.dreets.finance;
  const institution = planner === payers.ars.finance ? 'ARS-PDL' : 'DREETS-PDL';
  const agreement = `/api/applications/${file}`;
  accepted(
    await planner.edit(`${agreement}/agreement`, `${agreement}/plan-instalments`, {
      institution,
      instalments: numbered,
    }),
  );
  return numbered;
}

const iban = (index: number): string => {
  const body = `3000600001${String(index + 1).padStart(11, '0')}89`;
  const check = 98n - (BigInt(`${body}152700`) % 97n);
  return `FR${String(check).padStart(2, '0')}${body}`;
};

/** The account of each beneficiary, checked by somebody else. */
export async function giveAccounts(
  { theatre, timeline }: Scene,
  funded: readonly Funded[],
  payers: Payers,
): Promise<void> {
  await theatre.at('2021-11-08 09:00');
  const [first] = funded;
  for (const one of funded) {
    accepted(
      await one.person.post(`/api/applications/${one.file}/give-bank-account`, {
        iban: iban(one.index),
        holder: one.data.name,
      }),
    );
    if (one === first) {
      timeline.tell(one.person.name, 'demande son avance avant que son IBAN ne soit vérifié…');
      timeline.detail(
        await refused(one.person.post(`/api/applications/${one.file}/request-payment`, { instalment: 1 })),
      );
    }
    accepted(await payers.ars.second.post(`/api/applications/${one.file}/check-bank-account`, { account: 1 }));
  }
  timeline.tell(payers.ars.second.name, `vérifie ${funded.length} IBAN`);
}

/** Requested, certified, approved by somebody else, paid by a third. */
export async function pay(
  { leads }: Scene,
  { person, file, instalments }: Funded,
  kind: string,
  paidOn: string,
  payers: Payers,
): Promise<number> {
  let paid = 0;
  for (const { number, line } of instalments.filter((one) => one.kind === kind)) {
    const [payer, approver, officer] =
      line === 1
        ? [payers.ars.finance, payers.ars.second, leads.ars.officer]
        : [payers.dreets.finance, payers.dreets.second, payers.dreets.officer];
    const at = (act: string) => `/api/applications/${file}/${act}`;
    accepted(await person.post(at('request-payment'), { instalment: number }));
    accepted(await officer.post(at('certify-service'), { instalment: number }));
    accepted(await approver.post(at('approve-payment'), { instalment: number }));
    const commitment = line === 1 ? `FIR-${paidOn.slice(0, 4)}-${number}` : String(2_100_000_000 + number);
    accepted(await payer.post(at('record-payment'), { instalment: number, paidOn, commitment }));
    paid += 1;
  }
  return paid;
}

export async function payAdvances(scene: Scene, funded: readonly Funded[], payers: Payers): Promise<void> {
  const { theatre, timeline } = scene;
  await theatre.at('2021-11-15 10:00');
  let paid = 0;
  for (const one of funded) paid += await pay(scene, one, 'advance', '2021-11-15', payers);
  timeline.tell(
    'les deux autorités',
    `versent ${paid} avances : demandées, service fait certifié, approuvées par un autre`,
  );
  await showFunding(scene);
}

export interface FundingRow {
  readonly line: number;
  readonly programme: string;
  readonly awardedCents: number;
  readonly paidCents: number;
  readonly recoveredCents: number;
}

export async function fundingOf({ leads, call }: Scene): Promise<FundingRow[]> {
  return accepted(await leads.ars.admin.get<{ items: FundingRow[] }>(`/api/calls/${call}/funding`)).items;
}

export async function showFunding(scene: Scene): Promise<void> {
  const rows = await fundingOf(scene);
  const envelopes = await envelopesOf(scene);
  const cells = (of: (row: FundingRow) => number) => euros(sum(rows.map(of)));
  scene.timeline.detail(
    table([
      ['enveloppe', 'attribué', 'payé', 'reversé'],
      ...rows.map((row) => [
        nameOfLine(envelopes.find(({ line }) => line === row.line) ?? { ...row, action: null }),
        euros(row.awardedCents),
        euros(row.paidCents),
        euros(row.recoveredCents),
      ]),
      ['total', cells((row) => row.awardedCents), cells((row) => row.paidCents), cells((row) => row.recoveredCents)],
    ]),
  );
}
