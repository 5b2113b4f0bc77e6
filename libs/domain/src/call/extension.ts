import { type Decision, Refusal, refuse } from '../decider.js';
import { frenchMilestones, overtakenBy } from '../schedule/milestones.js';
import type { Of } from './call-commands.js';
import type { CallEvent } from './call-facts.js';
import { deadlineFor, type KnownCall, rulesOf } from './call-state.js';
import { type CallContext, published } from './guards.js';

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
