import type { Day, Decider, PersonId } from '../decider.js';

/** Who read what of a file once its contents were unsealed; once a day each. */
export type ReadingEvent = { type: 'ContentsRead'; person: PersonId; what: string; day: Day };
/** `what` is `contents:<version>` or `document:<id>`; `call` is the file's. */
export type ReadingCommand = { type: 'TraceReading'; call: string; what: string; day: Day };
export type Readings = ReadonlySet<string>;

const key = (person: PersonId, what: string, day: Day): string => `${day} ${person} ${what}`;

export const reading: Decider<ReadingCommand, Readings, ReadingEvent, unknown> = {
  initial: new Set<string>(),
  decide: ({ by, what, day }, read) =>
    read.has(key(by, what, day)) ? [] : [{ type: 'ContentsRead', person: by, what, day }],
  evolve: (read, { person, what, day }) => new Set(read).add(key(person, what, day)),
};
