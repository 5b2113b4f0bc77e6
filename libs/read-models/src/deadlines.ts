import { paris } from '#calendar/paris.js';
import type { Instant } from '#domain/decider.js';
import { deadlineKey, deadlinesOfCall, movesDeadlines } from '#domain/reminder/deadlines-of-call.js';
import type { Deadline } from '#domain/reminder/deadlines.js';
import type { FactType } from '#domain/facts.js';
import type { Agreement } from '#domain/agreement/agreement-facts.js';
import { signatureDue } from '#domain/agreement/signature-due.js';
import { expiryOf } from '#domain/call/expiry.js';
import { instantOf } from '#domain/schedule/milestones.js';
import { DeadlinePlanner, type DeadlineRow } from './deadline-planner.js';
import { type Handlers, idOf, type ReadModel, type Told } from './read-model.js';

/** An agreement is to be signed by the milestone of the call or, where that is past, within so many days (practice). */
const SIGNED_WITHIN_DAYS = 30;
const END_OF_DAY = '23:59:59';

/** What is due, by when; and the rounds of reminders that follow. Alsace–Moselle and the policy are the call's. */
export const deadlines: ReadModel = {
  tables: `
    CREATE TABLE deadlines (key TEXT PRIMARY KEY, kind TEXT NOT NULL, call_id TEXT NOT NULL, about TEXT, due_at TEXT NOT NULL, known_at TEXT NOT NULL, opened_at TEXT NOT NULL, moves INTEGER NOT NULL DEFAULT 0, postponed INTEGER NOT NULL DEFAULT 0, closed_at TEXT, first_round TEXT) WITHOUT ROWID;
    CREATE INDEX deadlines_call ON deadlines (call_id, due_at);
    CREATE INDEX deadlines_about ON deadlines (about, kind);
    CREATE INDEX deadlines_due ON deadlines (due_at) WHERE closed_at IS NULL;
    CREATE TABLE rounds (key TEXT PRIMARY KEY, deadline TEXT NOT NULL, call_id TEXT NOT NULL, kind TEXT NOT NULL, about TEXT, name TEXT NOT NULL, step TEXT NOT NULL, merges TEXT NOT NULL, due_at TEXT NOT NULL, at TEXT NOT NULL, lapse TEXT, status TEXT NOT NULL DEFAULT 'planned', settled_at TEXT, fact TEXT, stream TEXT) WITHOUT ROWID;
    CREATE INDEX rounds_planned ON rounds (at) WHERE status = 'planned';
    CREATE INDEX rounds_deadline ON rounds (deadline, status);
    CREATE INDEX rounds_call ON rounds (call_id, at);
    CREATE INDEX rounds_stream ON rounds (stream);
    CREATE TABLE deadline_moves (key TEXT NOT NULL, move INTEGER NOT NULL, from_at TEXT NOT NULL, to_at TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (key, move)) WITHOUT ROWID;
    CREATE TABLE reminder_policies (call_id TEXT PRIMARY KEY, policy TEXT NOT NULL, set_at TEXT NOT NULL) WITHOUT ROWID;
  `,
  handlers: (db) => {
    const plan = new DeadlinePlanner(db);
    const callOfFile = db.prepare('SELECT call_id, organisation FROM applications WHERE id = ?');
    const ofCall = db.prepare('SELECT key FROM deadlines WHERE call_id = ? AND closed_at IS NULL');
    const signaturesOf = db.prepare(
      "SELECT * FROM deadlines WHERE call_id = ? AND kind = 'signatures' AND closed_at IS NULL",
    );
    const agreementOf = db.prepare('SELECT state FROM agreements WHERE id = ?');
    const submissionsOf = db.prepare(
      "SELECT key FROM deadlines WHERE call_id = ? AND kind = 'submission' AND closed_at IS NULL",
    );
    const openOf = db.prepare('SELECT key FROM deadlines WHERE about = ? AND kind = ? AND closed_at IS NULL');
    const setPolicy = db.prepare('INSERT OR REPLACE INTO reminder_policies VALUES (?, ?, ?)');
    const settle = db.prepare(
      'UPDATE rounds SET status = ?, settled_at = ?, fact = ?, stream = ?, lapse = COALESCE(?, lapse) WHERE key = ?',
    );

    const moveCall = ({ stream, metadata: { at } }: { stream: string; metadata: { at: Instant } }) => {
      plan.forgetTerms();
      const call = plan.callOf(idOf(stream));
      if (call?.status !== 'published') return;
      for (const deadline of deadlinesOfCall(idOf(stream), call)) plan.open(deadline, at);
      for (const { key, about } of signaturesOf.all(idOf(stream)) as DeadlineRow[]) {
        const row = agreementOf.get(about) as { state: string } | undefined;
        const dueAt = row && signatureDue(JSON.parse(row.state) as Agreement, call);
        if (dueAt && dueAt > at && about !== null)
          plan.open({ key, kind: 'signatures', call: idOf(stream), about, dueAt }, at);
      }
    };
    /** A proposal is answered before it expires; another date may have moved meanwhile. */
    const answerBy = (call: string, at: Instant) => {
      const known = plan.callOf(call);
      const dueAt = known === undefined || known.status === 'absent' ? undefined : expiryOf(known);
      if (dueAt === undefined || known?.status === 'absent' || !known?.pending) return;
      const { proposal } = known.pending;
      const key = deadlineKey('shift-answer', call, proposal);
      plan.open({ key, kind: 'shift-answer', call, about: String(proposal), dueAt }, at);
    };
    const endCall = ({ stream, metadata: { at } }: { stream: string; metadata: { at: Instant } }) => {
      for (const { key } of ofCall.all(idOf(stream)) as { key: string }[]) plan.close(key, at);
    };
    const closeAll = (about: string, kind: Deadline['kind'], at: Instant) => {
      for (const { key } of openOf.all(about, kind) as { key: string }[]) plan.close(key, at);
    };
    const examined = ({ stream, metadata }: { stream: string; metadata: { at: Instant } }) =>
      closeAll(idOf(stream), 'completion', metadata.at);
    const completion = (
      { stream, metadata }: { stream: string; metadata: { at: Instant } },
      request: number,
      dueAt: Instant,
    ) => {
      const file = callOfFile.get(idOf(stream)) as { call_id: string } | undefined;
      if (!file) return;
      const key = deadlineKey('completion', idOf(stream), request);
      plan.open({ key, kind: 'completion', call: file.call_id, about: idOf(stream), dueAt }, metadata.at);
    };
    const report = (id: string, call: string | undefined, dueOn: string, at: Instant) => {
      const key = deadlineKey('reports', id);
      const known = call ?? plan.known(key)?.call_id;
      if (known !== undefined)
        plan.open({ key, kind: 'reports', call: known, about: id, dueAt: paris.instantOf(dueOn, END_OF_DAY) }, at);
    };
    const closeReport = ({ data, metadata }: { data: { report: string }; metadata: { at: Instant } }) =>
      plan.close(deadlineKey('reports', data.report), metadata.at);
    const all: Handlers = Object.fromEntries(movesDeadlines.map((type) => [type, moveCall]));
    return {
      ...all,
      endOfBatch: () => plan.forgetTerms(),
      OutageExtensionGranted: (event) => {
        moveCall(event);
        const call = idOf(event.stream);
        const { at } = event.metadata;
        const { number, ratifyBy: dueAt } = event.data;
        answerBy(call, at);
        if (dueAt === undefined) return;
        const key = deadlineKey('ratification', call, number);
        plan.open({ key, kind: 'ratification', call, about: String(number), dueAt }, at);
      },
      OutageExtensionRatified: ({ stream, data, metadata }) => {
        const call = plan.callOf(idOf(stream));
        const outage = call?.status === 'published' ? call.outages[data.number - 1] : undefined;
        const whole = call?.status === 'published' && outage?.ratified.length === call.heading.leads.length;
        if (whole) plan.close(deadlineKey('ratification', idOf(stream), data.number), metadata.at);
      },
      ShiftProposed: ({ stream, metadata }) => answerBy(idOf(stream), metadata.at),
      ShiftExpired: ({ stream, data, metadata }) =>
        plan.close(deadlineKey('shift-answer', idOf(stream), data.proposal), metadata.at),
      ScheduleShifted: (event) => {
        moveCall(event);
        plan.close(deadlineKey('shift-answer', idOf(event.stream), event.data.proposal), event.metadata.at);
      },
      ShiftRefused: ({ stream, data, metadata }) =>
        plan.close(deadlineKey('shift-answer', idOf(stream), data.proposal), metadata.at),
      ShiftWithdrawn: ({ stream, data, metadata }) =>
        plan.close(deadlineKey('shift-answer', idOf(stream), data.proposal), metadata.at),
      // The window is over: what was not filed can't be any more.
      ContentsUnsealed: ({ stream, metadata: { at } }) => {
        for (const { key } of submissionsOf.all(idOf(stream)) as { key: string }[]) plan.close(key, at);
      },
      CallCancelled: endCall,
      CallDeclaredUnsuccessful: endCall,
      ApplicationStarted: ({ stream, data: { call, organisation }, metadata: { at } }) =>
        plan.latecomer(call, organisation, { at, about: idOf(stream) }),
      CompletionRequested: (event) => completion(event, event.data.request, event.data.dueAt),
      CompletionExtended: (event) => completion(event, event.data.request, event.data.dueAt),
      FileCompleted: examined,
      DeclaredAdmissible: examined,
      RefusedBeforehand: examined,
      AdmissibilityCorrected: examined,
      ApplicationWithdrawn: examined,
      AgreementDrafted: ({ stream, data: { call }, metadata: { at } }) => {
        const known = plan.callOf(call);
        const milestone =
          known && 'schedule' in known ? instantOf(known.schedule?.milestones ?? [], 'agreementSigned') : undefined;
        const ownDay = paris.addDays(paris.dayOf(at), SIGNED_WITHIN_DAYS);
        const dueAt = milestone && milestone > at ? milestone : paris.instantOf(ownDay, END_OF_DAY);
        plan.open(
          { key: deadlineKey('signatures', idOf(stream)), kind: 'signatures', call, about: idOf(stream), dueAt },
          at,
        );
      },
      SignatureExtended: ({ stream, data: { until }, metadata: { at } }) => {
        const key = deadlineKey('signatures', idOf(stream));
        const row = plan.known(key);
        if (row) plan.open({ key, kind: 'signatures', call: row.call_id, about: idOf(stream), dueAt: until }, at);
      },
      AgreementConcluded: ({ stream, metadata }) => plan.close(deadlineKey('signatures', idOf(stream)), metadata.at),
      AwardDeclined: ({ stream, metadata }) => plan.close(deadlineKey('signatures', idOf(stream)), metadata.at),
      ReportExpected: ({ data, metadata }) => report(data.report, data.call, data.dueOn, metadata.at),
      ReportExtended: ({ data, metadata }) => report(data.report, undefined, data.dueOn, metadata.at),
      ReportReturned: ({ data, metadata }) => report(data.report, undefined, data.dueOn, metadata.at),
      ReportSubmitted: closeReport,
      ReportAccepted: closeReport,
      ReportWaived: closeReport,
      ReminderPolicySet: ({ stream, data: { policy }, metadata: { at } }) => {
        setPolicy.run(idOf(stream), JSON.stringify(policy), at);
        plan.forgetTerms();
        for (const { key } of ofCall.all(idOf(stream)) as { key: string }[]) plan.again(key);
      },
      ReminderRoundOpened: (event) => settle.run('opened', ...settledBy(event), null, event.data.round),
      ReminderRoundLapsed: (event) => settle.run('lapsed', ...settledBy(event), event.data.because, event.data.round),
    };
  },
};

const settledBy = ({ id, stream, metadata }: Told<'ReminderRoundOpened' | 'ReminderRoundLapsed'>) =>
  [metadata.at, id, stream] as const;

/** Facts after which something else may be due, or be due at another instant. */
export const changesDeadlines: ReadonlySet<string> = new Set<FactType | '*'>([
  '*',
  ...movesDeadlines,
  'ShiftProposed',
  'ApplicationStarted',
  'CompletionRequested',
  'CompletionExtended',
  'AgreementDrafted',
  'SignatureExtended',
  'ReportExpected',
  'ReportExtended',
  'ReportReturned',
  'ReminderPolicySet',
]);
