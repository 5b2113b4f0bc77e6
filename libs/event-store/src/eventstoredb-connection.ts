import { EventStoreDBClient } from '@eventstore/db-client';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import grpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { type Expected, StoreUnavailable } from './event-store.js';
import type { LogPosition, ServerEvent, WireEvent } from './eventstoredb-events.js';

/** Exact, always: the server answers a repeat as it did the first time only under an exact expectation. */
export type Exact = Extract<Expected, 'none' | number>;

export type AppendAnswer =
  { readonly version: number; readonly position: LogPosition } | { readonly actual: number | 'none' };

export interface Reading {
  /** A stream, or else the whole log. */
  readonly stream?: string;
  /** First to read, inclusive; going backwards through the whole log, exclusive. Without: from the start, or the end. */
  readonly from?: bigint | LogPosition;
  readonly backwards?: boolean;
  readonly most?: number;
  /** What the leader says, where a follower may be behind. */
  readonly leader?: boolean;
}

/** What the client keeps for its own calls: connecting, discovering the cluster, following its leader. */
interface Inside {
  getGRPCClient(service: typeof grpc.StreamsClient, name: string): Promise<grpc.StreamsClient>;
  callArguments(
    options: { requiresLeader?: boolean; deadline?: number },
    more?: { deadline: number },
  ): [never, { deadline?: Date | number }];
  handleError(client: grpc.StreamsClient, error: Error): Promise<void>;
}

interface Call {
  cancel(): void;
}

const UNAVAILABLE = 14;
const DEADLINE_EXCEEDED = 4;
const MOST = Number.MAX_SAFE_INTEGER;
const { FORWARDS, BACKWARDS } = streams.ReadReq.Options.ReadDirection;

/**
 * The calls of the store, on the channel that the client of EventStoreDB keeps connected. They are made here and not by
 * the client's own methods, because those append on a stream shared by the process, bound no read in time, and leave
 * promises that never settle and rejections that nobody sees where a channel closes under them.
 */
export class Connection {
  private readonly inside: Inside;
  private readonly calls = new Set<Call>();
  private last: grpc.StreamsClient | undefined;
  private closed = false;

  constructor(url: string) {
    this.inside = EventStoreDBClient.connectionString(url) as unknown as Inside;
    const handled = this.inside.handleError.bind(this.inside);
    // It rejects where the next connection can't be made, and the client looks at it nowhere.
    this.inside.handleError = (client, error) => handled(client, error).catch(() => undefined);
  }

  async append(
    stream: string,
    expected: Exact,
    events: readonly ServerEvent[],
    deadline: number,
  ): Promise<AppendAnswer> {
    const messages = [headerOf(stream, expected), ...events.map(messageOf)];
    const answer = await this.call<streams.AppendResp>(deadline, (client, settle) => {
      const call = client.append(...this.inside.callArguments({ deadline }), settle);
      for (const message of messages) call.write(message);
      call.end();
      return call;
    });
    const wrong = answer.getWrongExpectedVersion();
    if (wrong) return { actual: wrong.hasCurrentRevision() ? Number(wrong.getCurrentRevision()) : 'none' };
    const success = answer.getSuccess();
    const position = success?.getPosition();
    if (!success || !position) throw new StoreUnavailable('failed', 'EventStoreDB answered without a position.');
    return {
      version: Number(success.getCurrentRevision()),
      position: { commit: BigInt(position.getCommitPosition()), prepare: BigInt(position.getPreparePosition()) },
    };
  }

  /** Undefined for a stream that doesn't exist. */
  async read(reading: Reading, deadline: number): Promise<readonly WireEvent[] | undefined> {
    const { leader: requiresLeader = false } = reading;
    const request = requestOf(reading);
    return this.call<WireEvent[] | undefined>(deadline, (client, settle) => {
      const call = client.read(request, ...this.inside.callArguments({ requiresLeader, deadline }));
      const events: WireEvent[] = [];
      let found = true;
      call.on('data', (answer: streams.ReadResp) => {
        const event = answer.getEvent()?.getEvent();
        if (event) events.push(event);
        if (answer.hasStreamNotFound()) found = false;
      });
      call.on('error', settle);
      call.on('end', () => settle(null, found ? events : undefined));
      return call;
    });
  }

  /** Everything after a position, for as long as the server sends it. @throws whatever ends it */
  async subscribe(after: LogPosition, take: (event: WireEvent) => void, signal: AbortSignal): Promise<void> {
    const request = requestOf({ from: after });
    request.getOptions()?.clearCount();
    request.getOptions()?.setSubscription(new streams.ReadReq.Options.SubscriptionOptions());
    await this.call<undefined>(undefined, (client, settle) => {
      const call = client.read(request, ...this.inside.callArguments({}, { deadline: Infinity }));
      const stop = (): void => call.cancel();
      signal.addEventListener('abort', stop, { once: true });
      const ended = (error: Error | null): void => {
        signal.removeEventListener('abort', stop);
        settle(error, undefined);
      };
      call.on('data', (answer: streams.ReadResp) => {
        const event = answer.getEvent()?.getEvent();
        if (event) take(event);
      });
      call.on('error', ended);
      call.on('end', () => ended(null));
      if (signal.aborted) stop();
      return call;
    });
  }

