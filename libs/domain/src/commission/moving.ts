import { type Decision, Refusal, refuse } from '../decider.js';
import type { CommissionContext, CommissionEvent, Of, Session } from './commission-facts.js';
import { sessionOf, sessionOver } from './guards.js';

/**
 * Another date for a session that hasn't been held: its convocation falls with the answers and mandates given for the
 * old date, and it is convened again with the whole delay. What is recorded from its hour on is who came, and stays.
 */
export function move(
  { session: id, startsAt: to, reason, at }: Of<'MoveSession'>,
  state: Parameters<typeof sessionOf>[0],
  { calendar }: CommissionContext,
): Decision<CommissionEvent> {
  const session = sessionOf(state, { session: id });
  if (session instanceof Refusal) return session;
  if (session.status === 'open') return refuse('AlreadyOpen', 'Cette séance est déjà ouverte.');
  if (session.status === 'adjourned' || session.status === 'ranked') return sessionOver(session);
  const { startsAt: from, attendance } = session;
  if (at >= from && Object.keys(attendance).length > 0) {
    return refuse(
      'AttendanceTaken',
      "L'heure de la séance est venue et des présences y sont relevées : elle s'ouvre ou s'ajourne, elle ne se déplace plus.",
    );
  }
  if (to <= at) {
    return refuse('DateInPast', `La séance ne peut pas être prévue le ${calendar.say(to)} : c'est déjà passé.`);
  }
  if (to === from) return refuse('NothingMoves', `La séance est déjà prévue le ${calendar.say(from)}.`);
  return [{ type: 'SessionMoved', session: id, from, to, reason }];
}

/** Back to its plan, with its agenda and documents: nothing of the old date holds. */
export function movedBy(session: Session, to: Session['startsAt']): Session {
  const { convenedAt: _, urgency: __, ...rest } = session;
  return { ...rest, status: 'planned', startsAt: to, noQuorumRequired: false, attendance: {} };
}
