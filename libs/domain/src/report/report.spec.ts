import { describe, expect, it } from '@jest/globals';
import {
  accepted,
  ACTIVITY,
  activityContents,
  activityExpected,
  activitySubmitted,
  CALL,
  content,
  FINANCIAL,
  financialContents,
  financialSubmitted,
  given,
  LEADS,
  owing,
  returned,
  waived,
} from './fixtures.js';

const officer = { by: '66666666-6666-4666-8666-666666666666', actingAs: 'case-officer' };
const UNKNOWN = "Ce bilan n'existe pas.";
const ACCEPTED = "Ce bilan d'activité est déjà accepté.";
const WAIVED = "Ce bilan d'activité n'est plus attendu.";
const WAITING = "Ce bilan d'activité est déjà remis : il attend d'être accepté ou renvoyé.";

describe('expecting a report', () => {
  const command = {
    type: 'ExpectReport',
    report: ACTIVITY,
    kind: 'activity',
    application: 'file-1',
    call: CALL,
    leads: LEADS,
    dueOn: '2022-12-15',
  } as const;
  const system = { by: 'system', actingAs: 'system' };

  it('makes it owed until its day', () =>
    given()
      .when({ ...command, leads: [...LEADS] }, system)
      .then(activityExpected));
  it('is known as owed', () =>
    expect(given(activityExpected).state).toEqual({
      reports: {
        [ACTIVITY]: {
          report: ACTIVITY,
          kind: 'activity',
          application: 'file-1',
          call: CALL,
          leads: LEADS,
          dueOn: '2022-12-15',
          status: 'expected',
          versions: 0,
        },
      },
    }));
  it.each([
    ['expected', [activityExpected]],
    ['handed in', [activityExpected, activitySubmitted]],
    ['waived', [activityExpected, waived]],
  ] as const)('does nothing where the report is already %s', (_, history) =>
    given(...history)
      .when({ ...command, leads: [...LEADS], dueOn: '2023-12-15' }, system)
      .then(),
  );
});

describe('extending a report', () => {
  const command = {
    type: 'ExtendReport',
    report: ACTIVITY,
    dueOn: '2023-01-31',
    reason: 'Congé de maternité de la coordinatrice.',
  } as const;

  it('moves the day it is due, with its reason', () =>
    given(...owing)
      .when(command, officer)
      .then({ ...command, type: 'ReportExtended' }));
  it('moves it for that report only', () => {
    const { reports } = given(...owing, { ...command, type: 'ReportExtended' }).state;
    expect([reports[ACTIVITY]?.dueOn, reports[FINANCIAL]?.dueOn]).toEqual(['2023-01-31', '2023-06-30']);
  });
  it('is possible once the report is overdue', () =>
    given(...owing)
      .when(command, { ...officer, at: '2022-12-20T09:00:00Z' })
      .then({ ...command, type: 'ReportExtended' }));
  it('is possible after a return', () =>
    given(...owing, activitySubmitted, returned)
      .when({ ...command, dueOn: '2023-03-31' }, officer)
      .then({ ...command, type: 'ReportExtended', dueOn: '2023-03-31' }));
  it.each(['2022-12-15', '2022-12-10'])('is refused until %s, which is not later than before', (dueOn) =>
    given(...owing)
      .when({ ...command, dueOn }, officer)
      .thenRefused('NotLater', 'Ce bilan est déjà dû le 15 décembre 2022 : choisissez une date ultérieure.'),
  );
  it('is refused a second time until the same day', () =>
    given(...owing, { ...command, type: 'ReportExtended' })
      .when(command, officer)
      .thenRefused('NotLater', 'Ce bilan est déjà dû le 31 janvier 2023 : choisissez une date ultérieure.'));
  it('is refused until a day that has passed', () =>
    given(...owing)
      .when({ ...command, dueOn: '2023-01-01' }, { ...officer, at: '2023-02-01T09:00:00Z' })
      .thenRefused('DateInPast', "Le 1er janvier 2023 n'est pas à venir : choisissez une date ultérieure."));
  it('is refused until today, as it is in Paris', () =>
    given(...owing)
      .when({ ...command, dueOn: '2023-02-01' }, { ...officer, at: '2023-01-31T23:00:00Z' })
      .thenRefused('DateInPast', "Le 1er février 2023 n'est pas à venir : choisissez une date ultérieure."));
  it('is refused where the report is handed in', () =>
    given(...owing, activitySubmitted)
      .when(command, officer)
      .thenRefused('AlreadySubmitted', WAITING));
  it('is refused where the report is accepted', () =>
    given(...owing, activitySubmitted, accepted)
      .when(command, officer)
      .thenRefused('ReportSettled', ACCEPTED));
  it('is refused for a report that nobody owes', () =>
    given().when(command, officer).thenRefused('ReportUnknown', UNKNOWN));
});

