import type streams from '@eventstore/db-client/generated/streams_pb.js';
import { type EventRow, hashOf } from './event-row.js';
import type { NewEvent, Position, RecordedEvent } from './event-store.js';

/** Where something is in the log of the server. */
export interface LogPosition {
  readonly commit: bigint;
  readonly prepare: bigint;
}

export const positionText = ({ commit, prepare }: LogPosition): Position => `${commit}/${prepare}`;

/** @throws TypeError where it is not a position of such a log */
export function positionOf(text: Position): LogPosition {
  const [, commit, prepare] = /^(\d{1,19})\/(\d{1,19})$/.exec(text) ?? [];
  if (commit === undefined || prepare === undefined) throw new TypeError('Not a position of EventStoreDB.');
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
}

export const comparePositions = (a: LogPosition, b: LogPosition): number =>
  a.commit === b.commit ? Number(a.prepare - b.prepare) : a.commit < b.commit ? -1 : 1;

/** What the server keeps of an event: our id, schema and metadata together in its own field for metadata. */
export interface ServerEvent {
  /** Follows from id and contents, so that the server takes a repeat with other contents for another event. */
  readonly serverId: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

const OPENING = '{"id":';

export function serverEvent({ id, type, schema, data, metadata, json }: NewEvent): ServerEvent {
  const row: EventRow = [id, type, schema, json ?? JSON.stringify(data), JSON.stringify(metadata)];
  return {
    serverId: serverIdOf(row),
    type,
    data: row[3],
    metadata: `${OPENING}${JSON.stringify(id)},"schema":${schema},"metadata":${row[4]}}`,
  };
}

/** A UUID (version 8, RFC 9562) of the SHA-256 of the texts. */
function serverIdOf(row: EventRow): string {
  const hash = hashOf(row).subarray(0, 16);
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x80, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

interface Envelope {
  readonly id: string;
  readonly schema: number;
  readonly metadata: object;
}

export type WireEvent = streams.ReadResp.ReadEvent.RecordedEvent;

const text = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');

export const wirePosition = (wire: WireEvent): LogPosition => ({
  commit: BigInt(wire.getCommitPosition()),
  prepare: BigInt(wire.getPreparePosition()),
});

export const wireStream = (wire: WireEvent): string =>
  text(wire.getStreamIdentifier()?.getStreamName_asU8() ?? new Uint8Array());

export const wireType = (wire: WireEvent): string => wire.getMetadataMap().get('type') ?? '';

export const wireData = (wire: WireEvent): string => text(wire.getData_asU8());

/** Its texts are parsed when somebody looks: most readers of the whole log skip most contents. */
export class StoredEvent implements RecordedEvent {
  readonly type: string;
  readonly version: number;
  private parsedEnvelope: Envelope | undefined;
  private parsedData: object | undefined;
  private positionAsText: Position | undefined;

  private constructor(
    readonly stream: string,
    private readonly wire: WireEvent,
    private readonly envelopeText: string,
    readonly at: LogPosition,
  ) {
    this.type = wireType(wire);
    this.version = Number(wire.getStreamRevision());
  }

  /** Undefined where Convergence didn't write it. */
  static of(stream: string, wire: WireEvent): StoredEvent | undefined {
    const envelope = text(wire.getCustomMetadata_asU8());
    return envelope.startsWith(OPENING) ? new StoredEvent(stream, wire, envelope, wirePosition(wire)) : undefined;
  }

  get id(): string {
    return this.envelope.id;
  }
  get schema(): number {
    return this.envelope.schema;
  }
  get metadata(): object {
    return this.envelope.metadata;
  }
  get position(): Position {
    return (this.positionAsText ??= positionText(this.at));
  }
  get data(): object {
    return (this.parsedData ??= JSON.parse(wireData(this.wire)) as object);
  }
  /** How many bytes it keeps in memory, nearly. */
  get bytes(): number {
    return this.envelopeText.length + this.wire.getData_asU8().length;
  }
  get serverId(): string {
    return this.wire.getId()?.getString() ?? '';
  }

  /** Are its contents what was written? */
  get intact(): boolean {
    const { id, schema } = this.envelope;
    const opening = `${OPENING}${JSON.stringify(id)},"schema":${schema},"metadata":`;
    const metadata = this.envelopeText.slice(opening.length, -1);
    return serverIdOf([id, this.type, schema, wireData(this.wire), metadata]) === this.serverId;
  }

  private get envelope(): Envelope {
    return (this.parsedEnvelope ??= JSON.parse(this.envelopeText) as Envelope);
  }
}
