import type { Published } from '../call/call-state.js';
import { Refusal, refuse } from '../decider.js';
import type { AdmissibilityCommand } from './admissibility-facts.js';
import type { ApplicationContext, KnownApplication, Of } from './application-facts.js';
import { runningCall } from './drafting.js';
import { fileUnknown } from './filed.js';

type Examination = Of<Exclude<AdmissibilityCommand['type'], 'CompleteFile'>>;

/** What a case officer does as soon as a file is filed, where the call is open to them. */
const onFiling: ReadonlySet<Examination['type']> = new Set(['RequestCompletion', 'ExtendCompletion', 'HandOverFile']);

/** The call, if this file may be examined: it is submitted, and its contents may be read. */
export function examinable(
  command: Examination,
  state: KnownApplication,
  context: ApplicationContext,
): Published | Refusal {
  const call = runningCall(context);
  if (call instanceof Refusal) return call;
  const { unsealed } = call;
  const openToOfficers = call.specifications.sealing === 'open-to-officers';
  const officer = command.actingAs === 'case-officer';
  if (!unsealed && openToOfficers && !officer) return fileUnknown();
  if (!unsealed && !(openToOfficers && onFiling.has(command.type))) {
    return refuse('ContentsSealed', "Les dossiers de cet appel sont scellés : ils s'examinent après leur ouverture.");
  }
  if (state.status !== 'submitted') {
    return refuse('NotSubmitted', "Ce dossier n'est pas déposé : il n'y a rien à examiner.");
  }
  return call;
}

// CASF R313-6: what came too late isn't examined.
export const filedLate = (): Refusal =>
  refuse('FiledLate', 'Ce pli est arrivé après la date limite : il ne peut être que refusé.');
