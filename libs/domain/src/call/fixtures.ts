/** What the specifications of the call start from: the joint call of 2021. */
import { paris } from '#calendar/paris.js';
import { digest } from '#commands/canonical.js';
import type { Account } from '../account/account.js';
import type { Stamp } from '../decider.js';
import type { Institution } from '../institution/institution.js';
import { specify } from '../specification.js';
import { call } from './call.js';
import type { Criterion, Heading, Specifications } from './call-contents.js';
import type { CallEvent, Schedule } from './call-facts.js';
import type { CallContext } from './guards.js';

export const ARS = 'ARS-PDL';
export const DREETS = 'DREETS-PDL';
export const SIGNATORY = '11111111-1111-4111-8111-111111111111';
export const HOLDER = '22222222-2222-4222-8222-222222222222';
export const PERSON = '33333333-3333-4333-8333-333333333333';

export const heading: Heading = {
  title: 'Appel à projets commun ARS/DREETS – 1000 premiers jours',
  kind: 'AAP',
  regime: 'SUBVENTION',
  leads: [ARS, DREETS],
  territory: { region: '52' },
  themes: ['1000 premiers jours'],
  publics: ['familles'],
  frameworks: ['PRS 2018-2022'],
};

export const specifications: Specifications = {
  purpose: 'Soutenir les familles pendant les mille premiers jours.',
  ceilingCents: 3_000_000,
  maxRatePercent: 80,
  compulsoryDocuments: [{ code: 'statuts', label: 'Statuts' }],
  filesPerApplicant: 1,
  sealing: 'until-closed',
  individualExtensions: false,
  reopenAfterUnsealing: false,
};

export const criteria: Criterion[] = [
  { code: 'pertinence', label: 'Pertinence', weight: 60, scale: { min: 0, max: 5, anchors: [] }, commentRequired: true },
  { code: 'partenariat', label: 'Partenariat', weight: 40, scale: { min: 0, max: 5, anchors: [] }, commentRequired: false },
];

/** 14 June 9 h, 13 August 16 h, 30 September 9 h 30, Paris time; the convocation 15 days before the commission. */
export const schedule: Schedule = {
  milestones: [
    { kind: 'publication', at: '2021-06-14T07:00:00Z' },
    { kind: 'submissionDeadline', at: '2021-08-13T14:00:00Z' },
    { kind: 'convocationSent', at: '2021-09-15T07:30:00Z', rule: { relativeTo: 'commission', days: -15 } },
    { kind: 'commission', at: '2021-09-30T07:30:00Z' },
  ],
};

export const envelopes = {
  subjectToFunds: false,
  lines: [{ funder: ARS, programme: 'FIR', year: 2021, amountCents: 10_000_000 }],
};

const byOffice = { kind: 'office' } as const;
export const drafted: CallEvent = { type: 'CallDrafted', heading };
export const arsSigned: CallEvent = { type: 'LetterOfIntentSigned', institution: ARS, capacity: byOffice };
export const dreetsSigned: CallEvent = { type: 'LetterOfIntentSigned', institution: DREETS, capacity: byOffice };
export const opened: CallEvent = { type: 'PreparationOpened' };
/** Both leads have signed: the preparation is open. */
export const preparing: CallEvent[] = [drafted, arsSigned, dreetsSigned, opened];
export const specified: CallEvent = { type: 'SpecificationsSet', specifications };
export const scheduled: CallEvent = { type: 'ScheduleSet', schedule };
/** Everything publication asks for, but the approvals. */
export const prepared: CallEvent[] = [
  ...preparing,
  specified,
  { type: 'RubricSet', criteria },
  scheduled,
  { type: 'EnvelopesSet', envelopes },
];
export const arsApproved: CallEvent = { type: 'CallApproved', institution: ARS, capacity: byOffice };
export const dreetsApproved: CallEvent = { type: 'CallApproved', institution: DREETS, capacity: byOffice };
export const approved: CallEvent[] = [...prepared, arsApproved, dreetsApproved];
export const published: CallEvent = { type: 'CallPublished', rules: '2026-11', schedule, notice: 'Avis', warnings: [] };
/** Open for submission from 14 June to 13 August. */
export const open: CallEvent[] = [...approved, published];
export const unsealed: CallEvent = { type: 'ContentsUnsealed', windowEnd: '2021-08-13T14:00:00Z' };
export const cancelled: CallEvent = { type: 'CallCancelled', reason: 'Crédits gelés.' };

export const registered: Institution = { status: 'registered', name: 'Institution', kind: 'ARS', delegations: {} };
export const account: Account = { status: 'open', content: { version: 0, hash: '' }, grants: [], invitations: {}, tokens: {} };

const stamp: Stamp = { at: '2021-05-12T08:00:00Z', by: SIGNATORY, actingAs: 'signatory', id: 'call-1' };
const context: CallContext = { calendar: paris, digest, institution: registered, leads: [registered, registered], person: account };

/** A signatory of office acts on 12 May 2021, unless a step says otherwise. */
export const given = specify(call, stamp, context);
export const END_OF_CALL = 'Cet appel a été annulé.';
export const PREPARATION_CLOSED = "La phase préparatoire s'ouvre quand toutes les autorités pilotes ont signé la lettre d'intention.";
export const ALREADY_PUBLISHED = "L'appel est publié : il ne se modifie plus que par un avis rectificatif.";
export const NOT_PUBLISHED = "Cet appel n'est pas encore publié.";
export const UNKNOWN = "Cet appel n'existe pas.";
