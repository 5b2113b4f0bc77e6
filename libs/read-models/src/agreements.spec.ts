import { describe, expect, it } from '@jest/globals';
import { agreement } from '#domain/agreement/agreement.js';
import type { AgreementEvent } from '#domain/agreement/agreement-facts.js';
import * as told from '#domain/agreement/fixtures.js';
import { heading } from '#domain/call/fixtures.js';
import type { Fact } from '#domain/facts.js';
import type { Grant, Role } from '#domain/roles.js';
import {
  agreementOf,
  fundingOf,
  instalmentStates,
  paymentList,
  type PaymentRow,
  paymentsSeenBy,
  stateOf,
} from './agreements.js';
import { CALL, FILE, given, NOW, on, onStream, OTHER_CALL, OTHER_FILE } from './fixtures.js';
import { oneOf, page } from './listing.js';
import type { Views } from './views.js';

const inCall = <T extends Fact>(fact: T): T => ('call' in fact ? { ...fact, call: CALL } : fact);
const agreed = (...facts: readonly AgreementEvent[]) => onStream(`agreement-${FILE}`, ...facts.map(inCall));
const folded = (...facts: readonly AgreementEvent[]): unknown =>
  JSON.parse(
    JSON.stringify(facts.map(inCall).reduce((state, fact) => agreement.evolve(state, fact), agreement.initial)),
  );
const awarded = (file: string, ...amounts: readonly number[]) =>
  on(`award-${file}`, { ...told.granted(...amounts), call: CALL });
const registered = [
  on(`call-${CALL}`, { type: 'CallDrafted', heading }),
  on('institution-ARS-PDL', { type: 'InstitutionRegistered', name: 'ARS Pays de la Loire', kind: 'ARS' }),
  on(`organisation-${told.APPLICANT}`, {
    type: 'OrganisationRegistered',
    name: 'Café des parents',
    legalForm: 'association',
    siret: told.APPLICANT,
  }),
];
const payments = (views: Views, ...grants: readonly Grant[]) =>
  page<PaymentRow>(views, paymentList, {
    where: [oneOf('instalments.call_id', [CALL]), paymentsSeenBy(grants)],
    sort: 'organisation',
    descending: false,
    limit: 50,
  }).items;
const auditor: Grant = { role: 'auditor', scope: { kind: 'everywhere' } };
const inInstitution = (role: Role, id: string): Grant => ({ role, scope: { kind: 'institution', id } });
const ofOrganisation = (id: string): Grant => ({ role: 'submitter', scope: { kind: 'organisation', id } });

const announced = {
  type: 'RecoveryAnnounced',
  recovery: 1,
  amountCents: 1_000_000,
  reasons: 'À moitié tenu.',
  observationsUntil: '2021-12-01',
} satisfies AgreementEvent;
const ordered = {
  type: 'RecoveryOrdered',
  recovery: 1,
  amountCents: 1_000_000,
  reasons: 'À moitié tenu.',
  titles: [
    { line: 1, kind: 'recettes', amountCents: 600_000 },
    { line: 2, kind: 'perception', amountCents: 400_000 },
  ],
  institution: told.ARS,
  capacity: { kind: 'office' },
} satisfies AgreementEvent;
const received = { type: 'RecoveryPaid', recovery: 1, paidOn: '2021-12-20', reference: 'TR' } satisfies AgreementEvent;

