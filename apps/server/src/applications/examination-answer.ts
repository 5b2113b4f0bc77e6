import { paris } from '#calendar/paris.js';
import { clockOf } from '#domain/application/examination.js';
import type { Instant } from '#domain/decider.js';
import type { ApplicationDetails } from '#read-models/application-queries.js';
import { personOf } from '#read-models/identity.js';
import type { Views } from '#read-models/views.js';
import type { ApplicationAnswer } from './applications.answers.js';

/** How far the examination of a file has come, at this instant; its officer is the staff's to know. */
export function examinationAnswer(
  views: Views,
  { status, submittedAt, examination }: ApplicationDetails,
  own: boolean,
  at: Instant,
): Pick<ApplicationAnswer, 'completion' | 'admissibility' | 'officer' | 'clock'> {
  const { completion, admissibility, officer, decided } = examination;
  const clock = status === 'submitted' && submittedAt !== null ? clockOf(examination, submittedAt, at) : undefined;
  return {
    completion: completion
      ? {
          request: completion.request,
          fields: [...completion.fields],
          documents: [...completion.documents],
          reason: completion.reason,
          requestedAt: completion.requestedAt,
          dueAt: completion.dueAt,
          dueAtSaid: paris.say(completion.dueAt),
          overdue: at > completion.dueAt,
        }
      : null,
    admissibility:
      admissibility && decided
        ? {
            verdict: admissibility.verdict,
            grounds: admissibility.verdict === 'refused' ? [...admissibility.grounds] : [],
            reasons: admissibility.verdict === 'refused' ? admissibility.reasons : null,
            institution: decided.institution,
            decidedAt: decided.at,
            correction: decided.correction ?? null,
          }
        : null,
    officer: own || officer === undefined ? null : { id: officer, name: personOf(views, officer)?.name ?? null },
    clock: clock
      ? { runningSince: clock.runningSince, stoppedSince: clock.stoppedSince ?? null, stoppedMs: clock.stoppedMs }
      : null,
  };
}
