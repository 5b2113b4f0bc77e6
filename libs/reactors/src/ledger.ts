import Database from 'libsql';
import { Refused } from '#commands/handler.js';
import type { EventStore, Position, RecordedEvent } from '#event-store/event-store.js';
import { type Deferred, Deliveries, deliveriesTable } from './deliveries.js';

/** A fact that a reactor couldn't act on: to be tried again. */
export interface Aside {
  readonly event: string;
  readonly stream: string;
  readonly version: number;
  /** What kind of error; see `causeOf`. */
  readonly error: string;
  /** Of the last try. */
  readonly at: string;
}

export interface EverythingAside {
  readonly items: (Aside & { readonly reactor: string })[];
  readonly total: number;
}

/** What a process must know that goes on where another stopped. */
export interface LedgerCopy {
  readonly reactors: readonly {
    readonly name: string;
    readonly position: Position | null;
    readonly activatedAt: string;
  }[];
  readonly aside: EverythingAside;
  readonly deliveries: readonly (Deferred & { readonly error: string })[];
}

/** What went wrong, by its kind and code: a message may quote what somebody wrote, and this is kept and shown. */
export function causeOf(error: Error): string {
  const code = error instanceof Refused ? error.refusal.code : (error as { code?: unknown }).code;
  return typeof code === 'string' && /^\w+$/.test(code) ? `${error.name} ${code}` : error.name;
}

/** Where each reactor is, durable beside the log; never in a view that may be rebuilt. */
export class Ledger {
  private readonly db: Database.Database;
  readonly deliveries: Deliveries;

  constructor(
    path: string,
    private readonly store: EventStore,
  ) {
    this.db = new Database(path);
    this.db.exec('PRAGMA busy_timeout = 5000');
    this.db.exec('PRAGMA journal_mode = WAL');
    // A power cut may set a checkpoint back, with all that was noted after it, never forward: what is met again is done
    // already. So no reactor makes the requests beside it wait for the disk.
    this.db.exec(`
      PRAGMA synchronous = NORMAL;
      CREATE TABLE IF NOT EXISTS reactors (name TEXT NOT NULL, log TEXT NOT NULL, position TEXT, activated_at TEXT NOT NULL, PRIMARY KEY (name, log));
      CREATE TABLE IF NOT EXISTS set_aside (name TEXT NOT NULL, log TEXT NOT NULL, event TEXT NOT NULL, stream TEXT NOT NULL, version INTEGER NOT NULL, error TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (name, log, event));
      ${deliveriesTable}
    `);
    this.deliveries = new Deliveries(this.db, store.logId);
  }

  /** A reactor that is new to this log starts where it was activated, so that it doesn't act on years of history. */
  activate(name: string, from: Position | undefined, at: string): Position | undefined {
    this.db.prepare('INSERT OR IGNORE INTO reactors VALUES (?, ?, ?, ?)').run(name, this.store.logId, from ?? null, at);
    const row = this.db
      .prepare('SELECT position FROM reactors WHERE name = ? AND log = ?')
      .get(name, this.store.logId) as { position: string | null };
    return row.position ?? undefined;
  }

  /** When a reactor began on this log: now, the first time. */
  activatedAt(name: string, now: string): string {
    this.activate(name, undefined, now);
    const row = this.db
      .prepare('SELECT activated_at FROM reactors WHERE name = ? AND log = ?')
      .get(name, this.store.logId) as { activated_at: string };
    return row.activated_at;
  }

  advance(name: string, position: Position): void {
    this.db
      .prepare('UPDATE reactors SET position = ? WHERE name = ? AND log = ?')
      .run(position, name, this.store.logId);
  }

  setAside(name: string, event: RecordedEvent, error: Error, at: string): void {
    this.db
      .prepare('INSERT OR REPLACE INTO set_aside VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(name, this.store.logId, event.id, event.stream, event.version, causeOf(error), at);
  }

  /** What a reactor set aside, the oldest try first. */
  aside(name: string): Aside[] {
    return this.db
      .prepare('SELECT event, stream, version, error, at FROM set_aside WHERE name = ? AND log = ? ORDER BY at, event')
      .all(name, this.store.logId) as Aside[];
  }

  /** What one of the reactors set aside, if it did. */
  asideOf(name: string, event: string): Aside | undefined {
    const row = this.db
      .prepare('SELECT event, stream, version, error, at FROM set_aside WHERE name = ? AND log = ? AND event = ?')
      .get(name, this.store.logId, event) as (Aside & { _metadata?: unknown }) | undefined;
    if (!row) return undefined;
    const { _metadata: _, ...aside } = row;
    return aside;
  }

  /** What any reactor set aside, the oldest try first, and how much there is in all. */
  everythingAside(most: number): EverythingAside {
    const items = this.db
      .prepare(
        'SELECT name AS reactor, event, stream, version, error, at FROM set_aside WHERE log = ? ORDER BY at, event, name LIMIT ?',
      )
      .all(this.store.logId, most) as (Aside & { reactor: string })[];
    const { total } = this.db
      .prepare('SELECT COUNT(*) AS total FROM set_aside WHERE log = ?')
      .get(this.store.logId) as { total: number };
    return { items, total };
  }

  settled(name: string, event: string): void {
    this.db
      .prepare('DELETE FROM set_aside WHERE name = ? AND log = ? AND event = ?')
      .run(name, this.store.logId, event);
  }

  /** All of it of this log, but the messages beyond so many. */
  copy(mostOfEach: number): LedgerCopy {
    const { logId } = this.store;
    return {
      reactors: this.db
        .prepare('SELECT name, position, activated_at AS activatedAt FROM reactors WHERE log = ? ORDER BY name')
        .all(logId) as LedgerCopy['reactors'],
      aside: this.everythingAside(mostOfEach),
      deliveries: this.deliveries.first(mostOfEach),
    };
  }

  /** Instead of what it held of this log. */
  restore({ reactors, aside, deliveries }: LedgerCopy): void {
    const { logId } = this.store;
    this.db.transaction(() => {
      for (const table of ['reactors', 'set_aside', 'deliveries'])
        this.db.prepare(`DELETE FROM ${table} WHERE log = ?`).run(logId);
      const reactor = this.db.prepare('INSERT INTO reactors VALUES (?, ?, ?, ?)');
      for (const { name, position, activatedAt } of reactors) reactor.run(name, logId, position, activatedAt);
      const setAside = this.db.prepare('INSERT INTO set_aside VALUES (?, ?, ?, ?, ?, ?, ?)');
      for (const each of aside.items)
        setAside.run(each.reactor, logId, each.event, each.stream, each.version, each.error, each.at);
      for (const { error, ...deferred } of deliveries) this.deliveries.defer(deferred, error);
    })();
  }

  close(): void {
    this.db.close();
  }
}
