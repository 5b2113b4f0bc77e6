import { type Appended, checkAppend, IdReused, StreamDeleted, VersionConflict, type Write } from './event-store.js';
import type { RowWrite, Series, SeriesOutcome } from './sqlite-writer.js';

/** One caller, until the thread has answered. */
export interface Waiting {
  readonly series: Series;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: Error) => void;
}

/** A write as it is stored, its texts made before it waits. @throws TypeError */
export function rowsOf({ stream, expected, events }: Write): RowWrite {
  checkAppend(stream, events);
  const rows = events.map(
    ({ id, type, schema, data, metadata, json }) =>
      [id, type, schema, json ?? JSON.stringify(data), JSON.stringify(metadata)] as const,
  );
  return { stream, expected, events: rows };
}

/** Tells whoever waits what became of it. */
export function settle({ series, resolve, reject }: Waiting, [index, outcome]: SeriesOutcome): void {
  const write = series[index] as RowWrite;
  if ('written' in outcome) {
    const { version, position } = outcome.written;
    resolve({ version, position: String(position) });
  } else if ('conflict' in outcome) {
    reject(new VersionConflict(write.stream, write.expected, outcome.conflict));
  } else {
    reject(outcome.refused === 'id-reused' ? new IdReused(write.stream) : new StreamDeleted(write.stream));
  }
}
