import type { Fact, FactType } from '#domain/facts.js';
import type { RoundFacts } from '#domain/reminder/round.js';
import { fileOf } from '#read-models/deadline-queries.js';
import { callAndApplicantOf } from '#read-models/files-of-call.js';
import { idOf } from '#read-models/read-model.js';
import type { Views } from '#read-models/views.js';

/** A fact of one type. */
export type FactOf<Type extends FactType> = Extract<Fact, { type: Type }>;

/** The call, the file, the organisation and the webhook that a fact is about, as far as it is about one. */
export interface About {
  readonly call?: string;
  readonly file?: string;
  readonly organisation?: string;
  readonly webhook?: string;
}

/** From the name of its stream, the fact itself, and what its stream held before. */
export function aboutOf(stream: string, fact: Fact, history: readonly Fact[], views: Views): About {
  const id = idOf(stream);
  switch (stream.slice(0, stream.indexOf('-'))) {
    case 'call':
    case 'commission':
      return { call: id };
    case 'organisation':
      return { organisation: id };
    case 'application':
    case 'award':
    case 'agreement':
      return ofFile(id, views);
    case 'reports': {
      const expected = 'report' in fact ? expectedReport(history, fact.report) : undefined;
      return { organisation: id, ...(expected && { call: expected.call, file: expected.application }) };
    }
    case 'webhook':
      return { webhook: id };
    case 'round':
      return fact.type === 'ReminderRoundOpened' ? ofRound(fact, views) : {};
    default:
      return {
        ...('call' in fact && { call: fact.call }),
        ...('application' in fact && { file: fact.application }),
      };
  }
}

/** Of a deadline that is of one file; a submission is of whoever has a draft. */
function ofRound({ call, kind, about }: RoundFacts, views: Views): About {
  const file = fileOf(views, { kind, ...(about !== undefined && { about }) });
  return { call, ...(file !== undefined && ofFile(file, views)) };
}

/** A file, with its call and organisation. */
export function ofFile(id: string, views: Views): About {
  return { file: id, ...callAndApplicantOf(views, id) };
}

/** The last of these facts of one type, of those that fit. */
export const lastOf = <Type extends FactType>(
  history: readonly Fact[],
  type: Type,
  fits: (fact: FactOf<Type>) => boolean = () => true,
): FactOf<Type> | undefined =>
  history.findLast((fact): fact is FactOf<Type> => fact.type === type && fits(fact as FactOf<Type>));

export const expectedReport = (history: readonly Fact[], report: string): FactOf<'ReportExpected'> | undefined =>
  lastOf(history, 'ReportExpected', (expected) => expected.report === report);
