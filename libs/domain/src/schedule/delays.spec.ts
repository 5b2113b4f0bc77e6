import { describe, expect, it } from '@jest/globals';
import { paris } from '#calendar/paris.js';
import { type Instant, refuse } from '../decider.js';
import { rulesFor } from '../rules.js';
import { scheduleRefusal, scheduleWarnings, silenceAfter } from './bounds.js';
import type { Milestone, MilestoneKind } from './milestones.js';

const subsidy = rulesFor('SUBVENTION');
const authorisation = rulesFor('AUTHORISATION');
const COMMISSION = '2021-09-30T07:30:00Z';
const planned = (dates: Partial<Record<MilestoneKind, Instant>>): Milestone[] =>
  Object.entries(dates).map(([kind, at]) => ({ kind: kind as MilestoneKind, at }));
const refused = (dates: Partial<Record<MilestoneKind, Instant>>, rules = authorisation) =>
  scheduleRefusal(planned(dates), { rules }, paris);
const warned = (dates: Partial<Record<MilestoneKind, Instant>>, rules = subsidy) =>
  scheduleWarnings(planned(dates), rules, false, paris);

describe('between a convocation and its commission', () => {
  const tooLate = { convocationSent: '2021-09-15T22:00:00Z', commission: COMMISSION };

  it('an authorisation leaves 15 days, counted in Paris', () => {
    expect(refused({ convocationSent: '2021-09-15T21:59:59Z', commission: COMMISSION })).toBeUndefined();
    expect(refused(tooLate)).toEqual(
      refuse(
        'CommissionOutOfBounds',
        '« envoi des convocations » doit venir au moins 15 jours avant la commission de sélection (CASF R313-2-2).',
      ),
    );
  });
  it('a subsidy leaves 5 days, unless there is urgency: a warning, never a block', () => {
    const urgent = { convocationSent: '2021-09-25T22:00:00Z', commission: COMMISSION };
    expect(refused(urgent, subsidy)).toBeUndefined();
    expect(warned(urgent)).toEqual([
      '« envoi des convocations » (26 septembre 2021 à 0 h 00 (heure de Paris)) tombe un dimanche.',
      '« envoi des convocations » doit venir au moins 5 jours avant la commission de sélection, sauf urgence motivée (CRPA R133-8).',
    ]);
    expect(warned({ convocationSent: '2021-09-24T08:00:00Z', commission: COMMISSION })).toEqual([]);
  });
  it('nothing is warned of that is refused', () => expect(warned(tooLate, authorisation)).toEqual([]));
  it('nothing is owed while either has no date', () => {
    expect(refused({ convocationSent: COMMISSION })).toBeUndefined();
    expect(refused({ commission: COMMISSION })).toBeUndefined();
  });
});

describe('the reports of case officers', () => {
  const reports = (at: Instant) => ({ caseReportsAvailable: at, commission: COMMISSION });

  it('are available 15 days before the commission of an authorisation', () => {
    expect(refused(reports('2021-09-15T21:59:59Z'))).toBeUndefined();
    expect(refused(reports('2021-09-15T22:00:00Z'))).toEqual(
      refuse(
        'CommissionOutOfBounds',
        "« mise à disposition des rapports d'instruction » doit venir au moins 15 jours avant la commission de sélection (CASF R313-5-1).",
      ),
    );
  });
  it('are free for a subsidy', () => {
    expect(refused(reports('2021-09-29T08:00:00Z'), subsidy)).toBeUndefined();
    expect(warned(reports('2021-09-29T08:00:00Z'))).toEqual([]);
  });
});

describe('silence', () => {
  it.each([
    ['two months after the receipt of a file', subsidy, '2021-10-13T21:59:59Z'],
    ['six months after the deadline', authorisation, '2022-02-13T22:59:59Z'],
  ])('rejects at the end of the day, %s', (_, rules, until) =>
    expect(silenceAfter('2021-08-13T14:00:00Z', rules, paris)).toBe(until),
  );
  it('is warned of where the decision comes after it, with its source', () => {
    const submissionDeadline = '2021-08-13T14:00:00Z';
    expect(warned({ submissionDeadline, decision: '2022-02-13T22:59:59Z' }, authorisation)).toEqual([
      expect.stringContaining('juillet ou en août'),
      expect.stringContaining('dimanche'),
    ]);
    expect(warned({ submissionDeadline, decision: '2022-02-14T08:00:00Z' }, authorisation).slice(1)).toEqual([
      '« décision » (14 février 2022 à 9 h 00 (heure de Paris)) vient plus de 6 mois après la date limite de dépôt : passé ce délai, le silence vaut rejet (CASF R313-7).',
    ]);
    expect(warned({ submissionDeadline, decision: '2021-10-14T08:00:00Z' }).slice(1)).toEqual([
      '« décision » (14 octobre 2021 à 10 h 00 (heure de Paris)) vient plus de 2 mois après la date limite de dépôt : passé ce délai, le silence vaut rejet (CRPA L231-4 3°).',
    ]);
  });
  it('is counted to the commission where no decision is dated', () => {
    const dates = { submissionDeadline: '2021-06-30T14:00:00Z', commission: '2021-09-30T07:30:00Z' };
    expect(warned(dates)).toEqual([
      '« commission de sélection » (30 septembre 2021 à 9 h 30 (heure de Paris)) vient plus de 2 mois après la date limite de dépôt : passé ce délai, le silence vaut rejet (CRPA L231-4 3°).',
    ]);
    expect(warned({ ...dates, decision: '2021-09-30T08:30:00Z' })).toEqual([expect.stringMatching(/^« décision »/)]);
  });
  it('waits for a deadline', () => expect(warned({ decision: '2022-02-14T08:00:00Z' })).toEqual([]));
});
