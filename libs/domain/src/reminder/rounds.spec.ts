import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { paris } from '#calendar/paris.js';
import type { Instant } from '../decider.js';
import { isWorkingDay } from '../schedule/working-days.js';
import { defaultPolicy, nameOf, type Step } from './policy.js';
import { type Round, roundForLatecomer, roundsOf, sendable, settled } from './rounds.js';

const of = { calendar: paris, alsaceMoselle: false };
const step = (days: number): Step => ({ days, to: 'responsible', channel: 'mail' });
const hours = (count: number): Step => ({ hours: count, to: 'responsible', channel: 'mail' });
const KNOWN = '2021-05-01T08:00:00Z';
const deadline = (dueAt: Instant, knownAt = KNOWN) => ({ key: 'submission:call', dueAt, knownAt });
/** Name, when in Paris, what it took in or why it lapsed. */
const said = (rounds: readonly Round[]) =>
  rounds.map(({ name, at, merges, lapsed }) =>
    [name, paris.say(at).replace(' (heure de Paris)', ''), ...merges, ...(lapsed ? [lapsed] : [])].join(' · '),
  );

describe('the rounds of a deadline', () => {
  it('go out at nine on their day, hours before the hour', () =>
    expect(said(roundsOf(deadline('2021-08-13T14:00:00Z'), defaultPolicy.submission, of))).toEqual([
      'J-15 · 29 juillet 2021 à 9 h 00',
      'J-7 · 6 août 2021 à 9 h 00',
      'J-2 · 11 août 2021 à 9 h 00',
      'H-4 · 13 août 2021 à 12 h 00',
    ]));

  it('go out on the working day before: a deadline on Monday at ten is recalled on Friday, and four hours before', () =>
    expect(said(roundsOf(deadline('2021-09-20T08:00:00Z'), [step(-2), hours(-4)], of))).toEqual([
      'J-2 · 17 septembre 2021 à 9 h 00',
      'H-4 · 20 septembre 2021 à 6 h 00',
    ]));

  it('skip public holidays, those of Alsace and Moselle where the call is theirs', () => {
    const tuesday = deadline('2021-04-06T14:00:00Z', '2021-03-01T08:00:00Z');
    expect(said(roundsOf(tuesday, [step(-1)], of))).toEqual(['J-1 · 2 avril 2021 à 9 h 00']);
    expect(said(roundsOf(tuesday, [step(-1)], { ...of, alsaceMoselle: true }))).toEqual([
      'J-1 · 1er avril 2021 à 9 h 00',
    ]);
  });

  it('become one where two fall on the same day for the same people', () => {
    const monday = deadline('2021-09-20T08:00:00Z');
    expect(said(roundsOf(monday, [step(-3), step(-2), step(-1)], of))).toEqual([
      'J-1 · 17 septembre 2021 à 9 h 00 · J-2 · J-3',
    ]);
    const leads: Step = { ...step(-1), to: 'leads' };
    expect(roundsOf(monday, [step(-2), leads], of)).toHaveLength(2);
  });

  it('come on the working day after where they follow the deadline', () =>
    expect(said(roundsOf(deadline('2021-09-17T21:59:59Z'), [step(1)], of))).toEqual([
      'J+1 · 20 septembre 2021 à 9 h 00',
    ]));

  it('have another key for another date, and the same for the same', () => {
    const keys = (dueAt: Instant) => roundsOf(deadline(dueAt), [step(-7)], of).map(({ key }) => key);
    expect(keys('2021-08-13T14:00:00Z')).toEqual(['submission:call|J-7|responsible|2021-08-13T14:00:00Z']);
    expect(keys('2021-08-14T14:00:00Z')).not.toEqual(keys('2021-08-13T14:00:00Z'));
  });
});

describe('a date that is known late', () => {
  it('sends the latest of those already past at once, and lapses the others', () =>
    expect(
      said(roundsOf(deadline('2021-08-13T14:00:00Z', '2021-08-10T12:30:00Z'), defaultPolicy.submission, of)),
    ).toEqual([
      'J-15 · 29 juillet 2021 à 9 h 00 · past-when-known',
      'J-7 · 10 août 2021 à 14 h 30',
      'J-2 · 11 août 2021 à 9 h 00',
      'H-4 · 13 août 2021 à 12 h 00',
    ]));

  it('sends it within the hours of sending', () => {
    const at = (known: Instant) => roundsOf(deadline('2021-08-13T14:00:00Z', known), [step(-7)], of)[0]?.at;
    expect(at('2021-08-10T21:00:00Z')).toBe('2021-08-11T06:00:00Z');
    expect(at('2021-08-07T10:00:00Z')).toBe('2021-08-09T06:00:00Z');
  });

  it('sends nothing of what comes before a date that is past', () =>
    expect(said(roundsOf(deadline('2021-08-13T14:00:00Z', '2021-08-14T08:00:00Z'), [step(-7), step(3)], of))).toEqual([
      'J-7 · 6 août 2021 à 9 h 00 · past-when-known',
      'J+3 · 16 août 2021 à 9 h 00',
    ]));

  it('sends nothing at once where it was an earlier one before: those concerned are told that it moved', () =>
    expect(
      said(
        roundsOf(
          { ...deadline('2021-08-13T14:00:00Z', '2021-08-10T12:30:00Z'), postponed: true },
          defaultPolicy.submission,
          of,
        ),
      ),
    ).toEqual([
      'J-15 · 29 juillet 2021 à 9 h 00 · past-when-known',
      'J-7 · 6 août 2021 à 9 h 00 · past-when-known',
      'J-2 · 11 août 2021 à 9 h 00',
      'H-4 · 13 août 2021 à 12 h 00',
    ]));

  it('is told at once to who starts after some of its rounds: the latest of them only', () => {
    const joined = (at: Instant) =>
      roundForLatecomer(deadline('2021-08-13T14:00:00Z'), defaultPolicy.submission, of, { at, about: 'file-1' });
    expect(joined('2021-08-10T12:30:00Z')).toMatchObject({
      name: 'J-7',
      at: '2021-08-10T12:30:00Z',
      key: 'submission:call|J-7|responsible|2021-08-13T14:00:00Z|file-1',
    });
    expect(joined('2021-07-20T12:30:00Z')).toBeUndefined();
    expect(joined('2021-08-13T15:30:00Z')).toBeUndefined();
  });
});

