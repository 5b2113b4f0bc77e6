import { unreachable } from '../decider.js';
import type { Commission, CommissionEvent, Item, MinutesComment, Session } from './commission-facts.js';
import { movedBy } from './moving.js';

type Told<T extends CommissionEvent['type']> = Extract<CommissionEvent, { type: T }>;
type OfMembers = Told<'CommissionMemberAppointed' | 'CommissionMemberRemoved' | 'MemberInterestsDeclared'>;
type OfItems = Extract<CommissionEvent, { application: string }>;
type OfSessions = Exclude<CommissionEvent, OfMembers | OfItems | Told<'SessionPlanned'>>;

export const empty: Commission = { members: {}, interests: {}, sessions: {}, opinions: {} };

export function evolve(state: Commission, event: CommissionEvent): Commission {
  switch (event.type) {
    case 'CommissionMemberAppointed':
    case 'CommissionMemberRemoved':
    case 'MemberInterestsDeclared':
      return evolveMembers(state, event);
    case 'SessionPlanned':
      return withSession(state, plannedBy(event));
  }
  const session = state.sessions[event.session];
  if (!session) return state;
  if (!('application' in event)) return evolveSession(state, session, event);
  const place = session.places[event.application];
  const item = place === undefined ? undefined : session.items[place];
  if (!item || place === undefined) return state;
  return withSession(state, { ...session, items: session.items.with(place, evolveItem(item, event)) });
}

const withSession = (state: Commission, session: Session): Commission => ({
  ...state,
  sessions: { ...state.sessions, [session.session]: session },
});

function evolveMembers(state: Commission, event: OfMembers): Commission {
  switch (event.type) {
    case 'CommissionMemberAppointed': {
      const { type: _, ...member } = event;
      return { ...state, members: { ...state.members, [member.person]: member } };
    }
    case 'CommissionMemberRemoved': {
      const { [event.person]: _, ...members } = state.members;
      return { ...state, members };
    }
    case 'MemberInterestsDeclared': {
      const { member, conflicts } = event;
      const declared = Object.fromEntries(conflicts.map(({ application, nature }) => [application, nature]));
      return { ...state, interests: { ...state.interests, [member]: { ...state.interests[member], ...declared } } };
    }
  }
}

const plannedBy = ({ session, at, place, reconvenes }: Told<'SessionPlanned'>): Session => ({
  session,
  status: 'planned',
  startsAt: at,
  place,
  ...(reconvenes !== undefined && { reconvenes }),
  noQuorumRequired: false,
  agenda: [],
  documents: [],
  attendance: {},
  items: [],
  places: {},
  comments: [],
});

function evolveSession(state: Commission, session: Session, event: OfSessions): Commission {
  switch (event.type) {
    case 'SessionConvened':
      return withSession(state, convenedBy(session, event));
    case 'SessionMoved':
      return withSession(state, movedBy(session, event.to));
    case 'AttendanceRecorded': {
      const entries = Object.fromEntries(event.attendance.map((entry) => [entry.member, entry]));
      return withSession(state, { ...session, attendance: { ...session.attendance, ...entries } });
    }
    case 'SessionOpened':
      return withSession(state, { ...session, status: 'open', quorum: event.quorum, seats: state.members });
    case 'SessionAdjourned': {
      const seats = session.seats ?? state.members;
      return concluded(state, { ...session, status: 'adjourned', quorum: event.quorum, seats });
    }
    case 'RankingAdopted':
      return concluded(state, { ...session, status: 'ranked', ranking: event.ranking });
    case 'MinutesDrafted': {
      const { version, hash } = event;
      const drafted: Session = { ...session, minutes: { version, hash, signedBy: [] } };
      // Without a ranking, the first minutes are what ends the session.
      return session.status === 'open' && version === 1 ? concluded(state, drafted) : withSession(state, drafted);
    }
    case 'MinutesCommented': {
      const { comment, by, version } = event;
      const said: MinutesComment = { comment, by, version };
      return withSession(state, { ...session, comments: [...session.comments, said] });
    }
    case 'MinutesSigned': {
      const { minutes } = session;
      if (!minutes) return state;
      const signedBy = [...minutes.signedBy, event.chair];
      return withSession(state, { ...session, minutes: { ...minutes, signedBy } });
    }
    default:
      return unreachable(event);
  }
}

/** What a session decided is the opinion of the commission once it ends, all of it at once. */
function concluded(state: Commission, session: Session): Commission {
  const opinions: Record<string, Commission['opinions'][string]> = { ...state.opinions };
  for (const { application, result: opinion } of session.items) {
    if (opinion === 'favourable' || opinion === 'unfavourable') opinions[application] = { opinion };
  }
  for (const ranked of session.ranking ?? []) opinions[ranked.application] = { opinion: 'favourable', ranked };
  return { ...withSession(state, session), opinions };
}

function convenedBy(session: Session, event: Told<'SessionConvened'>): Session {
  const { agenda, documents, urgency, noQuorumRequired, convenedAt } = event;
  const { urgency: _, ...rest } = session;
  return {
    ...rest,
    status: 'convened',
    agenda,
    documents,
    ...(urgency !== undefined && { urgency }),
    noQuorumRequired,
    convenedAt,
    items: agenda.map((application) => ({
      application,
      heard: false,
      recused: {},
      ballots: {},
      casting: {},
      result: 'undecided',
    })),
    places: Object.fromEntries(agenda.map((application, place) => [application, place])),
  };
}

function evolveItem(item: Item, event: OfItems): Item {
  switch (event.type) {
    case 'MemberRecused':
      return { ...item, recused: { ...item.recused, [event.member]: event.nature } };
    case 'ApplicantHeard':
      return { ...item, heard: true };
    case 'BallotCast': {
      const { member, choice, by } = event;
      return { ...item, ballots: { ...item.ballots, [member]: { choice, by } } };
    }
    case 'VoteRecorded': {
      const { how, totals, quorum, result, chairs = [], ballots = [] } = event;
      const cast = Object.fromEntries(ballots.map(({ member, choice }) => [member, { choice, by: member }]));
      return { ...item, ballots: cast, vote: { how, totals, quorum, chairs }, result };
    }
    case 'CastingVoteGiven':
      return { ...item, casting: { ...item.casting, [event.chair]: event.favourable } };
    case 'TieSettled':
      return { ...item, result: event.result };
    case 'TieUnsettled':
      return { ...item, result: 'unsettled' };
    default:
      return unreachable(event);
  }
}
