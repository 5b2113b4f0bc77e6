export class SeatAnswer {
  person!: string;
  /** Null once forgotten. */
  name!: string | null;
  sitsFor!: string;
  /** voting, consultative. */
  voice!: string;
  chair!: boolean;
  substitute!: string | null;
  substituteName!: string | null;
  qualified!: boolean;
  appointedAt!: string;
  /** Null while they haven't declared their interests. */
  interestsDeclaredAt!: string | null;
}

export class QuorumAnswer {
  /** With a voting voice. */
  members!: number;
  /** In the room, remote or represented. */
  present!: number;
  needed!: number;
  /** False at a second meeting on the same agenda that said so. */
  required!: boolean;
}

export class AttendanceAnswer {
  member!: string;
  name!: string | null;
  /** present, remote, represented, absent. */
  as!: string;
  /** Who holds the mandate. */
  by!: string | null;
  substituted!: boolean;
  withSubstitute!: boolean;
}

export class SessionMoveAnswer {
  from!: string;
  to!: string;
  /** When it had been convened for the old date; null where it hadn't. */
  convenedAt!: string | null;
  reason!: string;
  movedAt!: string;
}

export class SessionAnswer {
  id!: string;
  /** planned, convened, open, adjourned, ranked. */
  status!: string;
  startsAt!: string;
  /** In French, with its zone. */
  startsSaid!: string;
  place!: string;
  /** The session it takes up again. */
  reconvenes!: string | null;
  convenedAt!: string | null;
  urgency!: string | null;
  noQuorumRequired!: boolean;
  documents!: string[];
  /** How many are on the agenda. */
  files!: number;
  /** When it opened, or was adjourned. */
  quorum!: QuorumAnswer | null;
  attendance!: AttendanceAnswer[];
  /** The dates it had before, the oldest first. */
  moves!: SessionMoveAnswer[];
}

export class CommissionAnswer {
  members!: SeatAnswer[];
  sessions!: SessionAnswer[];
}

export class RecusalAnswer {
  member!: string;
  nature!: string;
  substitute!: string | null;
}

export class BallotAnswer {
  member!: string;
  /** for, against, abstain. */
  choice!: string;
}

export class CastingVoteAnswer {
  chair!: string;
  favourable!: boolean;
}

export class VoteAnswer {
  /** name, totals. */
  how!: string;
  for!: number;
  against!: number;
  abstain!: number;
  quorum!: QuorumAnswer;
  /** Empty where it was voted by totals. */
  ballots!: BallotAnswer[];
  casting!: CastingVoteAnswer[];
}

export class ItemAnswer {
  application!: string;
  /** From 1, in the order of the agenda. */
  place!: number;
  organisation!: string | null;
  organisationName!: string | null;
  heard!: boolean;
  recused!: RecusalAnswer[];
  /** Null while the vote isn't closed. */
  vote!: VoteAnswer | null;
  /** undecided, tie, unsettled, favourable, unfavourable. */
  result!: string;
}

export class SessionItemsAnswer extends SessionAnswer {
  /** Without those on which you may not deliberate. */
  items!: ItemAnswer[];
  next?: string;
}

export class RankedAnswer {
  rank!: number;
  application!: string;
  /** main, reserve. */
  list!: string;
  /** Proposed, cents. */
  amountCents!: number;
  requestedCents!: number | null;
  organisation!: string;
  organisationName!: string | null;
  /** Null where you may not read it. */
  title!: string | null;
  session!: string;
}

export class RankingAnswer {
  items!: RankedAnswer[];
  next?: string;
}

export class MinutesSignatureAnswer {
  chair!: string;
  name!: string | null;
  signedAt!: string;
}

export class MinutesCommentAnswer {
  id!: string;
  /** Of the minutes it is on. */
  version!: number;
  person!: string;
  name!: string | null;
  at!: string;
  /** Null once forgotten. */
  text!: string | null;
}

export class MinutesAnswer {
  version!: number;
  /** SHA-256 of `record`: what is signed. */
  hash!: string;
  /** To be read: with the names of people and applicants, as far as they are known. */
  text!: string;
  /** As it is for ever: people, files and comments by their ids; but lines on a file you have a conflict on. */
  record!: string;
  draftedAt!: string;
  signatures!: MinutesSignatureAnswer[];
  comments!: MinutesCommentAnswer[];
}
