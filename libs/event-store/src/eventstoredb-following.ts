import { setTimeout as pause } from 'node:timers/promises';
import type { Batch, Position } from './event-store.js';
import { type LogPosition, positionOf, type StoredEvent } from './eventstoredb-events.js';
import type { LiveEnd } from './eventstoredb-live.js';
import type { WholeLog } from './eventstoredb-pages.js';

export interface Following {
  readonly whole: WholeLog;
  readonly live: LiveEnd;
  /** Where the log begins. */
  readonly origin: LogPosition;
  readonly after: Position | undefined;
  readonly types: readonly string[] | undefined;
  readonly signal: AbortSignal;
}

const MOST_BATCH = 500;
/** A node that is behind the one that tells the end. */
const BEHIND_MS = 20;

/** Pages of the log up to its end, then what comes; pages again for whoever falls behind what is kept of that. */
export async function* following({ whole, live, origin, after, types, signal }: Following): AsyncGenerator<Batch> {
  const wanted = types && new Set(types);
  const chosen = (events: readonly StoredEvent[]): readonly StoredEvent[] =>
    whole.existing(wanted ? events.filter(({ type }) => wanted.has(type)) : events);
  let cursor = after === undefined ? origin : positionOf(after);
  let position = after;
  let announced = false;
  let wake: () => void = () => undefined;
  const stir = (): void => wake();
  const silence = live.onNews(stir);
  signal.addEventListener('abort', stir);
  live.start();
  try {
    while (!signal.aborted) {
      if (!announced || !live.covers(cursor)) {
        const page = await whole.patiently(cursor, signal);
        if (!page) return;
        const nothing = page.events.length === 0 && announced;
        cursor = page.cursor;
        announced ||= page.atEnd;
        position = page.events.at(-1)?.position ?? position;
        if (nothing) await pause(BEHIND_MS, undefined, { ref: false });
        else yield { events: chosen(page.events), position, caughtUp: page.atEnd };
        continue;
      }
      const events = live.after(cursor, MOST_BATCH);
      const last = events.at(-1);
      if (last) {
        cursor = last.at;
        position = last.position;
        yield { events: chosen(events), position, caughtUp: events.length < MOST_BATCH };
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    silence();
    signal.removeEventListener('abort', stir);
  }
}
