/** What the specifications of the call start from: the joint call of 2021. */
import { paris } from '#calendar/paris.js';
import { digest } from '#commands/canonical.js';
import type { Account } from '../account/account.js';
import type { Stamp } from '../decider.js';
import type { DelegableAct, Delegation, Institution } from '../institution/institution.js';
import { specify } from '../specification.js';
import { call } from './call.js';
import type { Criterion, Heading, Specifications } from './call-contents.js';
import type { CallEvent, Schedule, ShiftChange } from './call-facts.js';
import type { KnownCall } from './call-state.js';
import type { CallContext } from './guards.js';
import { obstaclesToPublication } from './publication.js';

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
  {
    code: 'pertinence',
    label: 'Pertinence',
    weight: 60,
    scale: { min: 0, max: 5, anchors: [] },
    commentRequired: true,
  },
  {
    code: 'partenariat',
    label: 'Partenariat',
    weight: 40,
    scale: { min: 0, max: 5, anchors: [] },
    commentRequired: false,
  },
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

/** One kind of fact. */
export type FactOf<T extends CallEvent['type']> = Extract<CallEvent, { type: T }>;

const byOffice = { kind: 'office' } as const;
export const drafted: CallEvent = { type: 'CallDrafted', heading };
export const arsSigned: FactOf<'LetterOfIntentSigned'> = {
  type: 'LetterOfIntentSigned',
  institution: ARS,
  capacity: byOffice,
};
export const dreetsSigned: FactOf<'LetterOfIntentSigned'> = {
  type: 'LetterOfIntentSigned',
  institution: DREETS,
  capacity: byOffice,
};
export const opened: CallEvent = { type: 'PreparationOpened' };
/** Both leads have signed: the preparation is open. */
export const preparing: CallEvent[] = [drafted, arsSigned, dreetsSigned, opened];
export const specified: FactOf<'SpecificationsSet'> = { type: 'SpecificationsSet', specifications };
export const scheduled: FactOf<'ScheduleSet'> = { type: 'ScheduleSet', schedule };
/** Everything publication asks for, but the approvals. */
export const prepared: CallEvent[] = [
  ...preparing,
  specified,
  { type: 'RubricSet', criteria },
  scheduled,
  { type: 'EnvelopesSet', envelopes },
];
export const arsApproved: FactOf<'CallApproved'> = {
  type: 'CallApproved',
  institution: ARS,
  capacity: byOffice,
  approvedAt: '2021-05-12T08:00:00Z',
};
export const dreetsApproved: FactOf<'CallApproved'> = { ...arsApproved, institution: DREETS };
export const approved: CallEvent[] = [...prepared, arsApproved, dreetsApproved];
export const published: FactOf<'CallPublished'> = {
  type: 'CallPublished',
  rules: '2026-11',
  schedule,
  notice: 'Avis',
  warnings: [],
};
/** Open for submission from 14 June to 13 August. */
export const open: CallEvent[] = [...approved, published];
export const unsealed: CallEvent = { type: 'ContentsUnsealed', windowEnd: '2021-08-13T14:00:00Z' };
export const cancelled: CallEvent = { type: 'CallCancelled', reason: 'Crédits gelés.' };
export const unsuccessful: CallEvent = { type: 'CallDeclaredUnsuccessful', reason: 'Aucun dossier recevable.' };

/** The same preparation under the regime of authorisations, whose window and questions are bound. */
export const authorising: CallEvent[] = [
  { type: 'CallDrafted', heading: { ...heading, regime: 'AUTHORISATION' } },
  arsSigned,
  dreetsSigned,
  opened,
];
/** A window of 60 days, the shortest; questions until 8 days and answers by 5 days before its end. */
export const authorisationSchedule: Schedule = {
  milestones: [
    { kind: 'publication', at: '2021-06-14T07:00:00Z' },
    { kind: 'questionsUntil', at: '2021-08-05T14:00:00Z', rule: { relativeTo: 'submissionDeadline', days: -8 } },
    { kind: 'answersBy', at: '2021-08-08T14:00:00Z', rule: { relativeTo: 'submissionDeadline', days: -5 } },
    { kind: 'submissionDeadline', at: '2021-08-13T14:00:00Z' },
  ],
};
/** A call that one authority leads alone. */
export const leadingAlone: CallEvent[] = [
  { type: 'CallDrafted', heading: { ...heading, leads: [ARS] } },
  arsSigned,
  opened,
  specified,
  { type: 'RubricSet', criteria },
  scheduled,
  { type: 'EnvelopesSet', envelopes },
];

