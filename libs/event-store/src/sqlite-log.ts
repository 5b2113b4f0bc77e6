import Database from 'libsql';
import { randomUUID } from 'node:crypto';
import { NewerLog } from './event-store.js';

/** Version of the tables below. */
const FORMAT = 1;

const tables = `
  CREATE TABLE IF NOT EXISTS events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    schema INTEGER NOT NULL,
    data TEXT NOT NULL,
    metadata TEXT NOT NULL,
    hash BLOB NOT NULL,
    UNIQUE (stream, version)
  );
  CREATE TABLE IF NOT EXISTS deleted_streams (number INTEGER PRIMARY KEY, stream TEXT NOT NULL UNIQUE, deleted_at TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
`;

/**
 * A connection to the log. Durable when a commit returns, deleted bytes overwritten, and no wait inside SQLite
 * beyond `busyMilliseconds`.
 */
export function connect(path: string, busyMilliseconds: number): Database.Database {
  const db = new Database(path);
  db.exec(`PRAGMA busy_timeout = ${busyMilliseconds}`);
  db.exec('PRAGMA journal_mode = WAL');
  db.exec('PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
  return db;
}

export interface LogHeader {
  readonly logId: string;
  /** The highest generation of facts that was ever written here. */
  readonly generation: number;
}

/** Makes the tables of an empty file, and refuses a log this version can't read. @throws NewerLog */
export function openLog(db: Database.Database, generation: number): LogHeader {
  db.exec(tables);
  db.prepare('INSERT OR IGNORE INTO meta VALUES (?, ?), (?, ?), (?, ?)').run(
    'format',
    String(FORMAT),
    'logId',
    randomUUID(),
    'generation',
    String(generation),
  );
  const meta = new Map(
    (db.prepare('SELECT name, value FROM meta').all() as { name: string; value: string }[]).map((row) => [
      row.name,
      row.value,
    ]),
  );
  const written = Number(meta.get('generation'));
  if (Number(meta.get('format')) > FORMAT || written > generation) {
    throw new NewerLog(
      'Ce journal a été écrit par une version plus récente de Convergence : mettez le programme à jour.',
    );
  }
  return { logId: String(meta.get('logId')), generation: written };
}

/**
 * Copies a log that others are writing, as it is at one instant.
 * @throws Error if the target exists
 */
export function snapshotLog(path: string, target: string): void {
  const db = new Database(path);
  try {
    // The copy inherits it: without, pages that split while it is written keep what is later deleted from it.
    db.exec('PRAGMA busy_timeout = 5000; PRAGMA secure_delete = ON');
    db.prepare('VACUUM INTO ?').run(target);
  } finally {
    db.close();
  }
}
