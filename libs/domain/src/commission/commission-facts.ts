import type { Account } from '../account/account.js';
import type { Application } from '../application/application-facts.js';
import type { Call } from '../call/call-state.js';
import type { ContentRef, Instant, PersonId, Tools } from '../decider.js';
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
  | { type: 'AttendanceRecorded'; session: string; attendance: Attendance[] }
  | { type: 'SessionOpened'; session: string; quorum: Quorum }
  | { type: 'SessionAdjourned'; session: string; because: 'quorum'; quorum: Quorum }
  /** Item by item: somebody who may not deliberate on it (R133-12), and the substitute who sits, if one does. */
  | {
      type: 'MemberRecused';
      session: string;
      application: string;
      member: PersonId;
      nature: ConflictNature;
      substitute?: PersonId;
    }
  | { type: 'ApplicantHeard'; session: string; application: string }
  | ({ type: 'BallotCast'; session: string; application: string } & Ballot)
  | {
      type: 'VoteRecorded';
      session: string;
      application: string;
      how: 'name' | 'totals';
      ballots?: Ballot[];
      totals: Totals;
      quorum: Quorum;
      result: Opinion | 'tie';
    }
  | { type: 'CastingVoteGiven'; session: string; application: string; chair: PersonId; favourable: boolean }
  | { type: 'TieSettled'; session: string; application: string; result: Opinion }
  /** Co-chairs disagree: no ranking is made (CASF R313-2-3). */
  | { type: 'TieUnsettled'; session: string; application: string }
  | { type: 'RankingAdopted'; session: string; ranking: RankedApplication[] }
  | { type: 'MinutesDrafted'; session: string; version: number; hash: string }
  | { type: 'MinutesCommented'; session: string; version: number; comment: string; content: ContentRef }
  | { type: 'MinutesSigned'; session: string; version: number; hash: string; chair: PersonId };

type At = { session: string };
export type CommissionCommand =
  | ({ type: 'AppointMember' } & Member)
  | { type: 'RemoveCommissionMember'; person: PersonId; reason: string }
  | { type: 'DeclareMemberInterests'; conflicts: Conflict[] }
  | ({ type: 'PlanSession'; startsAt: Instant; place: string; reconvenes?: string } & At)
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
  | ({ type: 'CastBallot'; application: string; choice: Choice } & At)
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
  /** Seat → who may not deliberate, and who sits instead. */
  readonly recused: Readonly<Record<PersonId, { readonly nature: ConflictNature; readonly substitute?: PersonId }>>;
  readonly ballots: Readonly<Record<PersonId, Choice>>;
  readonly vote?: { readonly how: 'name' | 'totals'; readonly totals: Totals; readonly quorum: Quorum };
  readonly casting: Readonly<Record<PersonId, boolean>>;
  readonly result: 'undecided' | 'tie' | 'unsettled' | Opinion;
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
  readonly items: Readonly<Record<string, Item>>;
  readonly ranking?: readonly RankedApplication[];
  readonly minutes?: { readonly version: number; readonly hash: string; readonly signedBy: readonly PersonId[] };
  readonly comments: number;
}

/** A call always may have a commission: it starts empty. */
export interface Commission {
  readonly members: Readonly<Record<PersonId, Member>>;
  /** Who declared, and on which files they have a conflict. */
  readonly interests: Readonly<Record<PersonId, Readonly<Record<string, ConflictNature>>>>;
  readonly sessions: Readonly<Record<string, Session>>;
  /** The opinion on each file, of the last session that decided it; with its place where a ranking has it. */
  readonly opinions: Readonly<Record<string, { readonly opinion: Opinion; readonly ranked?: RankedApplication }>>;
}

export interface CommissionContext extends Tools {
  readonly call?: Call;
  /** Of the agenda or the ranking, in its order. */
  readonly applications?: readonly Application[];
  readonly person?: Account;
  readonly substitute?: Account;
}
