import type { EndOfLog, Position } from './event-store.js';
import { type EventRow, type prepareReads, type StoredEvent, storedEvent } from './sqlite-reads.js';

const MOST_EVENTS = 2000;
/** Of their texts: a few megabytes. */
const MOST_CHARACTERS = 2_000_000;
/** More than that at once, and what was kept is too far behind to be worth completing. */
const AT_ONCE = 500;

type Statements = Pick<ReturnType<typeof prepareReads>, 'head' | 'news'>;

/**
 * The newest events in memory, without a gap up to the end of the log, shared by all who follow it or fold its streams.
 * Positions only grow and commits come one after the other, so that what lies behind the last one seen is all that is
 * new, whoever wrote it.
 */
export class RecentEvents implements EndOfLog {
  /** Streams that are no more: nothing of them is kept. */
  readonly deleted = new Set<string>();
  private lastDeleted = 0;
  private events: StoredEvent[] = [];
  private readonly byStream = new Map<string, StoredEvent[]>();
  private characters = 0;
  /** Every event after the first position and up to the second is here, unless its stream was deleted. */
  private floor: number;
  private end: number;
  private looked = false;
  private turning = false;

  constructor(
    private readonly statements: Statements,
    private readonly mostEvents = MOST_EVENTS,
    private readonly mostCharacters = MOST_CHARACTERS,
  ) {
    this.floor = this.end = this.head();
    this.look();
  }

  position(): Position | undefined {
    const end = this.glance();
    return end === 0 ? undefined : String(end);
  }

  unmoved(stream: string, since: Position): boolean {
    this.glance();
    const position = Number(since);
    if (position < this.floor || this.deleted.has(stream)) return false;
    const last = this.byStream.get(stream)?.at(-1);
    return last === undefined || last.number <= position;
  }

  /** The end of the log, as it was seen in this turn of the event loop. */
  glance(): number {
    if (!this.looked) this.look();
    return this.end;
  }

  /** Something was written: what was seen in this turn is out of date. */
  outdated(): void {
    this.looked = false;
  }

  /** The events after a position, of these types, at most `limit`; undefined where some are no longer here. */
  after(position: number, limit: number, types?: ReadonlySet<string>): StoredEvent[] | undefined {
    if (position < this.floor) return undefined;
    let start = this.events.length;
    while (start > 0 && (this.events[start - 1] as StoredEvent).number > position) start -= 1;
    if (!types) return this.events.slice(start, start + limit);
    const found: StoredEvent[] = [];
    for (let index = start; index < this.events.length && found.length < limit; index++) {
      const event = this.events[index] as StoredEvent;
      if (types.has(event.type)) found.push(event);
    }
    return found;
  }

  /** The events of a stream from a version on, as it is now; undefined where that version is no longer here. */
  tail(stream: string, from: number, limit: number): StoredEvent[] | undefined {
    const first = this.byStream.get(stream)?.[0];
    if (!first || first.version > from) return undefined;
    this.look();
    const events = this.byStream.get(stream);
    if (!events?.[0] || events[0].version > from) return undefined;
    const start = from - events[0].version;
    return events.slice(start, limit < 0 ? undefined : start + limit);
  }

  look(): void {
    this.looked = true;
    this.untilEndOfTurn();
    const { events, deleted } = this.statements.news.get(this.end, AT_ONCE, this.lastDeleted) as {
      events: string;
      deleted: string;
    };
    if (events !== '[]') this.take(JSON.parse(events) as EventRow[]);
    if (deleted !== '[]') this.forget(JSON.parse(deleted) as [number, string][]);
  }

  private take(rows: readonly EventRow[]): void {
    if (rows.length === AT_ONCE) {
      this.drop(this.events.length);
      this.floor = this.end = this.head();
      return;
    }
    for (const row of rows) this.keep(storedEvent(row));
    let over = this.events.length - this.mostEvents;
    let rest = this.characters;
    for (let index = 0; index < this.events.length; index++) {
      if (index >= over && rest <= this.mostCharacters) break;
      rest -= sizeOf(this.events[index] as StoredEvent);
      over = Math.max(over, index + 1);
    }
    // In large pieces: each moves those that stay.
    if (over > 0) this.drop(Math.min(this.events.length, over + this.mostEvents / 4));
  }

  private keep(event: StoredEvent): void {
    this.end = event.number;
    this.characters += sizeOf(event);
    this.events.push(event);
    const others = this.byStream.get(event.stream);
    if (others) others.push(event);
    else this.byStream.set(event.stream, [event]);
  }

  /** The oldest so many. */
  private drop(count: number): void {
    for (const event of this.events.splice(0, count)) {
      this.floor = event.number;
      this.characters -= sizeOf(event);
      const others = this.byStream.get(event.stream);
      others?.shift();
      if (others?.length === 0) this.byStream.delete(event.stream);
    }
  }

  private forget(deleted: readonly [number, string][]): void {
    for (const [number, stream] of deleted) {
      this.lastDeleted = number;
      this.deleted.add(stream);
      this.byStream.delete(stream);
    }
    this.events = this.events.filter(({ stream }) => !this.deleted.has(stream));
    this.characters = this.events.reduce((sum, event) => sum + sizeOf(event), 0);
  }

  private head(): number {
    return (this.statements.head.get() as { position: number } | undefined)?.position ?? 0;
  }

  private untilEndOfTurn(): void {
    if (this.turning) return;
    this.turning = true;
    setImmediate(() => {
      this.turning = false;
      this.looked = false;
    });
  }
}

const sizeOf = ({ characters }: StoredEvent): number => characters;
