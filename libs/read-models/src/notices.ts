import type { NoticeKind } from '#domain/notice/notice.js';
import { idOf, type ReadModel } from './read-model.js';
import type { Views } from './views.js';

/** What was sent to whom, and about which fact; what waits, what reached nobody; and what people don't want. */
export const notices: ReadModel = {
  tables: `
    CREATE TABLE notices (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, person TEXT NOT NULL, fact TEXT NOT NULL, stream TEXT NOT NULL, call_id TEXT, file_id TEXT, message_id TEXT NOT NULL, issued_at TEXT NOT NULL, status TEXT NOT NULL, delivered_at TEXT, bounced INTEGER, given_up TEXT, ended_at TEXT, passed_on TEXT);
    CREATE INDEX notices_person ON notices (person, issued_at);
    CREATE INDEX notices_stream ON notices (stream);
    CREATE INDEX notices_waiting ON notices (kind = 'sign-in', seq) WHERE status = 'waiting';
    CREATE INDEX notices_undelivered ON notices (call_id, seq) WHERE status IN ('bounced', 'given-up');
    CREATE INDEX notices_undelivered_anywhere ON notices (seq) WHERE status IN ('bounced', 'given-up');
    CREATE INDEX notices_passed_on ON notices (passed_on) WHERE passed_on IS NOT NULL;
    CREATE TABLE unsubscribed (person TEXT NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (person, kind)) WITHOUT ROWID;
  `,
  handlers: (db) => {
    const issue = db.prepare(
      "INSERT INTO notices (id, kind, person, fact, stream, call_id, file_id, message_id, issued_at, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting')",
    );
    const deliver = db.prepare("UPDATE notices SET status = 'delivered', delivered_at = ? WHERE id = ?");
    const bounce = db.prepare("UPDATE notices SET status = 'bounced', bounced = ?, ended_at = ? WHERE id = ?");
    const passOn = db.prepare('UPDATE notices SET passed_on = ? WHERE id = ?');
    // Whoever was waiting for the second contact waits for the third.
    const passFurther = db.prepare('UPDATE notices SET passed_on = ? WHERE passed_on = ?');
    const giveUp = db.prepare('UPDATE notices SET status = ?, given_up = ?, ended_at = ? WHERE id = ?');
    // To the end of those that wait: who follows them in order meets it again.
    const resend = db.prepare(
      "UPDATE notices SET seq = (SELECT MAX(seq) + 1 FROM notices), status = 'waiting', bounced = NULL, given_up = NULL, ended_at = NULL WHERE id = ?",
    );
    const unsubscribe = db.prepare('INSERT OR IGNORE INTO unsubscribed VALUES (?, ?)');
    const resubscribe = db.prepare('DELETE FROM unsubscribed WHERE person = ? AND kind = ?');
    const forget = db.prepare('DELETE FROM unsubscribed WHERE person = ?');
    return {
      NoticeIssued: ({ stream, data: { kind, to, about, messageId }, metadata }) => {
        const call = about.call ?? callIn(about.stream);
        const { fact, stream: of, file = null } = about;
        issue.run(idOf(stream), kind, to, fact, of, call, file, messageId, metadata.at);
      },
      NoticeDelivered: ({ stream, data }) => deliver.run(data.deliveredAt, idOf(stream)),
      NoticeBounced: ({ stream, data, metadata }) => bounce.run(data.code, metadata.at, idOf(stream)),
      NoticePassedOn: ({ stream, data }) => {
        passFurther.run(data.notice, idOf(stream));
        passOn.run(data.notice, idOf(stream));
      },
      NoticeGivenUp: ({ stream, data: { because, attempts }, metadata }) =>
        giveUp.run(attempts === undefined ? 'erased' : 'given-up', because, metadata.at, idOf(stream)),
      NoticeResent: ({ stream }) => resend.run(idOf(stream)),
      Unsubscribed: ({ stream, data }) => unsubscribe.run(idOf(stream), data.kind),
      Resubscribed: ({ stream, data }) => resubscribe.run(idOf(stream), data.kind),
      PersonForgotten: ({ stream }) => forget.run(idOf(stream)),
    };
  },
};

/** Notices of the first version don't name their call, and most are about one. */
const callIn = (stream: string): string | null => (/^(call|commission)-/.test(stream) ? idOf(stream) : null);

export interface NoticeRow {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly to: string;
  readonly fact: string;
  readonly stream: string;
  readonly messageId: string;
  readonly issuedAt: string;
  readonly deliveredAt: string | null;
  /** Code of the mail server that refused it for good. */
  readonly bounced: number | null;
  readonly givenUp: string | null;
}

