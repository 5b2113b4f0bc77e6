import { describe, expect, it } from '@jest/globals';
import type { AgreementCommand, AgreementEvent } from './agreement-facts.js';
import {
  advanced,
  APPLICANT,
  ARS,
  CLOSED,
  closed,
  concluded,
  content,
  drafted,
  given,
  IBAN,
  ofArs,
  ofDreets,
  payable,
  plan,
  reportExpected,
  reportsAfter,
  requested,
  UNKNOWN,
} from './fixtures.js';

const close = { type: 'CloseFile' } as const;
const announced = {
  type: 'RecoveryAnnounced',
  recovery: 1,
  amountCents: 600_000,
  reasons: 'Le projet s’est arrêté.',
  observationsUntil: '2021-12-10',
} satisfies AgreementEvent;
const ordered = {
  type: 'RecoveryOrdered',
  recovery: 1,
  amountCents: 500_000,
  reasons: 'Le projet s’est arrêté.',
  titles: [{ line: 1, kind: 'recettes', amountCents: 500_000 }],
  institution: ARS,
  capacity: { kind: 'office' },
} satisfies AgreementEvent;
const received = {
  type: 'RecoveryPaid',
  recovery: 1,
  paidOn: '2021-12-20',
  reference: 'TR 12',
} satisfies AgreementEvent;

describe('closing a file', () => {
  it('says what was paid', () =>
    given(...advanced)
      .when(close)
      .then(closed));
  it('says what came back', () =>
    given(...advanced, announced, ordered, received)
      .when(close)
      .then({ ...closed, recoveredCents: 500_000 }));
  it('is refused before the last signature', () =>
    given(drafted)
      .when(close)
      .thenRefused('NotConcluded', "Toutes les parties n'ont pas encore signé : il n'y a rien à solder."));
  it('is refused while a payment is requested and not paid', () =>
    given(...payable, requested(1))
      .when(close)
      .thenRefused('FilePending', 'Ce dossier ne peut pas être soldé : le versement 1 est demandé et pas payé.'));
  it.each([
    ['announced', [announced]],
    ['ordered', [announced, ordered]],
  ])('is refused while a recovery is %s', (_, history) =>
    given(...advanced, ...history)
      .when(close)
      .thenRefused(
        'FilePending',
        "Ce dossier ne peut pas être soldé : le reversement 1 n'est ni abandonné ni encaissé.",
      ),
  );
  it('names everything that is pending', () =>
    given(...advanced, requested(3), announced)
      .when(close)
      .thenRefused(
        'FilePending',
        "Ce dossier ne peut pas être soldé : le versement 3 est demandé et pas payé ; le reversement 1 n'est ni abandonné ni encaissé.",
      ));
  it('follows a recovery that was dropped', () =>
    given(...advanced, announced, { type: 'RecoveryDropped', recovery: 1, reasons: 'Le projet reprend.' })
      .when(close)
      .then(closed));
  it('is refused while a report of this file is not accepted', () =>
    given(...advanced)
      .when(close, {}, { reports: reportsAfter(reportExpected) })
      .thenRefused('ReportsPending', "Ce dossier ne peut pas être soldé : un bilan d'activité n'est pas accepté."));
  it.each([
    ['accepted', { type: 'ReportAccepted', report: 'report-1' }],
    ['waived', { type: 'ReportWaived', report: 'report-1', reason: 'Aide abandonnée.' }],
  ] as const)('follows the report that was %s', (_, event) =>
    given(...advanced)
      .when(close, {}, { reports: reportsAfter(reportExpected, event) })
      .then(closed),
  );
  it('does not wait for the report of another file', () =>
    given(...advanced)
      .when(close, {}, { reports: reportsAfter({ ...reportExpected, application: 'file-2' }) })
      .then(closed));
  it('is refused where nothing is drafted, as not found', () =>
    given().when(close).thenRefused('AgreementUnknown', UNKNOWN));
});

describe('a closed file', () => {
  const reason = 'Contrôle en cours.';
  const commands: AgreementCommand[] = [
    {
      type: 'DraftAgreement',
      call: 'call-1',
      organisation: APPLICANT,
      institution: ARS,
      form: 'order',
      object: 'Objet',
      parties: [ofArs, ofDreets],
      startsOn: '2021-11-01',
      endsOn: '2022-10-31',
    },
    { type: 'SignAgreement', party: ofArs },
    { type: 'PlanInstalments', institution: ARS, instalments: plan },
    { type: 'RequestPayment', instalment: 3 },
    { type: 'CertifyService', instalment: 1 },
    { type: 'ApprovePayment', instalment: 1 },
    { type: 'RecordPayment', instalment: 1, paidOn: '2021-11-20', commitment: '1' },
    { type: 'SuspendPayments', reason },
    { type: 'ResumePayments', reason },
    { type: 'GiveBankAccount', iban: IBAN, holder: 'Café des parents', content },
    { type: 'CheckBankAccount', account: 1 },
    { type: 'AnnounceRecovery', amountCents: 1, reasons: reason, observationsUntil: '2022-01-01' },
    { type: 'ObserveRecovery', recovery: 1, text: reason, content },
    { type: 'OrderRecovery', recovery: 1, amountCents: 1, reasons: reason, institution: ARS },
    { type: 'DropRecovery', recovery: 1, reasons: reason },
    { type: 'RecordRecovery', recovery: 1, paidOn: '2021-11-20', reference: 'TR' },
    close,
  ];

  it.each(commands.map((command) => [command.type, command] as const))('has nothing added to it: %s', (_, command) =>
    given(...advanced, closed)
      .when(command)
      .thenRefused('FileClosed', CLOSED),
  );
  it.each(commands.slice(1).map((command) => [command.type, command] as const))(
    'is not one that was never drafted: %s',
    (_, command) => given().when(command).thenRefused('AgreementUnknown', UNKNOWN),
  );
  it('keeps what happened', () =>
    expect(given(...advanced, closed).state).toEqual({ ...given(...advanced).state, status: 'closed' }));
  it('has no other beginning', () => expect(given(...concluded.slice(1)).state).toEqual({ status: 'absent' }));
});
