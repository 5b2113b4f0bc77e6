import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { once } from 'node:events';
import {
  createSecureServer,
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { answered, type Kept, nameOf, Refused, ScriptedLog, sent } from './scripted-log.js';

export type Method = 'append' | 'read' | 'subscribe' | 'tombstone' | 'gossip';

/** What becomes of a call. Without one it is done and answered. */
export type Fate =
  /** The connection is cut before it is done. */
  | 'cut'
  /** It is done, and the connection cut before the answer. */
  | 'done and cut'
  /** Neither done nor answered. */
  | 'silence'
  | Refused
  /** Done at once and answered after it. */
  | Promise<void>;

export interface Asked {
  readonly method: Method;
  readonly stream: string;
  readonly headers: IncomingHttpHeaders;
}

/** As the server of EventStoreDB says them. */
export const refusals = {
  notReady: new Refused(14, 'Server Is Not Ready'),
  accessDenied: new Refused(7, 'Access Denied', { exception: 'access-denied' }),
  notAuthenticated: new Refused(16, 'Not Authenticated'),
  noLeader: new Refused(2, 'No leader info available in response'),
  tooSlow: new Refused(10, 'Operation timed out: Consumer too slow to handle event while live.'),
  tooLarge: new Refused(3, 'Maximum Append Size of 1048576 Exceeded.', {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': '1048576',
  }),
  notLeader: (host: string, port: number): Refused =>
    new Refused(5, 'Leader info available', {
      exception: 'not-leader',
      'leader-endpoint-host': host,
      'leader-endpoint-port': String(port),
    }),
};

const HOST = '127.0.0.1';

/** A stand-in for a node of EventStoreDB, which answers as a real one was seen to, or fails as it is told. */
export class ScriptedServer {
  readonly asked: Asked[] = [];
  /** All that is asked from now on, until it is undefined again. */
  always: Fate | undefined;
  /** The node that leads, itself unless told otherwise; undefined while there is none. */
  leader: ScriptedServer | undefined = this;
  /** All nodes, as their gossip names them. */
  nodes: readonly ScriptedServer[] = [this];
  port = 0;
  private readonly next = new Map<Method, Fate[]>();
  private readonly sessions = new Set<ServerHttp2Session>();
  private readonly subscriptions = new Set<ServerHttp2Stream>();
  private server: Http2Server | undefined;

  private constructor(
    readonly log: ScriptedLog,
    private readonly tls: { key: string; cert: string } | undefined,
  ) {}

  static async start(log = new ScriptedLog(), tls?: { key: string; cert: string }): Promise<ScriptedServer> {
    const server = new ScriptedServer(log, tls);
    await server.comeBack();
    return server;
  }

  get url(): string {
    return `esdb://${HOST}:${this.port}?tls=${String(this.tls !== undefined)}`;
  }

  /** What becomes of the next calls of that kind, one after the other. */
  fate(method: Method, ...fates: Fate[]): void {
    this.next.set(method, [...(this.next.get(method) ?? []), ...fates]);
  }

  /** Nothing more becomes of them. */
  forgive(): void {
    this.always = undefined;
    this.next.clear();
  }

  count(method: Method): number {
    return this.asked.filter((asked) => asked.method === method).length;
  }

  /** As a server drops who is too slow; without a reason, by cutting the connection. */
  dropSubscriptions(why?: Refused): void {
    for (const stream of [...this.subscriptions]) {
      if (why) refuse(stream, why);
      else stream.session?.destroy();
    }
  }

  /** Those who subscribed are told nothing any more, and not that it is over. */
  mute(): void {
    for (const stream of this.subscriptions) stream.emit('muted');
    this.subscriptions.clear();
  }

  /** Nobody listens at its port any more. */
  async goAway(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = undefined;
    for (const session of this.sessions) session.destroy();
    server.close();
    await once(server, 'close');
  }

  async comeBack(): Promise<void> {
    const server = this.tls ? createSecureServer(this.tls) : createServer();
    server.on('session', (session) => {
      this.sessions.add(session);
      session.on('close', () => this.sessions.delete(session));
      session.on('error', () => undefined);
    });
    server.on('stream', (stream, headers) => void this.meet(stream, headers));
    server.listen(this.port, HOST);
    await once(server, 'listening');
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  private async meet(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): Promise<void> {
    stream.on('error', () => undefined);
    const messages = await bodyOf(stream).catch(() => undefined);
    if (!messages || stream.destroyed) return;
    const call = callOf(String(headers[':path']), messages);
    this.asked.push({ ...call, headers });
    const fate = this.next.get(call.method)?.shift() ?? this.always;
    if (fate === 'silence') return;
    if (fate === 'cut') return stream.session?.destroy();
    if (fate instanceof Refused) return refuse(stream, fate);
    try {
      if (headers['requires-leader'] === 'true') this.checkLeads();
      const answer = call.answer(this);
      if (fate === 'done and cut') return stream.session?.destroy();
      await fate;
      await answer(stream);
    } catch (error) {
      refuse(stream, error instanceof Refused ? error : new Refused(13, String(error)));
    }
  }

  /** Sends what comes, until it is dropped. */
  listen(stream: ServerHttp2Stream, first: Iterable<streams.ReadResp>): Promise<void> {
    const hear = (event: Kept): void => void stream.write(framed(sent(event)));
    this.log.listeners.add(hear);
    this.subscriptions.add(stream);
    stream.on('muted', () => this.log.listeners.delete(hear));
    stream.on('close', () => {
      this.log.listeners.delete(hear);
      this.subscriptions.delete(stream);
    });
    return begin(stream, first);
  }

  private checkLeads(): void {
    if (!this.leader) throw refusals.noLeader;
    if (this.leader !== this) throw refusals.notLeader(HOST, this.leader.port);
  }
}

type Answer = (stream: ServerHttp2Stream) => Promise<void>;
/** Done when it is called; what it gives back sends the answer. */
type Act = (server: ScriptedServer) => Answer;

function callOf(path: string, messages: readonly Buffer[]): { method: Method; stream: string; answer: Act } {
  const [first = Buffer.alloc(0)] = messages;
  switch (path.split('/').at(-1)) {
    case 'Append': {
      const requests = messages.map((message) => streams.AppendReq.deserializeBinary(message));
      const stream = nameOf(requests[0]?.getOptions()?.getStreamIdentifier());
      return { method: 'append', stream, answer: ({ log }) => whole([answered(log.append(requests))]) };
    }
    case 'Tombstone': {
      const stream = nameOf(streams.TombstoneReq.deserializeBinary(first).getOptions()?.getStreamIdentifier());
      const answer: Act = ({ log }) => (log.tombstone(stream), whole([new streams.TombstoneResp()]));
      return { method: 'tombstone', stream, answer };
    }
    case 'Read': {
      if (path.includes('gossip'))
        return { method: 'gossip', stream: '', answer: (server) => whole([gossipOf(server)]) };
      const options = streams.ReadReq.deserializeBinary(first).getOptions() as streams.ReadReq.Options;
      const stream = nameOf(options.getStream()?.getStreamIdentifier());
      return options.hasSubscription()
        ? { method: 'subscribe', stream, answer: subscribed(options) }
        : { method: 'read', stream, answer: ({ log }) => whole(each(log.read(options))) };
    }
    default:
      return { method: 'read', stream: '', answer: () => () => Promise.resolve() };
  }
}

/** Exclusive, unlike a read; it says first that it is there. */
function subscribed(options: streams.ReadReq.Options): Act {
  return (server) => (stream) => {
    const after = Number(options.getAll()?.getPosition()?.getCommitPosition() ?? -1);
    const confirmation = new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation());
    const there = server.log.events.filter(({ position }) => position > after).map(sent);
    return server.listen(stream, [confirmation, ...there]);
  };
}

function* each(events: readonly Kept[] | undefined): Generator<streams.ReadResp> {
  if (!events) yield notFound();
  for (const event of events ?? []) yield sent(event);
}

const notFound = (): streams.ReadResp =>
  new streams.ReadResp().setStreamNotFound(new streams.ReadResp.StreamNotFound());

function gossipOf({ nodes, leader }: ScriptedServer): gossip.ClusterInfo {
  const { LEADER, FOLLOWER } = gossip.MemberInfo.VNodeState;
  const members = nodes.map((node) =>
    new gossip.MemberInfo()
      .setState(node === leader ? LEADER : FOLLOWER)
      .setIsAlive(true)
      .setTimeStamp('0')
      .setHttpEndPoint(new gossip.EndPoint().setAddress(HOST).setPort(node.port)),
  );
  return new gossip.ClusterInfo().setMembersList(members);
}

interface Message {
  serializeBinary(): Uint8Array;
}

/** A message as gRPC frames it: a byte for compression, four for the length. */
function framed(message: Message): Buffer {
  const bytes = message.serializeBinary();
  const head = Buffer.alloc(5);
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

const CONTENT = { ':status': 200, 'content-type': 'application/grpc' };

const isOver = (stream: ServerHttp2Stream): boolean => stream.destroyed;

/** One after the other, as fast as they are taken. */
async function begin(stream: ServerHttp2Stream, messages: Iterable<Message>): Promise<void> {
  if (stream.destroyed) return;
  stream.respond(CONTENT, { waitForTrailers: true });
  stream.once('wantTrailers', () => stream.sendTrailers(trailers.get(stream) ?? { 'grpc-status': '0' }));
  for (const message of messages) {
    if (isOver(stream)) return;
    if (!stream.write(framed(message))) await Promise.race([once(stream, 'drain'), once(stream, 'close')]);
  }
}

const whole =
  (messages: Iterable<Message>): Answer =>
  async (stream) => {
    await begin(stream, messages);
    stream.end();
  };

const trailers = new WeakMap<ServerHttp2Stream, Record<string, string>>();

function refuse(stream: ServerHttp2Stream, { code, message, metadata }: Refused): void {
  if (stream.destroyed) return;
  const status = { 'grpc-status': String(code), 'grpc-message': encodeURIComponent(message), ...metadata };
  if (!stream.headersSent) return stream.respond({ ...CONTENT, ...status }, { endStream: true });
  trailers.set(stream, status);
  stream.end();
}

async function bodyOf(stream: ServerHttp2Stream): Promise<Buffer[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const all = Buffer.concat(chunks);
  const messages: Buffer[] = [];
  for (let at = 0; at < all.length;) {
    const length = all.readUInt32BE(at + 1);
    messages.push(all.subarray(at + 5, at + 5 + length));
    at += 5 + length;
  }
  return messages;
}
