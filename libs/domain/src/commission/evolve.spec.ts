import { describe, expect, it } from '@jest/globals';
import type { CommissionEvent, Member } from './commission-facts.js';
import { commission } from './commission.js';
import { appointed, convened, given, opened, planned, SESSION, voted } from './fixtures.js';

describe('a commission with a thousand files', () => {
  const files = Array.from({ length: 1000 }, (_, index) => `file-${index}`);
  const seats = Array.from({ length: 12 }, (_, index): Member => ({
    person: `m-${index}`,
    sitsFor: 'CAF',
    voice: 'voting',
    chair: index === 0,
  }));
  const history: CommissionEvent[] = [
    ...seats.map(appointed),
    planned,
    { ...convened, agenda: files },
    opened,
    ...files.flatMap((application): CommissionEvent[] => [
      ...seats.map(({ person }): CommissionEvent => ({
        type: 'BallotCast',
        session: SESSION,
        application,
        member: person,
        choice: 'for',
        by: person,
      })),
      voted(application, 'favourable'),
    ]),
  ];

  it('is folded with twelve ballots on each in less than a second', () => {
    const start = performance.now();
    const state = history.reduce((folded, event) => commission.evolve(folded, event), commission.initial);
    expect(performance.now() - start).toBeLessThan(1000);
    expect(Object.keys(state.opinions)).toHaveLength(1000);
  });
});

describe('facts of what nobody knows', () => {
  it.each<CommissionEvent>([opened, voted('file-1', 'favourable')])('change nothing: $type', (event) =>
    expect(given(event).state).toEqual(commission.initial),
  );
  it('change nothing of a session for a file that is not on its agenda', () =>
    expect(given(planned, voted('file-1', 'favourable')).state).toEqual(given(planned).state));
});
