import { randomUUID } from 'node:crypto';
import type { Registered, Registers } from './event-store.js';
import type { AppendAnswer, Connection, Exact } from './eventstoredb-connection.js';
import { type ServerEvent, wireData } from './eventstoredb-events.js';
import { storeError } from './eventstoredb-problems.js';

export interface RegisterStreamsOptions {
  readonly connection: Connection;
  readonly space: string;
  readonly readMs: number;
  /** Settles what is unclear. */
  readonly write: (stream: string, expected: Exact, events: readonly ServerEvent[]) => Promise<AppendAnswer>;
}

/** Values that the server keeps of each; older ones leave the disk with its next scavenge. */
const KEPT = 5;

const streamOf = (space: string, name: string): string => `${space}convergence-register-${name}`;

export const isRegister = (space: string, stream: string): boolean => stream.startsWith(streamOf(space, ''));

/** Each register is a stream beside the log, of which the last event counts. */
export class RegisterStreams implements Registers {
  constructor(private readonly options: RegisterStreamsOptions) {}

  async read(name: string): Promise<Registered | undefined> {
    const { connection, space, readMs } = this.options;
    const reading = { stream: streamOf(space, name), backwards: true, most: 1, leader: true };
    const [last] = (await connection.read(reading, readMs).catch(unavailable)) ?? [];
    return last && { version: Number(last.getStreamRevision()), value: JSON.parse(wireData(last)) as unknown };
  }

  async write(name: string, expected: number | 'none', value: object): Promise<boolean> {
    const stream = streamOf(this.options.space, name);
    if (expected === 'none') await this.append(`$$${stream}`, 'none', '$metadata', { $maxCount: KEPT });
    return this.append(stream, expected, 'RegisterWritten', value);
  }

  private async append(stream: string, expected: Exact, type: string, value: object): Promise<boolean> {
    const event = { serverId: randomUUID(), type, data: JSON.stringify(value), metadata: '{}' };
    return 'version' in (await this.options.write(stream, expected, [event]).catch(unavailable));
  }
}

function unavailable(error: unknown): never {
  throw storeError(error);
}
