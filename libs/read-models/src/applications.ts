import type { DocumentFact, Submission } from '#domain/application/application-facts.js';
import type { ContentRef } from '#domain/decider.js';
import { idOf, idOfContent, type ReadModel, type Told } from './read-model.js';

/** What a receipt proves: of a submission its content, of a filing on paper how it arrived. */
export interface ReceiptEntry {
  readonly receipt: string;
  /** 0 for a filing on paper. */
  readonly submission: number;
  readonly at: string;
  readonly content?: ContentRef;
  readonly totals?: Submission['totals'];
  readonly deadline?: string;
  readonly documents?: readonly DocumentFact[];
  readonly medium?: string;
  readonly late?: boolean;
  readonly reference?: string;
  readonly pieces?: number;
}

/** Files, their documents and receipts. Titles are what applicants wrote: kept by version, deleted with the contents. */
export const applications: ReadModel = {
  tables: `
    CREATE TABLE applications (id TEXT PRIMARY KEY, call_id TEXT NOT NULL, organisation TEXT NOT NULL, number INTEGER NOT NULL, status TEXT NOT NULL, started_at TEXT NOT NULL, changed_at TEXT NOT NULL, version INTEGER NOT NULL, written TEXT, draft_version INTEGER, draft_hash TEXT, draft_title TEXT, title TEXT, submission INTEGER NOT NULL DEFAULT 0, receipt TEXT, submitted_at TEXT, requested_cents INTEGER, total_cents INTEGER, medium TEXT, late INTEGER NOT NULL DEFAULT 0, forgotten INTEGER NOT NULL DEFAULT 0, receipts TEXT NOT NULL DEFAULT '[]', dates_asked TEXT, starts_on TEXT, ends_on TEXT);
    CREATE INDEX applications_call ON applications (call_id, started_at);
    CREATE INDEX applications_organisation ON applications (organisation);
    CREATE TABLE call_counts (call_id TEXT NOT NULL, status TEXT NOT NULL, files INTEGER NOT NULL, PRIMARY KEY (call_id, status)) WITHOUT ROWID;
    CREATE TRIGGER count_started AFTER INSERT ON applications BEGIN
      INSERT INTO call_counts VALUES (NEW.call_id, NEW.status, 1) ON CONFLICT (call_id, status) DO UPDATE SET files = files + 1;
    END;
    CREATE TRIGGER count_changed AFTER UPDATE OF status ON applications WHEN OLD.status <> NEW.status BEGIN
      UPDATE call_counts SET files = files - 1 WHERE call_id = OLD.call_id AND status = OLD.status;
      INSERT INTO call_counts VALUES (NEW.call_id, NEW.status, 1) ON CONFLICT (call_id, status) DO UPDATE SET files = files + 1;
    END;
    CREATE TABLE documents (application TEXT NOT NULL, document TEXT NOT NULL, code TEXT, sha256 TEXT, size INTEGER, media_type TEXT, filename TEXT, attached_at TEXT, removed_at TEXT, PRIMARY KEY (application, document)) WITHOUT ROWID;
    CREATE TABLE receipts (receipt TEXT PRIMARY KEY, application TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE shares (application TEXT NOT NULL, organisation TEXT NOT NULL, PRIMARY KEY (application, organisation)) WITHOUT ROWID;
    CREATE INDEX shares_organisation ON shares (organisation);
    CREATE TABLE readings (application TEXT NOT NULL, person TEXT NOT NULL, what TEXT NOT NULL, day TEXT NOT NULL, at TEXT NOT NULL, role TEXT NOT NULL, behalf TEXT);
    CREATE INDEX readings_application ON readings (application);
  `,
  handlers: (db) => {
    // A title belongs to the version it was written with. Nearly always the fact that refers to it comes in the same
    // batch; otherwise it waits in `written`, by version. Only a crash leaves one that no fact refers to.
    const titles = new Map<string, Map<number, string>>();
    const justWritten = (id: string, version: number): string | null => {
      const waiting = titles.get(id);
      if (!waiting) return null;
      const title = waiting.get(version) ?? null;
      for (const each of waiting.keys()) if (each <= version) waiting.delete(each);
      if (waiting.size === 0) titles.delete(id);
      return title;
    };
    const titleWaiting = `json_extract(written, '$."' || CAST(?1 AS INTEGER) || '"')`;
    const stillWaiting =
      "CASE WHEN written IS NOT NULL THEN NULLIF((SELECT json_group_object(key, value) FROM json_each(written) WHERE CAST(key AS INTEGER) > ?1), '{}') END";
    const newReceipts: [receipt: string, application: string][] = [];
    const start = db.prepare(
      "INSERT INTO applications (id, call_id, organisation, number, status, started_at, changed_at, version) VALUES (?, ?, ?, ?, 'draft', ?, ?, ?)",
    );
    const touch = db.prepare('UPDATE applications SET changed_at = ?, version = ? WHERE id = ?');
    const write = db.prepare(
      "UPDATE applications SET written = json_patch(COALESCE(written, '{}'), ?) WHERE id = ? AND forgotten = 0",
    );
    const draft = db.prepare(
      `UPDATE applications SET draft_version = ?1, draft_hash = ?2, draft_title = COALESCE(?6, ${titleWaiting}), written = ${stillWaiting}, changed_at = ?3, version = ?4 WHERE id = ?5`,
    );
    const submittedTitle = `COALESCE(?12, ${titleWaiting}, CASE WHEN draft_version = ?1 THEN draft_title END)`;
    const submit = db.prepare(
      `UPDATE applications SET status = 'submitted', dates_asked = NULL, starts_on = NULL, ends_on = NULL, title = ${submittedTitle}, draft_title = ${submittedTitle}, written = ${stillWaiting}, draft_version = ?1, draft_hash = ?2, submission = ?3, receipt = ?4, submitted_at = ?5, requested_cents = ?6, total_cents = ?7, changed_at = ?8, version = ?9, receipts = json_insert(receipts, '$[#]', json(?10)) WHERE id = ?11`,
    );
    // When it was filed stays: that is what met the deadline.
    const completedTitle = `COALESCE(${submittedTitle}, CASE WHEN json_extract(receipts, '$[#-1].content.version') = ?1 THEN title END)`;
    const complete = db.prepare(
      `UPDATE applications SET title = ${completedTitle}, draft_title = ${completedTitle}, written = ${stillWaiting}, draft_version = ?1, draft_hash = ?2, submission = ?3, receipt = ?4, requested_cents = ?6, total_cents = ?7, changed_at = ?8, version = ?9, receipts = json_insert(receipts, '$[#]', json(?10)) WHERE id = ?11`,
    );
    const acknowledge = db.prepare(
      'INSERT INTO receipts SELECT value ->> 0, value ->> 1 FROM json_each(?) ORDER BY value ->> 0',
    );
    const paper = db.prepare(
      "UPDATE applications SET status = 'submitted', medium = ?, late = ?, receipt = ?, submitted_at = ?, changed_at = ?, version = ?, receipts = json_insert(receipts, '$[#]', json(?)) WHERE id = ?",
    );
    const withdraw = db.prepare(
      "UPDATE applications SET status = 'withdrawn', dates_asked = NULL, starts_on = NULL, ends_on = NULL, changed_at = ?, version = ? WHERE id = ?",
    );
    const attach = db.prepare(
      'INSERT INTO documents (application, document, code, sha256, size, media_type, attached_at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (application, document) DO UPDATE SET code = excluded.code, sha256 = excluded.sha256, size = excluded.size, media_type = excluded.media_type, attached_at = excluded.attached_at',
    );
    const name = db.prepare(
      'INSERT INTO documents (application, document, filename) SELECT ?1, ?2, ?3 WHERE NOT EXISTS (SELECT 1 FROM applications WHERE id = ?1 AND forgotten = 1) ON CONFLICT (application, document) DO UPDATE SET filename = excluded.filename',
    );
    const remove = db.prepare('UPDATE documents SET removed_at = ? WHERE application = ? AND document = ?');
    const share = db.prepare('INSERT OR IGNORE INTO shares VALUES (?, ?)');
    const unshare = db.prepare('DELETE FROM shares WHERE application = ? AND organisation = ?');
    const askDates = db.prepare('UPDATE applications SET dates_asked = ?, changed_at = ?, version = ? WHERE id = ?');
    const confirmDates = db.prepare(
      'UPDATE applications SET dates_asked = NULL, starts_on = ?, ends_on = ?, changed_at = ?, version = ? WHERE id = ?',
    );
    const forget = db.prepare(
      'UPDATE applications SET written = NULL, draft_title = NULL, title = NULL, forgotten = 1, changed_at = ?, version = ? WHERE id = ?',
    );
    const forgetNames = db.prepare('UPDATE documents SET filename = NULL WHERE application = ?');
    const read = db.prepare('INSERT INTO readings VALUES (?, ?, ?, ?, ?, ?, ?)');

    const submitted = (
      statement: typeof submit,
      { stream, version, data, metadata }: Told<'ApplicationSubmitted' | 'SubmissionReplaced' | 'FileCompleted'>,
    ) => {
      const id = idOf(stream);
      const { content, submission, receipt, submittedAt, totals, deadline, documents } = data;
      const entry: ReceiptEntry = { receipt, submission, at: submittedAt, content, totals, deadline, documents };
      statement.run(
        content.version,
        content.hash,
        submission,
        receipt,
        submittedAt,
        totals.requestedCents,
        totals.productsCents,
        metadata.at,
        version,
        JSON.stringify(entry),
        id,
        justWritten(id, content.version),
      );
      newReceipts.push([receipt, id]);
    };
    const touched = ({ stream, version, metadata }: { stream: string; version: number; metadata: { at: string } }) =>
      touch.run(metadata.at, version, idOf(stream));
    return {
      ApplicationStarted: ({ stream, version, data: { call, organisation, number }, metadata: { at } }) =>
        start.run(idOf(stream), call, organisation, number, at, at, version),
      ApplicationWritten: ({ stream, version, data: { contents } }) => {
        if (contents.title === undefined) return;
        const id = idOfContent(stream);
        titles.set(id, (titles.get(id) ?? new Map<number, string>()).set(version, contents.title));
      },
      DraftSaved: ({ stream, version, data: { content }, metadata }) => {
        const id = idOf(stream);
        draft.run(content.version, content.hash, metadata.at, version, id, justWritten(id, content.version));
      },
      ApplicationSubmitted: (event) => submitted(submit, event),
      SubmissionReplaced: (event) => submitted(submit, event),
      FileCompleted: (event) => submitted(complete, event),
      PaperFilingRegistered: ({ stream, version, data, metadata }) => {
        const { medium, late, receipt, arrivedAt, reference, pieces } = data;
        const entry: ReceiptEntry = { receipt, submission: 0, at: arrivedAt, medium, late, reference, pieces };
        paper.run(medium, late ? 1 : 0, receipt, arrivedAt, metadata.at, version, JSON.stringify(entry), idOf(stream));
        newReceipts.push([receipt, idOf(stream)]);
      },
      ApplicationWithdrawn: ({ stream, version, metadata }) => withdraw.run(metadata.at, version, idOf(stream)),
      DocumentAttached: (event) => {
        const { document, code, sha256, size, mediaType } = event.data;
        attach.run(idOf(event.stream), document, code, sha256, size, mediaType, event.metadata.at);
        touched(event);
      },
      DocumentNamed: ({ stream, data: { document, filename } }) => name.run(idOfContent(stream), document, filename),
      DocumentRemoved: (event) => {
        remove.run(event.metadata.at, idOf(event.stream), event.data.document);
        touched(event);
      },
      DatesAsked: ({ stream, version, data: { earliest }, metadata }) =>
        askDates.run(earliest, metadata.at, version, idOf(stream)),
      DatesConfirmed: ({ stream, version, data: { startsOn, endsOn }, metadata }) =>
        confirmDates.run(startsOn, endsOn, metadata.at, version, idOf(stream)),
      FileShared: (event) => {
        share.run(idOf(event.stream), event.data.organisation);
        touched(event);
      },
      FileUnshared: (event) => {
        unshare.run(idOf(event.stream), event.data.organisation);
        touched(event);
      },
      ContentsForgotten: ({ stream, version, metadata }) => {
        const id = idOf(stream);
        forget.run(metadata.at, version, id);
        forgetNames.run(id);
      },
      ContentsRead: ({ stream, data: { person, what, day }, metadata: { at, role, behalf } }) =>
        read.run(idOf(stream), person, what, day, at, role, behalf ?? null),
      endOfBatch: () => {
        for (const [id, waiting] of titles) write.run(JSON.stringify(Object.fromEntries(waiting)), id);
        titles.clear();
        if (newReceipts.length > 0) acknowledge.run(JSON.stringify(newReceipts.splice(0)));
      },
    };
  },
};
