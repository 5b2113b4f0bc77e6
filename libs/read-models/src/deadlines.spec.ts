import { describe, expect, it } from '@jest/globals';
import * as call from '#domain/call/fixtures.js';
import * as file from '#domain/application/fixtures.js';
import type { Fact } from '#domain/facts.js';
import { deadlinesIn, movesOf, roundsIn } from './deadline-queries.js';
import { CALL, FILE, given, type Happened, on, onStream } from './fixtures.js';

const ofCall = `call-${CALL}`;
const ofFile = `application-${FILE}`;
const at = (when: string) => ({ at: when });
const published = onStream(ofCall, ...call.open).map((each) => ({ ...each, metadata: at('2021-06-14T07:00:00Z') }));
const started = on(ofFile, { ...file.started, call: CALL }, at('2021-06-20T08:00:00Z'));
const deadlines = async (...happened: Happened[]) => {
  const { views } = await given(...published, started, ...happened);
  return deadlinesIn(views, CALL).map(
    ({ key, dueAt, moves, closedAt }) =>
      `${key.replaceAll(CALL, 'call').replaceAll(FILE, 'file')} ${dueAt}${moves ? ` moved ${moves}` : ''}${closedAt ? ' closed' : ''}`,
  );
};
const ofItsOwn = async (...happened: Happened[]) => {
  const whole = await deadlines();
  return (await deadlines(...happened)).filter((line) => !whole.includes(line));
};

const extended = (ratifyBy: string | undefined): Fact => ({
  type: 'OutageExtensionGranted',
  number: 1,
  outage: { from: '2021-08-13T12:00:00Z', until: '2021-08-13T13:30:00Z', description: 'Panne' },
  ...(ratifyBy !== undefined && { ratifyBy }),
  before: call.schedule,
  after: call.closing('2021-08-16T14:00:00Z'),
  institution: call.ARS,
  capacity: { kind: 'office' },
});

describe('what is due in a call', () => {
  it('are its own dates, for everybody', async () =>
    expect(await deadlines()).toEqual([
      'submission:call 2021-08-13T14:00:00Z',
      'convocation:call 2021-09-15T07:30:00Z',
    ]));

  it('moves with the schedule, and says how often', async () => {
    const shifted = on(ofCall, call.scheduleShifted, at('2021-07-01T08:00:00Z'));
    expect(await ofItsOwn(shifted)).toEqual(['convocation:call 2021-09-20T07:30:00Z moved 1']);
  });

  it('is later for who was given more time', async () => {
    const extended: Fact = {
      type: 'ExtensionGranted',
      institution: call.ARS,
      organisation: file.APPLICANT,
      until: '2021-08-20T14:00:00Z',
      reason: 'Inondation.',
    };
    expect(await ofItsOwn(on(ofCall, extended))).toEqual([`submission:call:${file.APPLICANT} 2021-08-20T14:00:00Z`]);
  });

  it('is no longer the submission of what was not filed once contents are unsealed', async () =>
    expect(await ofItsOwn(on(ofCall, call.unsealed))).toEqual(['submission:call 2021-08-13T14:00:00Z closed']));

  it('ends with the call', async () =>
    expect(await deadlines(on(ofCall, call.cancelled))).toEqual([
      'submission:call 2021-08-13T14:00:00Z closed',
      'convocation:call 2021-09-15T07:30:00Z closed',
    ]));

  it('is an answer to a proposal, before the first date it would move', async () => {
    const proposed = on(ofCall, call.shiftProposed, at('2021-07-01T08:00:00Z'));
    const refused: Fact = { type: 'ShiftRefused', proposal: 1, institution: call.DREETS, reason: 'Trop tard.' };
    const expired: Fact = {
      type: 'ShiftExpired',
      proposal: 1,
      expiredAt: '2021-09-15T07:30:00Z',
      because: 'Trop tard.',
    };
    expect(await ofItsOwn(proposed)).toEqual(['shift-answer:call:1 2021-09-15T07:30:00Z']);
    for (const ended of [refused, expired])
      expect(await ofItsOwn(proposed, on(ofCall, ended))).toEqual(['shift-answer:call:1 2021-09-15T07:30:00Z closed']);
  });

  it('is an answer before the new date, where that is earlier; later where an outage moves the old one', async () => {
    const when = '2021-07-01T08:00:00Z';
    const earlier = on(ofCall, call.deadlineProposed('2021-07-30T14:00:00Z', when), at(when));
    expect(await ofItsOwn(earlier)).toEqual(['shift-answer:call:1 2021-07-30T14:00:00Z']);
    const proposed = on(ofCall, call.deadlineProposed('2021-08-27T14:00:00Z', when), at(when));
    expect(await ofItsOwn(proposed, on(ofCall, extended(undefined)))).toContain(
      'shift-answer:call:1 2021-08-16T14:00:00Z moved 1',
    );
  });

  it('is the ratification of an extension for an outage, until every lead has ratified it', async () => {
    const granted = on(ofCall, extended('2021-08-14T13:35:00Z'));
    const ratified: Fact = {
      type: 'OutageExtensionRatified',
      number: 1,
      institution: call.DREETS,
      capacity: { kind: 'office' },
    };
    const moved = 'submission:call 2021-08-16T14:00:00Z moved 1';
    expect(await ofItsOwn(granted)).toEqual(['ratification:call:1 2021-08-14T13:35:00Z', moved]);
    expect(await ofItsOwn(granted, on(ofCall, ratified))).toEqual([
      'ratification:call:1 2021-08-14T13:35:00Z closed',
      moved,
    ]);
    expect(await ofItsOwn(on(ofCall, extended(undefined)))).toEqual([moved]);
  });

  it('says from where to where each date moved, and when', async () => {
    const { views } = await given(...published, on(ofCall, call.scheduleShifted, at('2021-07-01T08:00:00Z')));
    expect(movesOf(views, [`convocation:${CALL}`, `submission:${CALL}`])).toEqual([
      {
        key: `convocation:${CALL}`,
        from: '2021-09-15T07:30:00Z',
        to: '2021-09-20T07:30:00Z',
        movedAt: '2021-07-01T08:00:00Z',
      },
    ]);
  });
});

