import Database from 'libsql';
import { existsSync, renameSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FactType, isKnown } from '#domain/facts.js';
import type { EventStore, RecordedEvent } from '#event-store/event-store.js';
import { named } from './named.js';
import type { Handlers, ReadModel } from './read-model.js';
import { bootId, copyElsewhere, nextOf, removeViews, UNKNOWN_BOOT, versionOf } from './view-files.js';

const MOST_SLOTS = 32;

interface Checkpoint {
  readonly position: string;
  /** The event of that position, to tell this log from another with the same positions. */
  readonly stream: string;
  readonly version: number;
  readonly id: string;
}

interface Query {
  readonly statement: Database.Statement;
  readonly columns: readonly string[];
}

/** A fact that no handler of this version can read. */
export class UnreadableFact extends Error {
  override readonly name = 'UnreadableFact';
}

/** One file of views: tables and checkpoint, written in one transaction, never synced, locked by its process. */
export class Views {
  readonly db: Database.Database;
  private handlers: readonly Handlers[] = [];
  private readonly byType = new Map<string, readonly ((event: never) => void)[]>();
  private readonly queries = new Map<string, Query>();
  private saveMeta!: Database.Statement;
  /** Something was forgotten since the file was last written anew. */
  private residue = false;
  checkpoint: Checkpoint | undefined;

  private constructor(
    readonly path: string,
    private readonly models: readonly ReadModel[],
  ) {
    this.db = new Database(path);
    try {
      this.db.exec('PRAGMA busy_timeout = 0');
      this.db.exec('PRAGMA locking_mode = EXCLUSIVE');
      this.db.exec('PRAGMA journal_mode = WAL');
      this.db.exec(
        'PRAGMA synchronous = OFF; PRAGMA secure_delete = ON; PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 8000',
      );
      this.db.exec('BEGIN EXCLUSIVE; COMMIT');
    } catch (error) {
      this.db.close();
      throw error;
    }
  }

  /** The first slot that no other process has locked, its views kept if they are this log's. */
  static async openSlot(
    folder: string,
    store: EventStore,
    models: readonly ReadModel[],
    copy?: string,
  ): Promise<Views> {
    for (let slot = 1; slot <= MOST_SLOTS; slot++) {
      const path = join(folder, `views-${slot}.db`);
      const views = tryOpen(path, models);
      if (!views) continue;
      removeViews(nextOf(path));
      if (await views.isOf(store)) {
        views.begin();
        return views;
      }
      views.close();
      removeViews(path);
      return (copy && (await Views.fromCopy(copy, path, store, models))) || Views.fresh(path, store, models);
    }
    throw new Error(`All ${MOST_SLOTS} view files of ${folder} are in use.`);
  }

  /** Those that another server copied, where they are of this log and of this version. */
  private static async fromCopy(
    copy: string,
    path: string,
    store: EventStore,
    models: readonly ReadModel[],
  ): Promise<Views | undefined> {
    await copyFile(copy, path);
    const views = tryOpen(path, models);
    if (views && (await views.isOf(store))) {
      views.begin();
      return views;
    }
    views?.discard();
    return undefined;
  }

  /**
   * Writes them to another file, with how far they reach. Nothing may be applied meanwhile.
   */
  async copyTo(path: string): Promise<void> {
    this.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    const partial = `${path}.partial`;
    await copyElsewhere(this.path, partial);
    Views.open(partial, this.models).close();
    renameSync(partial, path);
  }

  /** Empty views of this log. */
  static fresh(path: string, store: Pick<EventStore, 'logId'>, models: readonly ReadModel[]): Views {
    removeViews(path);
    const views = new Views(path, models);
    views.db.exec('CREATE TABLE views_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID');
    for (const { tables } of models) views.db.exec(tables);
    views.setMeta('log', store.logId);
    views.setMeta('version', versionOf(models));
    views.begin();
    return views;
  }

  /** One transaction: what the events change, and how far they reach. */
  apply(events: readonly RecordedEvent[]): void {
    const last = events.at(-1);
    if (!last) return;
    this.db.exec('BEGIN');
    try {
      for (const event of events) {
        if (!isKnown(event.type, event.schema)) {
          throw new UnreadableFact(`Fait inconnu de cette version : ${event.type}@${event.schema}.`);
        }
        for (const handle of this.handlersOf(event.type)) handle(event as never);
      }
      for (const { endOfBatch } of this.handlers) endOfBatch?.();
      const { position, stream, version, id } = last;
      this.saveMeta.run('checkpoint', JSON.stringify({ position, stream, version, id }));
      const forgot = events.some(({ type }) => forgetting.has(type));
      if (forgot) this.saveMeta.run('residue', 'yes');
      this.db.exec('COMMIT');
      this.checkpoint = { position, stream, version, id };
      this.residue ||= forgot;
    } catch (error) {
      // A full disk has rolled back already.
      if (this.db.inTransaction) this.db.exec('ROLLBACK');
      // What they had put together belongs to the batch that failed.
      this.prepareHandlers();
      throw error;
    }
  }

  /**
   * Leaves nothing of what was forgotten in the files. Deleting overwrites a row, but pages that were split may hold
   * copies of it, so the file is written anew: once, by who applies batches, when no more are waiting.
   */
  scrub(): void {
    if (!this.residue) return;
    try {
      this.db.exec('VACUUM');
      this.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      return; // No room for it now; the mark stays, and the next batch or start tries again.
    }
    this.db.exec("DELETE FROM views_meta WHERE name = 'residue'");
    this.residue = false;
  }

