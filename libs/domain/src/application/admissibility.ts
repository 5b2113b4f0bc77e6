import type { Decision, Stamped } from '../decider.js';
import type { AdmissibilityCommand, AdmissibilityEvent } from './admissibility-facts.js';
import type { ApplicationContext, ApplicationEvent, KnownApplication } from './application-facts.js';

/** May the file be examined? Completion, admissibility, prior refusal. */
export function examine(
  command: Stamped<AdmissibilityCommand>,
  _state: KnownApplication,
  _context: ApplicationContext,
): Decision<ApplicationEvent> {
  throw new Error(command.type);
}

export function evolveExamined(state: KnownApplication, event: AdmissibilityEvent): KnownApplication {
  if (event.type === 'DeclaredAdmissible') return { ...state, admissibility: { verdict: 'admissible' } };
  return state;
}
