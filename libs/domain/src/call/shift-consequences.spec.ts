import { describe, expect, it } from '@jest/globals';
import { paris } from '#calendar/paris.js';
import type { MilestoneKind } from '../schedule/milestones.js';
import type { CallEvent, Schedule } from './call-facts.js';
import type { KnownCall } from './call-state.js';
import { given, known, open, schedule } from './fixtures.js';
import { shiftConsequences } from './shift-consequences.js';

const dated = (...more: [kind: MilestoneKind, at: string][]): Schedule => ({
  milestones: [...schedule.milestones, ...more.map(([kind, at]) => ({ kind, at }))],
});
const call = known(...open);
const of = (before: Schedule, after: Schedule, which: KnownCall = call) =>
  shiftConsequences(which, before, after, paris);
const signed = (at: string) => dated(['agreementSigned', at]);
const decided = (at: string) => dated(['decision', at]);
const withYear = (year: number): KnownCall =>
  given(
    ...open.map((event): CallEvent =>
      event.type === 'EnvelopesSet'
        ? {
            ...event,
            envelopes: { ...event.envelopes, lines: event.envelopes.lines.map((line) => ({ ...line, year })) },
          }
        : event,
    ),
  ).state as KnownCall;
const CLOSING =
  'Les paiements de 2021 ferment le 15 décembre 2021 : les crédits de 2021 ne pourraient plus être payés avant, les gestionnaires financiers seront interrogés.';

describe('a shift across the closing of payments', () => {
  it('says which year closes, and when', () =>
    expect(of(signed('2021-12-01T11:00:00Z'), signed('2022-01-10T11:00:00Z'))).toEqual({
      closing: { year: 2021, closesOn: '2021-12-15' },
      earliestStart: '2022-01-10',
      warnings: [
        CLOSING,
        'Les projets prévus pour démarrer avant le 10 janvier 2022 ne le pourront plus : leurs porteurs devront confirmer de nouvelles dates.',
      ],
    }));
  it('is none on the day itself, in Paris, and is one from midnight', () => {
    const from = signed('2021-12-01T11:00:00Z');
    expect(of(from, signed('2021-12-15T22:59:59Z')).closing).toBeUndefined();
    expect(of(from, signed('2021-12-15T23:00:00Z')).closing).toEqual({ year: 2021, closesOn: '2021-12-15' });
  });
  it('looks at the decision where no signature is dated', () =>
    expect(of(decided('2021-12-01T11:00:00Z'), decided('2021-12-20T11:00:00Z')).closing).toBeDefined());
  it('is none where it was crossed before', () =>
    expect(of(signed('2021-12-20T11:00:00Z'), signed('2022-01-10T11:00:00Z')).closing).toBeUndefined());
  it('is none back across it', () =>
    expect(of(signed('2022-01-10T11:00:00Z'), signed('2021-12-01T11:00:00Z')).closing).toBeUndefined());
  it('is none for credits of another year', () => {
    const [from, to] = [signed('2021-12-01T11:00:00Z'), signed('2022-01-10T11:00:00Z')];
    expect(of(from, to, withYear(2022)).closing).toBeUndefined();
    expect(of(from, to, withYear(2020)).closing).toBeUndefined();
  });
  it('is none where no date says when it is paid', () => expect(of(schedule, schedule)).toEqual({ warnings: [] }));
});

describe('a shift of the decision', () => {
  it('leaves no start before its new day', () =>
    expect(of(decided('2021-10-10T10:00:00Z'), decided('2021-10-20T22:30:00Z'))).toEqual({
      earliestStart: '2021-10-21',
      warnings: [
        'Les projets prévus pour démarrer avant le 21 octobre 2021 ne le pourront plus : leurs porteurs devront confirmer de nouvelles dates.',
      ],
    }));
  it('makes nothing impossible where it comes earlier', () =>
    expect(of(decided('2021-10-20T10:00:00Z'), decided('2021-10-10T10:00:00Z'))).toEqual({ warnings: [] }));
});
