import { rulesOf } from '../call/call-state.js';
import { type Decision, Refusal, refuse } from '../decider.js';
import { capacityToSign } from '../institution/institution.js';
import { amountOf } from '../money.js';
import {
  type AgreementContext,
  type AgreementEvent,
  type KnownAgreement,
  type Of,
  partyKey,
} from './agreement-facts.js';
import { awardNotGranted } from './drafting.js';

/** Once per party. A delegation must cover the lines of the institution that signs; the last signature concludes. */
export function sign(
  command: Of<'SignAgreement'>,
  state: KnownAgreement,
  context: AgreementContext,
): Decision<AgreementEvent> {
  const { party, at } = command;
  const key = partyKey(party);
  if (!state.parties.some((one) => partyKey(one) === key)) {
    return refuse('NotAParty', `${party.id} n'est pas partie à ce texte : seules ses parties le signent.`);
  }
  if (state.signed.includes(key)) return refuse('AlreadySigned', 'Cette partie a déjà signé.');
  const { call, award, calendar } = context;
  if (award?.status !== 'granted' || !call || call.status === 'absent') return awardNotGranted();
  const own = state.lines.filter(({ funder }) => party.kind === 'institution' && funder === party.id);
  const capacity =
    party.kind === 'organisation'
      ? ({ kind: 'beneficiary' } as const)
      : capacityToSign(command, 'agreement', context.institution, context, amountOf(own));
  if (capacity instanceof Refusal) return capacity;
  const signed: AgreementEvent = { type: 'AgreementSigned', party, capacity };
  if (state.signed.length + 1 < state.parties.length) return [signed];
  const today = calendar.dayOf(at);
  return [
    signed,
    {
      type: 'AgreementConcluded',
      call: state.call,
      organisation: state.organisation,
      concludedOn: today,
      amountCents: amountOf(state.lines),
      endsOn: state.endsOn,
      publishBefore: calendar.addMonths(today, rulesOf(call).funding.publication.withinMonths),
    },
  ];
}