describe('what is due of one file', () => {
  const requested: Fact = {
    type: 'CompletionRequested',
    request: 1,
    fields: [],
    documents: ['statuts'],
    reason: 'Les statuts manquent.',
    dueAt: '2021-09-01T21:59:59Z',
    requestedAt: '2021-08-20T08:00:00Z',
    institution: call.ARS,
  };
  const asked = on(ofFile, requested, at('2021-08-20T08:00:00Z'));

  it('is what was asked for, until it comes or the file is decided on', async () => {
    expect(await ofItsOwn(asked)).toEqual(['completion:file:1 2021-09-01T21:59:59Z']);
    const admissible = on(ofFile, { type: 'DeclaredAdmissible', institution: call.ARS });
    expect(await ofItsOwn(asked, admissible)).toEqual(['completion:file:1 2021-09-01T21:59:59Z closed']);
  });

  it('is later where more time was given', async () => {
    const extended: Fact = {
      type: 'CompletionExtended',
      request: 1,
      dueAt: '2021-09-08T21:59:59Z',
      extendedAt: '2021-08-30T08:00:00Z',
      reason: 'Assemblée générale en septembre.',
    };
    expect(await ofItsOwn(asked, on(ofFile, extended))).toEqual(['completion:file:1 2021-09-08T21:59:59Z moved 1']);
  });

  it('is a report until the end of its day; returned, it is due again', async () => {
    const report = (fact: Fact, when: string) => on(`reports-${file.APPLICANT}`, fact, at(when));
    const expected = report(
      {
        type: 'ReportExpected',
        report: 'report-1',
        kind: 'financial',
        application: FILE,
        call: CALL,
        leads: ['ARS-PDL'],
        dueOn: '2022-06-30',
      },
      '2021-12-01T08:00:00Z',
    );
    const submitted = report(
      {
        type: 'ReportSubmitted',
        report: 'report-1',
        version: 1,
        content: { version: 0, hash: 'a' },
      },
      '2022-06-01T08:00:00Z',
    );
    const returned = report(
      { type: 'ReportReturned', report: 'report-1', comments: 'Les factures manquent.', dueOn: '2022-07-31' },
      '2022-06-10T08:00:00Z',
    );
    expect(await ofItsOwn(expected)).toEqual(['reports:report-1 2022-06-30T21:59:59Z']);
    expect(await ofItsOwn(expected, submitted)).toEqual(['reports:report-1 2022-06-30T21:59:59Z closed']);
    expect(await ofItsOwn(expected, submitted, returned)).toEqual(['reports:report-1 2022-07-31T21:59:59Z moved 1']);
  });
});

