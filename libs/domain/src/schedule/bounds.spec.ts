import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { paris } from '#calendar/paris.js';
import { type Instant, Refusal, refuse } from '../decider.js';
import { rulesFor } from '../rules.js';
import { days, soundPlans, times } from './arbitraries.js';
import { scheduleRefusal, scheduleWarnings, withRegimeDefaults } from './bounds.js';
import {
  instantOf,
  type Milestone,
  type MilestoneKind,
  orderBroken,
  type PlannedMilestone,
  resolve,
} from './milestones.js';

const subsidy = rulesFor('SUBVENTION');
const authorisation = rulesFor('AUTHORISATION');
/** What follows the decision binds both regimes alike. */
const afterwards = {
  funding: {
    agreement: {
      compulsoryAboveCents: 2_300_000,
      sourceOfState: 'loi 2000-321 art. 10, décret 2001-495',
      sourceOfFir: 'CSP R1435-30',
    },
    publication: { withinMonths: 3, source: 'décret 2017-779' },
    advance: { maxPercent: 50, source: 'pratique : une avance de 50 % au plus, jusqu’au 31 mars' },
    approval: { twoAboveCents: 5_000_000, source: 'pratique : deux approbations au-delà de 50 000 €' },
    closingOfPayments: { monthDay: '12-15', source: 'pratique : fin de gestion de l’État' },
    hearing: { minDays: 10, source: 'CRPA L122-1 (10 jours : pratique)' },
  },
  reports: { financialMonthsAfterYear: 6, source: 'loi 2000-321, art. 10 ; arrêté du 11 octobre 2006' },
  outage: { ratifyWithinHours: 24, source: 'pratique : ratification sous 24 heures, ou signalement' },
  appeal: { withinMonths: 2, source: 'CRPA L411-2 ; CJA R421-1' },
};
const derogation = 'Urgence sociale constatée par arrêté.';
const planned = (dates: Partial<Record<MilestoneKind, Instant>>): Milestone[] =>
  Object.entries(dates).map(([kind, at]) => ({ kind: kind as MilestoneKind, at }));
const window = (from: Instant, to: Instant) => planned({ publication: from, submissionDeadline: to });

describe('the rules of each regime', () => {
  it('leave the window, the questions, the sealing, agreements and extensions of a subsidy to the call', () =>
    expect(subsidy).toEqual({
      version: '2026-11',
      regime: 'SUBVENTION',
      window: { warnUnderDays: 30, source: 'pratique : moins de 30 jours, avertissement' },
      questions: { source: "libre, selon l'appel" },
      sealing: { mode: 'chosen', source: "au choix de l'appel (pratique)" },
      jointAgreement: { source: "chaque autorité pilote accepte l'appel, sans délai fixé" },
      individualExtension: {
        allowed: 'by the call',
        source: "égalité des candidats : seulement si l'appel le prévoit",
      },
      commission: {
        convocation: { minDays: 5, source: 'CRPA R133-8' },
        quorum: { numerator: 1, denominator: 2, source: 'CRPA R133-10' },
        secondMeeting: { source: 'CRPA R133-10' },
        mandates: { perHolder: 1, source: 'CRPA R133-9' },
        majority: { source: 'CRPA R133-11 ; suffrages exprimés, sans les abstentions (pratique)' },
        interest: { source: 'CRPA R133-12' },
        substitutes: { source: 'CRPA R133-3' },
      },
      award: { rankingRequired: false, source: "l'avis de la commission est facultatif (pratique)" },
      delays: {
        convocation: { minDays: 5, unlessUrgent: true, source: 'CRPA R133-8' },
        silence: { months: 2, from: 'complete-file', source: 'CRPA L231-4 3°' },
      },
      ...afterwards,
    }));
  it('bind those of an authorisation', () =>
    expect(authorisation).toEqual({
      version: '2026-11',
      regime: 'AUTHORISATION',
      window: {
        minDays: 60,
        maxDays: 120,
        byDerogation: { minDays: 30, maxDays: 180 },
        source: 'CASF R313-4-1 ; décret 2019-854',
      },
      questions: { untilDaysBefore: 8, answersDaysBefore: 5, source: 'CASF R313-4-2' },
      sealing: { mode: 'always', source: 'CASF R313-4-2' },
      jointAgreement: { withinMonths: 1, source: 'CASF R313-2-2' },
      individualExtension: { allowed: 'never', source: 'CASF R313-6' },
      award: { rankingRequired: true, source: 'CASF R313-6-2' },
      delays: {
        convocation: { minDays: 15, unlessUrgent: false, source: 'CASF R313-2-2' },
        caseReports: { minDays: 15, source: 'CASF R313-5-1' },
        silence: { months: 6, from: 'deadline', source: 'CASF R313-7' },
      },
      ...afterwards,
    }));
  it('are known by their version, which a call keeps', () => {
    expect(rulesFor('SUBVENTION', '2026-11')).toBe(subsidy);
    expect(() => rulesFor('SUBVENTION', '1999-01')).toThrow('No rule set SUBVENTION 1999-01.');
  });
});

