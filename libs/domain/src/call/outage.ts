import { absent, type Decision, type Instant, Refusal, refuse } from '../decider.js';
import { later } from '../instants.js';
import { capacityToSign } from '../institution/institution.js';
import { instantOf } from '../schedule/milestones.js';
import type { Of } from './call-commands.js';
import type { CallEvent } from './call-facts.js';
import { generalDeadline, type GrantedOutage, type KnownCall, type Published, rulesOf } from './call-state.js';
import { type CallContext, published } from './guards.js';
import { rectifyingNotice } from './notices.js';
import { resealed, shifted } from './shift-preview.js';

/** A failure of the service extends everybody, at once, by whoever holds that delegation; the leads ratify. */
export function recordOutage(command: Of<'RecordOutage'>, call: KnownCall, context: CallContext): Decision<CallEvent> {
  const open = published(call);
  if (open instanceof Refusal) return open;
  const capacity = capacityToSign(command, 'outage-extension', context.institution, context);
  if (capacity instanceof Refusal) return capacity;
  const { outage, until, institution, at } = command;
  if (outage.until <= outage.from) return refuse('PeriodReversed', 'La fin de la panne précède son début.');
  const opened = instantOf(open.schedule.milestones, 'publication') ?? at;
  if (outage.from > at || outage.from >= generalDeadline(open) || outage.until <= opened) {
    return refuse('OutageOutsideWindow', 'La panne doit avoir commencé, et touché la période de dépôt.');
  }
  if (until <= generalDeadline(open)) {
    return refuse(
      'NotLater',
      `La prolongation doit dépasser la date limite actuelle : ${context.calendar.say(generalDeadline(open))}.`,
    );
  }
  // A second failure in the same night is real; a power that nobody confirmed in time isn't used again.
  if (open.outages.some((earlier) => missing(open, earlier, at).length > 0)) {
    return refuse(
      'OutageUnratified',
      "Une prolongation précédente n'a pas été ratifiée à temps : faites-la ratifier, ou proposez un décalage.",
    );
  }
  const before = open.schedule;
  const after = shifted(open, before, [{ kind: 'submissionDeadline', at: until }], at, context);
  if (after instanceof Refusal) return after;
  const number = open.notices.length;
  const reason = `Panne du service : ${outage.description}`;
  const alone = open.heading.leads.every((lead) => lead === institution);
  const ratifyBy = later(at, rulesOf(open).outage.ratifyWithinHours * 3_600_000);
  const granted = { institution, capacity, outage, ...(!alone && { ratifyBy }), before, after };
  return [
    { type: 'OutageExtensionGranted', number: open.outages.length + 1, ...granted },
    {
      type: 'RectifyingNoticePublished',
      number,
      notice: rectifyingNotice(number, open, { before, after, reason }, context.calendar),
    },
    ...resealed(open, after),
  ];
}

export function ratifyOutage(command: Of<'RatifyOutage'>, call: KnownCall, context: CallContext): Decision<CallEvent> {
  const open = published(call);
  if (open instanceof Refusal) return open;
  const outage = open.outages[command.number - 1];
  if (!outage) return outageUnknown();
  const { institution, number } = command;
  if (outage.ratified.includes(institution)) {
    return refuse('AlreadyRatified', "Votre institution a déjà ratifié cette prolongation, ou en est à l'origine.");
  }
  const capacity = capacityToSign(command, 'agree-to-shift', context.institution, context);
  if (capacity instanceof Refusal) return capacity;
  return [
    ...leftUnratified(open, number, command.at),
    { type: 'OutageExtensionRatified', number, institution, capacity },
  ];
}

/** The leads that have not ratified an extension although the time for it is over. */
export const missing = (call: Published, { ratified, ratifyBy }: GrantedOutage, at: Instant): string[] =>
  ratifyBy !== undefined && at > ratifyBy ? call.heading.leads.filter((lead) => !ratified.includes(lead)) : [];

/** The extension whose time to be ratified is the first to be over, of those not ratified by all nor flagged. */
export function ratifyNext(call: KnownCall): { readonly number: number; readonly ratifyBy: Instant } | undefined {
  if (call.status !== 'published') return undefined;
  const waiting = call.outages.flatMap(({ ratifyBy, ratified, missed }, index) =>
    ratifyBy !== undefined && !missed && call.heading.leads.some((lead) => !ratified.includes(lead))
      ? [{ number: index + 1, ratifyBy }]
      : [],
  );
  return waiting.sort((a, b) => (a.ratifyBy < b.ratifyBy ? -1 : 1))[0];
}

/** Said once, so that years later it shows: also where nobody had recorded it before the first late ratification. */
function leftUnratified(call: Published, number: number, at: Instant): CallEvent[] {
  const outage = call.outages[number - 1];
  if (outage?.ratifyBy === undefined || outage.missed) return [];
  const institutions = missing(call, outage, at);
  return institutions.length === 0
    ? []
    : [{ type: 'OutageLeftUnratified', number, institutions, ratifyBy: outage.ratifyBy }];
}

/** The service itself records that the time to ratify is over. */
export function flagUnratified({ number, at }: Of<'FlagUnratifiedOutage'>, call: KnownCall): Decision<CallEvent> {
  const open = published(call);
  if (open instanceof Refusal) return open;
  if (!open.outages[number - 1]) return outageUnknown();
  const flagged = leftUnratified(open, number, at);
  return flagged.length > 0
    ? flagged
    : refuse('NothingToFlag', 'Cette prolongation est ratifiée, déjà signalée, ou peut encore être ratifiée à temps.');
}

const outageUnknown = () => absent('OutageUnknown', 'Aucune prolongation ne porte ce numéro.');