const noticeColumns =
  'id, kind, person AS "to", fact, stream, message_id AS messageId, issued_at AS issuedAt, delivered_at AS deliveredAt, bounced, given_up AS givenUp';

export const noticesTo = (views: Views, person: string): NoticeRow[] =>
  views.all(`SELECT ${noticeColumns} FROM notices WHERE person = ? ORDER BY issued_at DESC, id`, person);

export const noticesAbout = (views: Views, stream: string): NoticeRow[] =>
  views.all(`SELECT ${noticeColumns} FROM notices WHERE stream = ? ORDER BY issued_at, id`, stream);

/** A notice that waits, and its place among them. */
export interface WaitingNotice extends NoticeRow {
  readonly seq: number;
}

/** Decided, and not known to have ended: the codes to sign in or the others, after a place, the oldest first. */
export const noticesWaiting = (views: Views, signIn: boolean, after: number, most: number): WaitingNotice[] =>
  views.all(
    `SELECT seq, ${noticeColumns} FROM notices WHERE status = 'waiting' AND (kind = 'sign-in') = ? AND seq > ? ORDER BY seq LIMIT ?`,
    signIn ? 1 : 0,
    after,
    most,
  );

/** One of those that wait, if it does. */
export const noticeWaiting = (views: Views, id: string): WaitingNotice | undefined =>
  views.get(`SELECT seq, ${noticeColumns} FROM notices WHERE id = ? AND status = 'waiting'`, id);

export const noticeOf = (views: Views, id: string): NoticeRow | undefined =>
  views.get(`SELECT ${noticeColumns} FROM notices WHERE id = ?`, id);

/** `waiting`, `delivered`, `bounced`, `given-up`, `erased`; undefined where there is no such notice. */
export const statusOfNotice = (views: Views, id: string): string | undefined =>
  views.get<{ status: string }>('SELECT status FROM notices WHERE id = ?', id)?.status;

/** A message that reached nobody, and since when. */
export interface UndeliveredRow extends NoticeRow {
  readonly call: string | null;
  readonly file: string | null;
  readonly endedAt: string;
}

const undelivered = `SELECT n.id, n.kind, n.person AS "to", n.fact, n.stream, n.message_id AS messageId, n.issued_at AS issuedAt, n.delivered_at AS deliveredAt, n.bounced, n.given_up AS givenUp, n.call_id AS "call", n.file_id AS file, n.ended_at AS endedAt
  FROM notices n LEFT JOIN notices s ON s.id = n.passed_on
  WHERE n.status IN ('bounced', 'given-up') AND (s.id IS NULL OR s.status NOT IN ('waiting', 'delivered'))`;

/** Of a call: neither whom it was for nor a second contact got it. Without what is about files one has a conflict on. */
export const undeliveredOf = (views: Views, call: string, hidden: readonly string[], most: number): UndeliveredRow[] =>
  views.all(
    `${undelivered} AND n.call_id = ? AND (n.file_id IS NULL OR n.file_id NOT IN (SELECT value FROM json_each(?))) ORDER BY n.seq LIMIT ?`,
    call,
    JSON.stringify(hidden),
    most,
  );

/** How many wait to be delivered, and how many reached nobody. */
export const noticesCounted = (views: Views) =>
  views.get<{ waiting: number; undelivered: number }>(
    `SELECT (SELECT COUNT(*) FROM notices WHERE status = 'waiting') AS waiting, (SELECT COUNT(*) FROM (${undelivered})) AS undelivered`,
  ) as { waiting: number; undelivered: number };

/** Of everything, the oldest first. */
export const undeliveredAnywhere = (views: Views, most: number): UndeliveredRow[] =>
  views.all(`${undelivered} ORDER BY n.seq LIMIT ?`, most);

/** Those who don't want messages of a kind. */
export const unsubscribedFrom = (views: Views, kind: NoticeKind): Set<string> =>
  new Set(
    views.all<{ person: string }>('SELECT person FROM unsubscribed WHERE kind = ?', kind).map(({ person }) => person),
  );

/** The kinds that somebody doesn't want. */
export const unsubscribedBy = (views: Views, person: string): NoticeKind[] =>
  views
    .all<{ kind: NoticeKind }>('SELECT kind FROM unsubscribed WHERE person = ? ORDER BY kind', person)
    .map(({ kind }) => kind);
