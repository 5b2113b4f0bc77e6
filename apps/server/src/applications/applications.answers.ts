import { ContentsBody } from './applications.bodies.js';

export class ApplicationRowAnswer {
  id!: string;
  call!: string;
  /** SIRET or RNA of the applicant. */
  organisation!: string;
  organisationName!: string | null;
  number!: number;
  /** draft, submitted, withdrawn. */
  status!: string;
  /** draft, submitted, completing, admissible, refused-beforehand, withdrawn. */
  stage!: string;
  /** As submitted; your own draft's for your own files; null where you may not read it. */
  title!: string | null;
  /** How many times it was submitted, or completed. */
  submission!: number;
  receipt!: string | null;
  /** When it was filed; completions have their own receipts. */
  submittedAt!: string | null;
  requestedCents!: number | null;
  totalCents!: number | null;
  /** electronic, paper, mail. */
  medium!: string;
  late!: boolean;
  startedAt!: string;
  changedAt!: string;
}

export class ApplicationsAnswer {
  items!: ApplicationRowAnswer[];
  next?: string;
}

export class DocumentAnswer {
  document!: string;
  /** Which compulsory document it is, or `other`. */
  code!: string;
  sha256!: string;
  /** Bytes. */
  size!: number;
  mediaType!: string;
  /** Null once forgotten. */
  filename!: string | null;
  attachedAt!: string;
}

export class SubmissionAnswer {
  receipt!: string;
  submission!: number;
  at!: string;
  /** SHA-256 of the canonical JSON of the contents. */
  contentHash!: string | null;
  /** The receipt of the submission that replaced it. */
  replacedBy!: string | null;
}

export class DraftAnswer {
  version!: number;
  hash!: string;
}

/** What the applicant is asked for: these fields and documents reopen, nothing else. */
export class CompletionAnswer {
  /** 1, then one more with each request. */
  request!: number;
  fields!: string[];
  /** Codes of documents. */
  documents!: string[];
  reason!: string;
  requestedAt!: string;
  /** UTC; and in French with its zone. */
  dueAt!: string;
  dueAtSaid!: string;
  overdue!: boolean;
}

export class AdmissibilityAnswer {
  /** admissible, refused. */
  verdict!: string;
  /** late, irregular, off-topic, over-budget; empty where it is admissible. */
  grounds!: string[];
  reasons!: string | null;
  /** The lead that said so. */
  institution!: string;
  decidedAt!: string;
  /** Why it was corrected, where it was. */
  correction!: string | null;
}

export class OfficerAnswer {
  id!: string;
  /** Null once forgotten. */
  name!: string | null;
}

/** The delay after which silence rejects the request (CRPA L114-5, L231-4). */
export class ClockAnswer {
  /** The filing. */
  runningSince!: string;
  /** Since when it stands still; null while it runs. */
  stoppedSince!: string | null;
  /** For how long it stood still before that, milliseconds. */
  stoppedMs!: number;
}

export class ApplicationAnswer extends ApplicationRowAnswer {
  /** What is being prepared; null where you may not read it. */
  draft!: DraftAnswer | null;
  forgotten!: boolean;
  sharedWith!: string[];
  documents!: DocumentAnswer[];
  receipts!: SubmissionAnswer[];
  /** The deadline of this applicant, UTC; and in French with its zone. */
  deadline!: string | null;
  deadlineSaid!: string | null;
  /** A shift made the start impossible: no start before that day, and dates are to be confirmed. */
  datesAsked!: string | null;
  /** Of the project, as confirmed since; null while those in the contents hold, and where you may not read it. */
  startsOn!: string | null;
  endsOn!: string | null;
  /** The request that is open. */
  completion!: CompletionAnswer | null;
  admissibility!: AdmissibilityAnswer | null;
  /** Who examines the file; to the staff of the leads only. */
  officer!: OfficerAnswer | null;
  /** Null unless the file is submitted. */
  clock!: ClockAnswer | null;
}

export class ContentsAnswer {
  version!: number;
  hash!: string;
  contents!: ContentsBody;
}

export class FaultAnswer {
  /** `budget.charges[2].account`. */
  field!: string;
  code!: string;
  /** French. */
  message!: string;
}

export class DryRunAnswer {
  /** Everything that stands between this draft and its submission. */
  faults!: FaultAnswer[];
}

export class ReceiptAnswer {
  id!: string;
  receipt!: string;
  submission!: number;
  submittedAt!: string;
  /** In French, with its zone. */
  said!: string;
  contentHash!: string;
}

export class ReadingAnswer {
  person!: string;
  name!: string | null;
  /** `contents:<version>` or `document:<id>`. */
  what!: string;
  /** Europe/Paris. */
  day!: string;
  at!: string;
  role!: string;
  behalf!: string | null;
}

export class ReadingsAnswer {
  items!: ReadingAnswer[];
}
