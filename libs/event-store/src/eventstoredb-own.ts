import { randomUUID } from 'node:crypto';
import { NewerLog } from './event-store.js';
import type { Connection } from './eventstoredb-connection.js';
import {
  type LogPosition,
  type ServerEvent,
  type WireEvent,
  wireData,
  wirePosition,
  wireStream,
  wireType,
} from './eventstoredb-events.js';
import type { Exact } from './eventstoredb-requests.js';

/** What the store notes for itself, in a stream that isn't part of the log. */
type Note =
  | { readonly type: 'LogStarted'; readonly logId: string; readonly generation: number }
  | { readonly type: 'GenerationRaised'; readonly generation: number }
  | { readonly type: 'StreamForgotten'; readonly stream: string };

export interface OwnOptions {
  readonly connection: Connection;
  /** Begins the name of every stream of this log on the server. */
  readonly space: string;
  /** Generation of the facts this version writes. */
  readonly generation: number;
  readonly readMs: number;
  /** Settles what is unclear; true where it is written, false where somebody else was first. */
  readonly write: (stream: string, expected: Exact, events: readonly ServerEvent[]) => Promise<boolean>;
}

/**
 * The stream in which a log says who it is, of which generation its facts are, and which of its streams were deleted: the
 * server goes on showing those in `$all` until it is scavenged.
 */
export class OwnStream {
  logId = '';
  /** Where the log begins: nothing of it is before. */
  origin: LogPosition = { commit: 0n, prepare: 0n };
  readonly deleted = new Set<string>();
  private generation = 0;
  private version = -1;
  private raising: Promise<void> | undefined;
  readonly name: string;

  constructor(private readonly options: OwnOptions) {
    this.name = `${options.space}convergence-log`;
  }

  /** Begins the log where nobody has. @throws NewerLog */
  async open(): Promise<void> {
    await this.refresh();
    const { generation } = this.options;
    if (this.version < 0) {
      await this.note({ type: 'LogStarted', logId: randomUUID(), generation }, 'none');
      await this.refresh();
    }
    if (this.generation > generation) {
      throw new NewerLog(
        'Ce journal a été écrit par une version plus récente de Convergence : mettez le programme à jour.',
      );
    }
  }

  /** What others have noted since. */
  async refresh(): Promise<void> {
    const { connection, readMs } = this.options;
    const from = BigInt(this.version + 1);
    const noted = await connection.read({ stream: this.name, from, leader: true }, readMs);
    for (const wire of noted?.events ?? []) this.learn(wire);
  }

  /** Is it of this stream? What it says is known from then on. */
  meets(wire: WireEvent): boolean {
    if (wireStream(wire) !== this.name) return false;
    this.learn(wire);
    return true;
  }

  /** With the first fact of a newer version, so that an older one refuses the log. */
  async raised(): Promise<void> {
    const { generation } = this.options;
    if (this.generation >= generation) return;
    this.raising ??= this.noteUntil(
      { type: 'GenerationRaised', generation },
      () => this.generation >= generation,
    ).finally(() => {
      this.raising = undefined;
    });
    await this.raising;
  }

  /** Noted before it is done, so that no reader meets what is left of it. */
  async forget(stream: string): Promise<void> {
    await this.noteUntil({ type: 'StreamForgotten', stream }, () => this.deleted.has(stream));
  }

  private async noteUntil(note: Note, known: () => boolean): Promise<void> {
    while (!known()) {
      await this.note(note, this.version);
      await this.refresh();
    }
  }

  private async note({ type, ...data }: Note, expected: Exact): Promise<void> {
    const event = { serverId: randomUUID(), type, data: JSON.stringify(data), metadata: '{}' };
    await this.options.write(this.name, expected, [event]);
  }

  private learn(wire: WireEvent): void {
    const version = Number(wire.getStreamRevision());
    if (version !== this.version + 1) return;
    this.version = version;
    const note = { type: wireType(wire), ...(JSON.parse(wireData(wire)) as object) } as Note;
    if (note.type === 'StreamForgotten') this.deleted.add(note.stream);
    else this.generation = note.generation;
    if (note.type === 'LogStarted') {
      this.logId = note.logId;
      this.origin = wirePosition(wire);
    }
  }
}
