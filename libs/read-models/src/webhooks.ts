import type { ToldFact } from '#domain/webhook/told-facts.js';
import { type Condition, type Listing, oneOf } from './listing.js';
import { idOf, type ReadModel } from './read-model.js';
import type { Views } from './views.js';

/** Where institutions are told of facts; what was delivered is kept beside the log, in the ledger of the reactors. */
export const webhooks: ReadModel = {
  tables: `
    CREATE TABLE webhooks (id TEXT PRIMARY KEY, institution TEXT NOT NULL, call_id TEXT, url TEXT NOT NULL, facts TEXT NOT NULL, status TEXT NOT NULL, because TEXT, failing_since TEXT, changed_at TEXT NOT NULL, resumed_at TEXT, generation INTEGER NOT NULL, rotated_at TEXT, replay INTEGER NOT NULL, replay_from TEXT, registered_at TEXT NOT NULL, position TEXT NOT NULL) WITHOUT ROWID;
    CREATE INDEX webhooks_institution ON webhooks (institution, registered_at);
  `,
  handlers: (db) => {
    const register = db.prepare(
      "INSERT INTO webhooks VALUES (?1, ?2, ?3, ?4, ?5, 'active', NULL, NULL, ?6, NULL, 1, NULL, 0, NULL, ?6, ?7)",
    );
    const pause = db.prepare(
      "UPDATE webhooks SET status = 'paused', because = ?, failing_since = ?, changed_at = ? WHERE id = ?",
    );
    const resume = db.prepare(
      "UPDATE webhooks SET status = 'active', because = NULL, failing_since = NULL, changed_at = ?1, resumed_at = ?1 WHERE id = ?2",
    );
    const rotate = db.prepare('UPDATE webhooks SET generation = ?, rotated_at = ?3, changed_at = ?3 WHERE id = ?2');
    const replay = db.prepare('UPDATE webhooks SET replay = ?, replay_from = ? WHERE id = ?');
    const remove = db.prepare("UPDATE webhooks SET status = 'deleted', changed_at = ? WHERE id = ?");
    return {
      WebhookRegistered: ({ stream, position, data: { institution, call, url, facts }, metadata }) =>
        register.run(idOf(stream), institution, call ?? null, url, JSON.stringify(facts), metadata.at, position),
      WebhookPaused: ({ stream, data: { because, failingSince }, metadata }) =>
        pause.run(because, failingSince ?? null, metadata.at, idOf(stream)),
      WebhookResumed: ({ stream, metadata }) => resume.run(metadata.at, idOf(stream)),
      WebhookSecretRotated: ({ stream, data, metadata }) => rotate.run(data.generation, idOf(stream), metadata.at),
      WebhookReplayed: ({ stream, data }) => replay.run(data.replay, data.from, idOf(stream)),
      WebhookDeleted: ({ stream, metadata }) => remove.run(metadata.at, idOf(stream)),
    };
  },
};

export interface WebhookRow {
  readonly id: string;
  readonly institution: string;
  readonly call: string | null;
  readonly url: string;
  readonly facts: readonly ToldFact[];
  readonly status: 'active' | 'paused';
  /** Why it is paused: an administrator asked for it, or nothing was accepted since `failingSince`. */
  readonly because: 'asked' | 'failing' | null;
  readonly failingSince: string | null;
  readonly changedAt: string;
  readonly resumedAt: string | null;
  readonly generation: number;
  readonly rotatedAt: string | null;
  /** How many times it was asked to be told again, and from which position the last time. */
  readonly replay: number;
  readonly replayFrom: string | null;
  readonly registeredAt: string;
  /** Of its registration in the log: what came before concerns others. */
  readonly position: string;
}

const columns =
  'id, institution, call_id AS call, url, facts, status, because, failing_since AS failingSince, changed_at AS changedAt, resumed_at AS resumedAt, generation, rotated_at AS rotatedAt, replay, replay_from AS replayFrom, registered_at AS registeredAt, position';

type Raw = Omit<WebhookRow, 'facts'> & { facts: string };
const rowOf = ({ facts, ...row }: Raw): WebhookRow => ({ ...row, facts: JSON.parse(facts) as ToldFact[] });

export const webhookOf = (views: Views, id: string): WebhookRow | undefined => {
  const row = views.get<Raw>(`SELECT ${columns} FROM webhooks WHERE id = ? AND status <> 'deleted'`, id);
  return row && rowOf(row);
};

export interface WebhookListRow {
  readonly id: string;
  readonly institution: string;
  readonly call: string | null;
  readonly url: string;
  readonly status: string;
  readonly because: string | null;
  readonly failingSince: string | null;
  readonly registeredAt: string;
}

export const webhookList: Listing = {
  select:
    'id, institution, call_id AS call, url, status, because, failing_since AS failingSince, registered_at AS registeredAt',
  from: 'webhooks',
  id: 'id',
  sorts: { registeredAt: 'registered_at', institution: 'institution' },
};

/** Those of these institutions, but what was deleted. */
export const webhooksOf = (institutions: readonly string[]): readonly Condition[] => [
  { sql: "status <> 'deleted'", values: [] },
  oneOf('institution', institutions),
];

export const activeWebhooks = (views: Views): WebhookRow[] =>
  views.all<Raw>(`SELECT ${columns} FROM webhooks WHERE status = 'active' ORDER BY id`).map(rowOf);

export const wasDeleted = (views: Views, id: string): boolean =>
  views.get("SELECT 1 AS gone FROM webhooks WHERE id = ? AND status = 'deleted'", id) !== undefined;
