import { EventStoreDBClient } from '@eventstore/db-client';
import grpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type streams from '@eventstore/db-client/generated/streams_pb.js';
import { StoreUnavailable } from './event-store.js';
import type { LogPosition, ServerEvent, WireEvent } from './eventstoredb-events.js';
import { closesChannel, late } from './eventstoredb-problems.js';
import {
  type Exact,
  headerOf,
  messageOf,
  type Reading,
  requestOf,
  subscriptionOf,
  tombstoneOf,
} from './eventstoredb-requests.js';
import { clientUrl, isEventStoreUrl } from './eventstoredb-url.js';

export type AppendAnswer =
  { readonly version: number; readonly position: LogPosition } | { readonly actual: number | 'none' };

export interface ReadAnswer {
  readonly events: readonly WireEvent[];
  /** False where it ended early, for its size. */
  readonly whole: boolean;
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

type Settle<T> = (error: Error | null, answer?: T) => void;

/**
 * The calls of the store, on the channel that the client of EventStoreDB keeps connected. They are made here and not by
 * the client's own methods, because those append on a stream shared by the process, bound no read in time, and leave
 * promises that never settle and rejections that nobody sees where a channel closes under them.
 */
export class Connection {
  private readonly inside: Inside;
  private readonly calls = new Set<Call>();
  private readonly subscriptions = new Map<Call, grpc.StreamsClient>();
  private readonly waiting = new Set<(reason: Error) => void>();
  private last: grpc.StreamsClient | undefined;
  private closed = false;

  /** @throws StoreUnavailable where the address can't be understood, or a certificate that it names can't be read */
  constructor(url: string) {
    try {
      this.inside = EventStoreDBClient.connectionString(clientUrl(url)) as unknown as Inside;
    } catch {
      throw new StoreUnavailable('failed', isEventStoreUrl(url) ? NO_CERTIFICATE : NO_ADDRESS);
    }
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

  /** Undefined for a stream that doesn't exist. As long as something comes it goes on; `silence` ends it. */
  async read(reading: Reading, silence: number): Promise<ReadAnswer | undefined> {
    const { leader: requiresLeader = false, mostBytes = Infinity } = reading;
    const request = requestOf(reading);
    return this.call<ReadAnswer | undefined>(silence, (client, settle) => {
      const call = client.read(request, ...this.inside.callArguments({ requiresLeader }, { deadline: Infinity }));
      const finish: typeof settle = (error, answer) => {
        clearTimeout(timer);
        settle(error, answer);
      };
      const timer = setTimeout(() => {
        finish(late());
        call.cancel();
      }, silence);
      const events: WireEvent[] = [];
      let found = true;
      let bytes = 0;
      call.on('data', (answer: streams.ReadResp) => {
        timer.refresh();
        if (answer.hasStreamNotFound()) found = false;
        const event = answer.getEvent()?.getEvent();
        if (!event || bytes > mostBytes) return;
        events.push(event);
        bytes += event.getData_asU8().length + event.getCustomMetadata_asU8().length;
        if (bytes <= mostBytes || events.length < 2) return;
        finish(null, { events, whole: false });
        call.cancel();
      });
      call.on('error', finish);
      call.on('end', () => finish(null, found ? { events, whole: true } : undefined));
      return call;
    });
  }

  /** Everything after a position, for as long as the server sends it. @throws whatever ends it */
  async subscribe(after: LogPosition, take: (event: WireEvent) => void, signal: AbortSignal): Promise<void> {
    await this.call<undefined>(undefined, (client, settle) => {
      const call = client.read(subscriptionOf(after), ...this.inside.callArguments({}, { deadline: Infinity }));
      const stop = (): void => call.cancel();
      signal.addEventListener('abort', stop, { once: true });
      this.subscriptions.set(call, client);
      const ended = (error: Error | null): void => {
        signal.removeEventListener('abort', stop);
        this.subscriptions.delete(call);
        settle(error, undefined);
      };
      call.on('data', (answer: streams.ReadResp) => {
        const event = answer.getEvent()?.getEvent();
        if (!event) return;
        try {
          take(event);
        } catch (error) {
          ended(error as Error);
          call.cancel();
        }
      });
      call.on('error', ended);
      call.on('end', () => ended(null));
      if (signal.aborted) stop();
      return call;
    });
  }

  /** For good; of a stream that doesn't exist, too. */
  async tombstone(stream: string, deadline: number): Promise<void> {
    await this.call(deadline, (client, settle) =>
      client.tombstone(tombstoneOf(stream), ...this.inside.callArguments({ deadline }), settle),
    );
  }

  /** Cancels what is under way. */
  close(): void {
    this.closed = true;
    for (const refuse of [...this.waiting]) refuse(closedLog());
    for (const call of [...this.calls]) call.cancel();
    this.last?.close();
  }

  /** Settles once, with whatever comes first: an answer, an error of the call, or the time that is over. */
  private async call<T>(
    deadline: number | undefined,
    start: (client: grpc.StreamsClient, settle: Settle<T>) => Call,
  ): Promise<T> {
    if (this.closed) throw closedLog();
    const client = await this.connected(deadline);
    if (this.isClosed()) {
      client.close();
      throw closedLog();
    }
    this.last = client;
    return new Promise<T>((resolve, reject) => {
      let call: Call | undefined;
      let settled = false;
      const settle: Settle<T> = (error, answer) => {
        if (settled) return;
        settled = true;
        if (call) this.calls.delete(call);
        if (!error) return resolve(answer as T);
        this.doubt(client, error);
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

  private isClosed(): boolean {
    return this.closed;
  }

  /** A server that doesn't answer may be frozen: what comes next looks for another connection, and the leader anew. */
  private doubt(client: grpc.StreamsClient, error: Error): void {
    const problem = closesChannel(error);
    void this.inside.handleError(client, problem ?? error);
    if (!problem) return;
    // What listens to it would hear nothing, and never know.
    for (const [call, of] of [...this.subscriptions]) if (of === client) call.cancel();
  }

  /** Discovering a cluster that is away takes longer than whoever asks will wait. */
  private async connected(ms: number | undefined): Promise<grpc.StreamsClient> {
    const found = this.inside.getGRPCClient(grpc.StreamsClient, 'streams');
    let timer: NodeJS.Timeout | undefined;
    let refuse: (reason: Error) => void = () => undefined;
    const refused = new Promise<never>((_, reject) => {
      refuse = reject;
      this.waiting.add(refuse);
      if (ms !== undefined) timer = setTimeout(() => reject(late()), ms);
    });
    return Promise.race([found, refused]).finally(() => {
      clearTimeout(timer);
      this.waiting.delete(refuse);
    });
  }
}

const NO_CERTIFICATE =
  'Un certificat que nomme EVENT_STORE_URL (tlsCAFile, userCertFile, userKeyFile) manque ou ne peut pas être lu.';
const NO_ADDRESS = "Ce n'est pas une adresse que le client d'EventStoreDB comprend.";

const closedLog = (): StoreUnavailable => new StoreUnavailable('closed', 'The log is closed.');
