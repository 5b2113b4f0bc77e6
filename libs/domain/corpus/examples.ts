import type { Schedule } from '../src/call/call-facts.js';
import type { Heading, Specifications } from '../src/call/call-contents.js';
import type { Submission } from '../src/application/application-facts.js';
import type { FactType } from '../src/facts.js';
import {
  PERSON,
  INVITATION,
  ORGANISATION,
  CALL,
  FILE,
  QUESTION,
  NOTICE,
  SECOND_NOTICE,
  COMMENT,
  DOCUMENT,
  DELEGATION,
  hash,
  type Examples,
} from './example.js';
import { admissibilityExamples } from './examples-admissibility.js';
import { reviewExamples } from './examples-review.js';
import { commissionExamples } from './examples-commission.js';
import { awardExamples } from './examples-award.js';
import { agreementExamples } from './examples-agreement.js';
import { organisationExamples } from './examples-organisation.js';
import { reminderExamples } from './examples-reminder.js';
import { reportExamples } from './examples-report.js';
import { webhookExamples } from './examples-webhook.js';

const capacity = { kind: 'office' } as const;
const reason = 'Congés des associations.';
const heading: Heading = {
  title: 'Appel à projets commun ARS/DREETS – 1000 premiers jours',
  kind: 'AAP',
  regime: 'SUBVENTION',
  leads: ['ARS-PDL', 'DREETS-PDL'],
  territory: { region: '52', departements: ['44'] },
  themes: ['1000 premiers jours'],
  publics: ['familles'],
  frameworks: ['PRS 2018-2022'],
};
const specifications: Specifications = {
  purpose: 'Soutenir les familles pendant les mille premiers jours.',
  ceilingCents: 3_000_000,
  maxRatePercent: 80,
  compulsoryDocuments: [{ code: 'statuts', label: 'Statuts' }],
  filesPerApplicant: 1,
  sealing: 'until-closed',
  individualExtensions: true,
  reopenAfterUnsealing: true,
  awards: 'own-lines',
};
const closing = (at: string): Schedule => ({
  milestones: [
    { kind: 'publication', at: '2021-06-14T07:00:00Z' },
    { kind: 'submissionDeadline', at },
    {
      kind: 'convocationSent',
      at: '2021-09-09T07:30:00Z',
      rule: { relativeTo: 'commission', days: -15, in: 'working' },
    },
    { kind: 'commission', at: '2021-09-30T07:30:00Z' },
  ],
});
const [before, after] = [closing('2021-08-13T14:00:00Z'), closing('2021-08-27T14:00:00Z')];
const outage = {
  from: '2021-08-13T12:00:00Z',
  until: '2021-08-13T13:00:00Z',
  description: 'Panne du réseau.',
  incident: { reference: 'INC-2021-0813', url: 'https://incidents.example.org/813', sha256: hash('8') },
};
const document = {
  document: DOCUMENT,
  code: 'statuts',
  sha256: hash('c'),
  size: 48_213,
  mediaType: 'application/pdf',
};
const submission: Submission = {
  submission: 1,
  receipt: 'AR-0000-0000-0000-0001',
  submittedAt: '2021-07-01T08:00:00Z',
  content: { version: 1, hash: hash('a') },
  documents: [document],
  totals: { chargesCents: 2_500_000, productsCents: 2_500_000, inKindCents: 150_000, requestedCents: 2_000_000 },
  deadline: '2021-08-13T14:00:00Z',
};

/**
 * One fact of every type with the stream it is on, in an order in which they could have happened. `npm run corpus`
 * writes those down that the corpus doesn't have in their present version; what it has it never touches.
 */
