import { absent, type Decision, Refusal, refuse } from '../decider.js';
import { sayDay } from '../instants.js';
import { capacityToSign } from '../institution/institution.js';
import { amountOf, type Cents, euros, sum } from '../money.js';
import type {
  AgreementContext,
  AgreementEvent,
  KnownAgreement,
  Of,
  Recovery,
  RecoveryTitle,
} from './agreement-facts.js';
import { fundingRules, isFir, paidOf } from './lines.js';

/** The beneficiary is told what may be called back and why, and heard first (CRPA L122-1). */
export function announce(
  command: Of<'AnnounceRecovery'>,
  state: KnownAgreement,
  context: AgreementContext,
): Decision<AgreementEvent> {
  const { amountCents, reasons, observationsUntil, at } = command;
  const left = paidOf(state) - amountOf(state.recoveries.filter(stands));
  if (amountCents > left) {
    return refuse('AbovePaid', `Il n'y a que ${euros(left)} de payés et non encore appelés en reversement.`);
  }
  const { calendar } = context;
  const { minDays } = fundingRules(context).hearing;
  if (calendar.daysBetween(calendar.dayOf(at), observationsUntil) < minDays) {
    return refuse(
      'HearingTooShort',
      `Laissez au bénéficiaire au moins ${minDays} jours pour ses observations (CRPA L122-1).`,
    );
  }
  const recovery = state.recoveries.length + 1;
  return [{ type: 'RecoveryAnnounced', recovery, amountCents, reasons, observationsUntil }];
}

export function observe(
  { recovery, at, content }: Of<'ObserveRecovery'>,
  state: KnownAgreement,
  { calendar }: AgreementContext,
): Decision<AgreementEvent> {
  const announced = announcedOf(state, recovery);
  if (announced instanceof Refusal) return announced;
  if (announced.observed) return refuse('AlreadyObserved', 'Vos observations sur ce reversement sont déjà reçues.');
  if (calendar.dayOf(at) > announced.observationsUntil) {
    return refuse(
      'ObservationsClosed',
      `Les observations étaient attendues jusqu'au ${sayDay(announced.observationsUntil)}.`,
    );
  }
  return [{ type: 'RecoveryObserved', recovery, content }];
}

/** Once the beneficiary was heard, or let the time pass: a title for each line that was paid. */
export function order(
  command: Of<'OrderRecovery'>,
  state: KnownAgreement,
  context: AgreementContext,
): Decision<AgreementEvent> {
  const { recovery, amountCents, reasons, institution, at } = command;
  const announced = announcedOf(state, recovery);
  if (announced instanceof Refusal) return announced;
  const capacity = capacityToSign(command, 'recovery', context.institution, context, amountCents);
  if (capacity instanceof Refusal) return capacity;
  const { calendar } = context;
  if (!announced.observed && calendar.dayOf(at) <= announced.observationsUntil) {
    return refuse(
      'HearingPending',
      `Le bénéficiaire peut présenter ses observations jusqu'au ${sayDay(announced.observationsUntil)}.`,
    );
  }
  if (amountCents > announced.amountCents) {
    return refuse('AboveAnnounced', `Seuls ${euros(announced.amountCents)} ont été annoncés au bénéficiaire.`);
  }
  const titles = titlesFor(amountCents, state);
  return [{ type: 'RecoveryOrdered', recovery, amountCents, reasons, titles, institution, capacity }];
}

export function drop({ recovery, reasons }: Of<'DropRecovery'>, state: KnownAgreement): Decision<AgreementEvent> {
  const announced = announcedOf(state, recovery);
  if (announced instanceof Refusal) return announced;
  return [{ type: 'RecoveryDropped', recovery, reasons }];
}

export function recordRecovery(
  { recovery, paidOn, reference, at }: Of<'RecordRecovery'>,
  state: KnownAgreement,
  { calendar }: AgreementContext,
): Decision<AgreementEvent> {
  const known = state.recoveries.find((one) => one.recovery === recovery);
  if (!known) return recoveryUnknown();
  if (known.status === 'paid') return refuse('RecoveryPaid', 'Ce reversement est déjà encaissé.');
  if (known.status !== 'ordered') return refuse('RecoveryNotOrdered', "Ce reversement n'est pas ordonné.");
  if (paidOn > calendar.dayOf(at)) return refuse('DateInFuture', "La date du reversement est dans l'avenir.");
  return [{ type: 'RecoveryPaid', recovery, paidOn, reference }];
}

const stands = ({ status }: Recovery): boolean => status !== 'dropped';
const recoveryUnknown = () => absent('RecoveryUnknown', "Ce reversement n'existe pas.");

function announcedOf({ recoveries }: KnownAgreement, recovery: number): Recovery | Refusal {
  const known = recoveries.find((one) => one.recovery === recovery);
  if (!known) return recoveryUnknown();
  if (known.status === 'announced') return known;
  return refuse(
    'RecoverySettled',
    known.status === 'dropped' ? 'Ce reversement est abandonné.' : 'Ce reversement est déjà ordonné.',
  );
}

/** Pro rata of what was paid on each line and not yet called back. */
function titlesFor(amountCents: Cents, state: KnownAgreement): RecoveryTitle[] {
  const called = state.recoveries.flatMap(({ titles }) => titles);
  const left = state.lines.map(({ line }) => paidOf(state, line) - amountOf(called.filter((one) => one.line === line)));
  return proRata(amountCents, left).flatMap((share, index) => {
    const line = state.lines[index];
    if (!line || share === 0) return [];
    return [{ line: line.line, kind: isFir(line.programme) ? 'recettes' : 'perception', amountCents: share } as const];
  });
}

/**
 * An amount split in proportion to weights, by the largest remainder: whole cents that add up to it, none more than
 * its weight where the amount isn't more than their sum.
 */
export function proRata(amountCents: Cents, weights: readonly Cents[]): Cents[] {
  const total = BigInt(sum(weights));
  if (total === 0n) return weights.map(() => 0);
  const exact = weights.map((weight) => BigInt(amountCents) * BigInt(weight));
  const shares = exact.map((one) => Number(one / total));
  const byRemainder = exact
    .map((one, index) => ({ remainder: one % total, index }))
    .sort((one, other) =>
      one.remainder === other.remainder ? one.index - other.index : one.remainder > other.remainder ? -1 : 1,
    );
  const missing = amountCents - sum(shares);
  const topped = new Set(byRemainder.slice(0, missing).map(({ index }) => index));
  return shares.map((share, index) => (topped.has(index) ? share + 1 : share));
}
