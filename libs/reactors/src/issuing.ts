import { system } from '#commands/asking.js';
import type { Clock } from '#commands/clock.js';
import { type Handler, Refused } from '#commands/handler.js';
import { idFrom } from '#commands/ids.js';
import { notice as subject } from '#commands/subjects.js';
import type { Notice, NoticeKind } from '#domain/notice/notice.js';

/** One per fact, kind and person: deciding it again finds the first. */
export const noticeId = (fact: string, kind: NoticeKind, person: string): string =>
  idFrom('notice', fact, kind, person);

/** Decides a notice, once; true where this decided it, false where it was decided before. */
export async function issue(
  handler: Handler,
  clock: Clock,
  { kind, to, about, insteadOf }: Omit<Notice, 'messageId'>,
): Promise<boolean> {
  const id = noticeId(about.fact, kind, to);
  const asking = { ...system(clock.now(), `issue-${id}`, about.fact), likelyNew: true } as const;
  const messageId = `<${id}@convergence>`;
  const command = { type: 'IssueNotice', kind, to, about, messageId, ...(insteadOf !== undefined && { insteadOf }) };
  try {
    const { repeated } = await handler.change(subject, id, command as { type: 'IssueNotice' } & Notice, asking);
    return !repeated;
  } catch (error) {
    // In other words, or instead of another: it is decided all the same.
    const decided = ['NoticeIssued', 'IdempotencyKeyReused'];
    if (error instanceof Refused && decided.includes(error.refusal.code)) return false;
    throw error;
  }
}
