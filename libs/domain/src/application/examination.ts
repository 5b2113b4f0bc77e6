import { type ContentRef, type Instant, unreachable } from '../decider.js';
import type { AdmissibilityEvent, Examined, OpenCompletion } from './admissibility-facts.js';
import type { KnownApplication, Submission } from './application-facts.js';

/** Where a file stands in its examination, if it has begun. */
export type ExaminedStage = 'completing' | 'admissible' | 'refused-beforehand';

export function stageOf({ completion, admissibility }: Examined): ExaminedStage | undefined {
  if (completion) return 'completing';
  if (!admissibility) return undefined;
  return admissibility.verdict === 'admissible' ? 'admissible' : 'refused-beforehand';
}

export function evolveExamined<State extends Examined & { readonly draft?: ContentRef }>(
  state: State,
  event: AdmissibilityEvent,
): State {
  switch (event.type) {
    case 'CompletionRequested': {
      const { type: _, institution: __, ...request } = event;
      const draftBefore = state.draft?.version;
      const completion: OpenCompletion = {
        ...request,
        stoppedSince: request.requestedAt,
        ...(draftBefore !== undefined && { draftBefore }),
      };
      return { ...state, completion, completions: request.request };
    }
    case 'CompletionExtended': {
      if (!state.completion) return state;
      const { dueAt, extendedAt } = event;
      const ranOut = extendedAt > state.completion.dueAt;
      const completion = { ...state.completion, dueAt, ...(ranOut && { stoppedSince: extendedAt }) };
      const stoppedMs = state.stoppedMs + (ranOut ? standstill(state.completion, extendedAt) : 0);
      return { ...state, completion, stoppedMs };
    }
    case 'FileCompleted':
      return { ...over(state, event.submittedAt), completed: event.submission };
    case 'DeclaredAdmissible':
      return { ...over(state), admissibility: { verdict: 'admissible' } };
    case 'RefusedBeforehand': {
      const { grounds, reasons } = event;
      return { ...over(state), admissibility: { verdict: 'refused', grounds, reasons } };
    }
    case 'AdmissibilityCorrected':
      return { ...state, admissibility: event.now };
    case 'FileHandedOver':
      return { ...state, officer: event.to };
    default:
      return unreachable(event);
  }
}

/** What is filed afresh, or withdrawn, is examined afresh: only its officer stays, and how many requests there were. */
export function examinedAnew<State extends Examined>(state: State): State {
  if (!state.completion && !state.admissibility && state.completed === undefined) return state;
  const { completion: _, admissibility: __, completed: ___, ...rest } = state;
  return { ...rest, stoppedMs: 0 } as unknown as State;
}

/** The request is over: answered at that instant, or else run out. */
function over<State extends Examined>(state: State, at?: Instant): State {
  const { completion, ...rest } = state;
  if (!completion) return state;
  return { ...rest, stoppedMs: state.stoppedMs + standstill(completion, at ?? completion.dueAt) } as unknown as State;
}

/** How long the clock stood still for this request: until then, and no longer than the delay. */
const standstill = ({ stoppedSince, dueAt }: OpenCompletion, until: Instant): number =>
  Date.parse(until < dueAt ? until : dueAt) - Date.parse(stoppedSince);

export interface Clock {
  /** When the delay began: the filing. */
  readonly runningSince: Instant;
  /** Since when it stands still, if it does. */
  readonly stoppedSince?: Instant;
  /** For how long it stood still before that. */
  readonly stoppedMs: number;
}

/**
 * The delay after which silence rejects a request stands still for as long as the applicant was given to complete it,
 * and goes on with what they send, or when that time is over (CRPA L114-5). Derived, never recorded.
 */
export function clockOf({ completion, stoppedMs }: Examined, submittedAt: Instant, at: Instant): Clock {
  const clock = { runningSince: submittedAt, stoppedMs };
  if (!completion) return clock;
  return at > completion.dueAt
    ? { ...clock, stoppedMs: stoppedMs + standstill(completion, at) }
    : { ...clock, stoppedSince: completion.stoppedSince };
}

/** The submission that counts; none where the file came on paper and wasn't completed in writing. */
export const standing = ({
  paper,
  completed,
  submissions,
}: Pick<KnownApplication, 'paper' | 'completed' | 'submissions'>): Submission | undefined =>
  paper && completed === undefined ? undefined : submissions.at(-1);

/** May documents of this code be changed? All of them where nothing was submitted that they could differ from. */
export const reopens = (state: KnownApplication, code: string): boolean =>
  state.completion !== undefined && (!standing(state) || state.completion.documents.includes(code));

/** The draft that was saved since it was asked for: it is the answer unless contents come with it. */
export const savedSince = ({ completion, draft }: KnownApplication): ContentRef | undefined =>
  completion && draft && draft.version !== completion.draftBefore ? draft : undefined;
