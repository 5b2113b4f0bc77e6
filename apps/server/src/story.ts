import { paris } from '#calendar/paris.js';
import type { Metadata } from '#commands/asking.js';
import { factOf } from '#commands/folded.js';
import type { Instant } from '#domain/decider.js';
import { narrate, type StoryFact } from '#domain/story/story.js';
import type { EventStore, RecordedEvent } from '#event-store/event-store.js';
import { personOf } from '#read-models/identity.js';
import type { Views } from '#read-models/views.js';
import type { StepAnswer } from './calls/calls.answers.js';

export const storyFactOf = (event: RecordedEvent): StoryFact => factOf(event) as StoryFact;

/** A step: who, in which role, when, under which rule. Read from the log itself. */
export function stepOf(
  views: Views,
  event: RecordedEvent,
  fact: Parameters<typeof narrate>[0] = storyFactOf(event),
): StepAnswer {
  const { at, by, role, behalf } = event.metadata as Metadata;
  const { sentence, rule } = narrate(fact, paris);
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
}

/** What had happened on these streams by an instant, that instant included, in the order of the log. */
export async function happenedOn(
  store: EventStore,
  streams: readonly string[],
  asOf: Instant,
): Promise<RecordedEvent[]> {
  const events = await Promise.all(streams.map((stream) => store.readStream(stream)));
  return inOrder(store, events.flat()).filter((event) => (event.metadata as Metadata).at <= asOf);
}

export const inOrder = (store: EventStore, events: readonly RecordedEvent[]): RecordedEvent[] =>
  [...events].sort((a, b) => store.compare(a.position, b.position));