describe('a policy that is set late', () => {
  it('writes to nobody about what it would have said before', () =>
    expect(said(roundsOf(deadline('2021-08-13T14:00:00Z'), [step(-15), step(-2)], of, '2021-08-10T08:00:00Z'))).toEqual(
      ['J-15 · 29 juillet 2021 à 9 h 00 · policy-set-later', 'J-2 · 11 août 2021 à 9 h 00'],
    ));
});

describe('what becomes of the rounds that are due', () => {
  const rounds = roundsOf(deadline('2021-08-13T14:00:00Z'), defaultPolicy.submission, of);
  const due = (now: Instant) =>
    settled(
      rounds.filter(({ at }) => at <= now),
      now,
    ).map(({ name, lapsed }) => `${name} ${lapsed ?? 'goes'}`);

  it('they go', () => expect(due('2021-07-29T07:00:00Z')).toEqual(['J-15 goes']));
  it('the newest alone goes where the service was away for several', () =>
    expect(due('2021-08-11T08:00:00Z')).toEqual(['J-15 superseded', 'J-7 superseded', 'J-2 goes']));
  it('none goes that comes before a date which is past', () =>
    expect(due('2021-08-13T14:00:00Z')).toEqual([
      'J-15 superseded',
      'J-7 superseded',
      'J-2 superseded',
      'H-4 too-late',
    ]));
  it('none goes three days late: a restored backup reminds nobody of last year', () => {
    const after = roundsOf(deadline('2021-08-13T14:00:00Z'), [step(3)], of);
    expect(settled(after, '2021-08-19T06:59:59Z').map(({ lapsed }) => lapsed)).toEqual([undefined]);
    expect(settled(after, '2022-08-19T07:00:00Z').map(({ lapsed }) => lapsed)).toEqual(['too-late']);
  });
});

describe('for every date and policy', () => {
  const instant = fc
    .date({ min: new Date('2021-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
    .map((date) => `${date.toISOString().slice(0, 19)}Z`);
  const steps = fc.uniqueArray(
    fc.oneof(
      fc
        .integer({ min: -60, max: 60 })
        .filter((days) => days !== 0)
        .map(step),
      fc.integer({ min: -12, max: -1 }).map(hours),
    ),
    { selector: nameOf, maxLength: 8 },
  );

  it('day steps go out on working days within the hours, before where before and after where after', () =>
    fc.assert(
      fc.property(instant, steps, (dueAt, policy) => {
        for (const { at, step: one } of roundsOf(deadline(dueAt, '2000-01-01T00:00:00Z'), policy, of)) {
          if (one.days === undefined) continue;
          expect(isWorkingDay(paris.dayOf(at), paris, false)).toBe(true);
          expect(paris.timeOf(at)).toBe('09:00:00');
          if (one.days < 0) expect(paris.dayOf(at) < paris.dayOf(dueAt)).toBe(true);
          else expect(paris.dayOf(at) > paris.dayOf(dueAt)).toBe(true);
        }
      }),
    ));

  it('no step is lost: it goes, or is taken in, or says why it lapsed', () =>
    fc.assert(
      fc.property(instant, instant, steps, (dueAt, knownAt, policy) => {
        const told = roundsOf(deadline(dueAt, knownAt), policy, of).flatMap(({ name, merges }) => [name, ...merges]);
        expect(told.sort()).toEqual(policy.map(nameOf).sort());
      }),
    ));

  it('a date moved there and back has the rounds it had', () =>
    fc.assert(
      fc.property(instant, steps, (dueAt, policy) => {
        const once = roundsOf(deadline(dueAt), policy, of);
        expect(roundsOf(deadline(dueAt), policy, of)).toEqual(once);
      }),
    ));

  it('what goes at once goes within the hours, unless the deadline is near', () =>
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 40 * 24 }), (now, ahead) => {
        const dueAt = new Date(Date.parse(now) + ahead * 3_600_000).toISOString().replace('.000', '');
        const at = sendable(now, dueAt, of);
        expect(at >= now && at < dueAt).toBe(true);
        const within =
          isWorkingDay(paris.dayOf(at), paris, false) &&
          paris.timeOf(at) >= '08:00:00' &&
          paris.timeOf(at) < '19:00:00';
        expect(within || at === now).toBe(true);
      }),
    ));
});
