import { paris } from '#calendar/paris.js';
import type { Metadata } from '#commands/asking.js';
import { factOf } from '#commands/folded.js';
import type { Instant } from '#domain/decider.js';
import type { RecordEvent } from '#domain/facts.js';
import { narrate } from '#domain/story/story.js';
import type { RecordedEvent } from '#event-store/event-store.js';
import { personOf } from '#read-models/identity.js';
import type { Views } from '#read-models/views.js';
import type { StepAnswer } from './calls/calls.answers.js';

/** Each step: who, in which role, when, under which rule. Read from the log itself. */
export const stepsOf = (views: Views, events: readonly RecordedEvent[]): StepAnswer[] =>
  events.map((event) => {
    const { at, by, role, behalf } = event.metadata as Metadata;
    const { sentence, rule } = narrate(factOf(event) as RecordEvent, paris);
    const name = personOf(views, by)?.name ?? null;
    return {
      at,
      said: paris.say(at),
      by,
      name,
      role,
      ...(behalf && { behalf }),
      sentence,
      rule,
      fact: event.type,
      event: event.id,
    };
  });

/** What had happened by an instant, that instant included. */
export const until = (events: readonly RecordedEvent[], asOf: Instant): RecordedEvent[] =>
  events.filter((event) => (event.metadata as Metadata).at <= asOf);
