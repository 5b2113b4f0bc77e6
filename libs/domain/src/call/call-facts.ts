import type { ContentRef, Day, Instant, PersonId } from '../decider.js';
import type { Capacity } from '../institution/institution.js';
import type { Milestone } from '../schedule/milestones.js';
import type {
  Envelopes,
  Heading,
  InstitutionCode,
  Criterion,
  Outage,
  Presence,
  Specifications,
} from './call-contents.js';

/** A dated plan and who set it. */
export interface Schedule {
  readonly milestones: readonly Milestone[];
  /** The authority outside the leads that set these dates, if one did. */
  readonly setBy?: string;
  /** Reason of a wider window under `AUTHORISATION`, published with the notice. */
  readonly derogation?: string;
}

export interface ShiftChange {
  readonly kind: Milestone['kind'];
  readonly at: Instant;
}

type SignedBy = { institution: InstitutionCode; capacity: Capacity };

export type CallEvent =
  // Letter of intent
  | { type: 'CallDrafted'; heading: Heading; copiedFrom?: string }
  | { type: 'HeadingRevised'; heading: Heading }
  | ({ type: 'LetterOfIntentSigned' } & SignedBy)
  | { type: 'LetterSignaturesFell'; institutions: InstitutionCode[]; because: string }
  | { type: 'PreparationOpened' }
  // Preparation
  | { type: 'ReferentNamed'; institution: InstitutionCode; person: PersonId; duty: string; replaces?: PersonId }
  | { type: 'PartnerInvited'; institution: InstitutionCode; presence: Presence; departement?: string }
  | { type: 'PartnerInvitationWithdrawn'; institution: InstitutionCode; reason: string }
  | { type: 'PartnerInvitationAnswered'; institution: InstitutionCode; accepted: boolean }
  | { type: 'SilentPartnerOverridden'; institution: InstitutionCode; reason: string }
  | { type: 'AuthorityAssociated'; name: string }
  | { type: 'AuthorityDissociated'; name: string; reason: string }
  | { type: 'PreparationCommented'; comment: string; content: ContentRef }
  | { type: 'SpecificationsSet'; specifications: Specifications }
  | { type: 'RubricSet'; criteria: Criterion[] }
  | { type: 'ScheduleSet'; schedule: Schedule }
  | { type: 'EnvelopesSet'; envelopes: Envelopes }
  | ({ type: 'CallApproved'; approvedAt: Instant } & SignedBy)
  | { type: 'ApprovalsFell'; institutions: InstitutionCode[]; because: string }
  // Publication
  | { type: 'CallPublished'; rules: string; schedule: Schedule; notice: string; warnings: string[] }
  | { type: 'RectifyingNoticePublished'; number: number; notice: string }
  // Shifts
  | {
      type: 'ShiftProposed';
      proposal: number;
      institution: InstitutionCode;
      changes: ShiftChange[];
      reason: string;
      /** Absent where it was proposed before proposals expired. */
      proposedAt?: Instant;
      /** The authority asked to move the dates it set. */
      requestedFrom?: string;
      before: Schedule;
      after: Schedule;
      warnings: string[];
    }
  | { type: 'OutsideAnswerRecorded'; proposal: number; accepted: boolean; answeredOn: Day; reference: string }
  | { type: 'ShiftAgreed'; proposal: number; institution: InstitutionCode; capacity?: Capacity }
  | { type: 'ShiftRefused'; proposal: number; institution: InstitutionCode; reason: string }
  | { type: 'ShiftWithdrawn'; proposal: number; institution: InstitutionCode; reason: string }
  /** Nobody had agreed in time: the dates of before hold. `because` is French. */
  | { type: 'ShiftExpired'; proposal: number; expiredAt: Instant; because: string }
  | { type: 'ScheduleShifted'; proposal: number; reason: string; before: Schedule; after: Schedule }
  /** The shift leaves credits of that year to be paid after its closing. */
  | { type: 'PaymentYearAsked'; proposal: number; year: number; closesOn: Day }
  | { type: 'PaymentYearAnswered'; institution: InstitutionCode; year: 'this' | 'next'; reason: string }
  | ({
      type: 'OutageExtensionGranted';
      number: number;
      outage: Outage;
      /** Until when the other leads are to ratify it; absent where there are none, or it was granted before it was asked. */
      ratifyBy?: Instant;
      before: Schedule;
      after: Schedule;
    } & SignedBy)
  | ({ type: 'OutageExtensionRatified'; number: number } & SignedBy)
  /** The time to ratify it is over, and these leads had not. They still may. */
  | { type: 'OutageLeftUnratified'; number: number; institutions: InstitutionCode[]; ratifyBy: Instant }
  | { type: 'ExtensionGranted'; institution: InstitutionCode; organisation: string; until: Instant; reason: string }
  // Ends
  | ({ type: 'EndingAgreed'; ending: Ending; reason: string } & SignedBy)
  | { type: 'EndingDropped'; institution: InstitutionCode; reason: string }
  | { type: 'CallCancelled'; reason: string }
  | { type: 'CallDeclaredUnsuccessful'; reason: string }
  | { type: 'ContentsUnsealed'; windowEnd: Instant }
  /** The window reopened, as the specifications allow: what comes is sealed again. */
  | { type: 'ContentsResealed'; windowEnd: Instant };

export type Ending = 'cancelled' | 'unsuccessful';
