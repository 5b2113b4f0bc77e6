import { describe, expect, it } from '@jest/globals';
import type { CommissionEvent, Member } from './commission-facts.js';
import { commission } from './commission.js';
import {
  adjourned,
  adopted,
  appointed,
  convened,
  given,
  opened,
  planned,
  SESSION,
  sitting,
  voted,
} from './fixtures.js';

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
    expect(state.sessions[SESSION]?.items.every(({ result }) => result === 'favourable')).toBe(true);
  });
});

describe('the opinions of a commission', () => {
  const unsettled: CommissionEvent = { type: 'TieUnsettled', session: SESSION, application: 'file-3' };
  const both = [...sitting, voted('file-1', 'favourable'), voted('file-2', 'unfavourable')];
  const minutes: CommissionEvent = { type: 'MinutesDrafted', session: SESSION, version: 1, hash: '', text: '' };
  const opinions = { 'file-1': { opinion: 'favourable' }, 'file-2': { opinion: 'unfavourable' } };

  it('are none while it deliberates', () => expect(given(...both).state.opinions).toEqual({}));
  it('stand once the session ends with its minutes, ranking or not, and a tie nobody settled is none', () =>
    expect(given(...both, voted('file-3', 'tie'), unsettled, minutes).state.opinions).toEqual(opinions));
  it('stand once a session is adjourned in the middle', () =>
    expect(given(...both, adjourned).state.opinions).toEqual(opinions));
  it('are those of the last session that decided, whose minutes are drafted again or not', () => {
    const later: CommissionEvent[] = [
      { ...planned, session: 'session-2' },
      { ...convened, session: 'session-2', agenda: ['file-1'] },
      { ...opened, session: 'session-2' },
      { ...voted('file-1', 'unfavourable'), session: 'session-2' },
      { ...adopted, session: 'session-2', ranking: [] },
    ];
    const { state } = given(...both, unsettled, minutes, ...later, { ...minutes, version: 2 });
    expect(state.opinions).toEqual({ ...opinions, 'file-1': { opinion: 'unfavourable' } });
  });
});

describe('facts of what nobody knows', () => {
  it.each<CommissionEvent>([opened, voted('file-1', 'favourable')])('change nothing: $type', (event) =>
    expect(given(event).state).toEqual(commission.initial),
  );
  it('change nothing of a session for a file that is not on its agenda', () =>
    expect(given(planned, voted('file-1', 'favourable')).state).toEqual(given(planned).state));
});
