import { absent, type Decision, Refusal, refuse } from '../decider.js';
import { capacityToSign } from '../institution/institution.js';
import type { Of } from './call-commands.js';
import type { CallEvent } from './call-facts.js';
import { deadlineFor, generalDeadline, type KnownCall, rulesOf } from './call-state.js';
import { type CallContext, published } from './guards.js';
import { rectifyingNotice } from './notices.js';
import { frenchMilestones, instantOf, overtakenBy } from '../schedule/milestones.js';
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
  const before = open.schedule;
  const after = shifted(open, before, [{ kind: 'submissionDeadline', at: until }], at, context);
  if (after instanceof Refusal) return after;
  const number = open.notices.length;
  const reason = `Panne du service : ${outage.description}`;
  return [
    { type: 'OutageExtensionGranted', number: open.outages.length + 1, institution, capacity, outage, before, after },
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
  if (!outage) return absent('OutageUnknown', 'Aucune prolongation ne porte ce numéro.');
  const { institution, number } = command;
  if (outage.ratified.includes(institution)) {
    return refuse('AlreadyRatified', "Votre institution a déjà ratifié cette prolongation, ou en est à l'origine.");
  }
  const capacity = capacityToSign(command, 'agree-to-shift', context.institution, context);
  return capacity instanceof Refusal ? capacity : [{ type: 'OutageExtensionRatified', number, institution, capacity }];
}

/** A later deadline for one applicant: only where the call's rules said so beforehand. */
export function grantExtension(
  command: Of<'GrantExtension'>,
  call: KnownCall,
  { calendar }: CallContext,
): Decision<CallEvent> {
  const open = published(call);
  if (open instanceof Refusal) return open;
  if (!open.specifications.individualExtensions) {
    const { source } = rulesOf(open).individualExtension;
    return refuse(
      'ExtensionNotAllowed',
      `Le cahier des charges ne prévoit pas de délai pour un seul candidat (${source}).`,
    );
  }
  if (open.unsealed) return refuse('ContentsUnsealed', 'Les dossiers ont été descellés : plus aucun délai de dépôt.');
  const { institution, organisation, until, reason } = command;
  if (until <= command.at) return refuse('DateInPast', `Cette date est déjà passée : ${calendar.say(until)}.`);
  const current = deadlineFor(open, organisation);
  if (until <= current) {
    return refuse('NotLater', `Ce candidat peut déjà déposer jusqu'au ${calendar.say(current)}.`);
  }
  const overtaken = overtakenBy('submissionDeadline', until, open.schedule.milestones);
  if (overtaken) {
    return refuse(
      'MilestonesOutOfOrder',
      `Ce délai dépasserait « ${frenchMilestones[overtaken.kind]} » : ${calendar.say(overtaken.at)}.`,
    );
  }
  return [{ type: 'ExtensionGranted', institution, organisation, until, reason }];
}