describe('what refuses a schedule', () => {
  const opening = '2021-06-14T07:00:00Z';

  it('is its order first', () =>
    expect(
      scheduleRefusal(window('2021-06-14T07:00:00Z', '2021-06-13T07:00:00Z'), { rules: authorisation }, paris),
    ).toEqual(
      refuse(
        'MilestonesOutOfOrder',
        "« date limite de dépôt » (13 juin 2021 à 9 h 00 (heure de Paris)) ne peut pas précéder « publication de l'avis » " +
          '(14 juin 2021 à 9 h 00 (heure de Paris)).',
      ),
    ));
  it('is a window out of bounds, with its source', () =>
    expect(scheduleRefusal(window(opening, '2021-08-12T14:00:00Z'), { rules: authorisation }, paris)).toEqual(
      refuse(
        'WindowOutOfBounds',
        'Le dépôt dure 59 jours ; il doit durer de 60 à 120 jours à compter de la publication (CASF R313-4-1 ; décret 2019-854).',
      ),
    ));
  it('is a window out of the wider bounds of a derogation', () =>
    expect(
      scheduleRefusal(window(opening, '2021-07-13T14:00:00Z'), { rules: authorisation, derogation }, paris),
    ).toEqual(
      refuse(
        'WindowOutOfBounds',
        'Le dépôt dure 29 jours ; il doit durer de 30 à 180 jours à compter de la publication (CASF R313-4-1 ; décret 2019-854).',
      ),
    ));
  it('is nothing while the window has no beginning or no end', () => {
    expect(scheduleRefusal(planned({ publication: opening }), { rules: authorisation }, paris)).toBeUndefined();
    expect(scheduleRefusal(planned({ submissionDeadline: opening }), { rules: authorisation }, paris)).toBeUndefined();
    expect(scheduleRefusal(planned({ questionsUntil: opening }), { rules: authorisation }, paris)).toBeUndefined();
  });
  it.each([
    ['questionsUntil', '2021-08-05T21:59:59Z', undefined],
    [
      'questionsUntil',
      '2021-08-05T22:00:00Z',
      '« fin des questions » doit venir au moins 8 jours avant la date limite de dépôt (CASF R313-4-2).',
    ],
    ['answersBy', '2021-08-08T21:59:59Z', undefined],
    [
      'answersBy',
      '2021-08-08T22:00:00Z',
      '« réponses aux questions » doit venir au moins 5 jours avant la date limite de dépôt (CASF R313-4-2).',
    ],
  ])('counts calendar days in Paris: %s at %s', (kind, at, sentence) =>
    expect(
      scheduleRefusal(
        [...window(opening, '2021-08-13T14:00:00Z'), ...planned({ [kind]: at })],
        { rules: authorisation },
        paris,
      ),
    ).toEqual(sentence && refuse('QuestionsOutOfBounds', sentence)),
  );
  it('is no bound for a subsidy', () =>
    expect(
      scheduleRefusal(
        planned({
          publication: opening,
          questionsUntil: '2021-06-14T08:00:00Z',
          submissionDeadline: '2021-06-14T09:00:00Z',
        }),
        { rules: subsidy },
        paris,
      ),
    ).toBeUndefined());

  it('never lets a bound of the regime break in silence', () =>
    fc.assert(
      fc.property(
        days,
        fc.integer({ min: 0, max: 200 }),
        fc.tuple(times, times),
        fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }),
        fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }),
        fc.boolean(),
        (day, length, [opens, closes], questions, answers, derogated) => {
          const closing = paris.addDays(day, length);
          const daysBefore = (kind: MilestoneKind, count: number | undefined) =>
            count === undefined ? [] : planned({ [kind]: paris.instantOf(paris.addDays(closing, -count), closes) });
          const milestones = [
            ...window(paris.instantOf(day, opens), paris.instantOf(closing, closes)),
            ...daysBefore('questionsUntil', questions),
            ...daysBefore('answersBy', answers),
          ];
          const [min, max] = derogated ? [30, 180] : [60, 120];
          const inBounds = length >= min && length <= max && (questions ?? 8) >= 8 && (answers ?? 5) >= 5;
          const inOrder = orderBroken(milestones, paris) === undefined;
          const asked = { rules: authorisation, ...(derogated && { derogation }) };
          expect(scheduleRefusal(milestones, asked, paris) === undefined).toBe(inOrder && inBounds);
        },
      ),
      { numRuns: 2000 },
    ));
  it('never lets an order break in silence, under either regime', () =>
    fc.assert(
      fc.property(soundPlans, fc.constantFrom(subsidy, authorisation), (plan, rules) => {
        const milestones = resolve(plan, paris, false);
        if (milestones instanceof Refusal) throw new Error(milestones.sentence);
        const broken = orderBroken(milestones, paris);
        const refusal = scheduleRefusal(milestones, { rules }, paris);
        if (broken) expect(refusal).toEqual(refuse('MilestonesOutOfOrder', broken));
        else expect(refusal?.code).not.toBe('MilestonesOutOfOrder');
      }),
      { numRuns: 500 },
    ));
});

