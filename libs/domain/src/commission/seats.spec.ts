import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Attendance, Member } from './commission-facts.js';
import { Refusal } from '../decider.js';
import {
  appointed,
  attended,
  context,
  convened,
  given,
  inSession,
  opened,
  planned,
  rules,
  SESSION,
} from './fixtures.js';
import { type Hall, inPerson, isQuorumMet, quorumOf, voicesOn } from './seats.js';

const people = Array.from({ length: 8 }, (_, index) => `m-${index}`);
const substituteOf = (person: string) => `${person}-s`;
const everybody = people.flatMap((person) => [person, substituteOf(person)]);

const members = fc
  .array(fc.record({ voting: fc.boolean(), chair: fc.boolean(), substituted: fc.boolean() }), {
    minLength: 1,
    maxLength: people.length,
  })
  .map((drawn) =>
    Object.fromEntries(
      drawn.map(({ voting, chair, substituted }, index): [string, Member] => {
        const person = `m-${index}`;
        return [
          person,
          {
            person,
            sitsFor: 'CAF',
            voice: voting ? 'voting' : 'consultative',
            chair: chair && voting,
            ...(substituted && { substitute: substituteOf(person) }),
          },
        ];
      }),
    ),
  );
const entry = fc.record({
  as: fc.constantFrom('present' as const, 'remote' as const, 'represented' as const, 'absent' as const),
  by: fc.constantFrom(...people),
  substituted: fc.boolean(),
  withSubstitute: fc.boolean(),
});
/** Whatever anybody may record, allowed or not. */
const halls: fc.Arbitrary<Hall> = fc
  .tuple(members, fc.array(entry, { minLength: people.length, maxLength: people.length }))
  .map(([seats, entries]) => ({
    members: seats,
    attendance: Object.fromEntries(
      entries.map(({ as, by, substituted, withSubstitute }, index): [string, Attendance] => {
        const member = `m-${index}`;
        return [
          member,
          {
            member,
            as,
            ...(as === 'represented' && { by }),
            ...(substituted && { substituted }),
            ...(withSubstitute && { withSubstitute }),
          },
        ];
      }),
    ),
  }));
const recusals = fc
  .subarray(everybody)
  .map((recused) => Object.fromEntries(recused.map((person) => [person, 'other' as const])));

describe('the voices that count on an item', () => {
  const always = (holds: (hall: Hall, recused: Record<string, 'other'>) => void) =>
    fc.assert(fc.property(halls, recusals, holds), { numRuns: 500 });

  it('are never consultative, nor absent, nor given by who is recused or for a mandate of who is', () =>
    always((hall, recused) => {
      for (const { seat, by, as } of voicesOn(hall, recused)) {
        expect(hall.members[seat]?.voice).toBe('voting');
        expect(hall.attendance[seat]?.as).not.toBe('absent');
        expect(by in recused).toBe(false);
        if (as !== 'substitute') expect(seat in recused).toBe(false);
      }
    }));
  it('are given by somebody who is there: the member, their substitute or who holds their mandate', () =>
    always((hall, recused) => {
      for (const { seat, by, as } of voicesOn(hall, recused)) {
        const attendance = hall.attendance[seat];
        if (as === 'member') expect([by, inPerson(hall, seat)]).toEqual([seat, true]);
        if (as === 'mandate') expect([attendance?.by, inPerson(hall, by)]).toEqual([by, true]);
        if (as === 'substitute') {
          expect(hall.members[seat]?.substitute).toBe(by);
          expect(attendance?.substituted ?? attendance?.withSubstitute).toBe(true);
        }
      }
    }));
  it('are one for each seat, and the quorum counts them once', () =>
    always((hall, recused) => {
      const seats = voicesOn(hall, recused).map(({ seat }) => seat);
      expect(new Set(seats).size).toBe(seats.length);
      const quorum = quorumOf(hall, rules, true, recused);
      expect(quorum.present).toBe(seats.length);
      expect(isQuorumMet(quorum)).toBe(2 * seats.length >= quorum.members);
    }));
  it('are never more with somebody recused', () =>
    always((hall, recused) => {
      expect(voicesOn(hall, recused).length).toBeLessThanOrEqual(voicesOn(hall).length);
    }));
});

describe('an attendance that the rules accept', () => {
  const accepted = (hall: Hall) => {
    const history = [...Object.values(hall.members).map(appointed), planned, convened];
    const attendance = Object.values(hall.attendance).filter(({ member }) => member in hall.members);
    const { result } = given(...history).when({ type: 'RecordAttendance', session: SESSION, attendance });
    return result instanceof Refusal ? undefined : [...history, attended(...attendance), opened];
  };

  it('never has a mandate count twice, nor a holder with two', () =>
    fc.assert(
      fc.property(halls, recusals, (hall, recused) => {
        fc.pre(accepted(hall) !== undefined);
        const held = voicesOn(hall, recused).filter(({ as }) => as === 'mandate');
        expect(new Set(held.map(({ by }) => by)).size).toBe(held.length);
      }),
      { numRuns: 100 },
    ));
  it('is followed by totals that are exactly as many as the voices', () =>
    fc.assert(
      fc.property(halls, fc.nat(10), fc.nat(10), fc.nat(10), (hall, yes, no, abstain) => {
        const history = accepted(hall) ?? [];
        fc.pre(history.length > 0);
        const voices = voicesOn(hall).length;
        const { result } = given(...history).when(
          {
            type: 'RecordVote',
            session: SESSION,
            application: 'file-1',
            totals: { for: yes, against: no, abstain },
          },
          inSession,
          context,
        );
        const quorum = quorumOf(hall, rules, true);
        const right = isQuorumMet(quorum) && voices > 0 && yes + no + abstain === voices;
        expect(result instanceof Refusal).toBe(!right);
      }),
      { numRuns: 200 },
    ));
});

describe('the quorum', () => {
  it.each([
    [1, 1],
    [4, 2],
    [5, 3],
    [12, 6],
  ])('of %d members is at least half of them: %d', (size, needed) => {
    const seats = Object.fromEntries(
      Array.from({ length: size }, (_, index): [string, Member] => {
        const person = `m-${index}`;
        return [person, { person, sitsFor: 'CAF', voice: 'voting', chair: false }];
      }),
    );
    expect(quorumOf({ members: seats, attendance: {} }, rules, true)).toEqual({
      members: size,
      present: 0,
      needed,
      required: true,
    });
  });
});
