import { paris } from '#calendar/paris.js';
import type { Changed } from '#commands/handler.js';
import type { ApplicationEvent } from '#domain/application/application.js';
import type { ReceiptAnswer } from './applications.answers.js';

/** From the events, so that a repeat answers the same. */
export function receiptOf({ id, events }: Changed<ApplicationEvent>): ReceiptAnswer {
  const submitted = events.find(
    (event) =>
      event.type === 'ApplicationSubmitted' || event.type === 'SubmissionReplaced' || event.type === 'FileCompleted',
  );
  if (!submitted) throw new Error('A submission is a fact.');
  const { receipt, submission, submittedAt, content } = submitted;
  return { id, receipt, submission, submittedAt, said: paris.say(submittedAt), contentHash: content.hash };
}
