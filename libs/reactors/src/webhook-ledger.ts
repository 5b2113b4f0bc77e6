import Database from 'libsql';
import type { Instant } from '#domain/decider.js';
import type { Position } from '#event-store/event-store.js';

/** How far a webhook was told, and since when it accepts nothing. */
export interface WebhookCursor {
  readonly position: Position;
  readonly failingSince: Instant | null;
  readonly tries: number;
  readonly nextAt: Instant | null;
}

/** One try to deliver one fact. */
export interface Attempt {
  readonly event: string;
  readonly fact: string;
  readonly at: Instant;
  readonly ms: number;
  /** Of the answer; null where there was none. */
  readonly status: number | null;
  /** Kind of the error where there was no answer; see `post`. */
  readonly error: string | null;
  readonly position: Position;
}

/** What a process must know that goes on where another stopped. */
export interface WebhookLedgerCopy {
  readonly cursors: readonly (WebhookCursor & { readonly webhook: string; readonly replay: number })[];
  /** By webhook, the last first. */
  readonly attempts: Readonly<Record<string, readonly Attempt[]>>;
}

const KEPT = 200;

/**
 * Beside the log, durable: how far each webhook is, and its last attempts. A power cut may set a cursor back, never
 * forward: what is delivered again bears the same id.
 */
export class WebhookLedger {
  private readonly db: Database.Database;
  private readonly statements: ReturnType<typeof prepared>;

  constructor(
    path: string,
    private readonly log: string,
  ) {
    this.db = new Database(path);
    this.db.exec('PRAGMA busy_timeout = 5000');
    this.db.exec('PRAGMA journal_mode = WAL');
    this.db.exec(`
      PRAGMA synchronous = NORMAL;
      CREATE TABLE IF NOT EXISTS webhook_cursors (webhook TEXT NOT NULL, log TEXT NOT NULL, position TEXT NOT NULL, replay INTEGER NOT NULL, failing_since TEXT, tries INTEGER NOT NULL, next_at TEXT, holder TEXT, beat INTEGER NOT NULL, PRIMARY KEY (webhook, log));
      CREATE TABLE IF NOT EXISTS webhook_attempts (id INTEGER PRIMARY KEY AUTOINCREMENT, webhook TEXT NOT NULL, log TEXT NOT NULL, event TEXT NOT NULL, fact TEXT NOT NULL, at TEXT NOT NULL, ms INTEGER NOT NULL, status INTEGER, error TEXT, position TEXT NOT NULL);
      CREATE INDEX IF NOT EXISTS webhook_attempts_webhook ON webhook_attempts (webhook, log, id);
    `);
    this.statements = prepared(this.db);
  }

  /** Makes the cursor of a new webhook, at its registration. */
  open(webhook: string, from: Position): void {
    this.statements.open.run(webhook, this.log, from);
  }

  /**
   * Takes the webhook for one process; `seen` is the beat of another one that has stood still for too long. False
   * where another holds it.
   */
  take(webhook: string, holder: string, seen?: number): boolean {
    return this.statements.take.run(holder, webhook, this.log, holder, seen ?? -1).changes > 0;
  }

  /** Tells the others that this process is alive. */
  beat(holder: string): void {
    this.statements.beat.run(holder);
  }

  release(webhook: string, holder: string): void {
    this.statements.release.run(webhook, this.log, holder);
  }

  /** Who holds it, and how often they said so. */
  held(webhook: string): { holder: string | null; beat: number } | undefined {
    return this.statements.held.get(webhook, this.log) as { holder: string | null; beat: number } | undefined;
  }

  /** Back to a position, once for each replay that was asked for. */
  rewind(webhook: string, to: Position, replay: number): void {
    this.statements.rewind.run(to, replay, webhook, this.log, replay);
  }

  cursor(webhook: string): WebhookCursor | undefined {
    return this.statements.cursor.get(webhook, this.log) as WebhookCursor | undefined;
  }

  /** False where another process took over meanwhile. */
  advance(webhook: string, holder: string, to: Position): boolean {
    return this.statements.advance.run(to, webhook, this.log, holder).changes > 0;
  }

  failed(webhook: string, since: Instant, tries: number, nextAt: Instant): void {
    this.statements.failed.run(since, tries, nextAt, webhook, this.log);
  }

  /** What failed before counts no more. */
  startAnew(webhook: string): void {
    this.statements.startAnew.run(webhook, this.log);
  }

  attempted(webhook: string, { event, fact, at, ms, status, error, position }: Attempt): void {
    const { lastInsertRowid } = this.statements.attempted.run(
      ...[webhook, this.log, event, fact, at, ms, status, error, position],
    );
    if (Number(lastInsertRowid) % 20 === 0) this.statements.trim.run(webhook, this.log, webhook, this.log, KEPT);
  }

