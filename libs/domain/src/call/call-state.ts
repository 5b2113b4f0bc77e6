import type { Day, Instant } from '../decider.js';
import type { Capacity } from '../institution/institution.js';
import type { RuleSet } from '../rules.js';
import { rulesFor } from '../rules.js';
import { instantOf } from '../schedule/milestones.js';
import type {
  Criterion,
  EnvelopeLine,
  Envelopes,
  Heading,
  InstitutionCode,
  Outage,
  Partner,
  Referent,
  Specifications,
} from './call-contents.js';
import type { Ending, Schedule, ShiftChange } from './call-facts.js';

export interface Proposal {
  readonly proposal: number;
  readonly institution: InstitutionCode;
  readonly changes: readonly ShiftChange[];
  readonly reason: string;
  readonly proposedAt?: Instant;
  readonly requestedFrom?: string;
  readonly outsideAnswer?: 'accepted' | 'refused';
  readonly agreed: readonly InstitutionCode[];
  readonly before: Schedule;
  readonly after: Schedule;
  readonly warnings: readonly string[];
}

export interface Signature {
  readonly capacity: Capacity;
}

export interface Approval extends Signature {
  readonly approvedAt: Instant;
}

/** What every call has, from its first draft to its end. */
interface Prepared {
  readonly heading: Heading;
  readonly copiedFrom?: string;
  /** Letter of intent, by lead. */
  readonly signatures: Readonly<Record<InstitutionCode, Signature>>;
  readonly referents: Readonly<Record<InstitutionCode, Referent>>;
  readonly partners: Readonly<Record<InstitutionCode, Partner>>;
  readonly associated: readonly string[];
  readonly comments: number;
  readonly specifications?: Specifications;
  readonly criteria?: readonly Criterion[];
  readonly schedule?: Schedule;
  readonly envelopes?: Envelopes;
  readonly approvals: Readonly<Record<InstitutionCode, Approval>>;
  /** How many shifts were ever proposed: the number of the last one. */
  readonly proposals: number;
  readonly pending?: Proposal;
  /** The last proposal that nobody agreed to in time. */
  readonly expired?: { readonly proposal: number; readonly because: string };
  readonly ending?: { readonly ending: Ending; readonly reason: string; readonly agreed: readonly InstitutionCode[] };
}

/** An extension for everybody after an outage: by one lead, to be ratified by the others. */
export interface GrantedOutage extends Outage {
  /** The lead that granted it included. */
  readonly ratified: readonly InstitutionCode[];
  readonly ratifyBy?: Instant;
  /** Left unratified by these when the time was over. */
  readonly missed?: readonly InstitutionCode[];
}

/** What publication adds. */
export interface Published extends Prepared {
  readonly status: 'published';
  readonly specifications: Specifications;
  readonly schedule: Schedule;
  /** Version of the rule set the call was published under. */
  readonly rules: string;
  /** The notice, then each rectifying notice. */
  readonly notices: readonly string[];
  /** Later deadline of one applicant, by organisation. */
  readonly extensions: Readonly<Record<string, Instant>>;
  readonly outages: readonly GrantedOutage[];
  readonly unsealed: boolean;
  /** In which year the leads pay what a shift left behind the closing of that year; the last time it was asked. */
  readonly paymentYear?: {
    readonly year: number;
    readonly closesOn: Day;
    readonly answers: Readonly<Record<InstitutionCode, { readonly year: 'this' | 'next'; readonly reason: string }>>;
  };
}

export type Drafted = Prepared & { readonly status: 'drafted' };
export type InPreparation = Prepared & { readonly status: 'preparation' };
type EndedAs<Status> = Prepared &
  Partial<Omit<Published, keyof Prepared | 'status'>> & { readonly status: Status; readonly reason: string };
export type Ended = EndedAs<'cancelled'> | EndedAs<'unsuccessful'>;

export type Call = { readonly status: 'absent' } | Drafted | InPreparation | Published | Ended;
export type KnownCall = Exclude<Call, { status: 'absent' }>;

/** Its notice was published, whatever became of it since. */
export const wasPublished = (call: KnownCall): call is (Published | Ended) & Pick<Published, 'notices'> =>
  'notices' in call && Boolean(call.notices);

export const isLead = (call: KnownCall, institution: InstitutionCode): boolean =>
  call.heading.leads.includes(institution);

export const rulesOf = (call: KnownCall): RuleSet =>
  rulesFor(call.heading.regime, 'rules' in call ? call.rules : undefined);

/** A line of its envelopes, 1 is the first; it no longer changes once the call is published. */
export const envelopeLine = ({ envelopes }: Pick<KnownCall, 'envelopes'>, line: number): EnvelopeLine | undefined =>
  envelopes?.lines[line - 1];

/** Departments where Good Friday and 26 December are holidays too. */
const alsaceMoselle = ['57', '67', '68'];
export const inAlsaceMoselle = (call: KnownCall): boolean =>
  (call.heading.territory.departements ?? []).some((departement) => alsaceMoselle.includes(departement));

/** The deadline everybody has. */
export function generalDeadline(call: Published): Instant {
  const deadline = instantOf(call.schedule.milestones, 'submissionDeadline');
  if (!deadline) throw new Error('A published call has a submission deadline.');
  return deadline;
}

/** The deadline of one applicant: the call's, or theirs if it is later. */
export function deadlineFor(call: Published, organisation: string): Instant {
  const own = call.extensions[organisation];
  const general = generalDeadline(call);
  return own && own > general ? own : general;
}

/** The last instant at which anybody may submit. */
export const windowEnd = (call: Published): Instant =>
  Object.values(call.extensions).reduce((last, until) => (until > last ? until : last), generalDeadline(call));
