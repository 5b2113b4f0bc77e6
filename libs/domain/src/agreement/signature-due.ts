import type { Call } from '../call/call-state.js';
import { type Decision, type Instant, refuse } from '../decider.js';
import { instantOf } from '../schedule/milestones.js';
import type { Agreement, AgreementContext, AgreementEvent, KnownAgreement, Of } from './agreement-facts.js';

/**
 * Until when the parties are awaited: the date of the call, or the extension of this file where it is later; undefined
 * where nothing is awaited any more, or the call has no such date.
 */
export function signatureDue(state: Agreement, call: Call | undefined): Instant | undefined {
  if (state.status !== 'drafted' || !call || call.status === 'absent') return undefined;
  const general = instantOf(call.schedule?.milestones ?? [], 'agreementSigned');
  const own = state.signatureExtension?.until;
  return own !== undefined && (general === undefined || own > general) ? own : general;
}

/** More time to sign, for one file: possible under both regimes. */
export function extendSignature(
  { until, reason, at }: Of<'ExtendSignature'>,
  state: KnownAgreement,
  { call, calendar }: AgreementContext,
): Decision<AgreementEvent> {
  if (state.status === 'concluded') {
    return refuse('AlreadyConcluded', "Toutes les parties ont signé : aucune signature n'est plus attendue.");
  }
  if (until <= at) return refuse('DateInPast', `Cette date est déjà passée : ${calendar.say(until)}.`);
  const due = signatureDue(state, call);
  if (due !== undefined && until <= due) {
    return refuse('NotLater', `La signature est déjà attendue jusqu'au ${calendar.say(due)}.`);
  }
  return [{ type: 'SignatureExtended', until, reason }];
}
