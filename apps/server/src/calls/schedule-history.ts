import { factOf } from '#commands/folded.js';
import type { CallEvent, Schedule } from '#domain/call/call-facts.js';
import { movedMilestones } from '#domain/call/notices.js';
import { publicFacts } from '#domain/story/story.js';
import type { CallSight } from '#domain/visibility.js';
import type { RecordedEvent } from '#event-store/event-store.js';
import type { Views } from '#read-models/views.js';
import { stepOf } from '../story.js';
import type { ScheduleChangeAnswer } from './schedule.answers.js';

type Change = Omit<ScheduleChangeAnswer, keyof ReturnType<typeof stepOf>>;
const none: Schedule = { milestones: [] };

/** Every change of dates, with what it changed: for everybody those that were published. */
export function changesTold(views: Views, events: readonly RecordedEvent[], sight: CallSight): ScheduleChangeAnswer[] {
  let now = none;
  /** Of the proposal that is pending. */
  let agreed: string[] = [];
  return events.flatMap((event) => {
    const fact = factOf(event) as CallEvent;
    if (fact.type === 'ShiftProposed') agreed = [fact.institution];
    if (fact.type === 'ShiftAgreed') agreed = [...agreed, fact.institution];
    const change = changeOf(fact, sight === 'preparation' || fact.type !== 'CallPublished' ? now : none, agreed);
    if (fact.type === 'ScheduleSet' || fact.type === 'CallPublished') now = fact.schedule;
    if (fact.type === 'ScheduleShifted' || fact.type === 'OutageExtensionGranted') now = fact.after;
    if (!change || (sight !== 'preparation' && !publicFacts.has(fact.type))) return [];
    return sight === 'invitation' ? [] : [{ ...stepOf(views, event), ...change }];
  });
}

function changeOf(fact: CallEvent, now: Schedule, agreed: readonly string[]): Change | undefined {
  switch (fact.type) {
    case 'ScheduleSet':
    case 'CallPublished':
      return { moved: movedMilestones(now, fact.schedule) };
    case 'ScheduleShifted': {
      const { proposal, reason, before, after } = fact;
      return { proposal, agreed: [...agreed], reason, moved: movedMilestones(before, after) };
    }
    case 'OutageExtensionGranted':
      return { reason: fact.outage.description, moved: movedMilestones(fact.before, fact.after) };
    case 'ExtensionGranted': {
      const { organisation, reason, until } = fact;
      return { organisation, reason, moved: [{ kind: 'submissionDeadline', to: until }] };
    }
    default:
      return undefined;
  }
}
