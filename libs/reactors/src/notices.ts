import { setImmediate as breathe } from 'node:timers/promises';
import type { Clock } from '#commands/clock.js';
import { factOf } from '#commands/folded.js';
import type { Handler } from '#commands/handler.js';
import type { Fact } from '#domain/facts.js';
import { noticeRules } from '#domain/notice/notice-rules.js';
import type { EventStore, RecordedEvent } from '#event-store/event-store.js';
import { unsubscribedFrom } from '#read-models/notices.js';
import type { Projector } from '#read-models/projector.js';
import { aboutOf } from './about.js';
import { factsUpTo } from './happened.js';
import { issue } from './issuing.js';
import type { Reaction } from './reactor.js';
import { tellings, toldFacts } from './recipients.js';

export interface NoticesOptions {
  readonly store: EventStore;
  readonly handler: Handler;
  readonly projector: Projector;
  readonly clock: Clock;
}

const PATIENCE_MS = 10_000;
/** So many are begun in one turn of the event loop: requests come in between. */
const IN_ONE_GO = { beside: 2, alone: 64 };
/** So many turns may wait for the log: while it commits, the next are there already. */
const MOST_UNDER_WAY = 2;

/** Decides whom to tell of what happened, each once, as a fact; the postman delivers. */
export class Notices implements Reaction {
  readonly name = 'notices';
  readonly from = 'now';
  readonly types = toldFacts;

  constructor(private readonly options: NoticesOptions) {}

  async react(event: RecordedEvent): Promise<void> {
    const { store, handler, projector, clock } = this.options;
    await projector.reached(event.position, PATIENCE_MS);
    const { views } = projector;
    const { id: fact, stream } = event;
    const history = (await factsUpTo(store, stream, fact)) ?? [];
    const telling = tellings(event, views, history);
    if (!telling) return;
    const { kind, once } = telling;
    const refusing = noticeRules[kind].compulsory ? new Set<string>() : unsubscribedFrom(views, kind);
    const { call, file } = aboutOf(stream, factOf(event) as Fact, history, views);
    const about = { fact, stream, ...(call !== undefined && { call }), ...(file !== undefined && { file }) };
    const underWay: Promise<unknown>[] = [];
    const decide = async (people: readonly string[]): Promise<void> => {
      const decided = Promise.all(people.map((person) => issue(handler, clock, { kind, to: person, about }, once)));
      decided.catch(() => undefined); // Told where it is waited for.
      underWay.push(decided);
      await (underWay.length < MOST_UNDER_WAY ? breathe() : underWay.shift());
    };
    let group: string[] = [];
    for (const person of telling.to) {
      if (refusing.has(person)) continue;
      if (group.push(person) < projector.pace.of(IN_ONE_GO)) continue;
      await decide(group);
      group = [];
    }
    await decide(group);
    await Promise.all(underWay);
  }
}