export const examples: Examples<FactType> = {
  ...admissibilityExamples,
  ...reviewExamples,
  ...commissionExamples,
  ...awardExamples,
  ...agreementExamples,
  ...organisationExamples,
  ...reminderExamples,
  ...reportExamples,
  ...webhookExamples,

  PersonDescribed: [`person-${PERSON}`, { name: 'Camille Martin', email: 'camille@example.org', phone: '0240000000' }],
  AccountOpened: [`account-${PERSON}`, { content: { version: 0, hash: hash('1') } }],
  SignInInvited: [`account-${PERSON}`, { invitation: INVITATION, expiresAt: '2021-05-19T08:00:00Z' }],
  SignInUsed: [`account-${PERSON}`, { invitation: INVITATION }],
  TokenIssued: [
    `account-${PERSON}`,
    { token: 't-1', hash: hash('2'), scopes: ['read', 'write'], expiresAt: '2021-06-11T08:00:00Z', label: 'connexion' },
  ],
  CalendarTokenRenewed: [`account-${PERSON}`, { generation: 1 }],
  TokenRevoked: [`account-${PERSON}`, { token: 't-1' }],
  PersonDetailsChanged: [`account-${PERSON}`, { content: { version: 1, hash: hash('3') } }],
  RoleGranted: [`account-${PERSON}`, { role: 'administrator', scope: { kind: 'institution', id: 'ARS-PDL' } }],
  RoleWithdrawn: [
    `account-${PERSON}`,
    { role: 'administrator', scope: { kind: 'institution', id: 'ARS-PDL' }, reason },
  ],
  InstitutionRegistered: [
    'institution-ARS-PDL',
    { name: 'Agence régionale de santé Pays de la Loire', kind: 'ARS', departement: '44' },
  ],
  DelegationGranted: [
    'institution-ARS-PDL',
    {
      delegation: DELEGATION,
      holder: PERSON,
      acts: ['letter-of-intent', 'approve-call'],
      ceilingCents: 10_000_000,
      from: '2021-01-01',
      until: '2021-12-31',
      reference: 'Arrêté du 4 janvier 2021',
    },
  ],
  DelegationRevoked: ['institution-ARS-PDL', { delegation: DELEGATION, reason }],
  CallDrafted: [`call-${CALL}`, { heading, copiedFrom: '10101010-1010-4010-8010-101010101010' }],
  HeadingRevised: [`call-${CALL}`, { heading: { ...heading, title: 'Mille jours' } }],
  LetterOfIntentSigned: [`call-${CALL}`, { institution: 'ARS-PDL', capacity }],
  LetterSignaturesFell: [
    `call-${CALL}`,
    { institutions: ['ARS-PDL'], because: "La lettre d'intention a été modifiée." },
  ],
  PreparationOpened: [`call-${CALL}`, {}],
  ReferentNamed: [`call-${CALL}`, { institution: 'ARS-PDL', person: PERSON, duty: 'Référente', replaces: INVITATION }],
  PartnerInvited: [`call-${CALL}`, { institution: 'CAF-44', presence: 'expected', departement: '44' }],
  PartnerInvitationAnswered: [`call-${CALL}`, { institution: 'CAF-44', accepted: true }],
  SilentPartnerOverridden: [`call-${CALL}`, { institution: 'CAF-44', reason }],
  PartnerInvitationWithdrawn: [`call-${CALL}`, { institution: 'CAF-44', reason }],
  AuthorityAssociated: [`call-${CALL}`, { name: 'Conseil régional' }],
  AuthorityDissociated: [`call-${CALL}`, { name: 'Conseil régional', reason }],
  CommentWritten: [`content-comment-${COMMENT}`, { text: 'Pensez aux familles monoparentales.' }],
  PreparationCommented: [`call-${CALL}`, { comment: COMMENT, content: { version: 0, hash: hash('4') } }],
  SpecificationsSet: [`call-${CALL}`, { specifications }],
  RubricSet: [
    `call-${CALL}`,
    {
      criteria: [
        {
          code: 'pertinence',
          label: 'Pertinence',
          weight: 100,
          scale: { min: 0, max: 5, anchors: [{ score: 5, label: 'remarquable' }] },
          commentRequired: true,
        },
      ],
    },
  ],
  ScheduleSet: [`call-${CALL}`, { schedule: { ...before, setBy: 'Ministère' } }],
  EnvelopesSet: [
    `call-${CALL}`,
    {
      envelopes: {
        subjectToFunds: false,
        lines: [{ funder: 'ARS-PDL', programme: 'FIR', action: '1', year: 2021, amountCents: 10_000_000 }],
      },
    },
  ],
  CallApproved: [
    `call-${CALL}`,
    {
      institution: 'ARS-PDL',
      capacity: { kind: 'delegation', delegation: DELEGATION },
      approvedAt: '2021-06-08T14:00:00Z',
    },
  ],
  ApprovalsFell: [`call-${CALL}`, { institutions: ['ARS-PDL'], because: 'Le calendrier a été modifié.' }],
  CallPublished: [`call-${CALL}`, { rules: '2026-11', schedule: before, notice: 'Avis', warnings: ['En août.'] }],
  ShiftProposed: [
    `call-${CALL}`,
    {
      proposal: 1,
      institution: 'DREETS-PDL',
      changes: [{ kind: 'submissionDeadline', at: '2021-08-27T14:00:00Z' }],
      reason,
      proposedAt: '2021-07-01T08:00:00Z',
      requestedFrom: 'Ministère',
      before,
      after,
      warnings: [],
    },
  ],
  OutsideAnswerRecorded: [
    `call-${CALL}`,
    { proposal: 1, accepted: true, answeredOn: '2021-07-02', reference: 'Courriel du 2 juillet' },
  ],
  ShiftAgreed: [`call-${CALL}`, { proposal: 1, institution: 'ARS-PDL', capacity }],
  ShiftExpired: [
    `call-${CALL}`,
    {
      proposal: 4,
      expiredAt: '2021-08-27T14:00:00Z',
      because: "L'ancienne date de « date limite de dépôt » est arrivée : 27 août 2021 à 16 h 00 (heure de Paris).",
    },
  ],
  ScheduleShifted: [`call-${CALL}`, { proposal: 1, reason, before, after }],
  PaymentYearAsked: [`call-${CALL}`, { proposal: 1, year: 2021, closesOn: '2021-12-15' }],
  PaymentYearAnswered: [`call-${CALL}`, { institution: 'ARS-PDL', year: 'next', reason }],
  RectifyingNoticePublished: [`call-${CALL}`, { number: 1, notice: 'Avis rectificatif' }],
  ShiftRefused: [`call-${CALL}`, { proposal: 2, institution: 'ARS-PDL', reason }],
  ShiftWithdrawn: [`call-${CALL}`, { proposal: 3, institution: 'DREETS-PDL', reason }],
  QuestionWritten: [`content-question-${QUESTION}`, { text: 'Un projet déjà commencé est-il recevable ?' }],
  QuestionAsked: [`question-${QUESTION}`, { call: CALL, content: { version: 0, hash: hash('5') } }],
  QuestionAnswered: [
    `question-${QUESTION}`,
    { call: CALL, question: 'Un projet commencé ?', answer: 'Oui, pour ses actions nouvelles.', late: false },
  ],
  AnswerCorrected: [`question-${QUESTION}`, { call: CALL, question: 'Un projet commencé ?', answer: 'Non.', reason }],
  ApplicationStarted: [`application-${FILE}`, { call: CALL, organisation: ORGANISATION, number: 1 }],
  DocumentNamed: [`content-application-${FILE}`, { document: DOCUMENT, filename: 'statuts.pdf' }],
  DocumentAttached: [`application-${FILE}`, { ...document, content: { version: 0, hash: hash('d') } }],
  ApplicationWritten: [
    `content-application-${FILE}`,
    {
      contents: {
        title: 'Café des parents',
        objectives: "Rompre l'isolement.",
        startsOn: '2021-11-01',
        endsOn: '2022-10-31',
        contact: { name: 'Camille Martin', email: 'camille@example.org' },
        budget: {
          charges: [{ account: '60', label: 'Achats', amountCents: 2_500_000 }],
          products: [{ account: '74', label: 'Subvention', funder: 'ARS-PDL', amountCents: 2_500_000 }],
        },
        requestedCents: 2_000_000,
        attestations: { republicanContract: true, accurate: true, upToDate: true },
      },
    },
  ],
  DraftSaved: [`application-${FILE}`, { content: { version: 1, hash: hash('a') } }],
  FileShared: [`application-${FILE}`, { organisation: '38033590100027' }],
  DatesAsked: [`application-${FILE}`, { earliest: '2021-11-15' }],
  DatesConfirmed: [`application-${FILE}`, { startsOn: '2021-12-01', endsOn: '2022-11-30' }],
  FileUnshared: [`application-${FILE}`, { organisation: '38033590100027' }],
  ApplicationSubmitted: [`application-${FILE}`, submission],
  SubmissionReplaced: [
    `application-${FILE}`,
    { ...submission, submission: 2, receipt: 'AR-0000-0000-0000-0002', replaces: submission.receipt },
  ],
  DocumentRemoved: [`application-${FILE}`, { document: DOCUMENT }],
  ApplicationWithdrawn: [`application-${FILE}`, { reason: 'Le projet est reporté.' }],
  PaperFilingRegistered: [
    `application-${FILE}`,
    {
      arrivedAt: '2021-08-14T07:30:00Z',
      medium: 'mail',
      reference: 'Courrier 2021-118',
      pieces: 4,
      receipt: 'AR-0000-0000-0000-0003',
      late: true,
    },
  ],
  OutageExtensionGranted: [
    `call-${CALL}`,
    { number: 1, outage, ratifyBy: '2021-08-14T13:10:00Z', before, after, institution: 'ARS-PDL', capacity },
  ],
  OutageLeftUnratified: [`call-${CALL}`, { number: 1, institutions: ['DREETS-PDL'], ratifyBy: '2021-08-14T13:10:00Z' }],
  OutageExtensionRatified: [`call-${CALL}`, { number: 1, institution: 'DREETS-PDL', capacity }],
  ExtensionGranted: [
    `call-${CALL}`,
    { institution: 'ARS-PDL', organisation: ORGANISATION, until: '2021-08-30T14:00:00Z', reason: 'Inondation.' },
  ],
  ContentsUnsealed: [`call-${CALL}`, { windowEnd: '2021-08-30T14:00:00Z' }],
  ContentsResealed: [`call-${CALL}`, { windowEnd: '2021-09-06T14:00:00Z' }],
  ContentsRead: [`reading-${FILE}`, { person: PERSON, what: 'contents:1', day: '2021-08-31' }],
  NoticeIssued: [
    `notice-${SECOND_NOTICE}`,
    {
      kind: 'receipt',
      to: PERSON,
      about: { fact: INVITATION, stream: `application-${FILE}`, call: CALL, file: FILE },
      messageId: `<${SECOND_NOTICE}@convergence>`,
      insteadOf: NOTICE,
    },
  ],
  NoticeDelivered: [`notice-${SECOND_NOTICE}`, { through: 'smtp', deliveredAt: '2021-07-01T08:00:01Z' }],
  NoticeBounced: [`notice-${SECOND_NOTICE}`, { code: 550, attempt: 1, address: 'first' }],
  NoticePassedOn: [`notice-${SECOND_NOTICE}`, { to: PERSON, notice: NOTICE }],
  NoticeGivenUp: [`notice-${SECOND_NOTICE}`, { because: 'Personne ne répond.', attempts: 23 }],
  NoticeResent: [`notice-${SECOND_NOTICE}`, {}],
  EndingAgreed: [`call-${CALL}`, { ending: 'unsuccessful', institution: 'ARS-PDL', reason, capacity }],
  EndingDropped: [`call-${CALL}`, { institution: 'ARS-PDL', reason }],
  CallDeclaredUnsuccessful: [`call-${CALL}`, { reason: 'Aucun dossier recevable.' }],
  CallCancelled: [`call-${CALL}`, { reason: 'Crédits gelés.' }],
  ContentsForgotten: [`application-${FILE}`, { reason: 'À la demande du porteur.' }],
  PersonForgotten: [`account-${PERSON}`, {}],
  Resubscribed: [`account-${PERSON}`, { kind: 'question-answered' }],
  Unsubscribed: [`account-${PERSON}`, { kind: 'question-answered' }],
};
