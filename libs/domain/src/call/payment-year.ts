import { type Decision, Refusal, refuse, type Tools } from '../decider.js';
import type { Of } from './call-commands.js';
import type { CallEvent, Schedule } from './call-facts.js';
import type { KnownCall } from './call-state.js';
import { published } from './guards.js';
import { shiftConsequences } from './shift-consequences.js';

/** A shift across the closing of the year's payments asks each lead's finance officers in which year they pay. */
export function paymentYearAsked(
  call: KnownCall,
  { proposal, before, after }: { readonly proposal: number; readonly before: Schedule; readonly after: Schedule },
  { calendar }: Tools,
): CallEvent[] {
  const { closing } = shiftConsequences(call, before, after, calendar);
  return closing ? [{ type: 'PaymentYearAsked', proposal, ...closing }] : [];
}

/** For the institution: this year all the same, or the next; a later answer supersedes, with its reason. */
export function answerPaymentYear(
  { institution, year, reason }: Of<'AnswerPaymentYear'>,
  call: KnownCall,
): Decision<CallEvent> {
  const open = published(call);
  if (open instanceof Refusal) return open;
  const { paymentYear } = open;
  if (!paymentYear) {
    return refuse('PaymentYearNotAsked', "Aucun décalage n'a franchi la clôture des paiements : rien n'est demandé.");
  }
  if (paymentYear.answers[institution]?.year === year) {
    return refuse('AlreadyAnswered', 'Votre institution a déjà donné cette réponse.');
  }
  return [{ type: 'PaymentYearAnswered', institution, year, reason }];
}
