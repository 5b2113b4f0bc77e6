import type { Fact, FactType } from '#domain/facts.js';
import type { NoticeKind } from '#domain/notice/notice.js';
import type { Views } from '#read-models/views.js';
import type { About, FactOf } from './about.js';
import { membersOf } from './audiences.js';

/** Who is told of a fact, and by which notice. */
export interface Telling {
  readonly kind: NoticeKind;
  /** Once each; of thousands, a page is found when it is asked for. */
  readonly to: Iterable<string>;
  /** What it is decided once for, for each person, where that is more than this one fact. */
  readonly once?: string;
}

/** What a fact is about, and what is known besides. */
export interface Happening extends About {
  /** What follows the category in the name of its stream. */
  readonly id: string;
  readonly by: string;
  readonly views: Views;
  /** The facts of its stream up to this one. */
  readonly history: readonly Fact[];
}

/** Who is told of each of these facts. */
export type Tellings<Type extends FactType> = {
  readonly [T in Type]: (fact: FactOf<T>, happening: Happening) => Telling;
};

/** The applicant: everybody of the organisation whose file it is. */
export const applicant =
  (kind: NoticeKind) =>
  (_: unknown, { views, organisation }: Happening): Telling => ({
    kind,
    to: organisation === undefined ? [] : membersOf(views, [organisation]),
  });
