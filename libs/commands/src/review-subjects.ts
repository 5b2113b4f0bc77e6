import type { Application } from '#domain/application/application.js';
import type { Call } from '#domain/call/call.js';
import { absent } from '#domain/decider.js';
import type { Review, ReviewCommand, ReviewContext, ReviewEvent } from '#domain/review/review-facts.js';
import { review as reviewDecider } from '#domain/review/review.js';
import type { Reviewer, ReviewerCommand, ReviewerContext, ReviewerEvent } from '#domain/review/reviewer-facts.js';
import { reviewer as reviewerDecider, reviewerUnknown } from '#domain/review/reviewer.js';
import { viewRoles } from '#domain/permissions.js';
import { type Grant, roleThatAllows } from '#domain/roles.js';
import { sealOf, sightOfFile } from '#domain/visibility.js';
import { reviewerId, reviewId } from './ids.js';
import { type Source, sourceOf, type Subject } from './subject.js';
import { application } from './application-subject.js';
import { account, call } from './subjects.js';

const leadsOf = (known: Call | undefined): readonly string[] =>
  !known || known.status === 'absent' ? [] : known.heading.leads;

/** The files that a command names, in its order. */
const filesNamed = (command: { type: ReviewerCommand['type'] } & object): readonly string[] => {
  if ('application' in command) return [command.application as string];
  if ('conflict' in command) return [(command.conflict as { application: string }).application];
  return 'conflicts' in command ? (command.conflicts as { application: string }[]).map((one) => one.application) : [];
};

const showsEvery = ({ call: of, applications = [] }: ReviewerContext, grants: readonly Grant[]): boolean =>
  applications.every((file) => isShown(file, of, grants));

const isShown = (file: Application | undefined, of: Call | undefined, grants: readonly Grant[]): boolean =>
  file !== undefined &&
  file.status !== 'absent' &&
  of !== undefined &&
  of.status !== 'absent' &&
  sightOfFile(file, sealOf(of), grants) !== 'nothing';

const taking: ReadonlySet<ReviewerCommand['type']> = new Set([
  'DismissReviewer',
  'DeclineAssignment',
  'WithdrawAssignment',
]);

export const reviewer: Subject<ReviewerCommand, Reviewer, ReviewerEvent, ReviewerContext> = {
  category: 'reviewer',
  decider: reviewerDecider,
  needs: ({ command, state }) => {
    const known = state.status === 'absent' ? undefined : state;
    const of = 'call' in command ? command.call : known?.call;
    const leaving = command.type === 'DismissReviewer' ? Object.keys(known?.assignments ?? {}) : filesNamed(command);
    return {
      ...(of !== undefined && { call: sourceOf(call, of) }),
      ...('person' in command && { person: sourceOf(account, command.person) }),
      applications: filesNamed(command).map((id) => sourceOf(application, id)),
      ...(known && taking.has(command.type) && { reviews: leaving.map((id) => reviewOf(id, known.person)) }),
    };
  },
  file: ({ command }) => (command.type === 'DeclareInterests' ? undefined : filesNamed(command)[0]),
  reach: ({ command, state, context }) => {
    const of = 'call' in command ? command.call : state.status === 'absent' ? undefined : state.call;
    return { institutions: leadsOf(context.call), ...(of !== undefined && { call: of }) };
  },
  visible: ({ command, state, context }, asking) =>
    state.status !== 'absent' &&
    (command.type === 'DeclareInterests' || showsEvery(context, asking.grants)) &&
    (state.person === asking.person ||
      roleThatAllows(
        viewRoles.Reviewers.filter((role) => role !== 'reviewer'),
        asking,
        { institutions: leadsOf(context.call) },
      ) !== undefined),
  unknown: reviewerUnknown,
};

export const review: Subject<ReviewCommand, Review, ReviewEvent, ReviewContext> = {
  category: 'review',
  decider: reviewDecider,
  needs: ({ command }) => ({
    call: sourceOf(call, command.call),
    application: sourceOf(application, command.application),
    reviewer: sourceOf(reviewer, reviewerId(command.call, command.person)),
  }),
  file: ({ command }) => command.application,
  reach: ({ command }) => ({ call: command.call }),
  visible: ({ context }, { grants }) => isShown(context.application, context.call, grants),
  unknown: () => absent('ApplicationUnknown', "Ce dossier n'existe pas."),
  writing: ({ command, id }) => ({
    stream: `content-review-${id}`,
    event: { type: 'ReviewWritten', contents: command.contents },
  }),
  lastWritten: (state) => (state.status === 'absent' ? undefined : state.written.version),
};

const reviewOf = (application: string, person: string): Source => sourceOf(review, reviewId(application, person));
