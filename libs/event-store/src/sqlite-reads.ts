import type Database from 'libsql';
import { hashOf } from './event-row.js';
import type { Position, RecordedEvent } from './event-store.js';

interface EventRecord {
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly id: string;
  readonly type: string;
  readonly schema: number;
  readonly data: string;
  readonly metadata: string;
}

/** Its texts are parsed when somebody looks: most readers of the whole log skip most contents. */
export class StoredEvent implements RecordedEvent {
  private parsedData: object | undefined;
  private parsedMetadata: object | undefined;

  constructor(private readonly row: EventRecord) {}

  get id(): string {
    return this.row.id;
  }
  get type(): string {
    return this.row.type;
  }
  get schema(): number {
    return this.row.schema;
  }
  get stream(): string {
    return this.row.stream;
  }
  get version(): number {
    return this.row.version;
  }
  get position(): Position {
    return String(this.row.position);
  }
  /** The position, to reckon with. */
  get number(): number {
    return this.row.position;
  }
  /** How long its texts are. */
  get characters(): number {
    return this.row.data.length + this.row.metadata.length;
  }
  get data(): object {
    return (this.parsedData ??= JSON.parse(this.row.data) as object);
  }
  get metadata(): object {
    return (this.parsedMetadata ??= JSON.parse(this.row.metadata) as object);
  }
}

/** The columns of an event, in this order. */
export type EventRow = readonly [
  position: number,
  stream: string,
  version: number,
  id: string,
  type: string,
  schema: number,
  data: string,
  metadata: string,
];

export const storedEvent = ([position, stream, version, id, type, schema, data, metadata]: EventRow): StoredEvent =>
  new StoredEvent({ position, stream, version, id, type, schema, data, metadata });

/** The stored texts of an event with the hash that was stored beside them. */
export type HashedRow = readonly [
  position: number,
  hash: ArrayBuffer,
  id: string,
  type: string,
  schema: number,
  data: string,
  metadata: string,
];

export const isIntact = ([, hash, ...texts]: HashedRow): boolean => hashOf(texts).equals(Buffer.from(hash));

/** Every read of the log, prepared once for a connection. */
export function prepareReads(db: Database.Database) {
  const columns = 'SELECT position, stream, version, id, type, schema, data, metadata FROM events';
  // One text of JSON: a few rows of so many columns would take twice as long on their way here.
  const together = (rows: string) =>
    `SELECT json_group_array(json_array(position, stream, version, id, type, schema, data, metadata)) AS events FROM (${rows})`;
  return {
    forwards: db.prepare(together(`${columns} WHERE stream = ? AND version >= ? ORDER BY version LIMIT ?`)),
    backwards: db.prepare(together(`${columns} WHERE stream = ? AND version <= ? ORDER BY version DESC LIMIT ?`)),
    // Many at once come sooner as they are.
    all: db.prepare(`${columns} WHERE position > ? ORDER BY position LIMIT ?`).raw(),
    some: db
      .prepare(
        `${columns} WHERE position > ? AND position <= ? AND type IN (SELECT value FROM json_each(?)) ORDER BY position LIMIT ?`,
      )
      .raw(),
    head: db.prepare('SELECT position FROM events ORDER BY position DESC LIMIT 1'),
    news: db.prepare(
      `SELECT (${together(`${columns} WHERE position > ?1 ORDER BY position LIMIT ?2`)}) AS events,
        (SELECT json_group_array(json_array(number, stream))
          FROM (SELECT number, stream FROM deleted_streams WHERE number > ?3 ORDER BY number)) AS deleted`,
    ),
    deleted: db.prepare('SELECT stream FROM deleted_streams ORDER BY number'),
    hashed: db
      .prepare(
        'SELECT position, hash, id, type, schema, data, metadata FROM events WHERE position > ? ORDER BY position LIMIT ?',
      )
      .raw(),
    dataVersion: db.prepare('PRAGMA data_version'),
  };
}