  private prepareHandlers(): void {
    this.handlers = this.models.map((model) => model.handlers(this.db));
    this.byType.clear();
  }

  private handlersOf(type: string): readonly ((event: never) => void)[] {
    let found = this.byType.get(type);
    if (!found) {
      found = this.handlers.flatMap(
        (handlers) => (handlers[type as FactType] as ((event: never) => void) | undefined) ?? [],
      );
      this.byType.set(type, found);
    }
    return found;
  }

  all<Row>(sql: string, ...values: readonly unknown[]): Row[] {
    const { columns, rows } = this.rows(sql, ...values);
    return rows.map((row) => named(columns, row) as Row);
  }

  /** Values as they are stored, in the order of the columns. */
  rows(sql: string, ...values: readonly unknown[]): { columns: readonly string[]; rows: readonly unknown[][] } {
    const { statement, columns } = this.query(sql);
    return { columns, rows: statement.all(...values) as unknown[][] };
  }

  readonly columnsOf = (sql: string): readonly string[] => this.query(sql).columns;

  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the SQL says what a row is
  get<Row>(sql: string, ...values: readonly unknown[]): Row | undefined {
    const { statement, columns } = this.query(sql);
    const row = statement.get(...values) as unknown[] | undefined;
    return row && (named(columns, row) as Row);
  }

  /** Gives up views that will not be used. */
  discard(): void {
    this.close();
    removeViews(this.path);
  }

  /** Takes the place of other views, which are closed and removed. */
  replace(other: Views): Views {
    this.close();
    other.close();
    removeViews(other.path);
    renameSync(this.path, other.path);
    const moved = new Views(other.path, this.models);
    moved.begin();
    return moved;
  }

  /** Gives the lock back at once: libsql keeps the connection itself until its statements are collected. */
  close(): void {
    if (this.hasMeta()) this.setMeta('clean', 'yes');
    this.db.exec('PRAGMA journal_mode = DELETE; PRAGMA locking_mode = NORMAL');
    this.hasMeta();
    this.db.close();
  }

  private begin(): void {
    this.checkpoint = (JSON.parse(this.meta('checkpoint') ?? 'null') as Checkpoint | null) ?? undefined;
    this.prepareHandlers();
    this.saveMeta = this.db.prepare('INSERT OR REPLACE INTO views_meta VALUES (?, ?)');
    this.residue = this.meta('residue') !== undefined;
    this.setMeta('clean', bootId());
  }

  /** Of this log, of this version, and not torn by a power cut: views are never synced. */
  private async isOf(store: EventStore): Promise<boolean> {
    if (!this.hasMeta() || this.meta('log') !== store.logId || this.meta('version') !== versionOf(this.models))
      return false;
    const clean = this.meta('clean');
    if (clean !== 'yes' && (clean === UNKNOWN_BOOT || clean !== bootId())) return false;
    const checkpoint = JSON.parse(this.meta('checkpoint') ?? 'null') as Checkpoint | null;
    if (!checkpoint) return true;
    try {
      const [event] = await store.readStream(checkpoint.stream, { from: checkpoint.version, limit: 1 });
      return event?.id === checkpoint.id;
    } catch {
      return false;
    }
  }

  private hasMeta(): boolean {
    return this.get("SELECT 1 FROM sqlite_master WHERE name = 'views_meta'") !== undefined;
  }

  private meta(name: string): string | undefined {
    return this.get<{ value: string }>('SELECT value FROM views_meta WHERE name = ?', name)?.value;
  }

  private setMeta(name: string, value: string): void {
    this.db.prepare('INSERT OR REPLACE INTO views_meta VALUES (?, ?)').run(name, value);
  }

  private query(sql: string): Query {
    const known = this.queries.get(sql);
    if (known) return known;
    // Bare values: libsql takes half as long again to name those of each row.
    const statement = this.db.prepare(sql).raw();
    const query = { statement, columns: statement.columns().map(({ name }) => name) };
    this.queries.set(sql, query);
    return query;
  }

  /** Opens a file and takes its lock. @throws where another process has it */
  static open(path: string, models: readonly ReadModel[]): Views {
    return new Views(path, models);
  }
}

/** View files of slots that no process has locked: what is left of servers that ended, and of their rebuilds. */
export function removeAbandonedViews(folder: string): void {
  for (let slot = 1; slot <= MOST_SLOTS; slot++) {
    const path = join(folder, `views-${slot}.db`);
    if (!existsSync(path) && !existsSync(nextOf(path))) continue;
    const views = tryOpen(path, []);
    if (!views) continue;
    views.close();
    removeViews(path);
    removeViews(nextOf(path));
  }
}

const forgetting: ReadonlySet<string> = new Set(['PersonForgotten', 'ContentsForgotten']);

function tryOpen(path: string, models: readonly ReadModel[]): Views | undefined {
  try {
    return Views.open(path, models);
  } catch (error) {
    const { code = '' } = error as { code?: string };
    if (code.startsWith('SQLITE_BUSY')) return undefined;
    removeViews(path);
    return Views.open(path, models);
  }
}
