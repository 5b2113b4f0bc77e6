import { filedIn, fileUnknown, isAdmissible, requestedOf } from '../application/filed.js';
import type { Criterion } from '../call/call-contents.js';
import { type Decider, type Decision, invalid, Refusal, refuse, type Stamped, unreachable } from '../decider.js';
import { weightedMean } from './mean.js';
import { isUnsealed, openCall, phaseOver } from './phase.js';
import type {
  KnownReview,
  Review,
  ReviewCommand,
  ReviewContents,
  ReviewContext,
  ReviewEvent,
  ScoredReview,
} from './review-facts.js';
import { reviewerUnknown } from './reviewer.js';
import { reviewFaults, scoreFaults } from './scoring.js';

/** One reviewer's opinion on one file: saved, submitted, amended until the phase ends. */
export const review: Decider<ReviewCommand, Review, ReviewEvent, ReviewContext> = {
  initial: { status: 'absent' },
  decide,
  evolve,
};

function decide(command: Stamped<ReviewCommand>, state: Review, context: ReviewContext): Decision<ReviewEvent> {
  const writable = writableBy(command, context);
  if (writable instanceof Refusal) return writable;
  const { criteria, requestedCents } = writable;
  const { call, application, person, contents, content } = command;
  switch (command.type) {
    case 'SaveReview': {
      if (state.status === 'submitted') return alreadySubmitted();
      const faults = scoreFaults(criteria, contents);
      if (faults.length > 0) return faulty(faults);
      const same = state.status === 'saved' && state.written.hash === content.hash;
      return same ? [] : [{ type: 'ReviewSaved', call, application, person, content }];
    }
    case 'SubmitReview': {
      if (state.status === 'submitted') return alreadySubmitted();
      const scored = scoredOf(command, 1, criteria, requestedCents);
      return scored instanceof Refusal ? scored : [{ type: 'ReviewSubmitted', ...scored }];
    }
    case 'AmendReview': {
      if (state.status !== 'submitted' || !state.submitted) {
        return refuse('NotSubmitted', "Cette évaluation n'est pas déposée : il n'y a rien à modifier.");
      }
      const scored = scoredOf(command, state.submitted.review + 1, criteria, requestedCents);
      if (scored instanceof Refusal) return scored;
      return state.submitted.content.hash === content.hash ? [] : [{ type: 'ReviewAmended', ...scored }];
    }
    default:
      return unreachable(command);
  }
}

interface Writable {
  readonly criteria: readonly Criterion[];
  /** None of what came on paper. */
  readonly requestedCents: number | undefined;
}

/** By whom it was assigned to, who declared and has no conflict, while the phase lasts. */
function writableBy(
  { call, application, person, by, at }: Stamped<ReviewCommand>,
  context: ReviewContext,
): Writable | Refusal {
  const { application: file, reviewer } = context;
  if (person !== by || reviewer?.status !== 'appointed') return reviewerUnknown();
  // Nobody learns who filed by trying ids.
  if (!isUnsealed(context.call) || !filedIn(call, file)) return fileUnknown();
  const open = openCall(context.call);
  if (open instanceof Refusal) return open;
  if (reviewer.conflicts[application] !== undefined) {
    return refuse('ConflictDeclared', "Vous avez un conflit d'intérêts sur ce dossier.");
  }
  if (!reviewer.declared) {
    return refuse('InterestsNotDeclared', "Déclarez d'abord vos intérêts : les dossiers s'ouvrent ensuite.");
  }
  if (reviewer.assignments[application] !== 'assigned') {
    return refuse('NotAssigned', 'Ce dossier ne vous est pas confié.');
  }
  if (!isAdmissible(file)) return refuse('ApplicationNotAdmissible', "Ce dossier n'est plus à évaluer.");
  const over = phaseOver(open, at, context.calendar);
  if (over) return over;
  return { criteria: open.criteria ?? [], requestedCents: requestedOf(file) };
}

function scoredOf(
  { call, application, person, contents, content, at }: Stamped<ReviewCommand>,
  review: number,
  criteria: readonly Criterion[],
  requestedCents: number | undefined,
): ScoredReview | Refusal {
  const faults = reviewFaults(criteria, contents, requestedCents);
  if (faults.length > 0) return faulty(faults);
  const scores = scoresOf(criteria, contents);
  const meanHundredths = weightedMean(criteria, scores);
  if (meanHundredths === undefined) return faulty(faults);
  const { recommendedCents } = contents;
  return {
    ...{ call, application, person, review, scores, meanHundredths },
    ...(recommendedCents !== undefined && { recommendedCents }),
    ...{ content, submittedAt: at },
  };
}

/** In the order of the rubric, without their comments. */
const scoresOf = (criteria: readonly Criterion[], { scores }: ReviewContents) =>
  criteria.flatMap(({ code }) => {
    const found = scores.find(({ criterion }) => criterion === code);
    return found ? [{ criterion: code, score: found.score }] : [];
  });

const alreadySubmitted = () =>
  refuse('AlreadySubmitted', 'Votre évaluation est déjà déposée : modifiez-la si elle doit changer.');
const faulty = (faults: Refusal['faults']) =>
  invalid('ReviewInvalid', 'Cette évaluation comporte des erreurs : corrigez-les toutes.', faults);

function evolve(_state: Review, event: ReviewEvent): Review {
  const { call, application, person, content } = event;
  const known: Omit<KnownReview, 'status'> = { call, application, person, written: content };
  switch (event.type) {
    case 'ReviewSaved':
      return { status: 'saved', ...known };
    case 'ReviewSubmitted':
    case 'ReviewAmended': {
      const { type: _, ...submitted } = event;
      return { status: 'submitted', ...known, submitted };
    }
    default:
      return unreachable(event);
  }
}
