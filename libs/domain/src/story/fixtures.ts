/** What the specifications of the stories share. */
import type { CallEvent } from '../call/call.js';
import type { Schedule } from '../call/call-facts.js';
import { schedule } from '../call/fixtures.js';

export type Told<Fact> = readonly [fact: Fact, sentence: string, rule: string];
/** A table that `tsc` refuses while a fact is missing. */
export type Story<Fact extends { type: string }, Types extends Fact['type'] = Fact['type']> = {
  readonly [Type in Types]: readonly Told<Extract<Fact, { type: Type }>>[];
};
/** One row each: the type, the sentence, the fact and its rule. */
export const rowsOf = <Fact extends { type: string }>(story: Readonly<Record<string, readonly Told<Fact>[]>>) =>
  Object.values(story).flatMap((told) =>
    told.map(([fact, sentence, rule]) => [fact.type, sentence, fact, rule] as const),
  );

/** Facts of a call once its preparation is over. */
export type FactAfterPreparation = Extract<
  CallEvent,
  {
    type:
      | 'CallPublished'
      | 'RectifyingNoticePublished'
      | 'ShiftProposed'
      | 'OutsideAnswerRecorded'
      | 'ShiftAgreed'
      | 'ShiftRefused'
      | 'ShiftWithdrawn'
      | 'ShiftExpired'
      | 'ScheduleShifted'
      | 'PaymentYearAsked'
      | 'PaymentYearAnswered'
      | 'OutageExtensionGranted'
      | 'OutageExtensionRatified'
      | 'OutageLeftUnratified'
      | 'ExtensionGranted'
      | 'EndingAgreed'
      | 'EndingDropped'
      | 'CallCancelled'
      | 'CallDeclaredUnsuccessful'
      | 'ContentsUnsealed'
      | 'ContentsResealed';
  }
>;
/** All the others. */
export type FactOfPreparation = Exclude<CallEvent, FactAfterPreparation>;

/** The deadline moves from 13 to 27 August, and questions get a date. */
export const after: Schedule = {
  milestones: [
    ...schedule.milestones.map((milestone) =>
      milestone.kind === 'submissionDeadline' ? { ...milestone, at: '2021-08-27T14:00:00Z' } : milestone,
    ),
    { kind: 'questionsUntil', at: '2021-08-20T14:00:00Z' },
  ],
};
export const MOVES =
  'date limite de dépôt 13 août 2021 à 16 h 00 (heure de Paris) → 27 août 2021 à 16 h 00 (heure de Paris) ; ' +
  'fin des questions 20 août 2021 à 16 h 00 (heure de Paris)';

export const JOINT = "Chaque autorité pilote accepte l'appel et ses changements";
export const OFFICE = 'Signature de plein droit';
export const office = { kind: 'office' } as const;
export const delegated = { kind: 'delegation', delegation: 'd-1' } as const;
