import { setTimeout as pause } from 'node:timers/promises';
import { type Appended, IdReused, type NewEvent, StreamDeleted, VersionConflict, type Write } from './event-store.js';
import type { AppendAnswer, Connection } from './eventstoredb-connection.js';
import { positionText, type ServerEvent, type StoredEvent } from './eventstoredb-events.js';
import { failureOf } from './eventstoredb-problems.js';
import type { Exact } from './eventstoredb-requests.js';

export interface AppendingOptions {
  readonly connection: Connection;
  readonly space: string;
  readonly isDeleted: (stream: string) => boolean;
  readonly readStream: (stream: string, from: number, most?: number) => Promise<readonly StoredEvent[]>;
  /** For how long an append whose outcome is unclear is repeated. */
  readonly patienceMs: number;
  /** Ends the patience. */
  readonly signal: AbortSignal;
}

/** How often an append without an exact expectation meets another before it gives up. */
const MOST_TRIES = 50;

/** Appends, always under an exact expectation: only then does the server answer a repeat as it did the first time. */
export class Appending {
  constructor(private readonly options: AppendingOptions) {}

  /** @throws VersionConflict, IdReused, StreamDeleted, or what the server said */
  async write({ stream, expected, events }: Write, texts: readonly ServerEvent[]): Promise<Appended> {
    const { isDeleted, readStream, space } = this.options;
    if (isDeleted(stream)) throw new StreamDeleted(stream);
    const inexact = expected === 'any' || expected === 'exists';
    for (let tries = 1; ; tries++) {
      const exact = inexact ? await this.exact(stream, expected, events, texts) : expected;
      if (typeof exact === 'object') return exact;
      const answer = await this.settled(`${space}${stream}`, exact, texts);
      if ('version' in answer) return { version: answer.version, position: positionText(answer.position) };
      const { actual } = answer;
      if (!inexact) {
        const from = exact === 'none' ? 0 : exact + 1;
        const stored = actual === 'none' ? [] : await readStream(stream, from, events.length);
        const first = firstAnswer(stream, stored, events, texts);
        if (first) return first;
      }
      if (!inexact || tries >= MOST_TRIES) throw new VersionConflict(stream, expected, actual);
    }
  }

  /** An unclear outcome is settled by the same append again: it is written once, and answers as it did then. */
  settled(name: string, expected: Exact, texts: readonly ServerEvent[], patienceMs?: number): Promise<AppendAnswer> {
    return this.repeated((withinMs) => this.options.connection.append(name, expected, texts, withinMs), patienceMs);
  }

  /** For as long as its outcome is unclear and there is patience left. */
  async repeated<T>(call: (withinMs: number) => Promise<T>, patienceMs: number = this.options.patienceMs): Promise<T> {
    const { signal } = this.options;
    const until = Date.now() + patienceMs;
    for (let tries = 1; ; tries++) {
      try {
        // Half of what is left, so that what isn't answered can be asked again.
        return await call(Math.max((until - Date.now()) / 2, 1));
      } catch (error) {
        const rest = Math.min(25 * 2 ** tries, 500);
        if (failureOf(error).kind !== 'unclear' || Date.now() + rest >= until || signal.aborted) throw error;
        await pause(rest);
      }
    }
  }

  /** Where the stream ends now; or the answer of the first time, where these events are in it already. */
  private async exact(
    stream: string,
    expected: 'any' | 'exists',
    events: readonly NewEvent[],
    texts: readonly ServerEvent[],
  ): Promise<Exact | Appended> {
    const stored = await this.options.readStream(stream, 0);
    const ids = new Set(events.map(({ id }) => id));
    const first = stored.findIndex(({ id }) => ids.has(id));
    if (first >= 0) {
      const answer = firstAnswer(stream, stored.slice(first, first + events.length), events, texts);
      if (answer) return answer;
      throw new IdReused(stream);
    }
    const last = stored.at(-1);
    if (!last && expected === 'exists') throw new VersionConflict(stream, expected, 'none');
    return last?.version ?? 'none';
  }
}

/** The answer of the first time, if these events are stored; undefined where others are. @throws IdReused */
function firstAnswer(
  stream: string,
  stored: readonly StoredEvent[],
  events: readonly NewEvent[],
  texts: readonly ServerEvent[],
): Appended | undefined {
  const last = stored.at(-1);
  if (!last || stored.length !== events.length) return undefined;
  if (stored.some(({ id }, index) => id !== events[index]?.id)) return undefined;
  if (stored.some(({ serverId }, index) => serverId !== texts[index]?.serverId)) throw new IdReused(stream);
  return { version: last.version, position: last.position };
}
