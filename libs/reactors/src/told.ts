import type { Calendar, Instant } from '#domain/decider.js';
import type { Fact, FactType } from '#domain/facts.js';
import type { NoticeKind } from '#domain/notice/notice.js';
import type { FactOf } from './about.js';

/** What a template may speak of. */
export interface Told {
  readonly kind: NoticeKind;
  readonly fact: Fact;
  /** The facts of its stream up to it. */
  readonly history: readonly Fact[];
  /** Of the person written to. */
  readonly name: string;
  readonly call?: {
    readonly id: string;
    readonly title: string;
    /** The documents it asks for, as it calls them. */
    readonly documents: readonly { readonly code: string; readonly label: string }[];
  };
  /** Id of the file. */
  readonly file?: string;
  /** For whom filed in the call: until when what they filed may be replaced, if it still may. */
  readonly filed?: { readonly until?: Instant };
  /** Of a pending proposal: when it expires. */
  readonly expiresAt?: Instant;
  /** Name of the organisation. */
  readonly organisation?: string;
  readonly signInCode?: string;
  readonly url: string;
  readonly calendar: Calendar;
}

export interface Contents {
  readonly subject: string;
  readonly lines: readonly string[];
}

/** One for each of these facts. */
export type Templates<Type extends FactType> = {
  readonly [T in Type]: (fact: FactOf<T>, told: Told) => Contents;
};

export const title = ({ call }: Told): string => call?.title ?? '';

export const callPage = ({ call, url }: Told): string[] => (call ? [`Appel : ${url}/api/calls/${call.id}`] : []);
export const filePage = ({ file, url }: Told): string[] =>
  file === undefined ? [] : [`Dossier : ${url}/api/applications/${file}`];