describe('what the regime sets where the call says nothing', () => {
  const deadline: PlannedMilestone = { kind: 'submissionDeadline', at: '2021-08-13T14:00:00Z' };

  it('is the end of the questions and of the answers of an authorisation', () =>
    expect(withRegimeDefaults([deadline], authorisation)).toEqual([
      deadline,
      { kind: 'questionsUntil', rule: { relativeTo: 'submissionDeadline', days: -8 } },
      { kind: 'answersBy', rule: { relativeTo: 'submissionDeadline', days: -5 } },
    ]));
  it('gives way to what the call says', () => {
    const said: PlannedMilestone[] = [
      deadline,
      { kind: 'questionsUntil', at: '2021-08-01T14:00:00Z' },
      { kind: 'answersBy', at: '2021-08-02T14:00:00Z' },
    ];
    expect(withRegimeDefaults(said, authorisation)).toEqual(said);
  });
  it('waits for a deadline', () => {
    const publication: PlannedMilestone = { kind: 'publication', at: '2021-06-14T07:00:00Z' };
    expect(withRegimeDefaults([publication], authorisation)).toEqual([publication]);
  });
  it('is nothing for a subsidy', () => expect(withRegimeDefaults([deadline], subsidy)).toEqual([deadline]));
  it('always satisfies the bounds of the questions', () =>
    fc.assert(
      fc.property(days, times, fc.integer({ min: 60, max: 120 }), (day, time, length) => {
        const plan: PlannedMilestone[] = [
          { kind: 'publication', at: paris.instantOf(day, time) },
          { kind: 'submissionDeadline', rule: { relativeTo: 'publication', days: length } },
        ];
        const milestones = resolve(withRegimeDefaults(plan, authorisation), paris, false);
        if (milestones instanceof Refusal) throw new Error(milestones.sentence);
        expect(scheduleRefusal(milestones, { rules: authorisation }, paris)).toBeUndefined();
        expect(instantOf(milestones, 'questionsUntil')).toBeDefined();
      }),
    ));
});

