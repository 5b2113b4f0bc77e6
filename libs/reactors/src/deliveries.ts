import type Database from 'libsql';
import type { Instant } from '#domain/decider.js';

/** A message that was tried in vain and waits for its next attempt. */
export interface Deferred {
  readonly id: string;
  readonly attempts: number;
  readonly nextAt: Instant;
}

export const deliveriesTable = `
  CREATE TABLE IF NOT EXISTS deliveries (log TEXT NOT NULL, id TEXT NOT NULL, attempts INTEGER NOT NULL, next_at TEXT NOT NULL, last_error TEXT NOT NULL, PRIMARY KEY (log, id)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS deliveries_next ON deliveries (log, next_at);
`;

/** Attempts in vain, by the ids of notices: kinds and codes of errors, never an address or a text. */
export class Deliveries {
  private readonly one;
  private readonly write;
  private readonly delete;
  private readonly firstDue;
  private readonly due;
  private readonly firstOfAll;

  constructor(
    db: Database.Database,
    private readonly log: string,
  ) {
    this.one = db.prepare('SELECT attempts FROM deliveries WHERE log = ? AND id = ?');
    this.write = db.prepare('INSERT OR REPLACE INTO deliveries VALUES (?, ?, ?, ?, ?)');
    this.delete = db.prepare('DELETE FROM deliveries WHERE log = ? AND id = ?');
    this.firstDue = db.prepare('SELECT MIN(next_at) AS nextAt FROM deliveries WHERE log = ?');
    this.due = db.prepare(
      'SELECT id, attempts, next_at AS nextAt FROM deliveries WHERE log = ? AND next_at <= ? ORDER BY next_at, id LIMIT ?',
    );
    this.firstOfAll = db.prepare(
      'SELECT id, attempts, next_at AS nextAt, last_error AS error FROM deliveries WHERE log = ? ORDER BY next_at, id LIMIT ?',
    );
  }

  /** How often it was tried in vain. */
  attemptsOf(id: string): number {
    return (this.one.get(this.log, id) as { attempts: number } | undefined)?.attempts ?? 0;
  }

  defer({ id, attempts, nextAt }: Deferred, error: string): void {
    this.write.run(this.log, id, attempts, nextAt, error);
  }

  settle(id: string): void {
    this.delete.run(this.log, id);
  }

  /** When the first of them is due. */
  next(): Instant | undefined {
    return (this.firstDue.get(this.log) as { nextAt: Instant | null }).nextAt ?? undefined;
  }

  dueAt(now: Instant, most: number): Deferred[] {
    return this.due.all(this.log, now, most) as Deferred[];
  }

  /** The first that are due, with why they failed. */
  first(most: number): (Deferred & { readonly error: string })[] {
    return this.firstOfAll.all(this.log, most) as (Deferred & { error: string })[];
  }
}