export const registered: Institution = { status: 'registered', name: 'Institution', kind: 'ARS', delegations: {} };
export const account: Account = {
  status: 'open',
  content: { version: 0, hash: '' },
  grants: [],
  invitations: {},
  tokens: {},
  unsubscribed: [],
};

/** The schedule of the call with another deadline. */
export const closing = (at: string): Schedule => ({
  milestones: schedule.milestones.map((milestone) =>
    milestone.kind === 'submissionDeadline' ? { kind: milestone.kind, at } : milestone,
  ),
});
/** The commission five days later, and the convocation that follows it. */
export const commissionLater: ShiftChange[] = [{ kind: 'commission', at: '2021-10-05T07:30:00Z' }];
export const laterSchedule: Schedule = {
  milestones: [
    { kind: 'publication', at: '2021-06-14T07:00:00Z' },
    { kind: 'submissionDeadline', at: '2021-08-13T14:00:00Z' },
    { kind: 'convocationSent', at: '2021-09-20T07:30:00Z', rule: { relativeTo: 'commission', days: -15 } },
    { kind: 'commission', at: '2021-10-05T07:30:00Z' },
  ],
};
export const IN_AUGUST =
  '« date limite de dépôt » (13 août 2021 à 16 h 00 (heure de Paris)) tombe en juillet ou en août : ' +
  'les porteurs de projet sont peu disponibles.';
export const shiftProposed: FactOf<'ShiftProposed'> = {
  type: 'ShiftProposed',
  proposal: 1,
  institution: ARS,
  changes: commissionLater,
  reason: 'La salle est prise.',
  proposedAt: '2021-05-12T08:00:00Z',
  before: schedule,
  after: laterSchedule,
  warnings: [IN_AUGUST],
};
export const scheduleShifted: FactOf<'ScheduleShifted'> = {
  type: 'ScheduleShifted',
  proposal: 1,
  reason: 'La salle est prise.',
  before: schedule,
  after: laterSchedule,
};

export const proposeShift = (...changes: ShiftChange[]) =>
  ({ type: 'ProposeShift', institution: ARS, changes, reason: 'La salle est prise.' }) as const;
export const deadlineProposed = (at: string, proposedAt = '2021-05-12T08:00:00Z'): FactOf<'ShiftProposed'> => ({
  ...shiftProposed,
  proposedAt,
  changes: [{ kind: 'submissionDeadline', at }],
  after: closing(at),
});
export const agreeToShift = { type: 'AgreeToShift', institution: DREETS, proposal: 1 } as const;
export const shiftAgreed: CallEvent = { type: 'ShiftAgreed', proposal: 1, institution: DREETS, capacity: byOffice };
export const rectified: FactOf<'RectifyingNoticePublished'> = {
  type: 'RectifyingNoticePublished',
  number: 1,
  notice: [
    'Avis rectificatif n° 1 : Appel à projets commun ARS/DREETS – 1000 premiers jours',
    'Motif : La salle est prise.',
    '- envoi des convocations : 15 septembre 2021 à 9 h 30 (heure de Paris) → 20 septembre 2021 à 9 h 30 (heure de Paris)',
    '- commission de sélection : 30 septembre 2021 à 9 h 30 (heure de Paris) → 5 octobre 2021 à 9 h 30 (heure de Paris)',
  ].join('\n'),
};

const stamp: Stamp = { at: '2021-05-12T08:00:00Z', by: SIGNATORY, actingAs: 'signatory', id: 'call-1' };
const context: CallContext = {
  calendar: paris,
  digest,
  institution: registered,
  leads: [registered, registered],
  person: account,
};

/** A signatory of office acts on 12 May 2021, unless a step says otherwise. */
export const given = specify(call, stamp, context);
export const END_OF_CALL = 'Cet appel a été annulé.';
export const PREPARATION_CLOSED =
  "La phase préparatoire s'ouvre quand toutes les autorités pilotes ont signé la lettre d'intention.";
export const ALREADY_PUBLISHED = "L'appel est publié : il ne se modifie plus que par un avis rectificatif.";
export const NOT_PUBLISHED = "Cet appel n'est pas encore publié.";
export const UNKNOWN = "Cet appel n'existe pas.";

/** The state after these facts, for what looks at a call without a command. */
export function known(...history: readonly CallEvent[]): KnownCall {
  const { state } = given(...history);
  if (state.status === 'absent') throw new Error('No call was drafted.');
  return state;
}

