import type { ContentRef, Day, Instant, PersonId, Stamped } from '../decider.js';
import type { PlannedMilestone } from '../schedule/milestones.js';
import type {
  Criterion,
  Envelopes,
  Heading,
  InstitutionCode,
  Outage,
  Presence,
  Specifications,
  Year,
} from './call-contents.js';
import type { ShiftChange } from './call-facts.js';

/** The institution for which somebody acts. */
type For = { institution: InstitutionCode };
/** A signature: for an institution, under a delegation unless by office. */
type Signing = For & { under?: string };

export type CallCommand =
  | { type: 'DraftCall'; heading: Heading }
  | { type: 'CopyCall'; from: string; title: string; year: Year }
  | { type: 'ReviseHeading'; heading: Heading }
  | ({ type: 'SignLetterOfIntent' } & Signing)
  | ({ type: 'NameReferent'; person: PersonId; duty: string } & For)
  | { type: 'InvitePartner'; partner: InstitutionCode; presence: Presence; departement?: string }
  | { type: 'WithdrawPartnerInvitation'; partner: InstitutionCode; reason: string }
  | ({ type: 'AnswerPartnerInvitation'; accepted: boolean } & For)
  | { type: 'OverrideSilentPartner'; partner: InstitutionCode; reason: string }
  | { type: 'AssociateAuthority'; name: string }
  | { type: 'DissociateAuthority'; name: string; reason: string }
  | { type: 'CommentPreparation'; comment: string; text: string; content: ContentRef }
  | { type: 'SetSpecifications'; specifications: Specifications }
  | { type: 'SetRubric'; criteria: Criterion[] }
  | { type: 'SetSchedule'; milestones: PlannedMilestone[]; setBy?: string; derogation?: string }
  | { type: 'SetEnvelopes'; envelopes: Envelopes }
  | ({ type: 'ApproveCall' } & Signing)
  | { type: 'PublishCall' }
  | ({ type: 'ProposeShift'; changes: ShiftChange[]; reason: string; requestedFrom?: string } & For)
  | { type: 'RecordOutsideAnswer'; proposal: number; accepted: boolean; answeredOn: Day; reference: string }
  | ({ type: 'AgreeToShift'; proposal: number } & Signing)
  | ({ type: 'RefuseShift'; proposal: number; reason: string } & For)
  | ({ type: 'WithdrawShift'; proposal: number; reason: string } & For)
  | ({ type: 'AnswerPaymentYear'; year: 'this' | 'next'; reason: string } & For)
  | { type: 'ExpireShift'; proposal: number }
  | ({ type: 'RecordOutage'; outage: Outage; until: Instant } & Signing)
  | ({ type: 'RatifyOutage'; number: number } & Signing)
  | { type: 'FlagUnratifiedOutage'; number: number }
  | ({ type: 'GrantExtension'; organisation: string; until: Instant; reason: string } & For)
  | ({ type: 'CancelCall'; reason: string } & Signing)
  | ({ type: 'DeclareUnsuccessful'; reason: string } & Signing)
  | ({ type: 'DropEnding'; reason: string } & For)
  | { type: 'UnsealContents' };

export type Of<T extends CallCommand['type']> = Stamped<Extract<CallCommand, { type: T }>>;
