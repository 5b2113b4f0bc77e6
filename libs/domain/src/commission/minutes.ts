import type { KnownCall } from '../call/call-state.js';
import { type Decision, Refusal, refuse } from '../decider.js';
import type { Commission, CommissionContext, CommissionEvent, Of, Session } from './commission-facts.js';
import { isOver, sessionOf } from './guards.js';
import { minutesText } from './minutes-text.js';
import { chairsDisagree, undecidedOf } from './ranking.js';
import { hallOf } from './seats.js';

type MinutesCommand = Of<'DraftMinutes' | 'CommentMinutes' | 'SignMinutes'>;

export function decideMinutes(
  command: MinutesCommand,
  state: Commission,
  call: KnownCall,
  context: CommissionContext,
): Decision<CommissionEvent> {
  const session = sessionOf(state, command);
  if (session instanceof Refusal) return session;
  if (command.type === 'DraftMinutes') return draft(state, session, call, context);
  const { minutes } = session;
  if (!minutes) return refuse('MinutesMissing', "Le procès-verbal de cette séance n'est pas encore rédigé.");
  const { version, hash, signedBy } = minutes;
  if (command.type === 'CommentMinutes') {
    if (isSigned(state, session)) return signed();
    const { comment, by, content } = command;
    return [{ type: 'MinutesCommented', session: session.session, version, comment, by, content }];
  }
  if (command.version !== version) {
    return refuse(
      'MinutesOutdated',
      `La version ${command.version} n'est pas la dernière du procès-verbal : lisez et signez la version ${version}.`,
    );
  }
  if (signedBy.includes(command.by)) return refuse('AlreadySigned', 'Vous avez déjà signé ce procès-verbal.');
  return [{ type: 'MinutesSigned', session: session.session, version, hash, chair: command.by }];
}

/** From the facts alone: a repeat changes nothing, and comments make a next version, whose signatures start anew. */
function draft(
  state: Commission,
  session: Session,
  call: KnownCall,
  { calendar, digest }: CommissionContext,
): Decision<CommissionEvent> {
  // Where the chairs disagree there is no ranking: the minutes end the session.
  const stuck = session.status === 'open' && chairsDisagree(session) && undecidedOf(session).length === 0;
  if (!isOver(session) && !stuck) {
    return refuse(
      'MinutesTooEarly',
      'Le procès-verbal se rédige une fois le classement adopté, ou la séance ajournée.',
    );
  }
  if (isSigned(state, session)) return signed();
  const { members } = hallOf(state, session);
  const version = (session.minutes?.version ?? 0) + 1;
  const text = minutesText({ title: call.heading.title, session, members, version }, calendar);
  const hash = digest(text);
  if (hash === session.minutes?.hash) return [];
  return [{ type: 'MinutesDrafted', session: session.session, version, hash, text }];
}

/** By every chair who still is one. */
function isSigned(state: Commission, session: Session): boolean {
  const chairs = Object.values(state.members).filter(({ chair }) => chair);
  const { signedBy = [] } = session.minutes ?? {};
  return signedBy.length > 0 && chairs.every(({ person }) => signedBy.includes(person));
}

const signed = () => refuse('MinutesFinal', 'Le procès-verbal est signé par la présidence : il ne change plus.');