export const publish = { type: 'PublishCall' } as const;
/** The planned instant of publication: 14 June 2021, 9 h in Paris. */
export const due = { at: '2021-06-14T07:00:00Z' };
export function obstaclesNow(at: string, ...history: readonly CallEvent[]) {
  const preparation = known(...history);
  if (preparation.status !== 'preparation') throw new Error('Only a call in preparation meets obstacles.');
  return obstaclesToPublication(preparation, at, context);
}

/** When a command is refused whatever it says: what happened, the code, the sentence. */
export type Closed = [when: string, history: readonly CallEvent[], code: string, sentence: string];
export const endedOrUnknown: Closed[] = [
  ['once the call was cancelled', [...preparing, cancelled], 'CallEnded', END_OF_CALL],
  ['once the call was unsuccessful', [...open, unsuccessful], 'CallEnded', 'Cet appel a été déclaré infructueux.'],
  ['for a call that does not exist', [], 'CallUnknown', UNKNOWN],
];
export const outsidePreparation: Closed[] = [
  ['before every lead has signed', [drafted, arsSigned], 'PreparationClosed', PREPARATION_CLOSED],
  ['once the call is published', open, 'AlreadyPublished', ALREADY_PUBLISHED],
  ...endedOrUnknown,
];
export const outsidePublication: Closed[] = [
  ['before every lead has signed', [drafted, arsSigned], 'NotPublished', NOT_PUBLISHED],
  ['before publication', approved, 'NotPublished', NOT_PUBLISHED],
  ...endedOrUnknown,
];

export const byHolder: Partial<Stamp> = { by: HOLDER, actingAs: 'delegate' };
export const underD1 = { kind: 'delegation', delegation: 'd-1' } as const;
const d1: Delegation = {
  delegation: 'd-1',
  holder: HOLDER,
  acts: [],
  from: '2021-01-01',
  until: '2021-12-31',
  reference: 'Arrêté n° 2021-17',
};
/** HOLDER holds the delegation d-1 of the institution that acts. */
export const delegating = (changes: Partial<Delegation & { revoked: true }>): Pick<CallContext, 'institution'> => ({
  institution: { ...registered, delegations: { 'd-1': { ...d1, ...changes } } },
});

/** A signature that its delegation doesn't carry: what is asked, by whom, what is seen, and the refusal it meets. */
export type Unfit = [
  how: string,
  { under?: string; asked: Partial<Stamp>; seen: Pick<CallContext, 'institution'>; code: string; sentence: string },
];
/** `doing` is what the delegation should let its holder do, in French. */
export function unfitSignatures(act: DelegableAct, doing: string): Unfit[] {
  const acts = [act];
  const other: DelegableAct = act === 'letter-of-intent' ? 'approve-call' : 'letter-of-intent';
  const named = { under: 'd-1', asked: byHolder };
  return [
    [
      'without the office when no delegation is named',
      {
        asked: byHolder,
        seen: delegating({ acts }),
        code: 'DelegationNotNamed',
        sentence: 'Vous signez par délégation : indiquez laquelle (champ « under »).',
      },
    ],
    [
      'without the office when blanks are all that names a delegation',
      {
        under: ' ',
        asked: byHolder,
        seen: delegating({ acts }),
        code: 'DelegationNotNamed',
        sentence: 'Vous signez par délégation : indiquez laquelle (champ « under »).',
      },
    ],
    [
      'under the delegation of another',
      {
        ...named,
        seen: delegating({ acts, holder: PERSON }),
        code: 'DelegationNotHeld',
        sentence: 'Vous ne détenez pas cette délégation de signature.',
      },
    ],
    [
      'under a delegation that was revoked',
      {
        ...named,
        seen: delegating({ acts, revoked: true }),
        code: 'DelegationRevoked',
        sentence: 'Cette délégation a été retirée.',
      },
    ],
    [
      'under a delegation that is over',
      {
        ...named,
        seen: delegating({ acts, until: '2021-05-11' }),
        code: 'DelegationOutOfPeriod',
        sentence: 'Cette délégation court du 2021-01-01 au 2021-05-11.',
      },
    ],
    [
      'under a delegation for other acts',
      {
        ...named,
        seen: delegating({ acts: [other] }),
        code: 'DelegationDoesNotCover',
        sentence: `Cette délégation ne permet pas ${doing}.`,
      },
    ],
  ];
}