describe('what a schedule is warned of, and never refused for', () => {
  const warnings = (dates: Partial<Record<MilestoneKind, Instant>>, alsaceMoselle = false) =>
    scheduleWarnings(planned(dates), subsidy, alsaceMoselle, paris);

  it.each<[string, MilestoneKind, Instant, string]>([
    [
      'a public holiday',
      'commission',
      '2021-11-11T09:00:00Z',
      '« commission de sélection » (11 novembre 2021 à 10 h 00 (heure de Paris)) tombe un jour férié : Armistice.',
    ],
    [
      'a Saturday',
      'decision',
      '2021-10-02T09:00:00Z',
      '« décision » (2 octobre 2021 à 11 h 00 (heure de Paris)) tombe un samedi.',
    ],
    [
      'a Sunday',
      'decision',
      '2021-10-03T09:00:00Z',
      '« décision » (3 octobre 2021 à 11 h 00 (heure de Paris)) tombe un dimanche.',
    ],
    [
      'a Monday that is still Sunday in UTC',
      'decision',
      '2021-10-03T21:59:59Z',
      '« décision » (3 octobre 2021 à 23 h 59 min 59 s (heure de Paris)) tombe un dimanche.',
    ],
    [
      'a deadline in July',
      'submissionDeadline',
      '2021-07-01T10:00:00Z',
      '« date limite de dépôt » (1er juillet 2021 à 12 h 00 (heure de Paris)) tombe en juillet ou en août : les porteurs de projet sont peu disponibles.',
    ],
    [
      'the end of the questions in August',
      'questionsUntil',
      '2021-08-31T21:59:59Z',
      '« fin des questions » (31 août 2021 à 23 h 59 min 59 s (heure de Paris)) tombe en juillet ou en août : les porteurs de projet sont peu disponibles.',
    ],
    [
      'reports due in August',
      'reportsDue',
      '2022-08-02T10:00:00Z',
      '« remise des bilans » (2 août 2022 à 12 h 00 (heure de Paris)) tombe en juillet ou en août : les porteurs de projet sont peu disponibles.',
    ],
  ])('is %s', (_, kind, at, warning) => expect(warnings({ [kind]: at })).toEqual([warning]));
  it.each<[string, MilestoneKind, Instant]>([
    ['a Friday', 'decision', '2021-10-01T09:00:00Z'],
    ['a Monday', 'decision', '2021-10-03T22:00:00Z'],
    ['a decision in July', 'decision', '2021-07-01T10:00:00Z'],
    ['a deadline on the last of June', 'submissionDeadline', '2021-06-30T21:59:59Z'],
    ['a deadline on the first of September', 'submissionDeadline', '2021-08-31T22:00:00Z'],
  ])('is not %s', (_, kind, at) => expect(warnings({ [kind]: at })).toEqual([]));
  it('is Good Friday in Alsace and Moselle only', () => {
    const goodFriday = { decision: '2021-04-02T08:00:00Z' };
    expect(warnings(goodFriday)).toEqual([]);
    expect(warnings(goodFriday, true)).toEqual([
      '« décision » (2 avril 2021 à 10 h 00 (heure de Paris)) tombe un jour férié : Vendredi Saint.',
    ]);
  });
  it('is a window of less than 30 days', () => {
    expect(warnings({ publication: '2021-09-01T07:00:00Z', submissionDeadline: '2021-10-01T07:00:00Z' })).toEqual([]);
    expect(warnings({ publication: '2021-09-02T07:00:00Z', submissionDeadline: '2021-10-01T07:00:00Z' })).toEqual([
      'Le dépôt dure 29 jours, moins de 30.',
    ]);
    expect(warnings({ publication: '2021-09-30T07:00:00Z', submissionDeadline: '2021-10-01T07:00:00Z' })).toEqual([
      'Le dépôt dure 1 jour, moins de 30.',
    ]);
  });
  it('is each of them at once', () =>
    expect(warnings({ publication: '2021-08-01T07:00:00Z', submissionDeadline: '2021-08-15T14:00:00Z' })).toEqual([
      "« publication de l'avis » (1er août 2021 à 9 h 00 (heure de Paris)) tombe un dimanche.",
      '« date limite de dépôt » (15 août 2021 à 16 h 00 (heure de Paris)) tombe un jour férié : Assomption.',
      '« date limite de dépôt » (15 août 2021 à 16 h 00 (heure de Paris)) tombe un dimanche.',
      '« date limite de dépôt » (15 août 2021 à 16 h 00 (heure de Paris)) tombe en juillet ou en août : les porteurs de projet sont peu disponibles.',
      'Le dépôt dure 14 jours, moins de 30.',
    ]));
});
