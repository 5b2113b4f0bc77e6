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
  /** As submitted; your own draft's for your own files; null where you may not read it. */
  title!: string | null;
  /** How many times it was submitted. */
  submission!: number;
  receipt!: string | null;
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
