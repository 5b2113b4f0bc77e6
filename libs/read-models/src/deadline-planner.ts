import type Database from 'libsql';
import { paris } from '#calendar/paris.js';
import { type Call, inAlsaceMoselle } from '#domain/call/call-state.js';
import type { Instant } from '#domain/decider.js';
import { type DatedDeadline, deadlineKey } from '#domain/reminder/deadlines-of-call.js';
import type { Deadline } from '#domain/reminder/deadlines.js';
import { defaultPolicy, type ReminderPolicy, type Step, stepsOf } from '#domain/reminder/policy.js';
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
  readonly closed_at: Instant | null;
}

type NewDeadline = Omit<DeadlineRow, 'first_round' | 'closed_at'>;

/** What the rounds of one kind of deadline follow from, in one call. */
interface Terms {
  readonly steps: readonly Step[];
  readonly of: WorkingDays;
  readonly setAt: Instant | undefined;
}

const statements = (db: Database.Database) => ({
  call: db.prepare('SELECT state FROM calls WHERE id = ?'),
  policy: db.prepare('SELECT policy, set_at FROM reminder_policies WHERE call_id = ?'),
  find: db.prepare(
    'SELECT key, kind, call_id, about, due_at, known_at, postponed, first_round, closed_at FROM deadlines WHERE key = ?',
  ),
  add: db.prepare(
    'INSERT INTO deadlines (key, kind, call_id, about, due_at, known_at, opened_at, first_round) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7)',
  ),
  move: db.prepare(
    'UPDATE deadlines SET moves = moves + (due_at <> ?2), postponed = CASE WHEN due_at = ?2 THEN postponed ELSE due_at < ?2 AND closed_at IS NULL END, known_at = ?3, due_at = ?2, closed_at = NULL WHERE key = ?1',
  ),
  first: db.prepare('UPDATE deadlines SET first_round = ? WHERE key = ?'),
  moved: db.prepare(
    'INSERT INTO deadline_moves SELECT key, moves, ?2, due_at, ?3 FROM deadlines WHERE key = ?1 AND due_at <> ?2',
  ),
  end: db.prepare('UPDATE deadlines SET closed_at = ? WHERE key = ? AND closed_at IS NULL'),
  forget: db.prepare("DELETE FROM rounds WHERE deadline = ? AND status = 'planned'"),
  forgetCommon: db.prepare("DELETE FROM rounds WHERE deadline = ? AND status = 'planned' AND about IS ?"),
  // Of who started late: the new date has reminders for them as for all.
  lapseOwn: db.prepare(
    "UPDATE rounds SET lapse = CASE WHEN due_at = ?3 THEN NULL ELSE 'date-moved' END WHERE deadline = ?1 AND status = 'planned' AND about IS NOT ?2",
  ),
  plan: db.prepare(
    "INSERT INTO rounds (key, deadline, call_id, kind, about, name, step, merges, due_at, at, lapse) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT (key) DO UPDATE SET at = excluded.at, lapse = excluded.lapse, merges = excluded.merges WHERE status = 'planned'",
  ),
});

/** Writes deadlines with the rounds that follow from them; a date that moves takes its rounds along. */
export class DeadlinePlanner {
  private readonly sql: ReturnType<typeof statements>;
  private readonly terms = new Map<string, Terms>();

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
    const before = this.known(key);
    if (!before)
      return this.begin({ key, kind, call_id: call, about: about ?? null, due_at: dueAt, known_at: at, postponed: 0 });
    if (before.due_at === dueAt && before.closed_at === null) return;
    this.sql.move.run(key, dueAt, at);
    this.sql.moved.run(key, before.due_at, at);
    this.sql.lapseOwn.run(key, before.about, dueAt);
    this.again(key);
  }

  close(key: string, at: Instant): void {
    this.sql.end.run(at, key);
    this.sql.forget.run(key);
  }

  /** Its rounds, those settled left as they are, and those of who started late. */
  again(key: string): void {
    const row = this.known(key);
    if (!row) return;
    this.sql.forgetCommon.run(key, row.about);
    const rounds = this.roundsOf(row);
    for (const round of rounds) this.write(round, row, row.about);
    this.sql.first.run(rounds[0]?.at ?? null, key);
  }

  /** What is known of calls and policies may be another from here on. */
  forgetTerms(): void {
    this.terms.clear();
  }

  private begin(row: NewDeadline): void {
    const rounds = this.roundsOf(row);
    this.sql.add.run(row.key, row.kind, row.call_id, row.about, row.due_at, row.known_at, rounds[0]?.at ?? null);
    for (const round of rounds) this.write(round, row, row.about);
  }

  private roundsOf(row: NewDeadline): readonly Round[] {
    const { steps, setAt, of } = this.termsOf(row);
    const { key, due_at: dueAt, known_at: knownAt, postponed } = row;
    return roundsOf({ key, dueAt, knownAt, postponed: postponed === 1 }, steps, of, setAt);
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

  /** Thousands of deadlines of a call may come in one batch. */
  private termsOf({ call_id, kind }: NewDeadline): Terms {
    const name = `${call_id} ${kind}`;
    const known = this.terms.get(name) ?? this.readTerms(call_id, kind);
    this.terms.set(name, known);
    return known;
  }

  private readTerms(call_id: string, kind: Deadline['kind']): Terms {
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

  private write(round: Round, { key, call_id, kind }: NewDeadline, about: string | null): void {
    const { name, step, merges, dueAt, at, lapsed } = round;
    const texts = [name, JSON.stringify(step), JSON.stringify(merges)] as const;
    this.sql.plan.run(round.key, key, call_id, kind, about, ...texts, dueAt, at, lapsed ?? null);
  }
}
