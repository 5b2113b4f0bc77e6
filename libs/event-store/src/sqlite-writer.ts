import type Database from 'libsql';
import type { Expected } from './event-store.js';
import { type EventRow, hashOf } from './event-row.js';
import { connect, openLog } from './sqlite-log.js';

export interface RowWrite {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: readonly EventRow[];
}
/** Writes of one caller, in order; one that isn't written stops those after it. */
export type Series = readonly RowWrite[];

export type Outcome =
  | { readonly written: { readonly version: number; readonly position: number } }
  | { readonly conflict: number | 'none' }
  | { readonly refused: 'id-reused' | 'stream-deleted' };
/** Which write of the series it was, and what became of it: the last, or the one that stopped the others. */
export type SeriesOutcome = readonly [index: number, outcome: Outcome];

/** SQLite said no to the whole transaction: nothing of it was written. */
export class TransactionFailed extends Error {
  constructor(
    readonly reason: 'full' | 'busy' | 'failed',
    message: string,
  ) {
    super(message);
  }
}

export interface WriterOptions {
  readonly path: string;
  /** Generation of the facts this version writes; see `openLog`. */
  readonly generation: number;
  /** Upper bound of the file, in pages of 4 kB: a full disk for tests, a quota for others. */
  readonly maxPages?: number;
}

const LOCK_PATIENCE_MS = 10_000;

/** The only writer of a process. It may wait for other processes: it runs in a thread of its own. */
export class SqliteWriter {
  private readonly db: Database.Database;
  private readonly insert: Database.Statement;
  private readonly newest: Database.Statement;
  private readonly slice: Database.Statement;
  private readonly deleted: Database.Statement;
  private generation: number;

  constructor(private readonly options: WriterOptions) {
    this.db = connect(options.path, LOCK_PATIENCE_MS);
    this.generation = openLog(this.db, options.generation).generation;
    this.db.exec('PRAGMA busy_timeout = 0');
    if (options.maxPages) this.db.exec(`PRAGMA max_page_count = ${options.maxPages}`);
    this.insert = this.db.prepare(
      'INSERT INTO events (stream, version, id, type, schema, data, metadata, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.newest = this.db.prepare('SELECT version FROM events WHERE stream = ? ORDER BY version DESC LIMIT 1');
    this.slice = this.db.prepare(
      'SELECT position, version, id, hash FROM events WHERE stream = ? AND version >= ? ORDER BY version LIMIT ?',
    );
    this.deleted = this.db.prepare('SELECT 1 FROM deleted_streams WHERE stream = ?');
  }

  /** One transaction for all; each write has its own expectation, so that one conflict spoils nobody else's. */
  write(batch: readonly Series[]): SeriesOutcome[] {
    const { generation } = this.options;
    const outcomes = this.transaction(() => {
      if (this.generation < generation) this.markGeneration(generation);
      return batch.map((series) => this.writeSeries(series));
    });
    this.generation = Math.max(this.generation, generation);
    return outcomes;
  }

  /** Deletes the rows, then empties the write-ahead log: the bytes are gone from both files. */
  deleteStream(stream: string, deletedAt: string): void {
    this.transaction(() => {
      this.db.prepare('DELETE FROM events WHERE stream = ?').run(stream);
      this.db
        .prepare('INSERT OR IGNORE INTO deleted_streams (stream, deleted_at) VALUES (?, ?)')
        .run(stream, deletedAt);
    });
    this.patiently(() => {
      const [row] = this.db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all() as { busy: number }[];
      if (row?.busy) throw Object.assign(new Error('the write-ahead log is being read'), { code: 'SQLITE_BUSY' });
    });
  }

  close(): void {
    this.db.close();
  }

  private writeSeries(series: Series): SeriesOutcome {
    for (const [index, write] of series.entries()) {
      const outcome = this.writeOne(write);
      if (!('written' in outcome) || index === series.length - 1) return [index, outcome];
    }
    throw new TypeError('A series has a write.');
  }

  private writeOne({ stream, expected, events }: RowWrite): Outcome {
    const last = this.newest.get(stream) as { version: number } | undefined;
    const actual = last?.version ?? 'none';
    if (actual === 'none' && this.deleted.get(stream)) return { refused: 'stream-deleted' };
    const anywhere = expected === 'any' || expected === 'exists';
    if (anywhere && actual !== 'none') {
      const ids = new Set(events.map(([id]) => id));
      const rows = this.slice.all(stream, 0, -1) as SliceRow[];
      const first = rows.findIndex((row) => ids.has(row.id));
      if (first >= 0) return repeated(rows.slice(first, first + events.length), events) ?? { refused: 'id-reused' };
    }
    if (anywhere ? expected === 'exists' && actual === 'none' : expected !== actual) {
      const from = expected === 'none' ? 0 : Number(expected) + 1;
      const rows = anywhere ? [] : (this.slice.all(stream, from, events.length) as SliceRow[]);
      return repeated(rows, events) ?? { conflict: actual };
    }
    let version = actual === 'none' ? -1 : actual;
    let position = 0;
    for (const event of events) {
      const [id, type, schema, data, metadata] = event;
      version += 1;
      position = Number(
        this.insert.run(stream, version, id, type, schema, data, metadata, hashOf(event)).lastInsertRowid,
      );
    }
    return { written: { version, position } };
  }

  /** With the first fact of a newer version, so that an older one refuses the log. */
  private markGeneration(generation: number): void {
    this.db.prepare("UPDATE meta SET value = ? WHERE name = 'generation'").run(String(generation));
  }

  private transaction<T>(work: () => T): T {
    this.patiently(() => this.db.exec('BEGIN IMMEDIATE'));
    try {
      const result = work();
      this.db.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.db.inTransaction) this.db.exec('ROLLBACK');
      throw failure(error);
    }
  }

  /** Another process may hold the lock for a moment: short naps, since SQLite's own wait grows to 100 ms. */
  private patiently<T>(work: () => T): T {
    const nap = new Int32Array(new SharedArrayBuffer(4));
    for (const started = Date.now(); ;) {
      try {
        return work();
      } catch (error) {
        const code = (error as { code?: string }).code ?? '';
        if (!code.startsWith('SQLITE_BUSY') || Date.now() - started > LOCK_PATIENCE_MS) throw failure(error);
        Atomics.wait(nap, 0, 0, 1);
      }
    }
  }
}

interface SliceRow {
  readonly position: number;
  readonly version: number;
  readonly id: string;
  readonly hash: ArrayBuffer;
}

/** The answer of the first time, if these are the same events. */
function repeated(rows: readonly SliceRow[], events: readonly EventRow[]): Outcome | undefined {
  const last = rows.at(-1);
  if (!last || rows.length !== events.length) return undefined;
  if (rows.some((row, index) => row.id !== events[index]?.[0])) return undefined;
  const altered = rows.some((row, index) => !hashOf(events[index] as EventRow).equals(Buffer.from(row.hash)));
  return altered ? { refused: 'id-reused' } : { written: { version: last.version, position: last.position } };
}

function failure(error: unknown): TransactionFailed {
  if (error instanceof TransactionFailed) return error;
  const { code = '', message } = error as { code?: string; message: string };
  if (code === 'SQLITE_FULL') return new TransactionFailed('full', message);
  return new TransactionFailed(code.startsWith('SQLITE_BUSY') ? 'busy' : 'failed', message);
}
