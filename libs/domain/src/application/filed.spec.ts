import { describe, expect, it } from '@jest/globals';
import type { KnownApplication } from './application-facts.js';
import { requestedOf } from './filed.js';
import { submission } from './fixtures.js';

const filed = {
  status: 'submitted',
  submissions: [submission],
  papers: 0,
} as unknown as KnownApplication;
const paper = { ...filed, papers: 1, paper: { reference: 'P-1' } } as unknown as KnownApplication;

describe('the amount that a file asks for', () => {
  it('is that of the submission which stands', () => expect(requestedOf(filed)).toBe(submission.totals.requestedCents));
  it('is unknown where a filing on paper replaced what was submitted', () =>
    expect(requestedOf(paper)).toBeUndefined());
  it('is known again once that was completed online', () =>
    expect(requestedOf({ ...paper, completed: 1 })).toBe(submission.totals.requestedCents));
});
