import Database from 'libsql';
import type { EventStore, Position, RecordedEvent } from '#event-store/event-store.js';

/** Where each reactor is, durable beside the log; never in a view that may be rebuilt. */
export class Ledger {
  private readonly db: Database.Database;

  constructor(
    path: string,
    private readonly store: EventStore,
  ) {
    this.db = new Database(path);
    this.db.exec('PRAGMA busy_timeout = 5000');
    this.db.exec('PRAGMA journal_mode = WAL');
    this.db.exec(`
      PRAGMA synchronous = FULL;
      CREATE TABLE IF NOT EXISTS reactors (name TEXT NOT NULL, log TEXT NOT NULL, position TEXT, activated_at TEXT NOT NULL, PRIMARY KEY (name, log));
      CREATE TABLE IF NOT EXISTS set_aside (name TEXT NOT NULL, log TEXT NOT NULL, event TEXT NOT NULL, stream TEXT NOT NULL, version INTEGER NOT NULL, error TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (name, log, event));
    `);
  }

  /** A reactor that is new to this log starts where it was activated, so that it doesn't act on years of history. */
  activate(name: string, from: Position | undefined, at: string): Position | undefined {
    this.db.prepare('INSERT OR IGNORE INTO reactors VALUES (?, ?, ?, ?)').run(name, this.store.logId, from ?? null, at);
    const row = this.db
      .prepare('SELECT position FROM reactors WHERE name = ? AND log = ?')
      .get(name, this.store.logId) as { position: string | null };
    return row.position ?? undefined;
  }

  advance(name: string, position: Position): void {
    this.db
      .prepare('UPDATE reactors SET position = ? WHERE name = ? AND log = ?')
      .run(position, name, this.store.logId);
  }

  setAside(name: string, event: RecordedEvent, error: Error, at: string): void {
    this.db
      .prepare('INSERT OR REPLACE INTO set_aside VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(name, this.store.logId, event.id, event.stream, event.version, error.message, at);
  }

  /** Events that kept failing: stream and version, to be tried again. */
  aside(name: string): { event: string; stream: string; version: number; error: string; at: string }[] {
    return this.db
      .prepare('SELECT event, stream, version, error, at FROM set_aside WHERE name = ? AND log = ? ORDER BY at')
      .all(name, this.store.logId) as { event: string; stream: string; version: number; error: string; at: string }[];
  }

  settled(name: string, event: string): void {
    this.db
      .prepare('DELETE FROM set_aside WHERE name = ? AND log = ? AND event = ?')
      .run(name, this.store.logId, event);
  }

  close(): void {
    this.db.close();
  }
}
