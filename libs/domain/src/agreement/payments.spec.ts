import { describe, expect, it } from '@jest/globals';
import {
  accountant,
  approved,
  as,
  awardAfter,
  bankChecked,
  bankGiven,
  callGiving,
  certified,
  concluded,
  drafted,
  finance,
  FINANCE,
  fir,
  given,
  granted,
  instalment,
  officer,
  OFFICER,
  paid,
  payable,
  paying,
  planned,
  reportExpected,
  reportsAfter,
  requested,
  SECOND,
  submitter,
  SUBMITTER,
} from './fixtures.js';

const request = (number: number) => ({ type: 'RequestPayment', instalment: number }) as const;
const certify = (number: number) => ({ type: 'CertifyService', instalment: number }) as const;
const approve = (number: number) => ({ type: 'ApprovePayment', instalment: number }) as const;
const NOT_PLANNED = "Le versement 9 n'est pas prévu.";
const NOT_REQUESTED = "Ce versement n'est pas encore demandé.";
const OWN = 'Vous avez demandé ou certifié ce versement : une autre personne doit le faire.';

describe('requesting a payment', () => {
  it('says who asks', () =>
    given(...payable)
      .when(request(1), submitter)
      .then(requested(1)));
  it('is refused before the last signature', () =>
    given(drafted, planned, bankGiven, bankChecked)
      .when(request(1), submitter)
      .thenRefused('NotConcluded', "Toutes les parties n'ont pas encore signé : rien ne peut être payé."));
  it('is refused for an instalment that is not planned, as not found', () =>
    given(...payable)
      .when(request(9), submitter)
      .thenRefused('InstalmentUnknown', NOT_PLANNED));
  it('is refused twice', () =>
    given(...payable, requested(1))
      .when(request(1), submitter)
      .thenRefused('AlreadyRequested', 'Ce versement est déjà demandé.'));
  it('is refused before an earlier one of its line', () =>
    given(...payable)
      .when(request(4), as('submitter', SUBMITTER, '2022-03-01T08:00:00Z'))
      .thenRefused('EarlierInstalment', "Demandez d'abord le versement 2 de la ligne 2 (DREETS-PDL, BOP 304, 2021)."));
  it('needs no earlier one of another line', () =>
    given(...payable)
      .when(request(2), submitter)
      .then(requested(2)));
  it('waits for its day, in Paris', () => {
    const told = given(...payable, requested(2));
    told
      .when(request(4), as('submitter', SUBMITTER, '2022-02-28T22:59:59Z'))
      .thenRefused('ConditionNotMet', "Ce versement n'est dû qu'à partir du 1er mars 2022.");
    told.when(request(4), as('submitter', SUBMITTER, '2022-02-28T23:00:00Z')).then(requested(4));
  });
  it('waits for its report, accepted, of this file and of that kind', () => {
    const told = given(...payable, requested(1));
    const waiting = "Ce versement attend un bilan d'activité accepté de ce dossier.";
    const accepted = { type: 'ReportAccepted', report: 'report-1' } as const;
    told.when(request(3), submitter).thenRefused('ConditionNotMet', waiting);
    told.when(request(3), submitter, { reports: reportsAfter(reportExpected) }).thenRefused('ConditionNotMet', waiting);
    told
      .when(request(3), submitter, { reports: reportsAfter({ ...reportExpected, application: 'file-2' }, accepted) })
      .thenRefused('ConditionNotMet', waiting);
    told
      .when(request(3), submitter, { reports: reportsAfter({ ...reportExpected, kind: 'financial' }, accepted) })
      .thenRefused('ConditionNotMet', waiting);
    told.when(request(3), submitter, { reports: reportsAfter(reportExpected, accepted) }).then(requested(3));
  });
});

