import { describe, expect, it } from '@jest/globals';
import { CALL, FILE, given, on, OTHER_CALL, OTHER_FILE } from './fixtures.js';
import { reviewersEver, reviewersOfFile } from './review-queries.js';

const appointed = (person: string, call = CALL) =>
  on(`reviewer-${person}`, { type: 'ReviewerAppointed', call, person, expertise: [] });
const assigned = (person: string, application = FILE) =>
  on(`reviewer-${person}`, { type: 'ReviewAssigned', call: CALL, person, application });

describe('the reviewers of a call', () => {
  it('are known for ever: those who were dismissed too', async () => {
    const dismissed = on('reviewer-b', { type: 'ReviewerDismissed', call: CALL, person: 'b', reason: 'Charge.' });
    const { views } = await given(appointed('b'), appointed('a'), appointed('c', OTHER_CALL), dismissed);
    expect(reviewersEver(views, CALL)).toEqual(['a', 'b']);
  });
});

describe('the reviewers who may speak of a file', () => {
  it('are those it was given to, and those with a conflict on it', async () => {
    const declared = on('reviewer-d', {
      type: 'InterestsDeclared',
      call: CALL,
      person: 'd',
      conflicts: [{ application: FILE, nature: 'family' }],
    });
    const declined = on('reviewer-b', {
      type: 'AssignmentDeclined',
      call: CALL,
      person: 'b',
      application: FILE,
      reason: 'overload',
    });
    const { views } = await given(
      ...['a', 'b', 'c', 'd'].map((person) => appointed(person)),
      assigned('a'),
      assigned('b'),
      declined,
      assigned('c', OTHER_FILE),
      declared,
    );
    expect(reviewersOfFile(views, CALL, FILE)).toEqual(['a', 'b', 'd']);
  });
});
