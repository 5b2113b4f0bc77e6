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
  /** Id of the webhook. */
  readonly webhook?: string;
  /** Name of the organisation. */
  readonly organisation?: string;
  readonly signInCode?: string;
  /** The files of which the person written to still has something to do. */
  readonly duties?: readonly string[];
  /** Where this person refuses messages of this kind, if they may. */
  readonly unsubscribe?: string;
  readonly url: string;
  readonly calendar: Calendar;
}

/** A paragraph; or a list, a code to copy, a link to follow. The text and the HTML of a message are made of them. */
export type Block =
  | string
  | { readonly list: readonly string[] }
  | { readonly code: string }
  | { readonly label: string; readonly url: string };

export interface Contents {
  readonly subject: string;
  readonly lines: readonly Block[];
}

/** What a fact is told with. One file each, and one line in the table of its area. */
export interface Template<Type extends FactType> {
  readonly kind: NoticeKind;
  readonly words: (fact: FactOf<Type>, told: Told) => Contents;
  /** Invented, for its preview: facts of one stream, the last being the one that is told. */
  readonly example: readonly [...before: Fact[], fact: FactOf<Type>];
}

/** One for each of these facts. */
export type Templates<Type extends FactType> = { readonly [T in Type]: Template<T> };

export const title = ({ call }: Told): string => call?.title ?? '';

export const callPage = ({ call, url }: Told): Block[] =>
  call ? [{ label: 'Appel', url: `${url}/api/calls/${call.id}` }] : [];
export const filePage = ({ file, url }: Told): Block[] =>
  file === undefined ? [] : [{ label: 'Dossier', url: `${url}/api/applications/${file}` }];