describe('a payment requested or recorded', () => {
  const record = { type: 'RecordPayment', instalment: 1, paidOn: '2021-11-20', commitment: 'FIR 2021-118' } as const;
  const acts = [
    ['requested', [], request(1), submitter],
    ['recorded', [requested(1), certified(1), approved(1)], record, accountant],
  ] as const;

  it.each(acts)('is refused while payments are suspended: %s', (_, steps, command, who) =>
    given(...payable, ...steps, { type: 'PaymentsSuspended', reason: 'Contrôle en cours.' })
      .when(command, who)
      .thenRefused('PaymentsSuspended', 'Les paiements de ce dossier sont suspendus.'),
  );
  it.each(acts)('is refused without an account: %s', (_, steps, command, who) =>
    given(...concluded, planned, ...steps)
      .when(command, who)
      .thenRefused('BankAccountUnchecked', "Le bénéficiaire n'a pas encore donné de compte bancaire."),
  );
  it.each(acts)('is refused while a changed account waits for its check: %s', (_, steps, command, who) =>
    given(...payable, ...steps, { ...bankGiven, account: 2, ending: '4711' })
      .when(command, who)
      .thenRefused(
        'BankAccountUnchecked',
        'Le compte bancaire finissant par 4711 attend sa vérification par une seconde personne.',
      ),
  );
  it.each(acts)('is refused while the beneficiary owes a report, of any file, naming the oldest: %s', (...each) => {
    const [, steps, command, { actingAs = '', by = '' }] = each;
    const reports = reportsAfter(
      { ...reportExpected, application: 'file-2', dueOn: '2022-07-31' },
      { ...reportExpected, report: 'report-2', application: 'file-3', kind: 'financial' },
    );
    given(...payable, ...steps)
      .when(command, as(actingAs, by, '2022-08-01T08:00:00Z'), { reports })
      .thenRefused(
        'ReportOverdue',
        "Ce bénéficiaire devait un compte rendu financier le 30 juin 2022 : rien ne se paie avant qu'il soit remis.",
      );
  });
  it.each(acts)('is not refused on the day a report is due: %s', (_, steps, command, { actingAs, by }) =>
    expect(
      given(...payable, ...steps).when(command, as(actingAs ?? '', by ?? '', '2022-06-30T21:59:59Z'), {
        reports: reportsAfter(reportExpected),
      }).result,
    ).toHaveLength(1),
  );
  it.each(acts)('is refused above what the award still gives: %s', (_, steps, command, who) =>
    given(...payable, ...steps)
      .when(command, who, { award: awardAfter(granted(1_499_999, 2_000_000)) })
      .thenRefused(
        'AboveAward',
        'Il ne reste que 14 999,99 € à payer sur la ligne 1 (ARS-PDL, FIR, 2021) : 15 000,00 € la dépasseraient.',
      ),
  );
});

describe('certifying the service done', () => {
  it('is done by one who did not ask', () =>
    given(...payable, requested(1))
      .when(certify(1), officer)
      .then(certified(1)));
  it('is refused to who asked', () =>
    given(...payable, requested(1))
      .when(certify(1), as('case-officer', SUBMITTER))
      .thenRefused('OwnRequest', OWN));
  it('is refused before the request', () =>
    given(...payable)
      .when(certify(1), officer)
      .thenRefused('NotRequested', NOT_REQUESTED));
  it('is refused twice', () =>
    given(...payable, requested(1), certified(1))
      .when(certify(1), as('case-officer', SECOND))
      .thenRefused('AlreadyCertified', 'Le service fait est déjà certifié.'));
  it('is refused for an instalment that is not planned, as not found', () =>
    given(...payable)
      .when(certify(9), officer)
      .thenRefused('InstalmentUnknown', NOT_PLANNED));
});

describe('approving a payment', () => {
  const asked = [...payable, requested(1), certified(1)];

  it('is done by one other person up to 50 000 €', () =>
    given(...asked)
      .when(approve(1), finance)
      .then(approved(1)));
  it.each([
    ['who asked', SUBMITTER],
    ['who certified', OFFICER],
  ])('is refused to %s', (_, by) =>
    given(...asked)
      .when(approve(1), as('finance-officer', by))
      .thenRefused('OwnRequest', OWN),
  );
  it('is refused before the request', () =>
    given(...payable)
      .when(approve(1), finance)
      .thenRefused('NotRequested', NOT_REQUESTED));
  it('is refused before the service is certified', () =>
    given(...payable, requested(1))
      .when(approve(1), finance)
      .thenRefused('NotCertified', "Le service fait n'est pas encore certifié par un instructeur."));
  it('is refused twice to one person', () =>
    given(...asked, approved(1))
      .when(approve(1), finance)
      .thenRefused('ApprovedTwice', 'Vous avez déjà approuvé ce versement : une autre personne doit le faire.'));
  it('is refused to another person where one is enough', () =>
    given(...asked, approved(1))
      .when(approve(1), as('finance-officer', SECOND))
      .thenRefused('AlreadyApproved', 'Ce versement est déjà approuvé.'));
  it('is refused for an instalment that is not planned, as not found', () =>
    given(...payable)
      .when(approve(9), finance)
      .thenRefused('InstalmentUnknown', NOT_PLANNED));
});

