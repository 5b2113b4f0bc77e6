import { describe, expect, it } from '@jest/globals';
import { CALL, CAMILLE, given, NOW, on, OTHER_CALL } from './fixtures.js';
import { answersOf, askerOf, questionsAsked } from './questions.js';

const content = { version: 0, hash: 'a' };
const written = on('content-question-q1', { type: 'QuestionWritten', text: 'Je suis Camille. Et les crèches ?' });
const asked = on('question-q1', { type: 'QuestionAsked', call: CALL, content });
const later = { at: '2021-07-05T08:00:00Z' };
const answer = { call: CALL, question: 'Les crèches ?', answer: 'Oui.' };
const answered = on('question-q1', { type: 'QuestionAnswered', ...answer, late: true }, later);
const corrected = on(
  'question-q1',
  { type: 'AnswerCorrected', ...answer, answer: 'Oui, sauf privées.', reason: 'Oubli' },
  { at: '2021-07-06T08:00:00Z' },
);
const forgotten = on(`account-${CAMILLE}`, { type: 'PersonForgotten' });

describe('questions', () => {
  it('are shown as asked to who answers', async () => {
    const { views } = await given(written, asked);
    expect(questionsAsked(views, CALL)).toEqual([
      { id: 'q1', askedAt: NOW, text: 'Je suis Camille. Et les crèches ?', answeredAt: null },
    ]);
    expect(questionsAsked(views, OTHER_CALL)).toEqual([]);
    expect(askerOf(views, 'q1')).toBe(CAMILLE);
    expect(askerOf(views, 'q2')).toBeUndefined();
  });

  it('are not asked while nothing but their text is written', async () => {
    const { views } = await given(written);
    expect(questionsAsked(views, CALL)).toEqual([]);
  });

  it('are published with their answer only', async () => {
    const told = await given(written, asked);
    expect(answersOf(told.views, CALL)).toEqual([]);
    await told.andThen(answered);
    expect(answersOf(told.views, CALL)).toEqual([
      { id: 'q1', question: 'Les crèches ?', answer: 'Oui.', answeredAt: later.at, correctedAt: null },
    ]);
    expect(questionsAsked(told.views, CALL)).toMatchObject([{ answeredAt: later.at }]);
    expect(answersOf(told.views, OTHER_CALL)).toEqual([]);
  });

  it('say whether the answer was late', async () => {
    const onTime = on('question-q2', { type: 'QuestionAnswered', ...answer, late: false });
    const { views } = await given(
      asked,
      answered,
      on('question-q2', { type: 'QuestionAsked', call: CALL, content }),
      onTime,
    );
    expect(views.all('SELECT id, late FROM questions ORDER BY id')).toEqual([
      { id: 'q1', late: 1 },
      { id: 'q2', late: 0 },
    ]);
  });

  it('show the answer as corrected', async () => {
    const { views } = await given(written, asked, answered, corrected);
    expect(answersOf(views, CALL)).toEqual([
      {
        id: 'q1',
        question: 'Les crèches ?',
        answer: 'Oui, sauf privées.',
        answeredAt: later.at,
        correctedAt: '2021-07-06T08:00:00Z',
      },
    ]);
  });

  it('lose their text with the person, and keep the answer', async () => {
    const { views } = await given(written, asked, answered, forgotten);
    expect(questionsAsked(views, CALL)).toEqual([{ id: 'q1', askedAt: NOW, text: null, answeredAt: later.at }]);
    expect(answersOf(views, CALL)).toHaveLength(1);
  });
});
