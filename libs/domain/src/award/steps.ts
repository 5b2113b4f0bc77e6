import type { EnvelopeLine } from '../call/call-contents.js';
import { type Decision, type Refusal, refuse } from '../decider.js';
import { amountOf, euros } from '../money.js';
import type { AwardEvent, KnownAward, Of } from './award-facts.js';

const notPending = () => refuse('AwardNotPending', "Cette attribution n'attend pas de crédits.");

/** Every line is held: the award stands. */
export function grant({ attempt }: Of<'GrantAward'>, { call, pending }: KnownAward): Decision<AwardEvent> {
  if (pending?.attempt !== attempt) return notPending();
  const { organisation, requestedCents, reservations } = pending;
  const lines = reservations.map(({ line, amountCents }) => ({ line, amountCents }));
  return [{ type: 'AwardGranted', call, attempt, organisation, lines, amountCents: amountOf(lines), requestedCents }];
}

/** A line is short: the leads may decide again. */
export function fail(command: Of<'FailAward'>, { call, pending, decisions }: KnownAward): Decision<AwardEvent> {
  const { attempt, line, askedCents, leftCents } = command;
  if (pending?.attempt !== attempt) return notPending();
  return [{ type: 'AwardFailed', call, attempt, line, askedCents, leftCents, institutions: Object.keys(decisions) }];
}

/** What the last lead is told when a line is short. */
export const exhausted = (
  { askedCents, leftCents }: { readonly askedCents: number; readonly leftCents: number },
  { funder, programme, action, year }: EnvelopeLine,
): Refusal =>
  refuse(
    'EnvelopeExhausted',
    `Il reste ${euros(leftCents)} sur l'enveloppe ${programme}${action ? ` (${action})` : ''} ${year} de ${funder} : ` +
      `${euros(askedCents)} étaient demandés. Rien n'est attribué, et les autorités pilotes décident à nouveau.`,
  );
