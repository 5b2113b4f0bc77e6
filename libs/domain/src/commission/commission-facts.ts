import type { Account } from '../account/account.js';
import type { Application } from '../application/application-facts.js';
import type { Call } from '../call/call-state.js';
import type { ContentRef, Instant, PersonId, Stamped, Tools } from '../decider.js';
import type { Cents } from '../money.js';
import type { Conflict, ConflictNature } from '../review/reviewer-facts.js';

export interface Member {
  readonly person: PersonId;
  /** The institution or body they sit for, as it is said. */
  readonly sitsFor: string;
  readonly voice: 'voting' | 'consultative';
  /** One chair, or the co-chairs of a joint commission. */
  readonly chair: boolean;
  /** Sits where the member is absent or recused; a qualified person has none (CRPA R133-3). */
  readonly substitute?: PersonId;
  readonly qualified?: boolean;
}

export type Presence = 'present' | 'remote' | 'represented' | 'absent';

export interface Attendance {
  readonly member: PersonId;
  readonly as: Presence;
  /** Who holds the mandate of a member who is represented: another member, one mandate each (R133-9). */
  readonly by?: PersonId;
  /** The substitute came in the member's place. */
  readonly substituted?: boolean;
  /** The substitute came too, and sits on the items on which the member is recused. */
  readonly withSubstitute?: boolean;
}

export interface Quorum {
  readonly members: number;
  readonly present: number;
  readonly needed: number;
  /** False at a second meeting on the same agenda that said so. */
  readonly required: boolean;
}

export type Choice = 'for' | 'against' | 'abstain';
export interface Ballot {
  /** The seat: the member, whoever sits in it. */
  readonly member: PersonId;
  readonly choice: Choice;
}
export interface Totals {
  readonly for: number;
  readonly against: number;
  readonly abstain: number;
}
export type Opinion = 'favourable' | 'unfavourable';

export interface RankedApplication {
  readonly application: string;
  /** 1 to n without gaps: the main list first, then the reserve. */
  readonly rank: number;
  readonly list: 'main' | 'reserve';
  readonly amountCents: Cents;
}

export const frenchLists: Record<RankedApplication['list'], string> = {
  main: 'liste principale',
  reserve: 'liste complémentaire',
};

/** The commission of one call with all its sessions: stream `commission-<call>`. */
export type CommissionEvent =
  | ({ type: 'CommissionMemberAppointed' } & Member)
  | { type: 'CommissionMemberRemoved'; person: PersonId; reason: string }
  | { type: 'MemberInterestsDeclared'; member: PersonId; conflicts: Conflict[] }
  | { type: 'SessionPlanned'; session: string; at: Instant; place: string; reconvenes?: string }
  | {
      type: 'SessionConvened';
      session: string;
      agenda: string[];
      documents: string[];
      /** Why the delay could be shorter (R133-8). */
      urgency?: string;
      noQuorumRequired: boolean;
      convenedAt: Instant;
    }
  /** Its convocation, the mandates and the answers for the old date hold no more: it is planned, and convened again. */
  | { type: 'SessionMoved'; session: string; from: Instant; to: Instant; reason: string }
  | { type: 'AttendanceRecorded'; session: string; attendance: Attendance[] }
  | { type: 'SessionOpened'; session: string; quorum: Quorum }
  | { type: 'SessionAdjourned'; session: string; because: 'quorum'; quorum: Quorum }
  /**
   * Item by item: a member or a substitute who may not deliberate on it (R133-12), and the substitute who sits in
   * the member's place, if one does.
   */
  | {
      type: 'MemberRecused';
      session: string;
      application: string;
      member: PersonId;
      nature: ConflictNature;
      substitute?: PersonId;
    }
  | { type: 'ApplicantHeard'; session: string; application: string }
  /** `by`: the member, the substitute who sits or the holder of the mandate. */
  | ({ type: 'BallotCast'; session: string; application: string; by: PersonId } & Ballot)
  | {
      type: 'VoteRecorded';
      session: string;
      application: string;
      how: 'name' | 'totals';
      ballots?: Ballot[];
      totals: Totals;
      quorum: Quorum;
      result: Opinion | 'tie';
      /** Who hold the casting vote together on a tie: the chairs who sit on this item in person. */
      chairs?: PersonId[];
    }
  | { type: 'CastingVoteGiven'; session: string; application: string; chair: PersonId; favourable: boolean }
  /** By the casting vote; without a chair who may give it, what has no majority is unfavourable. */
  | { type: 'TieSettled'; session: string; application: string; result: Opinion }
  /** Co-chairs disagree: no ranking is made (CASF R313-2-3). */
  | { type: 'TieUnsettled'; session: string; application: string }
  | { type: 'RankingAdopted'; session: string; ranking: RankedApplication[] }
  /** `text` names people, files and comments by their ids only; its hash is what is signed. */
  | { type: 'MinutesDrafted'; session: string; version: number; hash: string; text: string }
  | {
      type: 'MinutesCommented';
      session: string;
      version: number;
      comment: string;
      by: PersonId;
      content: ContentRef;
    }
  | { type: 'MinutesSigned'; session: string; version: number; hash: string; chair: PersonId };

