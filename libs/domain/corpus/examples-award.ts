import type { AwardEvent } from '../src/award/award-facts.js';
import { type EnvelopeEvent, envelopeId } from '../src/award/envelope-facts.js';
import { CALL, type Examples, FILE, hash, ORGANISATION } from './example.js';

const capacity = { kind: 'office' } as const;
const award = `award-${FILE}`;
const envelope = `envelope-${envelopeId(CALL, 1)}`;
const lines = [{ line: 1, amountCents: 1_500_000 }];
const first = 'a'.repeat(32);
const second = 'b'.repeat(32);
const asked = { application: FILE, amountCents: 1_500_000 };

export const awardExamples: Examples<
  EnvelopeEvent['type'] | AwardEvent['type'] | 'RevisedBudgetWritten' | 'AppealWritten'
> = {
  AwardDecided: [
    award,
    {
      call: CALL,
      institution: 'ARS-PDL',
      outcome: 'reserve',
      lines: [],
      reasons: 'Les crédits ne suffisent pas à tous les projets.',
      departs: true,
      capacity,
      waitingFor: [],
    },
  ],
  AwardSettled: [
    award,
    { call: CALL, outcome: 'reserve', reasons: 'Les crédits ne suffisent pas à tous les projets.' },
  ],
  AwardNotified: [
    award,
    { call: CALL, institution: 'ARS-PDL', notifiedOn: '2021-10-15', appealUntil: '2021-12-15', capacity },
  ],
  AppealWritten: [`content-award-${FILE}`, { text: 'Notre projet répond à chaque critère.' }],
  AppealLodged: [award, { call: CALL, content: { version: 0, hash: hash('4') }, lodgedAt: '2021-11-02T09:00:00Z' }],
  AppealAnswered: [
    award,
    {
      call: CALL,
      institution: 'ARS-PDL',
      upheld: false,
      reasons: 'Le classement est celui de la commission.',
      capacity,
      lines: [],
      attempt: 0,
    },
  ],
  CalledUpFromReserve: [
    award,
    { call: CALL, institution: 'ARS-PDL', reason: 'Un porteur a renoncé à son aide.', capacity },
  ],
  AwardPending: [
    award,
    {
      call: CALL,
      attempt: 1,
      organisation: ORGANISATION,
      requestedCents: 2_000_000,
      reservations: [{ reservation: first, line: 1, amountCents: 1_500_000 }],
      amountCents: 1_500_000,
    },
  ],
  ReservationRefused: [envelope, { reservation: first, ...asked, leftCents: 1_200_000 }],
  AwardFailed: [
    award,
    {
      call: CALL,
      attempt: 1,
      line: 1,
      askedCents: 1_500_000,
      leftCents: 1_200_000,
      institutions: ['ARS-PDL'],
    },
  ],
  FundsReserved: [envelope, { reservation: second, ...asked, leftCents: 300_000 }],
  AwardGranted: [
    award,
    {
      call: CALL,
      attempt: 2,
      organisation: ORGANISATION,
      lines,
      amountCents: 1_500_000,
      requestedCents: 2_000_000,
    },
  ],
  RevisedBudgetWritten: [
    `content-award-${FILE}`,
    {
      budget: {
        charges: [{ account: '64', label: 'Personnel', amountCents: 2_000_000 }],
        products: [
          { account: '74', label: 'Subvention', funder: 'ARS-PDL', amountCents: 1_500_000 },
          { account: '75', label: 'Cotisations', amountCents: 500_000 },
        ],
      },
    },
  ],
  ReducedAmountAccepted: [award, { call: CALL, content: { version: 1, hash: hash('5') }, totalCents: 2_000_000 }],
  AwardDeclined: [award, { call: CALL, reason: 'Un autre financeur nous soutient.', lines, attempt: 2 }],
  FundsReleased: [envelope, { reservation: second, ...asked, because: 'declined' }],
};
