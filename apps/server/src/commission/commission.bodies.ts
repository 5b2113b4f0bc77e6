import { type Choice, type Presence, type RankedApplication } from '#domain/commission/commission-facts.js';
import { conflictNatures, type ConflictNature } from '#domain/review/reviewer-facts.js';
import {
  AllMatching,
  Amount,
  AnInstant,
  Flag,
  Id,
  OneOf,
  Optional,
  Part,
  Parts,
  Text,
  Texts,
  Whole,
} from '../http/fields.js';

/** A session deals with some hundred files, a thousand at most. */
const FILES = 2000;
const MEMBERS = 200;
const choices: readonly Choice[] = ['for', 'against', 'abstain'];

export class SeatBody {
  /** Id of the person; their name stays on their own account. */
  @Id() person!: string;
  /** The institution or body they sit for, as it is said. */
  @Text(2, 200) sitsFor!: string;
  @OneOf(['voting', 'consultative']) voice!: 'voting' | 'consultative';
  /** Presides, alone or with others; has a voting voice. */
  @Flag() chair!: boolean;
  /** Id of the person who sits where the member doesn't. */
  @Optional() @Id() substitute?: string;
  /** A qualified person, who has no substitute (CRPA R133-3). */
  @Optional() @Flag() qualified?: boolean;
}

export class MemberRemovalBody {
  @Id() person!: string;
  @Text(10, 5000) reason!: string;
}

export class MemberConflictBody {
  @Id() application!: string;
  @OneOf(conflictNatures) nature!: ConflictNature;
}

export class MemberInterestsBody {
  /** Empty where there is none; a later declaration adds to it. */
  @Parts({ max: FILES }, () => MemberConflictBody) conflicts!: MemberConflictBody[];
}

export class SessionPlanBody {
  @AnInstant() startsAt!: string;
  @Text(2, 300) place!: string;
  /** A session that was adjourned for want of quorum, which this one takes up again. */
  @Optional() @Id() reconvenes?: string;
}

export class SessionMoveBody {
  @AnInstant() startsAt!: string;
  /** Told to everybody who was convened. */
  @Text(10, 5000) reason!: string;
}

export class ConvocationBody {
  /** Files that were declared admissible, in the order in which they are examined. */
  @AllMatching({ max: FILES }, /^[A-Za-z0-9-]{1,64}$/, 'un identifiant') agenda!: string[];
  /** What goes with the convocation, by name. */
  @Optional() @Texts({ max: 100 }, 300) documents?: string[];
  /** Why it comes later than the delay allows (CRPA R133-8). */
  @Optional() @Text(10, 5000) urgency?: string;
  /** Of a session taken up again: no quorum will be required (CRPA R133-10). */
  @Optional() @Flag() noQuorumRequired?: boolean;
}

export class AttendanceBody {
  /** The member, whoever sits for them. */
  @Id() member!: string;
  @OneOf(['present', 'remote', 'represented', 'absent']) as!: Presence;
  /** Of a member who is represented: who holds their mandate, one each (CRPA R133-9). */
  @Optional() @Id() by?: string;
  /** The substitute came in the member's place. */
  @Optional() @Flag() substituted?: boolean;
  /** The substitute came too, and sits on the items on which the member is recused. */
  @Optional() @Flag() withSubstitute?: boolean;
}

export class AttendancesBody {
  /** Of the members named; what was recorded of others stays. */
  @Parts({ min: 1, max: MEMBERS }, () => AttendanceBody) attendance!: AttendanceBody[];
}

export class SessionItemBody {
  @Id() application!: string;
}

export class RecusalBody extends SessionItemBody {
  /** A member or a substitute. */
  @Id() member!: string;
  @OneOf(conflictNatures) nature!: ConflictNature;
}

export class BallotCastBody extends SessionItemBody {
  @OneOf(choices) choice!: Choice;
  /** The member whose voice it is, where you vote under their mandate. */
  @Optional() @Id() for?: string;
}

export class BallotBody {
  /** The member whose voice it is. */
  @Id() member!: string;
  @OneOf(choices) choice!: Choice;
}

export class TotalsBody {
  @Whole(0, MEMBERS) for!: number;
  @Whole(0, MEMBERS) against!: number;
  @Whole(0, MEMBERS) abstain!: number;
}

export class VoteBody extends SessionItemBody {
  /** By name: added to those that members have cast themselves. */
  @Optional() @Parts({ max: MEMBERS }, () => BallotBody) ballots?: BallotBody[];
  /** By totals: as many as voices that count. */
  @Optional() @Part(() => TotalsBody) totals?: TotalsBody;
}

export class CastingVoteBody extends SessionItemBody {
  @Flag() favourable!: boolean;
}

export class RankedBody {
  @Id() application!: string;
  /** 1 to n without gaps: the main list first, then the reserve. */
  @Whole(1, FILES) rank!: number;
  @OneOf(['main', 'reserve']) list!: RankedApplication['list'];
  /** Proposed, cents. */
  @Amount() amountCents!: number;
}

export class RankingBody {
  /** Every file with a favourable opinion, and no other. */
  @Parts({ max: FILES }, () => RankedBody) ranking!: RankedBody[];
}

export class MinutesCommentBody {
  @Text(2, 5000) text!: string;
}

export class SigningMinutesBody {
  /** The version that was read. */
  @Whole(1, 10_000) version!: number;
}
