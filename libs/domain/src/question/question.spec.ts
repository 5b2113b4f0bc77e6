import { describe, expect, it } from '@jest/globals';
import { paris } from '#calendar/paris.js';
import { digest } from '#commands/canonical.js';
import { approved, cancelled, given as givenCall, open, preparing, schedule } from '../call/fixtures.js';
import type { Milestone } from '../schedule/milestones.js';
import { absent, type Stamp } from '../decider.js';
import { specify } from '../specification.js';
import { question, type QuestionContext, type QuestionEvent } from './question.js';

/** The call of 2021, open, with these milestones too. */
const callWith = (...milestones: Milestone[]) =>
  givenCall(...approved, {
    type: 'CallPublished',
    rules: '2026-11',
    schedule: { milestones: [...schedule.milestones, ...milestones] },
    notice: 'Avis',
    warnings: [],
  }).state;
/** Questions until 5 August 16 h, answers by 8 August 16 h, in Paris. */
const withDates = callWith(
  { kind: 'questionsUntil', at: '2021-08-05T14:00:00Z' },
  { kind: 'answersBy', at: '2021-08-08T14:00:00Z' },
);

const stamp: Stamp = {
  at: '2021-07-01T08:00:00Z',
  by: '33333333-3333-4333-8333-333333333333',
  actingAs: 'person',
  id: 'question-1',
};
const context: QuestionContext = { calendar: paris, digest, call: withDates };
const given = specify(question, stamp, context);

const content = { version: 0, hash: 'a'.repeat(64) };
const asked = { type: 'QuestionAsked', call: 'call-1', content } satisfies QuestionEvent;
const answered = {
  type: 'QuestionAnswered',
  call: 'call-1',
  question: 'Une commune peut-elle candidater ?',
  answer: 'Oui.',
  late: false,
} satisfies QuestionEvent;
const corrected = {
  type: 'AnswerCorrected',
  call: 'call-1',
  question: 'Une commune peut-elle candidater ?',
  answer: 'Oui, avec une association.',
  reason: 'Réponse incomplète.',
} satisfies QuestionEvent;
const officer = { by: '66666666-6666-4666-8666-666666666666', actingAs: 'case-officer' };

describe('asking a question', () => {
  const ask = { type: 'AskQuestion', call: 'call-1', text: 'Une commune peut-elle candidater ?', content } as const;

  it('records which version was written, and none of its words', () => given().when(ask).then(asked));
  it('waits for its answer', () => expect(given(asked).state).toEqual({ status: 'asked', call: 'call-1' }));
  it('is in time at the second questions end', () => given().when(ask, { at: '2021-08-05T14:00:00Z' }).then(asked));
  it('is refused a second later', () =>
    given()
      .when(ask, { at: '2021-08-05T14:00:01Z' })
      .thenRefused(
        'QuestionsClosed',
        "Les questions n'étaient recevables que jusqu'au 5 août 2021 à 16 h 00 (heure de Paris).",
      ));
  it('is in time until the deadline for filing where the call says nothing of questions', () =>
    given().when(ask, { at: '2021-08-13T14:00:00Z' }, { call: callWith() }).then(asked));
  it('is refused after that deadline', () =>
    given()
      .when(ask, { at: '2021-08-13T14:00:01Z' }, { call: callWith() })
      .thenRefused(
        'QuestionsClosed',
        "Les questions n'étaient recevables que jusqu'au 13 août 2021 à 16 h 00 (heure de Paris).",
      ));
  it('is refused twice', () =>
    given(asked).when(ask).thenRefused('QuestionExists', 'Cette question a déjà été posée.'));
  it.each([
    ['does not exist', { status: 'absent' } as const],
    ['is in preparation', givenCall(...preparing).state],
    ['was cancelled', givenCall(...open, cancelled).state],
  ])('is refused on a call that %s', (_, call) =>
    given().when(ask, {}, { call }).thenRefused('NotPublished', "Cet appel n'est pas ouvert aux questions."),
  );
});

describe('answering a question', () => {
  const answer = {
    type: 'AnswerQuestion',
    question: 'Une commune peut-elle candidater ?',
    answer: 'Oui.',
  } as const;

  it('publishes the question as the authority words it, with its answer', () =>
    given(asked).when(answer, officer).then(answered));
  it('is known as answered', () =>
    expect(given(asked, answered).state).toEqual({ status: 'answered', call: 'call-1' }));
  it('answers nothing where nobody asked', () => expect(given(answered).state).toEqual({ status: 'absent' }));
  it('is in time at the second answers are due', () =>
    given(asked)
      .when(answer, { ...officer, at: '2021-08-08T14:00:00Z' })
      .then(answered));
  it('is late a second later, and given all the same', () =>
    given(asked)
      .when(answer, { ...officer, at: '2021-08-08T14:00:01Z' })
      .then({ ...answered, late: true }));
  it('is never late where the call sets no date for answers', () =>
    given(asked)
      .when(answer, { ...officer, at: '2021-08-20T14:00:00Z' }, { call: callWith() })
      .then(answered));
  it('is refused twice', () =>
    given(asked, answered)
      .when(answer, officer)
      .thenRefused('AlreadyAnswered', 'Cette question a déjà sa réponse : corrigez-la si elle est inexacte.'));
  it('is refused once corrected too', () =>
    given(asked, answered, corrected)
      .when(answer, officer)
      .thenRefused('AlreadyAnswered', 'Cette question a déjà sa réponse : corrigez-la si elle est inexacte.'));
  it('is refused once the call has ended', () =>
    given(asked)
      .when(answer, officer, { call: givenCall(...open, cancelled).state })
      .thenRefused('NotPublished', "Cet appel n'est plus ouvert aux questions."));
  it('is refused for a question that nobody asked, as not found', () =>
    expect(given().when(answer, officer).result).toEqual(absent('QuestionUnknown', "Cette question n'existe pas.")));
});

describe('correcting an answer', () => {
  const correct = {
    type: 'CorrectAnswer',
    question: 'Une commune peut-elle candidater ?',
    answer: 'Oui, avec une association.',
    reason: 'Réponse incomplète.',
  } as const;

  it('is a fact of its own with its reason', () => given(asked, answered).when(correct, officer).then(corrected));
  it('may be done again', () =>
    given(asked, answered, corrected)
      .when({ ...correct, answer: 'Non.' }, officer)
      .then({ ...corrected, answer: 'Non.' }));
  it('is refused where there is no answer yet', () =>
    given(asked)
      .when(correct, officer)
      .thenRefused('NotAnswered', "Cette question n'a pas encore de réponse à corriger."));
  it('is refused once the call has ended', () =>
    given(asked, answered)
      .when(correct, officer, { call: givenCall(...open, cancelled).state })
      .thenRefused('NotPublished', "Cet appel n'est plus ouvert aux questions."));
  it('is refused for a question that nobody asked, as not found', () =>
    expect(given().when(correct, officer).result).toEqual(absent('QuestionUnknown', "Cette question n'existe pas.")));
});
