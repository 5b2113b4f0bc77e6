import { CriterionBody, EnvelopesBody, SpecificationsBody, TerritoryBody } from './calls.bodies.js';

export class CallRowAnswer {
  id!: string;
  title!: string;
  /** `AAP` or `AMI`. */
  kind!: string;
  /** `SUBVENTION` or `AUTHORISATION`. */
  regime!: string;
  /** INSEE code of the region. */
  region!: string;
  /** drafted, preparation, published, cancelled, unsuccessful. */
  status!: string;
  publishedAt!: string | null;
  /** The submission deadline, UTC; null where none is set yet. */
  closesAt!: string | null;
}

export class CallsAnswer {
  items!: CallRowAnswer[];
  /** Cursor of the next page; absent on the last. */
  next?: string;
}

export class MilestoneAnswer {
  kind!: string;
  /** UTC, to the second. */
  at!: string;
  /** In French, with its zone. */
  said!: string;
}

export class ScheduleAnswer {
  zone!: string;
  milestones!: MilestoneAnswer[];
  setBy?: string;
  derogation?: string;
}

export class HeadingAnswer {
  title!: string;
  kind!: string;
  regime!: string;
  leads!: string[];
  territory!: TerritoryBody;
  themes!: string[];
  publics!: string[];
  frameworks!: string[];
  axes?: string[];
}

export class ReferentAnswer {
  institution!: string;
  person!: string;
  duty!: string;
  /** Null once the person is forgotten. */
  name!: string | null;
  email!: string | null;
}

export class PartnerAnswer {
  institution!: string;
  presence!: string;
  departement?: string;
  /** `accepted` or `declined`; absent while silent. */
  answer?: string;
  /** Why the call goes on without an answer. */
  override?: string;
}

export class CountsAnswer {
  started!: number;
  submitted!: number;
  withdrawn!: number;
}

/** Files by how far their examination has come. */
export class ExaminedAnswer {
  /** Asked for more, and not answered yet. */
  completing!: number;
  admissible!: number;
  refusedBeforehand!: number;
}

export class MovedAnswer {
  kind!: string;
  from?: string;
  to!: string;
}

export class ProposalAnswer {
  proposal!: number;
  institution!: string;
  reason!: string;
  requestedFrom?: string;
  outsideAnswer?: string;
  /** When it was made; absent for the oldest. */
  proposedAt?: string;
  /** From that very instant nobody can agree to it any more, and the old dates hold. */
  expiresAt?: string;
  /** Institutions that agreed so far. */
  agreed!: string[];
  moved!: MovedAnswer[];
  warnings!: string[];
}

export class EndingAnswer {
  ending!: string;
  reason!: string;
  agreed!: string[];
}

export class IncidentAnswer {
  reference!: string;
  /** Where its report is, for those who prepare the call. */
  url?: string;
  /** SHA-256 of its report, for those who prepare the call. */
  sha256?: string;
}

export class OutageAnswer {
  number!: number;
  from!: string;
  until!: string;
  description!: string;
  incident?: IncidentAnswer;
  /** The leads that did, the one that granted it first. */
  ratified!: string[];
  /** Until when the others are to ratify it; absent where there are none, and for the oldest. */
  ratificationDueAt?: string;
  /** Its time is over, and a lead has still not ratified it. */
  ratificationOverdue!: boolean;
  /** The leads that had not when its time was over: it stays known after they did. */
  leftUnratifiedBy!: string[];
}

/** What only those who prepare the call see. */
export class PreparationAnswer {
  /** Institutions that signed the letter of intent. */
  signed!: string[];
  approved!: string[];
  partners!: PartnerAnswer[];
  /** The shift that is waiting for an answer. */
  pending?: ProposalAnswer;
  ending?: EndingAnswer;
  /** Individual deadlines, by organisation. */
  extensions!: Record<string, string>;
  examined!: ExaminedAnswer;
}

export class CallAnswer {
  id!: string;
  status!: string;
  /** Why it was cancelled or declared unsuccessful. */
  reason?: string;
  copiedFrom?: string;
  heading!: HeadingAnswer;
  associated!: string[];
  referents!: ReferentAnswer[];
  specifications?: SpecificationsBody;
  criteria?: CriterionBody[];
  schedule?: ScheduleAnswer;
  envelopes?: EnvelopesBody;
  /** Version of the rules it was published under. */
  rules?: string;
  /** The notice, then each rectifying notice. */
  notices!: string[];
  outages!: OutageAnswer[];
  unsealed!: boolean;
  counts!: CountsAnswer;
  preparation?: PreparationAnswer;
}

export class StepAnswer {
  at!: string;
  /** In French, with its zone. */
  said!: string;
  /** Id of the person, `system` for the service. */
  by!: string;
  /** Null for the service, and once the person is forgotten. */
  name!: string | null;
  /** The role that allowed it. */
  role!: string;
  /** `institution:ARS-PDL`, `organisation:…`. */
  behalf?: string;
  /** What happened, in French. */
  sentence!: string;
  /** The rule it was done under. */
  rule!: string;
  /** Type of the fact. */
  fact!: string;
  /** Id of the fact in the log. */
  event!: string;
}

export class StoryAnswer {
  /** The instant the story is told as of. */
  asOf!: string;
  /** The state then. */
  status!: string;
  /** The submission deadline then. */
  deadline?: string;
  steps!: StepAnswer[];
}
