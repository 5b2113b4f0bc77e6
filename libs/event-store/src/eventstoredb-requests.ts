import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { Expected } from './event-store.js';
import type { LogPosition, ServerEvent } from './eventstoredb-events.js';

/** Exact, always: the server answers a repeat as it did the first time only under an exact expectation. */
export type Exact = Extract<Expected, 'none' | number>;

export interface Reading {
  /** A stream, or else the whole log. */
  readonly stream?: string;
  /** First to read, inclusive; going backwards through the whole log, exclusive. Without: from the start, or the end. */
  readonly from?: bigint | LogPosition;
  readonly backwards?: boolean;
  readonly most?: number;
  /** Ends the reading early once there are so many, after two events at least. */
  readonly mostBytes?: number;
  /** What the leader says, where a follower may be behind. */
  readonly leader?: boolean;
}

const MOST = Number.MAX_SAFE_INTEGER;
const { FORWARDS, BACKWARDS } = streams.ReadReq.Options.ReadDirection;

export function tombstoneOf(stream: string): streams.TombstoneReq {
  const options = new streams.TombstoneReq.Options();
  options.setStreamIdentifier(identifierOf(stream)).setAny(new shared.Empty());
  return new streams.TombstoneReq().setOptions(options);
}

/** Everything after a position, for as long as it is listened to. */
export function subscriptionOf(after: LogPosition): streams.ReadReq {
  const request = requestOf({ from: after });
  request.getOptions()?.clearCount();
  request.getOptions()?.setSubscription(new streams.ReadReq.Options.SubscriptionOptions());
  return request;
}

const identifierOf = (stream: string): shared.StreamIdentifier =>
  new shared.StreamIdentifier().setStreamName(Buffer.from(stream, 'utf8'));

export function headerOf(stream: string, expected: Exact): streams.AppendReq {
  const options = new streams.AppendReq.Options().setStreamIdentifier(identifierOf(stream));
  if (expected === 'none') options.setNoStream(new shared.Empty());
  else options.setRevision(String(expected));
  return new streams.AppendReq().setOptions(options);
}

export function messageOf({ serverId, type, data, metadata }: ServerEvent): streams.AppendReq {
  const message = new streams.AppendReq.ProposedMessage()
    .setId(new shared.UUID().setString(serverId))
    .setData(Buffer.from(data, 'utf8'))
    .setCustomMetadata(Buffer.from(metadata, 'utf8'));
  message.getMetadataMap().set('type', type).set('content-type', 'application/json');
  return new streams.AppendReq().setProposedMessage(message);
}

export function requestOf({ stream, from, backwards = false, most = MOST }: Reading): streams.ReadReq {
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
