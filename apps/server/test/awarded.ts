import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { accepted } from '#client/client.js';
import { applicant, ready, submit, unsealed } from './applicants.js';
import { happened } from './happened.js';
import { type Cast, castOf, publishedCall } from './stage.js';
import { type Person, until, World } from './world.js';

/** What a file of tests imports to play in: a call of two funders, unsealed, in November 2021, and who pays. */
export let world: World;
export let cast: Cast;
export let call: string;
export let funders: {
  readonly ars: { finance: Person; accountant: Person };
  readonly dreets: { finance: Person; accountant: Person; officer: Person };
};
export const logged: string[] = [];
let submitted: { id: string; organisation: string; person: Person }[];

beforeAll(async () => {
  world = await World.open('2021-05-12T08:00:00Z', {
    env: { LOG_LEVEL: 'trace' },
    logTo: { write: (line) => void logged.push(line) },
  });
  cast = await castOf(world);
  const staff = (name: string, role: string, of: string) => world.person(name, [role, 'institution', of]);
  funders = {
    ars: {
      finance: await staff('Fanny Financière', 'finance-officer', 'ARS-PDL'),
      accountant: await staff('Agathe Comptable', 'finance-officer', 'ARS-PDL'),
    },
    dreets: {
      finance: await staff('Félix Financier', 'finance-officer', 'DREETS-PDL'),
      accountant: await staff('Armand Comptable', 'finance-officer', 'DREETS-PDL'),
      officer: await staff('Ivan Instructeur', 'case-officer', 'DREETS-PDL'),
    },
  };
  call = await publishedCall(world, cast);
  world.clock.set('2021-06-20T08:00:00Z');
  submitted = [];
  for (const number of [701, 702, 703, 704, 705]) {
    const { person, organisation } = await applicant(world, cast, number);
    const id = await ready(person, call, organisation);
    accepted(await submit(person, id));
    submitted.push({ id, person, organisation });
  }
  world.clock.set('2021-11-15T09:00:00Z');
  await unsealed(cast.ars.admin, call);
});
beforeEach(() => world.clock.set('2021-11-15T09:00:00Z'));
afterAll(() => world.close());

export type Awarded = Readonly<(typeof submitted)[number]>;

/** A file that no other test has, without an award. */
export function nextFile(): Awarded {
  const next = submitted.shift();
  if (!next) throw new Error('One more file must be submitted for this test.');
  return next;
}

/** The same with an award: so many cents of the FIR, and of BOP 304; as much was requested. */
export async function awardedFile(...amounts: readonly number[]): Promise<Awarded> {
  const file = nextFile();
  const amountCents = amounts.reduce((total, amount) => total + amount, 0);
  await happened(world, `award-${file.id}`, {
    type: 'AwardGranted',
    call,
    attempt: 1,
    organisation: file.organisation,
    lines: amounts.map((each, index) => ({ line: index + 1, amountCents: each })),
    amountCents,
    requestedCents: amountCents,
  });
  return file;
}

const ofArs = { kind: 'institution', id: 'ARS-PDL' };
const ofDreets = { kind: 'institution', id: 'DREETS-PDL' };
export const partiesOf = ({ organisation }: Awarded) => [ofArs, ofDreets, { kind: 'organisation', id: organisation }];
export const draftOf = (file: Awarded) => ({
  institution: 'ARS-PDL',
  form: 'agreement',
  object: 'La maison des mille jours, un an d’ateliers.',
  parties: partiesOf(file),
  startsOn: '2021-12-01',
  endsOn: '2022-11-30',
});
export const orderOf = (file: Awarded) => ({ ...draftOf(file), form: 'order', parties: [ofArs, ofDreets] });

/** Signs what they have just read. */
export const sign = (person: Person, { id }: Awarded, party: object, under?: string) =>
  person.edit(`/api/applications/${id}/agreement`, `/api/applications/${id}/sign-agreement`, {
    party,
    ...(under && { under }),
  });

/** Halves on signature, halves later: of the FIR on the activity report, of BOP 304 from 1 March 2022. */
export const halvesOf = (fir: number, state: number) => [
  { number: 1, kind: 'advance', line: 1, amountCents: fir / 2, condition: { kind: 'signature' } },
  { number: 2, kind: 'advance', line: 2, amountCents: state / 2, condition: { kind: 'signature' } },
  { number: 3, kind: 'balance', line: 1, amountCents: fir / 2, condition: { kind: 'report', report: 'activity' } },
  { number: 4, kind: 'balance', line: 2, amountCents: state / 2, condition: { kind: 'date', on: '2022-03-01' } },
];
export const plan = (person: Person, { id }: Awarded, instalments: readonly object[]) =>
  person.edit(`/api/applications/${id}/agreement`, `/api/applications/${id}/plan-instalments`, {
    institution: 'ARS-PDL',
    instalments,
  });

/** Signed by all, planned in halves, with an account to pay to that was checked. */
export async function payableFile(fir: number, state: number): Promise<Awarded> {
  const file = await awardedFile(fir, state);
  const [one, two, three] = partiesOf(file);
  const at = `/api/applications/${file.id}`;
  accepted(await cast.ars.admin.post(`${at}/draft-agreement`, draftOf(file)));
  accepted(await plan(funders.ars.finance, file, halvesOf(fir, state)));
  accepted(await sign(cast.ars.signatory, file, one ?? {}));
  accepted(await sign(cast.dreets.signatory, file, two ?? {}));
  accepted(await sign(file.person, file, three ?? {}));
  accepted(await file.person.post(`${at}/give-bank-account`, { iban: IBAN, holder: 'La maison des mille jours' }));
  accepted(await funders.ars.finance.post(`${at}/check-bank-account`, { account: 1 }));
  return file;
}
export const IBAN = 'FR14 2004 1010 0505 0001 3M02 606';
export const OTHER_IBAN = 'FR7630006000011234567890189';

/** From the request of the beneficiary to what the accountant has paid. */
export async function pay(file: Awarded, instalment: number, of: 'ars' | 'dreets', commitment: string): Promise<void> {
  const at = `/api/applications/${file.id}`;
  accepted(await file.person.post(`${at}/request-payment`, { instalment }));
  accepted(await cast.ars.officer.post(`${at}/certify-service`, { instalment }));
  accepted(await funders[of].finance.post(`${at}/approve-payment`, { instalment }));
  const paid = { instalment, paidOn: world.clock.now().slice(0, 10), commitment };
  accepted(await funders[of].accountant.post(`${at}/record-payment`, paid));
}

/** What the service expects of the file once its agreement is concluded is owed no more. */
export async function waiveReports(cast: Cast, organisation: string): Promise<void> {
  const expected = await until(async () => {
    const { items } = accepted(
      await cast.ars.admin.get<{ items: { id: string; dueOn: string }[] }>(
        `/api/reports?organisation=${organisation}&status=expected`,
      ),
    );
    return items.length >= 2 ? items : undefined;
  }, 'both reports');
  for (const { id } of expected)
    accepted(await cast.ars.admin.post(`/api/reports/${id}/waive`, { reason: 'Hors du sujet de cet essai.' }));
}
