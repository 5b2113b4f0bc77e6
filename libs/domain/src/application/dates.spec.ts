import { describe, expect, it } from '@jest/globals';
import { schedule } from '../call/fixtures.js';
import type { ApplicationEvent } from './application-facts.js';
import {
  callAfter,
  callCancelled,
  CALL_CANCELLED,
  completed,
  contents,
  filed,
  given,
  refused,
  requested,
  submission,
  withdrawn,
} from './fixtures.js';

const deciding = (at: string) =>
  callAfter({
    type: 'ScheduleShifted',
    proposal: 1,
    reason: 'Décision datée.',
    before: schedule,
    after: { milestones: [...schedule.milestones, { kind: 'decision', at }] },
  });
/** The project was to start on 1 November 2021. */
const call = deciding('2021-11-15T10:00:00Z');
const system = { by: 'system', actingAs: 'system' };
const shifted = { call, submitted: contents };
const ask = { type: 'AskDates', before: '2021-10-15' } as const;
const asked: ApplicationEvent = { type: 'DatesAsked', earliest: '2021-11-15' };
const confirm = { type: 'ConfirmDates', startsOn: '2021-12-01', endsOn: '2022-11-30' } as const;
const confirmed: ApplicationEvent = { type: 'DatesConfirmed', startsOn: '2021-12-01', endsOn: '2022-11-30' };

describe('asking for other dates', () => {
  it('is for the file whose start a shift makes impossible', () =>
    given(...filed)
      .when(ask, system, shifted)
      .then(asked));
  it('is nothing where the start is still possible, on the day of the decision too', () =>
    given(...filed)
      .when(ask, system, { ...shifted, call: deciding('2021-11-01T10:00:00Z') })
      .then());
  it('is nothing where the start was impossible before: the shift changes nothing of it', () =>
    given(...filed)
      .when({ ...ask, before: '2021-11-02' }, system, shifted)
      .then());
  it('is done once for one date, and again for a later one', () => {
    given(...filed, asked)
      .when(ask, system, shifted)
      .then();
    given(...filed, asked)
      .when({ ...ask, before: '2021-11-15' }, system, { ...shifted, call: deciding('2021-12-10T10:00:00Z') })
      .then({ ...asked, earliest: '2021-12-10' });
  });
  it('looks at the dates that were confirmed', () => {
    given(...filed, asked, confirmed)
      .when(ask, system, shifted)
      .then();
    given(...filed, asked, confirmed)
      .when({ ...ask, before: '2021-11-15' }, system, { ...shifted, call: deciding('2021-12-10T10:00:00Z') })
      .then({ ...asked, earliest: '2021-12-10' });
  });
  it.each<[string, ApplicationEvent[]]>([
    ['is withdrawn', [...filed, withdrawn]],
    ['is refused beforehand', [...filed, refused]],
  ])('is nothing for a file that %s', (_, history) =>
    given(...history)
      .when(ask, system, shifted)
      .then(),
  );
});

describe('confirming dates', () => {
  it('records the dates alone', () =>
    given(...filed, asked)
      .when(confirm, {}, { call })
      .then(confirmed));
  it('leaves what was submitted as it is', () => {
    const before = given(...filed).state;
    expect(given(...filed, asked, confirmed).state).toEqual({
      ...before,
      dates: { confirmed: { startsOn: '2021-12-01', endsOn: '2022-11-30' } },
    });
  });
  it('is in time on the day of the decision', () =>
    given(...filed, asked)
      .when({ ...confirm, startsOn: '2021-11-15' }, {}, { call })
      .then({ ...confirmed, startsOn: '2021-11-15' }));
  it('is refused for a start before the decision, as the schedule is now', () => {
    given(...filed, asked)
      .when({ ...confirm, startsOn: '2021-11-14' }, {}, { call })
      .thenRefused(
        'StartTooEarly',
        'Le projet ne peut pas démarrer avant la décision : choisissez une date à partir du 15 novembre 2021.',
      );
    given(...filed, asked)
      .when(confirm, {}, { call: deciding('2021-12-10T10:00:00Z') })
      .thenRefused(
        'StartTooEarly',
        'Le projet ne peut pas démarrer avant la décision : choisissez une date à partir du 10 décembre 2021.',
      );
  });
  it('is refused with an end before the start', () =>
    given(...filed, asked)
      .when({ ...confirm, endsOn: '2021-11-30' }, {}, { call })
      .thenRefused('PeriodReversed', 'La fin de la période précède son début.'));
  it('is refused where nothing was asked, and twice', () => {
    const sentence = "Aucun décalage n'a rendu impossibles les dates de ce projet : elles restent celles du dossier.";
    given(...filed)
      .when(confirm, {}, { call })
      .thenRefused('DatesNotAsked', sentence);
    given(...filed, asked, confirmed)
      .when(confirm, {}, { call })
      .thenRefused('DatesNotAsked', sentence);
  });
  it('is refused of a file that does not stand', () => {
    given(...filed, asked, refused)
      .when(confirm, {}, { call })
      .thenRefused('FileRefused', 'Ce dossier est refusé avant examen : ses dates ne se confirment plus.');
    given(...filed, asked, withdrawn)
      .when(confirm, {}, { call })
      .thenRefused('NotSubmitted', "Ce dossier n'est pas déposé : il n'a pas de dates à confirmer.");
  });
  it('is refused once the call has ended', () =>
    given(...filed, asked)
      .when(confirm, {}, { call: callCancelled })
      .thenRefused('CallEnded', CALL_CANCELLED));
  it('falls with another submission, which says its own, and stays through a completion', () => {
    const replaced: ApplicationEvent = { type: 'SubmissionReplaced', replaces: submission.receipt, ...submission };
    expect(given(...filed, asked, confirmed, replaced).state).not.toHaveProperty('dates');
    expect(given(...filed, asked, confirmed, requested, completed).state).toHaveProperty('dates');
  });
});
