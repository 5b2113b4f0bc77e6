import { budgetFaults, totals } from '../application/budget.js';
import type { Budget } from '../application/budget.js';
import { envelopeLine, rulesOf } from '../call/call-state.js';
import { type Decision, type Fault, fault, invalid, Refusal, refuse } from '../decider.js';
import { sayDay } from '../instants.js';
import { capacityToSign } from '../institution/institution.js';
import { amountOf, type Cents, euros } from '../money.js';
import type { AwardContext, AwardEvent, KnownAward, Of } from './award-facts.js';
import { toldToApplicant, underway } from './guards.js';

export function notify(command: Of<'NotifyAward'>, state: KnownAward, context: AwardContext): Decision<AwardEvent> {
  const { call, calendar } = context;
  const { status } = state;
  if (status === 'pending') return underway();
  if (status === 'deciding') return refuse('NotDecided', "La décision sur ce dossier n'est pas encore arrêtée.");
  if (status === 'declined') return alreadyDeclined();
  if (state.notified) {
    return refuse('AlreadyNotified', `Cette décision a été notifiée le ${sayDay(state.notified.on)}.`);
  }
  if (!call || call.status === 'absent') return refuse('NotDecided', "Cet appel n'existe plus.");
  const { institution } = command;
  const own = (state.granted?.lines ?? []).filter(({ line }) => envelopeLine(call, line)?.funder === institution);
  const capacity =
    command.actingAs === 'administrator'
      ? undefined
      : capacityToSign(command, 'award', context.institution, context, amountOf(own));
  if (capacity instanceof Refusal) return capacity;
  const notifiedOn = calendar.dayOf(command.at);
  const appealUntil = calendar.addMonths(notifiedOn, rulesOf(call).appeal.withinMonths);
  return [
    { type: 'AwardNotified', call: state.call, institution, notifiedOn, appealUntil, ...(capacity && { capacity }) },
  ];
}

const alreadyDeclined = () => refuse('AlreadyDeclined', 'Le porteur de projet a renoncé à cette attribution.');
const notGranted = () => refuse('NotGranted', "Aucune somme n'est attribuée à ce dossier.");

/** Less than was requested: the project goes on with a budget that says so. */
export function acceptReduced(
  { budget, content }: Of<'AcceptReducedAmount'>,
  state: KnownAward,
  context: AwardContext,
): Decision<AwardEvent> {
  const told = toldToApplicant(state);
  if (told instanceof Refusal) return told;
  const { granted, call } = told;
  if (told.status === 'declined') return alreadyDeclined();
  if (!granted) return notGranted();
  if (granted.accepted) return refuse('AlreadyAccepted', 'Vous avez déjà accepté ce montant.');
  if (granted.amountCents >= granted.requestedCents) {
    return refuse('NotReduced', "Le montant attribué est celui que vous avez demandé : il n'y a rien à accepter.");
  }
  const faults = [...budgetFaults(budget), ...shareFaults(budget, granted.amountCents, context)];
  if (faults.length > 0) {
    return invalid('BudgetInvalid', 'Le budget révisé ne peut être retenu : corrigez les points signalés.', faults);
  }
  return [{ type: 'ReducedAmountAccepted', call, content, totalCents: totals(budget).productsCents }];
}

/** What is given still fits in the budget, and within the rate of the specifications. */
function shareFaults(budget: Budget, amountCents: Cents, { call }: AwardContext): Fault[] {
  const { productsCents } = totals(budget);
  if (amountCents > productsCents) {
    const message = `Le montant attribué (${euros(amountCents)}) dépasse le total des produits (${euros(productsCents)}).`;
    return [fault('budget.products', 'OverProducts', message)];
  }
  const most = call && call.status !== 'absent' ? call.specifications?.maxRatePercent : undefined;
  if (most === undefined || amountCents * 100 <= productsCents * most) return [];
  const message = `Le montant attribué (${euros(amountCents)}) dépasse ${most} % du total des produits (${euros(productsCents)}).`;
  return [fault('budget.products', 'OverRate', message)];
}

/** By the applicant once notified; by the service where the file was withdrawn. */
export function decline(command: Of<'DeclineAward'>, state: KnownAward): Decision<AwardEvent> {
  const told = command.actingAs === 'system' ? state : toldToApplicant(state);
  if (told instanceof Refusal) return told;
  const { status, call, granted, attempts } = told;
  if (status === 'declined') return alreadyDeclined();
  if (status === 'pending') return underway();
  if (status !== 'granted' && status !== 'reserve') return notGranted();
  const { attempt, lines } = granted ?? { attempt: attempts, lines: [] };
  return [{ type: 'AwardDeclined', call, reason: command.reason, lines: [...lines], attempt }];
}
