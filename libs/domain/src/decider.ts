/** An instant in UTC to the second, `2021-08-13T14:00:00Z`. People read it in Europe/Paris. */
export type Instant = string;
/** A calendar day in Europe/Paris, `2021-08-13`. */
export type Day = string;
/** The id of a person (UUID); the name lives in the content stream `person-…` only. */
export type PersonId = string;

/** What the handler adds to a command before it is decided. */
export interface Stamp {
  /** When the request arrived, taken once. */
  readonly at: Instant;
  readonly by: PersonId;
  /** The role that allowed the command; see permissions.ts. */
  readonly actingAs: string;
  /** The id of the thing commanded: what follows the category in the name of its stream. */
  readonly id: string;
}
export type Stamped<Command> = Command & Stamp;

export interface Fault {
  /** Path of the field, `budget.charges[2].account`. */
  readonly field: string;
  readonly code: string;
  /** French, for the person who filled the field in. */
  readonly message: string;
}
export const fault = (field: string, code: string, message: string): Fault => ({ field, code, message });

/** `state` → 409, `forbidden` → 403, `absent` → 404, `invalid` → 422 with its faults. */
export type RefusalKind = 'state' | 'forbidden' | 'absent' | 'invalid';

/** A rule said no: a stable code, and a French sentence a person can act on. */
export class Refusal {
  constructor(
    readonly code: string,
    readonly sentence: string,
    readonly kind: RefusalKind = 'state',
    readonly faults: readonly Fault[] = [],
  ) {}
}

export const refuse = (code: string, sentence: string) => new Refusal(code, sentence);
export const forbid = (code: string, sentence: string) => new Refusal(code, sentence, 'forbidden');
export const absent = (code: string, sentence: string) => new Refusal(code, sentence, 'absent');
export const invalid = (code: string, sentence: string, faults: readonly Fault[]) =>
  new Refusal(code, sentence, 'invalid', faults);

export type Decision<Event> = readonly Event[] | Refusal;

/** Rules over one stream: pure, no clock, no I/O. What they need of other streams comes as `context`. */
export interface Decider<Command, State, Event, Context = Tools> {
  readonly initial: State;
  decide(command: Stamped<Command>, state: State, context: Context): Decision<Event>;
  evolve(state: State, event: Event): State;
}

/** Pure functions that rules may call but not import. */
export interface Tools {
  readonly calendar: Calendar;
  /** SHA-256 in hexadecimal. */
  readonly digest: (text: string) => string;
}

/** The civil calendar of Europe/Paris. */
export interface Calendar {
  /**
   * `('2021-08-13', '16:00:00')` → `2021-08-13T14:00:00Z`. Of the hour that comes twice as summer time ends the last, of
   * that which is skipped as it begins the next.
   */
  instantOf(day: Day, time: string): Instant;
  dayOf(instant: Instant): Day;
  /** Local time of day, `16:00:00`. */
  timeOf(instant: Instant): string;
  addDays(day: Day, days: number): Day;
  /** The same day so many months later, or the last of that month: `('2021-01-31', 1)` → `2021-02-28`. */
  addMonths(day: Day, months: number): Day;
  /** Whole calendar days from one to the other. */
  daysBetween(from: Day, to: Day): number;
  /** 1 is Monday, 7 is Sunday. */
  weekday(day: Day): number;
  /** The name of the public holiday, if it is one. */
  holiday(day: Day, alsaceMoselle: boolean): string | undefined;
  /** `13 août 2021 à 16 h 00 (heure de Paris)`. */
  say(instant: Instant): string;
}

/** `tsc` fails here while a case is missing. */
export function unreachable(value: never): never {
  throw new Error(`Unexpected ${JSON.stringify(value)}`);
}

/** A reference to what was written in a content stream: facts keep its version and hash, never its text. */
export interface ContentRef {
  readonly version: number;
  /** SHA-256 of the canonical JSON of the content. */
  readonly hash: string;
}

export type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