describe('an agreement', () => {
  /** One of each, in an order that the rules would allow. */
  const everything: AgreementEvent[] = [
    ...told.advanced,
    { type: 'PaymentsSuspended', reason: 'Contrôle.' },
    { type: 'PaymentsResumed', reason: 'Rien.' },
    announced,
    { type: 'RecoveryObserved', recovery: 1, content: { version: 1, hash: 'b' } },
    ordered,
    received,
    { ...announced, recovery: 2 },
    { type: 'RecoveryDropped', recovery: 2, reasons: 'Le projet reprend.' },
    told.closed,
  ];

  it('is what its own rules know, after each fact', async () => {
    const one = await given(...registered);
    for (const [index, fact] of everything.entries()) {
      await one.andThen(...agreed(fact));
      expect(agreementOf(one.views, FILE)).toMatchObject({
        version: index,
        state: folded(...everything.slice(0, index + 1)),
      });
    }
    expect(agreementOf(one.views, OTHER_FILE)).toBeUndefined();
  });

  it('names its parties in their order, with when and under what each signed', async () => {
    const capacity = { kind: 'delegation', delegation: 'd-1' } as const;
    const { views } = await given(
      ...registered,
      ...agreed(told.drafted, told.signedBy(told.ofApplicant)),
      on(`agreement-${FILE}`, { type: 'AgreementSigned', party: told.ofArs, capacity }, { at: '2021-11-15T08:00:00Z' }),
    );
    expect(agreementOf(views, FILE)?.parties).toEqual([
      {
        kind: 'institution',
        id: told.ARS,
        name: 'ARS Pays de la Loire',
        signedAt: '2021-11-15T08:00:00Z',
        delegation: 'd-1',
      },
      { kind: 'institution', id: told.DREETS, name: null, signedAt: null, delegation: null },
      { kind: 'organisation', id: told.APPLICANT, name: 'Café des parents', signedAt: NOW, delegation: null },
    ]);
  });

  it('drafted again has the parties of its last draft', async () => {
    const { views } = await given(
      ...agreed(told.drafted, { ...told.drafted, form: 'order', parties: [told.ofDreets] }),
    );
    expect(agreementOf(views, FILE)?.parties.map(({ id }) => id)).toEqual([told.DREETS]);
  });

  it('says of each line what was paid, and what came back once it has', async () => {
    const one = await given(...agreed(...told.advanced, announced, ordered));
    const lines = () =>
      agreementOf(one.views, FILE)?.lines.map(({ paidCents, recoveredCents }) => [paidCents, recoveredCents]);
    expect(lines()).toEqual([
      [1_500_000, 0],
      [1_000_000, 0],
    ]);
    await one.andThen(...agreed(received));
    expect(lines()).toEqual([
      [1_500_000, 600_000],
      [1_000_000, 400_000],
    ]);
  });
});

