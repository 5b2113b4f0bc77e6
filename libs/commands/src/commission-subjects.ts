import {
  commission as commissionDecider,
  type Commission,
  type CommissionCommand,
  type CommissionContext,
  type CommissionEvent,
} from '#domain/commission/commission.js';
import { absent } from '#domain/decider.js';
import { sightOfCall } from '#domain/visibility.js';
import { sourceOf, type Subject } from './subject.js';
import { application } from './application-subject.js';
import { account, call } from './subjects.js';

/** The commission of a call bears the id of the call: there is always one, empty at first. */
export const commission: Subject<CommissionCommand, Commission, CommissionEvent, CommissionContext> = {
  category: 'commission',
  decider: commissionDecider,
  needs: ({ command, id }) => {
    const files = filesNamedBy(command);
    return {
      call: sourceOf(call, id),
      ...(files && { applications: files.map((file) => sourceOf(application, file)) }),
      ...(command.type === 'AppointMember' && {
        person: sourceOf(account, command.person),
        ...(command.substitute !== undefined && { substitute: sourceOf(account, command.substitute) }),
      }),
    };
  },
  reach: ({ context, id }) => ({
    institutions: context.call && context.call.status !== 'absent' ? context.call.heading.leads : [],
    call: id,
  }),
  visible: ({ context }, { grants }) =>
    context.call !== undefined && context.call.status !== 'absent' && sightOfCall(context.call, grants) !== 'nothing',
  unknown: () => absent('CallUnknown', "Cet appel n'existe pas."),
  writing: ({ command }) =>
    command.type === 'CommentMinutes'
      ? { stream: `content-minutes-${command.comment}`, event: { type: 'CommentWritten', text: command.text } }
      : undefined,
};

/** In their order. */
function filesNamedBy(command: Pick<CommissionCommand, 'type'> & object): readonly string[] | undefined {
  const named = command as CommissionCommand;
  switch (named.type) {
    case 'ConveneSession':
      return named.agenda;
    case 'DeclareMemberInterests':
      return named.conflicts.map(({ application: file }) => file);
    case 'AdoptRanking':
      return named.ranking.map(({ application: file }) => file);
    default:
      return undefined;
  }
}
