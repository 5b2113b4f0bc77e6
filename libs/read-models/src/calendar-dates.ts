import type { Instant } from '#domain/decider.js';
import type { Milestone, MilestoneKind } from '#domain/schedule/milestones.js';
import { idOf, type ReadModel, type Told } from './read-model.js';
import type { Views } from './views.js';

/**
 * Dates with how often each has moved, from what to what, and why: what a calendar needs to move an entry that it has
 * already, and a table of calls alone doesn't tell.
 */
export const calendarDates: ReadModel = {
  tables: `
    CREATE TABLE calendar_dates (of_call TEXT NOT NULL, about TEXT NOT NULL, subject TEXT NOT NULL, at TEXT NOT NULL, sequence INTEGER NOT NULL, changed_at TEXT NOT NULL, previous TEXT, reason TEXT, cancelled INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (of_call, about, subject)) WITHOUT ROWID;
    CREATE INDEX calendar_dates_subject ON calendar_dates (about, subject);
    CREATE TABLE calendar_addresses (person TEXT PRIMARY KEY, generation INTEGER NOT NULL) WITHOUT ROWID;
  `,
  handlers: (db) => {
    const put = db.prepare(
      'INSERT INTO calendar_dates (of_call, about, subject, at, sequence, changed_at, reason) VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6) ON CONFLICT DO UPDATE SET previous = at, at = excluded.at, sequence = sequence + 1, changed_at = excluded.changed_at, reason = excluded.reason, cancelled = 0 WHERE at <> excluded.at OR cancelled = 1',
    );
    const drop = db.prepare(
      "UPDATE calendar_dates SET cancelled = 1, sequence = sequence + 1, changed_at = ?, reason = NULL, previous = NULL WHERE of_call = ? AND about = 'milestone' AND cancelled = 0 AND subject NOT IN (SELECT value FROM json_each(?))",
    );
    const publish = db.prepare(
      "UPDATE calendar_dates SET previous = NULL, reason = NULL WHERE of_call = ? AND about = 'milestone'",
    );
    const clear = db.prepare("DELETE FROM calendar_dates WHERE of_call = ? AND about = 'milestone' AND cancelled = 1");
    const end = db.prepare(
      'UPDATE calendar_dates SET cancelled = 1, sequence = sequence + 1, changed_at = ?1, previous = NULL, reason = ?2 WHERE of_call = ?3 AND cancelled = 0 AND at > ?1',
    );
    const ask = db.prepare(
      "INSERT OR REPLACE INTO calendar_dates (of_call, about, subject, at, sequence, changed_at, reason) SELECT call_id, 'completion', ?2, ?3, 0, ?4, ?5 FROM applications WHERE id = ?1",
    );
    const extend = db.prepare(
      "UPDATE calendar_dates SET previous = at, at = ?2, sequence = sequence + 1, changed_at = ?3, reason = ?4 WHERE about = 'completion' AND subject = ?1",
    );
    const renew = db.prepare('INSERT OR REPLACE INTO calendar_addresses VALUES (?, ?)');
    const forget = db.prepare('DELETE FROM calendar_addresses WHERE person = ?');

    const plan = (call: string, milestones: readonly Milestone[], at: Instant, reason: string | null) => {
      drop.run(at, call, JSON.stringify(milestones.map(({ kind }) => kind)));
      for (const milestone of milestones) put.run(call, 'milestone', milestone.kind, milestone.at, at, reason);
    };
    const ended = ({ stream, data, metadata }: Told<'CallCancelled' | 'CallDeclaredUnsuccessful'>) =>
      end.run(metadata.at, data.reason, idOf(stream));
    return {
      ScheduleSet: ({ stream, data, metadata }) => plan(idOf(stream), data.schedule.milestones, metadata.at, null),
      // How the dates came about before is the affair of those who prepared them.
      CallPublished: ({ stream, data, metadata }) => {
        plan(idOf(stream), data.schedule.milestones, metadata.at, null);
        publish.run(idOf(stream));
        clear.run(idOf(stream));
      },
      ScheduleShifted: ({ stream, data, metadata }) =>
        plan(idOf(stream), data.after.milestones, metadata.at, data.reason),
      OutageExtensionGranted: ({ stream, data, metadata }) =>
        plan(idOf(stream), data.after.milestones, metadata.at, data.outage.description),
      ExtensionGranted: ({ stream, data: { organisation, until, reason }, metadata }) =>
        put.run(idOf(stream), 'extension', organisation, until, metadata.at, reason),
      CallCancelled: ended,
      CallDeclaredUnsuccessful: ended,
      CompletionRequested: ({ stream, data: { request, dueAt, reason }, metadata }) =>
        ask.run(idOf(stream), `${idOf(stream)}.${request}`, dueAt, metadata.at, reason),
      CompletionExtended: ({ stream, data: { request, dueAt, reason }, metadata }) =>
        extend.run(`${idOf(stream)}.${request}`, dueAt, metadata.at, reason),
      CalendarTokenRenewed: ({ stream, data }) => renew.run(idOf(stream), data.generation),
      PersonForgotten: ({ stream }) => forget.run(idOf(stream)),
    };
  },
};

/** A date as it stands, and its last move. */
export interface DatedRow {
  readonly at: Instant;
  /** How many times it moved. */
  readonly sequence: number;
  readonly changedAt: Instant;
  /** Before its last move, where it moved. */
  readonly previous: Instant | null;
  /** Of its last move, or of its cancellation. */
  readonly reason: string | null;
  readonly cancelled: boolean;
}

const columns = 'at, sequence, changed_at AS changedAt, previous, reason, cancelled';
type Raw<T> = T & Omit<DatedRow, 'cancelled'> & { cancelled: number };
const dated = <T extends object>({ cancelled, ...row }: Raw<T>) => ({ ...row, cancelled: cancelled === 1 });

export const milestoneDatesOf = (views: Views, call: string): (DatedRow & { kind: MilestoneKind })[] =>
  views
    .all<Raw<{ kind: MilestoneKind }>>(
      `SELECT subject AS kind, ${columns} FROM calendar_dates WHERE of_call = ? AND about = 'milestone' ORDER BY at, subject`,
      call,
    )
    .map((row) => dated(row) as DatedRow & { kind: MilestoneKind });

/** Later deadlines that organisations got for themselves. */
export const extensionDatesOf = (
  views: Views,
  call: string,
  organisations: readonly string[],
): (DatedRow & { organisation: string; name: string | null })[] =>
  views
    .all<Raw<{ organisation: string; name: string | null }>>(
      `SELECT subject AS organisation, name, ${columns} FROM calendar_dates LEFT JOIN organisations ON organisations.id = subject WHERE of_call = ? AND about = 'extension' AND subject IN (SELECT value FROM json_each(?)) ORDER BY at, subject`,
      call,
      JSON.stringify(organisations),
    )
    .map((row) => dated(row) as DatedRow & { organisation: string; name: string | null });

/** When a completion that was asked for is due. */
export const completionDateOf = (views: Views, application: string, request: number): DatedRow | undefined => {
  const row = views.get<Raw<object>>(
    `SELECT ${columns} FROM calendar_dates WHERE about = 'completion' AND subject = ?`,
    `${application}.${request}`,
  );
  return row && dated(row);
};

/** How many addresses were made of somebody's calendar: the last one holds. */
export const calendarGenerationOf = (views: Views, person: string): number | undefined =>
  views.get<{ generation: number }>('SELECT generation FROM calendar_addresses WHERE person = ?', person)?.generation;