type At = { session: string };
export type CommissionCommand =
  | ({ type: 'AppointMember' } & Member)
  | { type: 'RemoveCommissionMember'; person: PersonId; reason: string }
  | { type: 'DeclareMemberInterests'; conflicts: Conflict[] }
  | ({ type: 'PlanSession'; startsAt: Instant; place: string; reconvenes?: string } & At)
  | ({ type: 'MoveSession'; startsAt: Instant; reason: string } & At)
  | ({
      type: 'ConveneSession';
      agenda: string[];
      documents: string[];
      urgency?: string;
      noQuorumRequired?: boolean;
    } & At)
  | ({ type: 'RecordAttendance'; attendance: Attendance[] } & At)
  | ({ type: 'OpenSession' } & At)
  | ({ type: 'AdjournSession' } & At)
  | ({ type: 'RecuseMember'; application: string; member: PersonId; nature: ConflictNature } & At)
  | ({ type: 'HearApplicant'; application: string } & At)
  /** `for`: the seat, where it isn't one's own; a mandate is voted so. */
  | ({ type: 'CastBallot'; application: string; choice: Choice; for?: PersonId } & At)
  /** Closes the vote on an item: ballots by name (added to those cast), or totals. */
  | ({ type: 'RecordVote'; application: string; ballots?: Ballot[]; totals?: Totals } & At)
  | ({ type: 'GiveCastingVote'; application: string; favourable: boolean } & At)
  | ({ type: 'AdoptRanking'; ranking: RankedApplication[] } & At)
  | ({ type: 'DraftMinutes' } & At)
  | ({ type: 'CommentMinutes'; comment: string; text: string; content: ContentRef } & At)
  | ({ type: 'SignMinutes'; version: number } & At);

export interface Item {
  readonly application: string;
  readonly heard: boolean;
  /** Member or substitute → why they may not deliberate. */
  readonly recused: Readonly<Record<PersonId, ConflictNature>>;
  /** Seat → what was cast, and by whom. */
  readonly ballots: Readonly<Record<PersonId, { readonly choice: Choice; readonly by: PersonId }>>;
  readonly vote?: {
    readonly how: 'name' | 'totals';
    readonly totals: Totals;
    readonly quorum: Quorum;
    /** Who hold the casting vote on a tie. */
    readonly chairs: readonly PersonId[];
  };
  readonly casting: Readonly<Record<PersonId, boolean>>;
  readonly result: 'undecided' | 'tie' | 'unsettled' | Opinion;
}

export interface MinutesComment {
  readonly comment: string;
  readonly by: PersonId;
  /** Of the minutes it is on: the next version has it. */
  readonly version: number;
}

export interface Session {
  readonly session: string;
  readonly status: 'planned' | 'convened' | 'open' | 'adjourned' | 'ranked';
  readonly startsAt: Instant;
  readonly place: string;
  readonly reconvenes?: string;
  readonly convenedAt?: Instant;
  readonly urgency?: string;
  readonly noQuorumRequired: boolean;
  readonly agenda: readonly string[];
  readonly documents: readonly string[];
  readonly attendance: Readonly<Record<PersonId, Attendance>>;
  readonly quorum?: Quorum;
  /** The members as they were when it opened or was adjourned, whoever sits later. */
  readonly seats?: Readonly<Record<PersonId, Member>>;
  /** In the order of the agenda: a copy of a list costs next to nothing, a thousand items or not. */
  readonly items: readonly Item[];
  /** File → where it is in `items`. */
  readonly places: Readonly<Record<string, number>>;
  readonly ranking?: readonly RankedApplication[];
  readonly minutes?: { readonly version: number; readonly hash: string; readonly signedBy: readonly PersonId[] };
  readonly comments: readonly MinutesComment[];
}

/** A call always may have a commission: it starts empty. */
export interface Commission {
  readonly members: Readonly<Record<PersonId, Member>>;
  /** Who declared, and on which files they have a conflict. */
  readonly interests: Readonly<Record<PersonId, Readonly<Record<string, ConflictNature>>>>;
  readonly sessions: Readonly<Record<string, Session>>;
  /** The opinion on each file, of the last session that ended with one; with its place where a ranking has it. */
  readonly opinions: Readonly<Record<string, { readonly opinion: Opinion; readonly ranked?: RankedApplication }>>;
}

export interface CommissionContext extends Tools {
  readonly call?: Call;
  /** Of the agenda, the ranking or the declared conflicts, in their order. */
  readonly applications?: readonly Application[];
  readonly person?: Account;
  readonly substitute?: Account;
}

export type Of<T extends CommissionCommand['type']> = Stamped<Extract<CommissionCommand, { type: T }>>;