describe('approving a payment of more than 50 000 €', () => {
  const of = (amountCents: number) => [
    { ...drafted, lines: [{ line: 1, amountCents, funder: 'ARS-PDL', programme: 'FIR', year: 2021 }] },
    ...concluded.slice(1),
    { type: 'InstalmentsPlanned' as const, instalments: [instalment(1, 1, 'balance', amountCents)] },
    bankGiven,
    bankChecked,
    requested(1),
    certified(1),
  ];
  const first = { ...approved(1), last: false } as const;
  const seen = { call: callGiving(fir), award: awardAfter(granted(5_000_001)) };
  const record = { type: 'RecordPayment', instalment: 1, paidOn: '2021-11-20', commitment: 'FIR' } as const;

  it('takes two, and the second is the last', () => {
    given(...of(5_000_001))
      .when(approve(1), finance, seen)
      .then(first);
    given(...of(5_000_001), first)
      .when(approve(1), as('signatory', SECOND), seen)
      .then({ ...first, level: 2, last: true, person: SECOND });
  });
  it('takes one at 50 000 € exactly', () =>
    given(...of(5_000_000))
      .when(approve(1), finance, seen)
      .then(approved(1)));
  it('is refused twice to one person', () =>
    given(...of(5_000_001), first)
      .when(approve(1), finance, seen)
      .thenRefused('ApprovedTwice', 'Vous avez déjà approuvé ce versement : une autre personne doit le faire.'));
  it('is not paid after the first alone', () =>
    given(...of(5_000_001), first)
      .when(record, accountant, seen)
      .thenRefused('NotApproved', "Ce versement n'est pas encore approuvé."));
});

describe('recording a payment', () => {
  const ready = (number: number) => [...payable, requested(number), certified(number), approved(number)];
  const record = (number: number, changes: object = {}) =>
    ({
      type: 'RecordPayment',
      instalment: number,
      paidOn: '2021-11-20',
      commitment: '2100456789',
      ...changes,
    }) as const;
  const CHORUS = "Le numéro d'engagement juridique (Chorus) a 10 chiffres.";
  const REFERENCE = 'La référence du paiement a de 1 à 20 caractères.';

  it('keeps the amount, the day and the commitment number', () =>
    given(...ready(2))
      .when(record(2), accountant)
      .then(paid(2, 1_000_000)));
  it('keeps what the ARS calls a payment of the FIR', () =>
    given(...ready(1))
      .when(record(1, { commitment: 'FIR 2021-118 / 00042' }), accountant)
      .then({ ...paid(1, 1_500_000), commitment: 'FIR 2021-118 / 00042' }));
  it.each(['', '210045678', '21004567890', '21004567 9', 'FIR 2021-1'])(
    'is refused with a commitment number of State money that is not ten digits: "%s"',
    (commitment) =>
      given(...ready(2))
        .when(record(2, { commitment }), accountant)
        .thenRefused('CommitmentInvalid', CHORUS),
  );
  it.each(['', ' ', 'FIR 2021-118 / 000421'])('is refused with a reference of the FIR that is "%s"', (commitment) =>
    given(...ready(1))
      .when(record(1, { commitment }), accountant)
      .thenRefused('CommitmentInvalid', REFERENCE),
  );
  it('is refused before the approval', () =>
    given(...payable, requested(1), certified(1))
      .when(record(1), accountant)
      .thenRefused('NotApproved', "Ce versement n'est pas encore approuvé."));
  it('is refused to who approved', () =>
    given(...ready(1))
      .when(record(1), finance)
      .thenRefused('ApprovedByYou', 'Vous avez approuvé ce versement : une autre personne en enregistre le paiement.'));
  it('is refused twice', () =>
    given(...payable, ...paying(1, 1_500_000))
      .when(record(1), accountant)
      .thenRefused('AlreadyPaid', 'Ce versement est déjà payé.'));
  it('is refused with a day in the future', () =>
    given(...ready(1))
      .when(record(1, { paidOn: '2021-11-21' }), accountant)
      .thenRefused('DateInFuture', "La date du paiement est dans l'avenir."));
  it('is refused for an instalment that is not planned, as not found', () =>
    given(...payable)
      .when(record(9), accountant)
      .thenRefused('InstalmentUnknown', NOT_PLANNED));
  it('leaves who took each step', () =>
    expect(given(...payable, ...paying(1, 1_500_000)).state).toMatchObject({
      instalments: [
        {
          number: 1,
          requestedBy: SUBMITTER,
          certifiedBy: OFFICER,
          approvedBy: [FINANCE],
          approved: true,
          paid: { on: '2021-11-20', commitment: '2100456789' },
        },
        { number: 2, approvedBy: [], approved: false },
        { number: 3 },
        { number: 4 },
      ],
    }));
});