describe('the payments of a call', () => {
  it('are the instalments of its agreements, one row each', async () => {
    const { views } = await given(...registered, ...agreed(...told.payable, ...told.paying(2, 1_000_000)));
    const common = {
      application: FILE,
      organisation: told.APPLICANT,
      organisationName: 'Café des parents',
      paidOn: null,
      commitment: null,
    };
    const fir = { ...common, line: 1, funder: told.ARS, programme: 'FIR', year: 2021 };
    const state = { ...common, line: 2, funder: told.DREETS, programme: 'BOP 304', year: 2021 };
    expect(payments(views, auditor)).toEqual([
      { ...fir, number: 1, kind: 'advance', amountCents: 1_500_000, state: 'planned' },
      {
        ...state,
        number: 2,
        kind: 'advance',
        amountCents: 1_000_000,
        state: 'paid',
        paidOn: '2021-11-20',
        commitment: '2100456789',
      },
      { ...fir, number: 3, kind: 'balance', amountCents: 1_500_000, state: 'planned' },
      { ...state, number: 4, kind: 'balance', amountCents: 1_000_000, state: 'planned' },
    ]);
  });

  it('go through each state', async () => {
    const one = await given(...agreed(...told.payable));
    const states: unknown[] = [payments(one.views, auditor)[0]?.state];
    for (const fact of [told.requested(1), told.certified(1), { ...told.approved(1), last: false }]) {
      await one.andThen(...agreed(fact));
      states.push(payments(one.views, auditor)[0]?.state);
    }
    expect(states).toEqual(['planned', 'requested', 'certified', 'certified']);
    await one.andThen(...agreed(told.approved(1)));
    expect(payments(one.views, auditor)[0]?.state).toBe('approved');
    await one.andThen(...agreed(told.paid(1, 1_500_000)));
    expect(payments(one.views, auditor)[0]?.state).toBe('paid');
    expect(instalmentStates).toContain(
      stateOf({ ...told.instalment(1, 1, 'balance', 1), approvedBy: [], approved: false }),
    );
  });

  it('planned again are those of the last plan', async () => {
    const { views } = await given(
      ...agreed(told.drafted, told.planned, {
        type: 'InstalmentsPlanned',
        instalments: [told.instalment(1, 1, 'balance', 3_000_000), told.instalment(2, 2, 'balance', 2_000_000)],
      }),
    );
    expect(payments(views, auditor).map(({ kind, amountCents }) => [kind, amountCents])).toEqual([
      ['balance', 3_000_000],
      ['balance', 2_000_000],
    ]);
  });

  it.each([
    ['an auditor', auditor, 4],
    ['the staff of a lead', inInstitution('case-officer', told.ARS), 4],
    ['another authority', inInstitution('finance-officer', 'ARS-IDF'), 0],
    ['a partner of a lead', inInstitution('partner', told.ARS), 0],
    ['the beneficiary', ofOrganisation(told.APPLICANT), 4],
    ['another organisation', ofOrganisation(told.PARTNER), 0],
  ])('are seen by whom the agreement concerns: %s', async (_, grant, count) => {
    const { views } = await given(...registered, ...agreed(told.drafted, told.planned));
    expect(payments(views, grant)).toHaveLength(count);
  });

  it('are seen by its other parties too', async () => {
    const parties = [
      ...told.drafted.parties,
      { kind: 'institution', id: 'CAF-44' } as const,
      { kind: 'organisation', id: told.PARTNER } as const,
    ];
    const { views } = await given(...registered, ...agreed({ ...told.drafted, parties }, told.planned));
    expect(payments(views, inInstitution('signatory', 'CAF-44'))).toHaveLength(4);
    expect(payments(views, ofOrganisation(told.PARTNER))).toHaveLength(4);
  });

  it('of an order are seen by the beneficiary, who is no party to it', async () => {
    const order = { ...told.drafted, form: 'order', parties: [told.ofArs, told.ofDreets] } satisfies AgreementEvent;
    const { views } = await given(...registered, ...agreed(order, told.planned));
    expect(payments(views, ofOrganisation(told.APPLICANT))).toHaveLength(4);
  });
});

describe('the funding of a call', () => {
  it('adds up what is awarded, paid and recovered of each line, over all files', async () => {
    const { views } = await given(
      awarded(FILE, 3_000_000, 2_000_000),
      awarded(OTHER_FILE, 500_000),
      ...agreed(...told.advanced, announced, ordered, received),
    );
    expect(fundingOf(views, CALL)).toEqual([
      { line: 1, awardedCents: 3_500_000, paidCents: 1_500_000, recoveredCents: 600_000 },
      { line: 2, awardedCents: 2_000_000, paidCents: 1_000_000, recoveredCents: 400_000 },
    ]);
    expect(fundingOf(views, OTHER_CALL)).toEqual([]);
  });

  it('counts nothing that is only requested, or only ordered back', async () => {
    const { views } = await given(...agreed(...told.payable, told.requested(1), announced, ordered));
    expect(fundingOf(views, CALL)).toEqual([]);
  });

  it('counts no award that was given up, and the last of one that was given again', async () => {
    const lines = [{ line: 1, amountCents: 500_000 }];
    const one = await given(
      awarded(FILE, 500_000),
      on(`award-${FILE}`, { type: 'AwardDeclined', call: CALL, reason: 'Abandon.', lines, attempt: 1 }),
    );
    expect(fundingOf(one.views, CALL)).toEqual([{ line: 1, awardedCents: 0, paidCents: 0, recoveredCents: 0 }]);
    await one.andThen(awarded(FILE, 0, 300_000));
    expect(fundingOf(one.views, CALL)).toEqual([{ line: 2, awardedCents: 300_000, paidCents: 0, recoveredCents: 0 }]);
  });
});
