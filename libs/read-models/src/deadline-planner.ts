import type Database from 'libsql';
import { paris } from '#calendar/paris.js';
import { type Call, inAlsaceMoselle } from '#domain/call/call-state.js';
import type { Instant } from '#domain/decider.js';
import { type DatedDeadline, deadlineKey } from '#domain/reminder/deadlines-of-call.js';
import type { Deadline } from '#domain/reminder/deadlines.js';
import { defaultPolicy, type ReminderPolicy, stepsOf } from '#domain/reminder/policy.js';
import { type Round, roundForLatecomer, roundsOf, type WorkingDays } from '#domain/reminder/rounds.js';

export interface DeadlineRow {
  readonly key: string;
  readonly kind: Deadline['kind'];
  readonly call_id: string;
  readonly about: string | null;
  readonly due_at: Instant;
  readonly known_at: Instant;
  /** 1 where the date it had before was an earlier one. */
  readonly postponed: number;
  readonly first_round: Instant | null;
}

const statements = (db: Database.Database) => ({
  call: db.prepare('SELECT state FROM calls WHERE id = ?'),
  policy: db.prepare('SELECT policy, set_at FROM reminder_policies WHERE call_id = ?'),
  find: db.prepare(
    'SELECT key, kind, call_id, about, due_at, known_at, postponed, first_round FROM deadlines WHERE key = ?',
  ),
  add: db.prepare(
    'INSERT INTO deadlines (key, kind, call_id, about, due_at, known_at, opened_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6) ON CONFLICT (key) DO UPDATE SET moves = moves + (due_at <> excluded.due_at), postponed = CASE WHEN due_at = excluded.due_at THEN postponed ELSE due_at < excluded.due_at AND closed_at IS NULL END, known_at = CASE WHEN due_at <> excluded.due_at OR closed_at IS NOT NULL THEN excluded.known_at ELSE known_at END, due_at = excluded.due_at, closed_at = NULL',
  ),
  first: db.prepare('UPDATE deadlines SET first_round = ? WHERE key = ?'),
  moved: db.prepare(
    'INSERT INTO deadline_moves SELECT key, moves, ?2, due_at, ?3 FROM deadlines WHERE key = ?1 AND due_at <> ?2',
  ),
  end: db.prepare('UPDATE deadlines SET closed_at = ? WHERE key = ? AND closed_at IS NULL'),
  forget: db.prepare("DELETE FROM rounds WHERE deadline = ? AND status = 'planned'"),
  plan: db.prepare(
    "INSERT INTO rounds (key, deadline, call_id, kind, about, name, step, merges, due_at, at, lapse) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT (key) DO UPDATE SET at = excluded.at, lapse = excluded.lapse, merges = excluded.merges WHERE status = 'planned'",
  ),
});

/** Writes deadlines with the rounds that follow from them; a date that moves takes its rounds along. */
export class DeadlinePlanner {
  private readonly sql: ReturnType<typeof statements>;

  constructor(db: Database.Database) {
    this.sql = statements(db);
  }

  callOf(id: string): Call | undefined {
    const row = this.sql.call.get(id) as { state: string } | undefined;
    return row && (JSON.parse(row.state) as Call);
  }

  known(key: string): DeadlineRow | undefined {
    return this.sql.find.get(key) as DeadlineRow | undefined;
  }

  /** Due at that instant from now on; nothing changes where it was already. */
  open({ key, kind, call, about, dueAt }: DatedDeadline, at: Instant): void {
    const before = this.known(key)?.due_at;
    this.sql.add.run(key, kind, call, about ?? null, dueAt, at);
    if (before !== undefined) this.sql.moved.run(key, before, at);
    this.again(key);
  }

  close(key: string, at: Instant): void {
    this.sql.end.run(at, key);
    this.sql.forget.run(key);
  }

  /** Its rounds, those settled left as they are. */
  again(key: string): void {
    const row = this.known(key);
    if (!row) return;
    this.sql.forget.run(key);
    const { steps, setAt, of } = this.termsOf(row);
    const rounds = roundsOf(
      { key, dueAt: row.due_at, knownAt: row.known_at, postponed: row.postponed === 1 },
      steps,
      of,
      setAt,
    );
    for (const round of rounds) this.write(round, row, row.about);
    this.sql.first.run(rounds[0]?.at ?? null, key);
  }

  /** A file that is started after a reminder of its deadline went out. */
  latecomer(call: string, organisation: string, joined: { readonly at: Instant; readonly about: string }): void {
    const row =
      this.known(deadlineKey('submission', call, organisation)) ?? this.known(deadlineKey('submission', call));
    if (!row?.first_round || row.first_round > joined.at || row.due_at <= joined.at) return;
    const { steps, of } = this.termsOf(row);
    const late = roundForLatecomer({ key: row.key, dueAt: row.due_at, knownAt: row.known_at }, steps, of, joined);
    if (late) this.write(late, row, joined.about);
  }

  private termsOf({ call_id, kind }: DeadlineRow) {
    const call = this.callOf(call_id);
    const set = this.sql.policy.get(call_id) as { policy: string; set_at: Instant } | undefined;
    const policy = set ? (JSON.parse(set.policy) as ReminderPolicy) : {};
    const of: WorkingDays = {
      calendar: paris,
      alsaceMoselle: call !== undefined && call.status !== 'absent' && inAlsaceMoselle(call),
    };
    const steps = stepsOf(policy, kind);
    return { steps, of, setAt: steps === defaultPolicy[kind] ? undefined : set?.set_at };
  }

  private write(round: Round, { key, call_id, kind }: DeadlineRow, about: string | null): void {
    const { name, step, merges, dueAt, at, lapsed } = round;
    const texts = [name, JSON.stringify(step), JSON.stringify(merges)] as const;
    this.sql.plan.run(round.key, key, call_id, kind, about, ...texts, dueAt, at, lapsed ?? null);
  }
}
