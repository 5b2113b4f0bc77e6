import Database from 'libsql';
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_AGAIN_MS = 2000;

/** Several processes may share a data folder; what only one of them may do, it does while it holds this lock. */
export class Sole {
  private db: Database.Database | undefined;
  private readonly stop = new AbortController();

  constructor(private readonly path: string) {}

  /** Resolves when this process holds it: true, or false where it was closed meanwhile. A process that ends lets go. */
  async held(): Promise<boolean> {
    while (!this.stop.signal.aborted) {
      this.db ??= tryLock(this.path);
      if (this.db) return true;
      await pause(LOOK_AGAIN_MS, undefined, { signal: this.stop.signal, ref: false }).catch(() => undefined);
    }
    return false;
  }

  close(): void {
    this.stop.abort();
    this.db?.close();
    this.db = undefined;
  }
}

function tryLock(path: string): Database.Database | undefined {
  const db = new Database(path);
  try {
    db.exec('PRAGMA busy_timeout = 0');
    db.exec('PRAGMA locking_mode = EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE; COMMIT');
    return db;
  } catch (error) {
    db.close();
    if (/^SQLITE_BUSY/.test((error as { code?: string }).code ?? '')) return undefined;
    throw error;
  }
}
