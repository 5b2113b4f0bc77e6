import { type Decision, forbid, type PersonId, refuse, Refusal } from '../decider.js';
import { own } from '../same.js';
import type { ConflictNature } from '../review/reviewer-facts.js';
import type { Commission, CommissionEvent, Item, Of, Session } from './commission-facts.js';
import { notMember, openItemOf } from './guards.js';
import { type Hall, hallOf, seatOf, voiceOf } from './seats.js';

type Recusal = Extract<CommissionEvent, { type: 'MemberRecused' }>;

// CRPA R133-12: whoever has a personal interest takes no part in the deliberation, item by item.
export function recuse(command: Of<'RecuseMember'>, state: Commission): Decision<CommissionEvent> {
  const { member, nature, by, actingAs } = command;
  const found = openItemOf(state, command);
  if (found instanceof Refusal) return found;
  const { session, item } = found;
  if (actingAs === 'member' && member !== by) {
    return forbid('NotYourself', 'Un membre ne se déporte que lui-même : les autres le sont par la présidence.');
  }
  const hall = hallOf(state, session);
  if (!seatOf(hall.members, member)) return notMember();
  if (own(item.recused, member)) return refuse('AlreadyRecused', 'Cette personne est déjà déportée sur ce dossier.');
  return [recusal(hall, session, item, member, nature)];
}

/** Of those who declared a conflict on items that nobody has voted on yet. */
export function conflictRecusals(
  state: Commission,
  session: Session,
  interests: Commission['interests'],
): CommissionEvent[] {
  const hall = hallOf(state, session);
  return Object.entries(interests).flatMap(([member, conflicts]) =>
    seatOf(hall.members, member)
      ? Object.entries(conflicts).flatMap(([application, nature]) => {
          const item = session.items[own(session.places, application) ?? -1];
          return item && !item.vote && !own(item.recused, member) ? [recusal(hall, session, item, member, nature)] : [];
        })
      : [],
  );
}

function recusal(hall: Hall, session: Session, item: Item, member: PersonId, nature: ConflictNature): Recusal {
  const recused = { ...item.recused, [member]: nature };
  const voice = voiceOf(hall, seatOf(hall.members, member)?.person ?? member, recused);
  return {
    type: 'MemberRecused',
    session: session.session,
    application: item.application,
    member,
    nature,
    ...(voice.counts && voice.as === 'substitute' && { substitute: voice.by }),
  };
}
