import type { NoticeKind } from '#domain/notice/notice.js';
import { idOf, type ReadModel } from './read-model.js';
import type { Views } from './views.js';

/** What was sent to whom, and about which fact. */
export const notices: ReadModel = {
  tables: `
    CREATE TABLE notices (id TEXT PRIMARY KEY, kind TEXT NOT NULL, person TEXT NOT NULL, fact TEXT NOT NULL, stream TEXT NOT NULL, message_id TEXT NOT NULL, issued_at TEXT NOT NULL, delivered_at TEXT, given_up TEXT) WITHOUT ROWID;
    CREATE INDEX notices_person ON notices (person, issued_at);
    CREATE INDEX notices_stream ON notices (stream);
    CREATE INDEX notices_waiting ON notices (id) WHERE delivered_at IS NULL AND given_up IS NULL;
  `,
  handlers: (db) => {
    const issue = db.prepare('INSERT INTO notices VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL)');
    const deliver = db.prepare('UPDATE notices SET delivered_at = ? WHERE id = ?');
    const giveUp = db.prepare('UPDATE notices SET given_up = ? WHERE id = ?');
    return {
      NoticeIssued: ({ stream, data: { kind, to, about, messageId }, metadata }) =>
        issue.run(idOf(stream), kind, to, about.fact, about.stream, messageId, metadata.at),
      NoticeDelivered: ({ stream, data }) => deliver.run(data.deliveredAt, idOf(stream)),
      NoticeGivenUp: ({ stream, data }) => giveUp.run(data.because, idOf(stream)),
    };
  },
};

export interface NoticeRow {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly to: string;
  readonly fact: string;
  readonly stream: string;
  readonly messageId: string;
  readonly issuedAt: string;
  readonly deliveredAt: string | null;
  readonly givenUp: string | null;
}

const noticeColumns =
  'id, kind, person AS "to", fact, stream, message_id AS messageId, issued_at AS issuedAt, delivered_at AS deliveredAt, given_up AS givenUp';

export const noticesTo = (views: Views, person: string): NoticeRow[] =>
  views.all(`SELECT ${noticeColumns} FROM notices WHERE person = ? ORDER BY issued_at DESC, id`, person);

export const noticesAbout = (views: Views, stream: string): NoticeRow[] =>
  views.all(`SELECT ${noticeColumns} FROM notices WHERE stream = ? ORDER BY issued_at, id`, stream);

/** Decided, and not known to be delivered: a crash may have cut them off. */
export const noticesWaiting = (views: Views): NoticeRow[] =>
  views.all(`SELECT ${noticeColumns} FROM notices WHERE delivered_at IS NULL AND given_up IS NULL ORDER BY id`);
