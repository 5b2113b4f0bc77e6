import type { AdmissibilityEvent } from '#domain/application/admissibility-facts.js';
import type { CommissionEvent } from '#domain/commission/commission-facts.js';
import type { ReviewerEvent } from '#domain/review/reviewer-facts.js';
import type { Role } from '#domain/roles.js';
import { holdersOf } from '#read-models/identity.js';
import type { Fact } from '#domain/facts.js';
import { lastOf } from './about.js';
import { leadsOf, membersOf, unique } from './audiences.js';
import { applicant, type Tellings } from './telling.js';

/** Substitutes hold the role of a member. */
const seated: readonly Role[] = ['member', 'chair'];

/** The session had been convened for the date that it leaves. */
const convocationThatFalls = (history: readonly Fact[], session: string): boolean =>
  history
    .slice(0, -1)
    .findLast((fact) => (fact.type === 'SessionConvened' || fact.type === 'SessionMoved') && fact.session === session)
    ?.type === 'SessionConvened';

/** Who is told of what happens to a file, its reviewers and the commission, until it is ranked. */
export const selectionTellings: Tellings<
  | Exclude<AdmissibilityEvent['type'], 'DeclaredAdmissible'>
  | Extract<ReviewerEvent['type'], 'ReviewerAppointed' | 'ReviewAssigned' | 'AssignmentDeclined'>
  | Extract<CommissionEvent['type'], 'SessionConvened' | 'SessionMoved' | 'SessionAdjourned' | 'MinutesDrafted'>
> = {
  CompletionRequested: applicant('completion-requested'),
  CompletionExtended: applicant('completion-extended'),
  FileCompleted: (_, { views, organisation, history }) => {
    const officer = lastOf(history, 'FileHandedOver')?.to;
    const members = organisation === undefined ? [] : membersOf(views, [organisation]);
    return { kind: 'completion-receipt', to: unique([...members, ...(officer === undefined ? [] : [officer])]) };
  },
  RefusedBeforehand: applicant('refused-beforehand'),
  AdmissibilityCorrected: applicant('admissibility-corrected'),
  FileHandedOver: (fact) => ({ kind: 'file-handed-over', to: [fact.to] }),
  ReviewerAppointed: (fact) => ({ kind: 'reviewer-appointed', to: [fact.person] }),
  ReviewAssigned: (fact) => ({ kind: 'review-assigned', to: [fact.person] }),
  AssignmentDeclined: (fact, { views }) => ({
    kind: 'assignment-declined',
    to: leadsOf(views, fact.call, ['administrator']),
  }),
  SessionConvened: (_, { id, views }) => ({ kind: 'session-convened', to: holdersOf(views, 'call', id, seated) }),
  // Nobody waits for a session that was only planned.
  SessionMoved: ({ session }, { id, views, history }) => ({
    kind: 'session-moved',
    to: convocationThatFalls(history, session) ? holdersOf(views, 'call', id, seated) : [],
  }),
  SessionAdjourned: (_, { id, views }) => ({ kind: 'session-adjourned', to: holdersOf(views, 'call', id, seated) }),
  MinutesDrafted: (_, { id, views }) => ({ kind: 'minutes-drafted', to: holdersOf(views, 'call', id, ['chair']) }),
};
