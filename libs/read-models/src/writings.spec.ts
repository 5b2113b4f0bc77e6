import { describe, expect, it } from '@jest/globals';
import { CALL, CAMILLE, given, on, onStream, SACHA } from './fixtures.js';
import { streamsWrittenBy } from './writings.js';

const content = { version: 0, hash: 'a' };
const question = on('content-question-q1', { type: 'QuestionWritten', text: 'Et les crèches ?' });
const comment = on('content-comment-c1', { type: 'CommentWritten', text: 'À revoir.' });
const written = { type: 'ReviewWritten', contents: { scores: [] } } as const;

describe('what a person wrote', () => {
  it('is found for when they are forgotten', async () => {
    const { views } = await given(
      question,
      on('question-q1', { type: 'QuestionAsked', call: CALL, content }),
      comment,
      on(`call-${CALL}`, { type: 'PreparationCommented', comment: 'c1', content }),
      on('content-minutes-m1', { type: 'CommentWritten', text: 'Page 3.' }),
      ...onStream('content-review-r1', written, written),
      on('content-question-q2', { type: 'QuestionWritten', text: 'Autre' }, { by: SACHA }),
    );
    expect(streamsWrittenBy(views, CAMILLE)).toEqual([
      'content-comment-c1',
      'content-minutes-m1',
      'content-question-q1',
      'content-review-r1',
    ]);
    expect(streamsWrittenBy(views, SACHA)).toEqual(['content-question-q2']);
  });

  it('is found where a crash left it without the fact that refers to it', async () => {
    const { views } = await given(question, comment, on('content-review-r1', written));
    expect(streamsWrittenBy(views, CAMILLE)).toEqual([
      'content-comment-c1',
      'content-question-q1',
      'content-review-r1',
    ]);
  });

  it('is of the applicant and goes with the file, where it is a file', async () => {
    const { views } = await given(
      on('content-application-f1', { type: 'ApplicationWritten', contents: { title: 'A' } }),
    );
    expect(streamsWrittenBy(views, CAMILLE)).toEqual([]);
  });
});