  /** The last first. */
  attempts(webhook: string, most: number): Attempt[] {
    return this.statements.attempts.all(webhook, this.log, Math.min(most, KEPT)) as Attempt[];
  }

  forget(webhook: string): void {
    this.statements.forgetCursor.run(webhook, this.log);
    this.statements.forgetAttempts.run(webhook, this.log);
  }

  /** Those that have a cursor. */
  known(): string[] {
    return (this.statements.known.all(this.log) as { webhook: string }[]).map(({ webhook }) => webhook);
  }

  /** All of this log: every cursor, and the last attempts of each webhook. */
  copy(mostAttempts: number): WebhookLedgerCopy {
    return {
      cursors: this.statements.cursors.all(this.log) as WebhookLedgerCopy['cursors'],
      attempts: Object.fromEntries(this.known().map((webhook) => [webhook, this.attempts(webhook, mostAttempts)])),
    };
  }

  /** Instead of what it held of this log; nobody holds any of them. */
  restore({ cursors, attempts }: WebhookLedgerCopy): void {
    this.db.transaction(() => {
      for (const webhook of this.known()) this.forget(webhook);
      for (const { webhook, position, replay, failingSince, tries, nextAt } of cursors)
        this.statements.restore.run(webhook, this.log, position, replay, failingSince, tries, nextAt);
      for (const [webhook, tried] of Object.entries(attempts))
        for (const attempt of [...tried].reverse()) this.attempted(webhook, attempt);
    })();
  }

  close(): void {
    this.db.close();
  }
}

const prepared = (db: Database.Database) => ({
  open: db.prepare('INSERT OR IGNORE INTO webhook_cursors VALUES (?, ?, ?, 0, NULL, 0, NULL, NULL, 0)'),
  take: db.prepare(
    'UPDATE webhook_cursors SET holder = ?, beat = beat + 1 WHERE webhook = ? AND log = ? AND (holder IS NULL OR holder = ? OR beat = ?)',
  ),
  beat: db.prepare('UPDATE webhook_cursors SET beat = beat + 1 WHERE holder = ?'),
  release: db.prepare('UPDATE webhook_cursors SET holder = NULL WHERE webhook = ? AND log = ? AND holder = ?'),
  held: db.prepare('SELECT holder, beat FROM webhook_cursors WHERE webhook = ? AND log = ?'),
  rewind: db.prepare(
    'UPDATE webhook_cursors SET position = ?, replay = ?, failing_since = NULL, tries = 0, next_at = NULL WHERE webhook = ? AND log = ? AND replay < ?',
  ),
  cursor: db.prepare(
    'SELECT position, failing_since AS failingSince, tries, next_at AS nextAt FROM webhook_cursors WHERE webhook = ? AND log = ?',
  ),
  advance: db.prepare(
    'UPDATE webhook_cursors SET position = ?, failing_since = NULL, tries = 0, next_at = NULL WHERE webhook = ? AND log = ? AND holder = ?',
  ),
  failed: db.prepare(
    'UPDATE webhook_cursors SET failing_since = ?, tries = ?, next_at = ? WHERE webhook = ? AND log = ?',
  ),
  startAnew: db.prepare(
    'UPDATE webhook_cursors SET failing_since = NULL, tries = 0, next_at = NULL WHERE webhook = ? AND log = ?',
  ),
  attempted: db.prepare(
    'INSERT INTO webhook_attempts (webhook, log, event, fact, at, ms, status, error, position) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  ),
  trim: db.prepare(
    'DELETE FROM webhook_attempts WHERE webhook = ? AND log = ? AND id < (SELECT MIN(id) FROM (SELECT id FROM webhook_attempts WHERE webhook = ? AND log = ? ORDER BY id DESC LIMIT ?))',
  ),
  attempts: db.prepare(
    'SELECT event, fact, at, ms, status, error, position FROM webhook_attempts WHERE webhook = ? AND log = ? ORDER BY id DESC LIMIT ?',
  ),
  forgetCursor: db.prepare('DELETE FROM webhook_cursors WHERE webhook = ? AND log = ?'),
  forgetAttempts: db.prepare('DELETE FROM webhook_attempts WHERE webhook = ? AND log = ?'),
  cursors: db.prepare(
    'SELECT webhook, position, replay, failing_since AS failingSince, tries, next_at AS nextAt FROM webhook_cursors WHERE log = ? ORDER BY webhook',
  ),
  restore: db.prepare('INSERT INTO webhook_cursors VALUES (?, ?, ?, ?, ?, ?, ?, NULL, 0)'),
  known: db.prepare('SELECT webhook FROM webhook_cursors WHERE log = ?'),
});
