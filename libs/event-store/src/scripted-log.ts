import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';

/** How a call ends that is refused: status, message and what comes with it, as the server of EventStoreDB says them. */
export class Refused extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly metadata: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

export interface Kept {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly type: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export type Appended = { readonly last: Kept } | { readonly actual: number };

const MOST_APPEND_BYTES = 1_048_576;
const ABSENT = -1;

/** What one server, or the nodes of a cluster, keep: in memory, as a real one was seen to. */
export class ScriptedLog {
  readonly events: Kept[] = [];
  readonly listeners = new Set<(event: Kept) => void>();
  private readonly streams = new Map<string, Kept[]>();
  private readonly gone = new Set<string>();

  append(messages: readonly streams.AppendReq[]): Appended {
    const options = messages[0]?.getOptions();
    const stream = nameOf(options?.getStreamIdentifier());
    this.checkThere(stream);
    const proposed = messages.slice(1).map((message) => message.getProposedMessage() as Proposed);
    const size = proposed.reduce((bytes, message) => bytes + sizeOf(message), 0);
    if (size > MOST_APPEND_BYTES) {
      const exceeded = { exception: 'maximum-append-size-exceeded', 'maximum-append-size': String(MOST_APPEND_BYTES) };
      throw new Refused(3, `Maximum Append Size of ${MOST_APPEND_BYTES} Exceeded.`, exceeded);
    }
    const expected = options?.hasNoStream() ? ABSENT : Number(options?.getRevision());
    const kept = this.streams.get(stream) ?? [];
    const actual = kept.length - 1;
    if (expected === actual) return { last: proposed.map((message) => this.keep(stream, message)).at(-1) as Kept };
    const first = kept.slice(expected + 1, expected + 1 + proposed.length);
    const repeated =
      first.length === proposed.length && first.every(({ id }, index) => id === proposed[index]?.getId()?.getString());
    return repeated ? { last: first.at(-1) as Kept } : { actual };
  }

  tombstone(stream: string): void {
    this.checkThere(stream);
    this.plant(stream, '$streamDeleted');
    this.gone.add(stream);
  }

  /** What another program writes. */
  plant(stream: string, type: string): void {
    const message = new streams.AppendReq.ProposedMessage().setId(new shared.UUID().setString(`${type}-${stream}`));
    message.getMetadataMap().set('type', type);
    this.keep(stream, message);
  }

  /** Undefined for a stream that doesn't exist. */
  read(options: streams.ReadReq.Options): readonly Kept[] | undefined {
    const one = options.getStream();
    const backwards = options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
    const most = Number(options.getCount());
    let found: readonly Kept[];
    if (one) {
      const stream = nameOf(one.getStreamIdentifier());
      this.checkThere(stream);
      const kept = this.streams.get(stream);
      if (!kept) return undefined;
      const from = one.hasRevision() ? Number(one.getRevision()) : backwards ? Infinity : 0;
      found = kept.filter(({ revision }) => (backwards ? revision <= from : revision >= from));
    } else {
      const position = options.getAll()?.getPosition();
      const from = position ? Number(position.getCommitPosition()) : backwards ? Infinity : 0;
      found = this.events.filter((event) => (backwards ? event.position < from : event.position >= from));
    }
    return (backwards ? found.toReversed() : found).slice(0, most);
  }

  private keep(stream: string, message: Proposed): Kept {
    const kept = this.streams.get(stream) ?? [];
    const event = {
      id: message.getId()?.getString() ?? '',
      stream,
      revision: kept.length,
      position: 1000 + this.events.length * 100,
      type: message.getMetadataMap().get('type') ?? '',
      data: message.getData_asU8(),
      metadata: message.getCustomMetadata_asU8(),
    };
    this.streams.set(stream, [...kept, event]);
    this.events.push(event);
    for (const hear of [...this.listeners]) hear(event);
    return event;
  }

  private checkThere(stream: string): void {
    if (!this.gone.has(stream)) return;
    throw new Refused(9, `Event stream '${stream}' is deleted.`, {
      exception: 'stream-deleted',
      'stream-name': stream,
    });
  }
}

type Proposed = streams.AppendReq.ProposedMessage;

const sizeOf = (message: Proposed): number =>
  message.getData_asU8().length +
  message.getCustomMetadata_asU8().length +
  2 * (message.getMetadataMap().get('type') ?? '').length;

export const nameOf = (identifier: shared.StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

/** The event as the server sends it. */
export function sent(event: Kept): streams.ReadResp {
  const position = String(event.position);
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(event.id))
    .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(event.stream, 'utf8')))
    .setStreamRevision(String(event.revision))
    .setCommitPosition(position)
    .setPreparePosition(position)
    .setData(event.data)
    .setCustomMetadata(event.metadata);
  recorded.getMetadataMap().set('type', event.type).set('content-type', 'application/json');
  return new streams.ReadResp().setEvent(
    new streams.ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(position),
  );
}

export function answered(appended: Appended): streams.AppendResp {
  const answer = new streams.AppendResp();
  if ('last' in appended) {
    const { revision, position } = appended.last;
    const at = new streams.AppendResp.Position();
    at.setCommitPosition(String(position)).setPreparePosition(String(position));
    return answer.setSuccess(new streams.AppendResp.Success().setCurrentRevision(String(revision)).setPosition(at));
  }
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (appended.actual === ABSENT) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(appended.actual));
  return answer.setWrongExpectedVersion(wrong);
}