describe('handing in a report of activity', () => {
  const command = { type: 'SubmitReport', report: ACTIVITY, contents: activityContents, content } as const;

  it('records targets and actuals, and none of its words', () =>
    given(...owing)
      .when(command)
      .then(activitySubmitted));
  it('is known as handed in', () =>
    expect(given(...owing, activitySubmitted).state.reports[ACTIVITY]).toMatchObject({
      status: 'submitted',
      versions: 1,
      written: 0,
    }));
  it('is accepted late', () =>
    given(...owing)
      .when(command, { at: '2024-01-01T09:00:00Z' })
      .then(activitySubmitted));
  it('may follow a return, under the next number', () =>
    given(...owing, activitySubmitted, returned)
      .when({ ...command, content: { ...content, version: 1 } })
      .then({ ...activitySubmitted, version: 2, content: { ...content, version: 1 } }));
  it('is refused twice', () =>
    given(...owing, activitySubmitted)
      .when(command)
      .thenRefused('AlreadySubmitted', WAITING));
  it('is refused once accepted', () =>
    given(...owing, activitySubmitted, accepted)
      .when(command)
      .thenRefused('ReportSettled', ACCEPTED));
  it('is refused once waived', () =>
    given(...owing, waived)
      .when(command)
      .thenRefused('ReportSettled', WAIVED));
  it('is refused for a report that nobody owes', () => given().when(command).thenRefused('ReportUnknown', UNKNOWN));
  it('is refused for a report of another beneficiary, whatever it is called', () =>
    given(...owing)
      .when({ ...command, report: 'constructor' })
      .thenRefused('ReportUnknown', UNKNOWN));
  it('is refused as long as it is not whole', () =>
    given(...owing)
      .when({ ...command, contents: { text: '' } })
      .thenRefused('ReportIncomplete', "Le bilan d'activité ne peut pas être remis en l'état."));
});

describe('handing in a financial report', () => {
  const command = { type: 'SubmitReport', report: FINANCIAL, contents: financialContents, content } as const;

  it('records each account, and the gap in money and in percent', () =>
    given(...owing)
      .when(command)
      .then(financialSubmitted));
  it('is refused as long as it is not whole', () =>
    given(...owing)
      .when({ ...command, contents: activityContents })
      .thenRefused('ReportIncomplete', "Le compte rendu financier ne peut pas être remis en l'état."));
});

describe('returning a report', () => {
  const command = {
    type: 'ReturnReport',
    report: ACTIVITY,
    comments: 'Précisez le nombre de pères venus.',
    dueOn: '2023-02-28',
  } as const;

  it('asks for it again until another day, with comments', () =>
    given(...owing, activitySubmitted)
      .when(command, officer)
      .then(returned));
  it('makes it owed until that day', () =>
    expect(given(...owing, activitySubmitted, returned).state.reports[ACTIVITY]).toMatchObject({
      status: 'returned',
      dueOn: '2023-02-28',
      versions: 1,
    }));
  it('is refused until a day that is not to come', () =>
    given(...owing, activitySubmitted)
      .when({ ...command, dueOn: '2022-12-01' }, officer)
      .thenRefused('DateInPast', "Le 1er décembre 2022 n'est pas à venir : choisissez une date ultérieure."));
  it('is refused where nothing was handed in', () =>
    given(...owing)
      .when(command, officer)
      .thenRefused('NotSubmitted', "Ce bilan d'activité n'a pas encore été remis."));
  it('is refused twice', () =>
    given(...owing, activitySubmitted, returned)
      .when(command, officer)
      .thenRefused('NotSubmitted', "Ce bilan d'activité a été renvoyé : il n'a pas encore été remis de nouveau."));
  it('is refused once accepted', () =>
    given(...owing, activitySubmitted, accepted)
      .when(command, officer)
      .thenRefused('ReportSettled', ACCEPTED));
  it('is refused for a report that nobody owes', () =>
    given().when(command, officer).thenRefused('ReportUnknown', UNKNOWN));
});

describe('accepting a report', () => {
  const command = { type: 'AcceptReport', report: ACTIVITY } as const;

  it('settles it', () =>
    given(...owing, activitySubmitted)
      .when(command, officer)
      .then(accepted));
  it('is known by whoever pays on it', () =>
    expect(given(...owing, activitySubmitted, accepted).state.reports[ACTIVITY]).toMatchObject({
      kind: 'activity',
      status: 'accepted',
    }));
  it('is refused where nothing was handed in', () =>
    given(...owing)
      .when(command, officer)
      .thenRefused('NotSubmitted', "Ce bilan d'activité n'a pas encore été remis."));
  it('is refused twice', () =>
    given(...owing, activitySubmitted, accepted)
      .when(command, officer)
      .thenRefused('ReportSettled', ACCEPTED));
  it('is refused for a report that nobody owes', () =>
    given().when(command, officer).thenRefused('ReportUnknown', UNKNOWN));
});

describe('waiving a report', () => {
  const command = {
    type: 'WaiveReport',
    report: ACTIVITY,
    reason: 'Le bénéficiaire a renoncé à la subvention.',
  } as const;

  it('ends what is owed, with its reason', () =>
    given(...owing)
      .when(command, officer)
      .then(waived));
  it('is possible where it was handed in', () =>
    given(...owing, activitySubmitted)
      .when(command, officer)
      .then(waived));
  it('is refused twice', () =>
    given(...owing, waived)
      .when(command, officer)
      .thenRefused('ReportSettled', WAIVED));
  it('is refused where the report is accepted', () =>
    given(...owing, activitySubmitted, accepted)
      .when(command, officer)
      .thenRefused('ReportSettled', ACCEPTED));
  it('is refused for a report that nobody owes', () =>
    given().when(command, officer).thenRefused('ReportUnknown', UNKNOWN));
});