  /** For good; of a stream that doesn't exist, too. */
  async tombstone(stream: string, deadline: number): Promise<void> {
    const options = new streams.TombstoneReq.Options();
    options.setStreamIdentifier(identifierOf(stream)).setAny(new shared.Empty());
    const request = new streams.TombstoneReq().setOptions(options);
    await this.call(deadline, (client, settle) =>
      client.tombstone(request, ...this.inside.callArguments({ deadline }), settle),
    );
  }

  /** Cancels what is under way. */
  close(): void {
    this.closed = true;
    for (const call of [...this.calls]) call.cancel();
    this.last?.close();
  }

  /** Settles once, with whatever comes first: an answer, an error of the call, or the time that is over. */
  private async call<T>(
    deadline: number | undefined,
    start: (client: grpc.StreamsClient, settle: (error: Error | null, answer?: T) => void) => Call,
  ): Promise<T> {
    if (this.closed) throw new StoreUnavailable('closed', 'The log is closed.');
    const client = await within(this.inside.getGRPCClient(grpc.StreamsClient, 'streams'), deadline);
    this.last = client;
    return new Promise<T>((resolve, reject) => {
      let call: Call | undefined;
      const settle = (error: Error | null, answer?: T): void => {
        if (call) this.calls.delete(call);
        if (!error) return resolve(answer as T);
        void this.inside.handleError(client, connectionProblem(error));
        reject(error);
      };
      try {
        call = start(client, settle);
        this.calls.add(call);
      } catch (error) {
        settle(error as Error);
      }
    });
  }
}

/** A server that doesn't answer may be frozen: the next call looks for another connection, and the leader anew. */
const connectionProblem = (error: Error): Error =>
  (error as { code?: unknown }).code === DEADLINE_EXCEEDED
    ? Object.assign(new Error(error.message), { code: UNAVAILABLE, details: '' })
    : error;

/** Discovering a cluster that is away takes longer than whoever asks will wait. */
async function within<T>(promise: Promise<T>, ms: number | undefined): Promise<T> {
  if (ms === undefined) return promise;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreUnavailable('failed', "EventStoreDB n'est pas joignable.")), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

const identifierOf = (stream: string): shared.StreamIdentifier =>
  new shared.StreamIdentifier().setStreamName(Buffer.from(stream, 'utf8'));

function headerOf(stream: string, expected: Exact): streams.AppendReq {
  const options = new streams.AppendReq.Options().setStreamIdentifier(identifierOf(stream));
  if (expected === 'none') options.setNoStream(new shared.Empty());
  else options.setRevision(String(expected));
  return new streams.AppendReq().setOptions(options);
}

function messageOf({ serverId, type, data, metadata }: ServerEvent): streams.AppendReq {
  const message = new streams.AppendReq.ProposedMessage()
    .setId(new shared.UUID().setString(serverId))
    .setData(Buffer.from(data, 'utf8'))
    .setCustomMetadata(Buffer.from(metadata, 'utf8'));
  message.getMetadataMap().set('type', type).set('content-type', 'application/json');
  return new streams.AppendReq().setProposedMessage(message);
}

function requestOf({ stream, from, backwards = false, most = MOST }: Reading): streams.ReadReq {
  const options = new streams.ReadReq.Options()
    .setReadDirection(backwards ? BACKWARDS : FORWARDS)
    .setCount(String(most))
    .setNoFilter(new shared.Empty())
    .setUuidOption(new streams.ReadReq.Options.UUIDOption().setString(new shared.Empty()));
  const end = from === undefined && backwards;
  if (stream === undefined) {
    const all = new streams.ReadReq.Options.AllOptions();
    if (typeof from === 'object') {
      const { commit, prepare } = from;
      const position = new streams.ReadReq.Options.Position();
      all.setPosition(position.setCommitPosition(String(commit)).setPreparePosition(String(prepare)));
    } else if (end) all.setEnd(new shared.Empty());
    else all.setStart(new shared.Empty());
    options.setAll(all);
  } else {
    const one = new streams.ReadReq.Options.StreamOptions().setStreamIdentifier(identifierOf(stream));
    if (typeof from === 'bigint') one.setRevision(String(from));
    else if (end) one.setEnd(new shared.Empty());
    else one.setStart(new shared.Empty());
    options.setStream(one);
  }
  return new streams.ReadReq().setOptions(options);
}
