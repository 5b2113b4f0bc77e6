import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Criterion } from '../call/call-contents.js';
import { spreadOf, weightedMean } from './mean.js';

const criterion = (code: string, weight: number, min = 0, max = 5): Criterion => ({
  code,
  label: code,
  weight,
  scale: { min, max, anchors: [] },
  commentRequired: false,
});
const score = (code: string, value: number | null) => ({ criterion: code, score: value });

describe('the weighted mean', () => {
  it('brings every scale to 100 points, by hand: 60 % of 4/5 and 40 % of 15/20', () =>
    expect(weightedMean([criterion('a', 60), criterion('b', 40, 0, 20)], [score('a', 4), score('b', 15)])).toBe(7800));
  it('counts from the lowest of the scale: 3 of 1 to 5 is half of it', () =>
    expect(weightedMean([criterion('a', 100, 1, 5)], [score('a', 3)])).toBe(5000));
  it('knows scales below zero', () => expect(weightedMean([criterion('a', 100, -2, 2)], [score('a', 1)])).toBe(7500));
  it('shares the weight of N/A in proportion, by hand: (50 × 3/5 + 30 × 4/5) / 80 = 67.50', () =>
    expect(
      weightedMean(
        [criterion('a', 50), criterion('b', 30), criterion('c', 20)],
        [score('a', 3), score('b', 4), score('c', null)],
      ),
    ).toBe(6750));
  it('rounds half up, to the hundredth: 1/3 of 100 is 33.33, 2/3 is 66.67, 1/32 is 3.125', () => {
    expect(weightedMean([criterion('a', 100, 0, 3)], [score('a', 1)])).toBe(3333);
    expect(weightedMean([criterion('a', 100, 0, 3)], [score('a', 2)])).toBe(6667);
    expect(weightedMean([criterion('a', 100, 0, 32)], [score('a', 1)])).toBe(313);
  });
  it('is none where nothing is scored', () =>
    expect(weightedMean([criterion('a', 100)], [score('a', null)])).toBeUndefined());

  interface Scored {
    readonly criteria: readonly Criterion[];
    readonly scores: readonly { criterion: string; score: number | null }[];
  }
  const part = fc
    .tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: -1000, max: 999 }), fc.integer({ min: 1, max: 2000 }))
    .chain(([weight, min, range]) =>
      fc.record({
        weight: fc.constant(weight),
        min: fc.constant(min),
        max: fc.constant(min + range),
        value: fc.option(fc.integer({ min, max: min + range })),
      }),
    );
  const rubric: fc.Arbitrary<Scored> = fc.array(part, { minLength: 1, maxLength: 20 }).map((parts) => ({
    criteria: parts.map(({ weight, min, max }, index) => criterion(`c${index}`, weight, min, max)),
    scores: parts.map(({ value }, index) => score(`c${index}`, value)),
  }));
  const ofOne = ({ criteria, scores }: Scored, index: number) => weightedMean(criteria.slice(index, index + 1), scores);
  const alone = (scored: Scored) => scored.criteria.flatMap((_, index) => ofOne(scored, index) ?? []);

  it('lies between the lowest and the highest of what is scored', () =>
    fc.assert(
      fc.property(rubric, (scored) => {
        const mean = weightedMean(scored.criteria, scored.scores);
        const parts = alone(scored);
        if (mean === undefined) return expect(parts).toEqual([]);
        expect(mean).toBeGreaterThanOrEqual(Math.min(...parts));
        expect(mean).toBeLessThanOrEqual(Math.max(...parts));
      }),
    ));
  it('is that of the rest where a criterion is N/A', () =>
    fc.assert(
      fc.property(rubric, ({ criteria, scores }) => {
        const scored = criteria.filter(({ code }) => scores.find((one) => one.criterion === code)?.score !== null);
        expect(weightedMean(criteria, scores)).toBe(weightedMean(scored, scores));
      }),
    ));
  it('never falls below the lowest of the others when a criterion becomes N/A', () =>
    fc.assert(
      fc.property(rubric, fc.nat(), ({ criteria, scores }, at) => {
        const marked = scores.map((one, index) => (index === at % scores.length ? { ...one, score: null } : one));
        const mean = weightedMean(criteria, marked);
        const parts = alone({ criteria, scores: marked });
        if (mean !== undefined) expect(mean).toBeGreaterThanOrEqual(Math.min(...parts));
      }),
    ));
  it('does not depend on the order of the criteria, nor of the scores', () =>
    fc.assert(
      fc.property(rubric, fc.nat(), ({ criteria, scores }, by) => {
        const turned = <T>(list: readonly T[]) => [...list.slice(by % list.length), ...list.slice(0, by % list.length)];
        const mean = weightedMean(criteria, scores);
        expect(weightedMean(turned(criteria), scores)).toBe(mean);
        expect(weightedMean([...criteria].reverse(), turned(scores))).toBe(mean);
      }),
    ));
  it('is what all are worth where all are worth the same, whatever their weights and scales', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5 }),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 200 })), { minLength: 1 }),
        (fifths, parts) => {
          const criteria = parts.map(([weight, times], index) => criterion(`c${index}`, weight, 0, 5 * times));
          const scores = parts.map(([, times], index) => score(`c${index}`, fifths * times));
          expect(weightedMean(criteria, scores)).toBe(fifths * 2000);
        },
      ),
    ));
});

describe('the spread of the reviews of a file', () => {
  it('is none without a review', () => expect(spreadOf([])).toBeUndefined());
  it('is zero for one', () =>
    expect(spreadOf([7200])).toEqual({ meanHundredths: 7200, spreadHundredths: 0, deviationHundredths: 0 }));
  it('is the highest less the lowest, with the standard deviation, by hand: 60, 72 and 90', () =>
    expect(spreadOf([6000, 7200, 9000])).toEqual({
      meanHundredths: 7400,
      spreadHundredths: 3000,
      deviationHundredths: 1233,
    }));
  it('rounds half up: the mean of 50.00 and 50.01 is 50.01, their deviation 0.01', () =>
    expect(spreadOf([5000, 5001])).toEqual({ meanHundredths: 5001, spreadHundredths: 1, deviationHundredths: 1 }));

  const means = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 50 });
  it('never exceeds its bounds: the mean lies between, the deviation is at most half of the spread', () =>
    fc.assert(
      fc.property(means, (values) => {
        const spread = spreadOf(values);
        expect(spread?.meanHundredths).toBeGreaterThanOrEqual(Math.min(...values));
        expect(spread?.meanHundredths).toBeLessThanOrEqual(Math.max(...values));
        expect(2 * (spread?.deviationHundredths ?? 0)).toBeLessThanOrEqual((spread?.spreadHundredths ?? 0) + 1);
      }),
    ));
  it('does not depend on the order of the reviews', () =>
    fc.assert(fc.property(means, (values) => expect(spreadOf([...values].reverse())).toEqual(spreadOf(values)))));
});