describe('the rounds of what is due', () => {
  const rounds = async (...happened: Happened[]) => {
    const { views } = await given(...published, ...happened);
    return roundsIn(views, CALL)
      .filter(({ kind }) => kind === 'submission')
      .map(({ name, at: when, status, lapsed }) => `${name} ${when} ${lapsed ?? status}`);
  };
  const moved = (to: string, when: string): Happened =>
    on(
      ofCall,
      { type: 'ScheduleShifted', proposal: 1, reason: 'Congés.', before: call.schedule, after: call.closing(to) },
      at(when),
    );
  const first = [
    'J-15 2021-07-29T07:00:00Z planned',
    'J-7 2021-08-06T07:00:00Z planned',
    'J-2 2021-08-11T07:00:00Z planned',
    'H-4 2021-08-13T10:00:00Z planned',
  ];
  const opened = on('round-1', {
    type: 'ReminderRoundOpened',
    round: `submission:${CALL}|J-15|responsible|2021-08-13T14:00:00Z`,
    deadline: `submission:${CALL}`,
    kind: 'submission',
    call: CALL,
    step: { days: -15, to: 'responsible', channel: 'mail' },
    merges: [],
    dueAt: '2021-08-13T14:00:00Z',
    plannedFor: '2021-07-29T07:00:00Z',
  });

  it('follow from its date', async () => expect(await rounds()).toEqual(first));

  it('are others for another date; those that went out stay', async () =>
    expect(await rounds(opened, moved('2021-08-27T14:00:00Z', '2021-08-01T08:00:00Z'))).toEqual([
      'J-15 2021-07-29T07:00:00Z opened',
      'J-15 2021-08-12T07:00:00Z planned',
      'J-7 2021-08-20T07:00:00Z planned',
      'J-2 2021-08-25T07:00:00Z planned',
      'H-4 2021-08-27T10:00:00Z planned',
    ]));

  describe('of who starts late', () => {
    const sunday = '2021-08-08T10:00:00Z';
    const late = on(ofFile, { ...file.started, call: CALL }, at(sunday));
    const own = async (...happened: Happened[]) => {
      const { views } = await given(...published, opened, late, ...happened);
      return roundsIn(views, CALL)
        .filter(({ about }) => about === FILE)
        .map(({ name, dueAt, at: when, status, lapsed }) => `${name} of ${dueAt} ${when} ${lapsed ?? status}`);
    };
    const waiting = 'J-7 of 2021-08-13T14:00:00Z 2021-08-09T06:00:00Z planned';

    it('are the latest that is past, within sending hours', async () => expect(await own()).toEqual([waiting]));

    it('still go out where a policy is set before they did', async () => {
      const policy: Fact = { type: 'ReminderPolicySet', policy: { submission: [] } };
      expect(await own(on(`reminders-${CALL}`, policy, at('2021-08-08T12:00:00Z')))).toEqual([waiting]);
    });

    it('lapse and say so where the date moves before they did, and are back with it', async () => {
      const away = moved('2021-08-20T14:00:00Z', '2021-08-08T12:00:00Z');
      expect(await own(away)).toEqual(['J-7 of 2021-08-13T14:00:00Z 2021-08-09T06:00:00Z date-moved']);
      expect(await own(away, moved('2021-08-13T14:00:00Z', '2021-08-08T13:00:00Z'))).toEqual([waiting]);
    });

    it('are no more once the submission is over', async () => expect(await own(on(ofCall, call.unsealed))).toEqual([]));
  });

  it('moved earlier, the latest of those that would be past goes at once, and the others lapse', async () =>
    expect(await rounds(moved('2021-07-09T14:00:00Z', '2021-07-06T12:00:00Z'))).toEqual([
      'J-15 2021-06-24T07:00:00Z past-when-known',
      'J-7 2021-07-06T12:00:00Z planned',
      'J-2 2021-07-07T07:00:00Z planned',
      'H-4 2021-07-09T10:00:00Z planned',
    ]));

  it('moved there and back are what they were, those sent not to be sent again', async () => {
    const there = moved('2021-08-27T14:00:00Z', '2021-06-20T08:00:00Z');
    const back = moved('2021-08-13T14:00:00Z', '2021-06-21T08:00:00Z');
    expect(await rounds(there, back)).toEqual(first);
    expect(await rounds(opened, there, back)).toEqual(['J-15 2021-07-29T07:00:00Z opened', ...first.slice(1)]);
  });

  it('end with the call, but what went out', async () =>
    expect(await rounds(opened, on(ofCall, call.cancelled))).toEqual(['J-15 2021-07-29T07:00:00Z opened']));
});
