import { setTimeout as pause } from 'node:timers/promises';
import type { Position } from './event-store.js';
import type { Connection } from './eventstoredb-connection.js';
import {
  comparePositions,
  type LogPosition,
  positionOf,
  StoredEvent,
  type WireEvent,
  wirePosition,
  wireStream,
  wireType,
} from './eventstoredb-events.js';
import type { OwnStream } from './eventstoredb-own.js';
import { storeError } from './eventstoredb-problems.js';
import { isRegister } from './eventstoredb-registers.js';

export interface WholeLogOptions {
  readonly connection: Connection;
  readonly own: OwnStream;
  readonly space: string;
  readonly readMs: number;
  readonly onTrouble: (error: Error) => void;
}

export interface Page {
  readonly events: readonly StoredEvent[];
  /** How far the server's log was read. */
  readonly cursor: LogPosition;
  readonly atEnd: boolean;
}

/** Ends the name of a space: no name holds it, so that none begins with another. */
export const SPACE_END = '~';
const PAGE = 1000;
const PAGE_BYTES = 8_000_000;
const PAUSE_MS = 100;
const MOST_PAUSE_MS = 2000;

/** The server's `$all`, without what isn't this log's: system events, other programs', what was deleted. */
export class WholeLog {
  private inTrouble = false;
  /** The newest event of this log, as far as the server's was looked at. */
  private known: { readonly event: StoredEvent; readonly upTo: LogPosition } | undefined;

  constructor(private readonly options: WholeLogOptions) {}

  /** The event as one of this log; undefined where it is none. */
  readable(wire: WireEvent): StoredEvent | undefined {
    const { own, space } = this.options;
    if (wireType(wire).startsWith('$') || own.meets(wire)) return undefined;
    const stream = wireStream(wire);
    if (!stream.startsWith(space) || stream.startsWith('$') || isRegister(space, stream)) return undefined;
    if (space === '' && stream.includes(SPACE_END)) return undefined;
    return StoredEvent.of(stream.slice(space.length), wire);
  }

  existing(events: readonly StoredEvent[]): readonly StoredEvent[] {
    const { deleted } = this.options.own;
    return deleted.size === 0 ? events : events.filter(({ stream }) => !deleted.has(stream));
  }

  async read(after: Position | undefined, limit: number): Promise<readonly StoredEvent[]> {
    await this.options.own.refresh();
    const found: StoredEvent[] = [];
    let cursor = after === undefined ? this.options.own.origin : positionOf(after);
    for (let atEnd = false; !atEnd && found.length < limit;) {
      const page = await this.page(cursor, Math.min(Math.max(limit - found.length, 50), PAGE));
      found.push(...this.existing(page.events));
      ({ cursor, atEnd } = page);
    }
    return found.slice(0, limit);
  }

  /** However long it takes; undefined where it was told to stop. */
  async patiently(after: LogPosition, signal: AbortSignal): Promise<Page | undefined> {
    for (let failures = 1; !signal.aborted; failures++) {
      try {
        await this.options.own.refresh();
        const page = await this.page(after, PAGE);
        this.inTrouble = false;
        return page;
      } catch (error) {
        this.troubled(error);
        const rest = Math.min(PAUSE_MS * failures, MOST_PAUSE_MS);
        await pause(rest, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
    return undefined;
  }

  /** What was found the last time is not looked for again: what isn't this log's may be much. */
  async head(): Promise<Position | undefined> {
    const { connection, own, readMs } = this.options;
    await own.refresh();
    const known = this.known && this.existing([this.known.event])[0] && this.known;
    let [from, upTo]: (LogPosition | undefined)[] = [];
    for (let most = 20; ; most = PAGE) {
      const { events: wires, whole } = (await connection.read(
        { backwards: true, most, mostBytes: PAGE_BYTES, leader: true, ...(from && { from }) },
        readMs,
      )) ?? { events: [], whole: true };
      for (const wire of wires) {
        from = wirePosition(wire);
        upTo ??= from;
        if (comparePositions(from, own.origin) <= 0) return undefined;
        const readable = known && comparePositions(from, known.upTo) <= 0 ? known.event : this.readable(wire);
        const [event] = this.existing(readable ? [readable] : []);
        if (!event) continue;
        this.known = { event, upTo };
        return event.position;
      }
      if (whole && wires.length < most) return undefined;
    }
  }

  /** The newest position of the server's log, whoever wrote there; `leader`: as the leader tells it. */
  async newest(leader = false): Promise<LogPosition> {
    const { connection, own, readMs } = this.options;
    const last = (await connection.read({ backwards: true, most: 1, leader }, readMs))?.events[0];
    return last ? wirePosition(last) : own.origin;
  }

  /** Said once, until it is over. */
  private troubled(error: unknown): void {
    if (this.inTrouble) return;
    this.inTrouble = true;
    this.options.onTrouble(storeError(error));
  }

  private async page(after: LogPosition, most: number): Promise<Page> {
    const { connection, readMs } = this.options;
    // One more: the server begins with the event of that position.
    const reading = { from: after, most: most + 1, mostBytes: PAGE_BYTES };
    const { events: wires, whole } = (await connection.read(reading, readMs)) ?? { events: [], whole: true };
    const later = wires.filter((wire) => comparePositions(wirePosition(wire), after) > 0);
    const events = later.map((wire) => this.readable(wire)).filter((event) => event !== undefined);
    const last = later.at(-1);
    return { events, cursor: last ? wirePosition(last) : after, atEnd: whole && wires.length <= most };
  }
}
