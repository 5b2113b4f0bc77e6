import { describe, expect, it } from '@jest/globals';
import * as file from '../application/fixtures.js';
import * as calls from '../call/fixtures.js';
import type { CallEvent } from '../call/call-facts.js';
import { toldFacts, type ToldFact } from './told-facts.js';
import { sayable } from './message.js';
import type { Fact } from '../facts.js';

const said = (fact: Fact, ...history: readonly CallEvent[]) =>
  sayable(fact as Extract<Fact, { type: ToldFact }>, calls.known(...history));
const withdrawn: Fact = { type: 'ApplicationWithdrawn', reason: 'Le projet est abandonné.' };
const leads = ['ARS-PDL', 'DREETS-PDL'];

describe('what a webhook says', () => {
  it('of a publication is its dates', () =>
    expect(said(calls.published, ...calls.open)).toEqual({
      named: false,
      data: { milestones: calls.published.schedule.milestones.map(({ kind, at }) => ({ kind, at })) },
    }));
  it('of a shift is its reason, the old dates and the new', () =>
    expect(said(calls.scheduleShifted, ...calls.open)).toEqual({
      named: false,
      data: {
        reason: calls.scheduleShifted.reason,
        moved: [
          { kind: 'convocationSent', from: '2021-09-15T07:30:00Z', to: '2021-09-20T07:30:00Z' },
          { kind: 'commission', from: '2021-09-30T07:30:00Z', to: '2021-10-05T07:30:00Z' },
        ],
      },
    }));
  it('of an end is its reason', () =>
    expect(said(calls.cancelled, ...calls.open, calls.cancelled)).toEqual({
      named: false,
      data: { reason: 'Crédits gelés.' },
    }));
  it.each<Fact>([calls.scheduleShifted, calls.cancelled, withdrawn])(
    'is nothing before the call is published ($type)',
    (fact) => expect(said(fact, ...calls.prepared)).toBeUndefined(),
  );
  it('is told of a sealed file without saying which, to the leads alone', () =>
    expect(said(withdrawn, ...calls.open)).toEqual({ only: leads, named: false, data: { sealed: true } }));
  it('names the file once it is unsealed, and nothing of why', () =>
    expect(said(withdrawn, ...calls.open, calls.unsealed)).toEqual({ only: leads, named: true, data: {} }));
  it('of a submission is its receipt, never its contents', () =>
    expect(said(file.submitted, ...calls.open, calls.unsealed)).toEqual({
      only: leads,
      named: true,
      data: {
        submission: file.submitted.submission,
        receipt: file.submitted.receipt,
        submittedAt: file.submitted.submittedAt,
      },
    }));
  it('of an award is that it was notified, not how much', () =>
    expect(
      said(
        {
          type: 'AwardNotified',
          call: 'c',
          institution: 'ARS-PDL',
          notifiedOn: '2021-11-02',
          appealUntil: '2022-01-02',
        },
        ...calls.open,
        calls.unsealed,
      ),
    ).toEqual({ only: leads, named: true, data: { institution: 'ARS-PDL', notifiedOn: '2021-11-02' } }));
  it('is about fourteen facts and no other', () => expect(toldFacts).toHaveLength(14));
});
