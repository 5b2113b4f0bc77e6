import { describe, expect, it } from '@jest/globals';
import * as file from '#domain/application/fixtures.js';
import * as call from '#domain/call/fixtures.js';
import type { CallEvent } from '#domain/call/call-facts.js';
import { CALL, FILE, given, on, onStream } from '#read-models/fixtures.js';
import { member, noticeOf } from './fixtures.js';
import { letter } from './letter.js';
import { datesTold } from './told-of-dates.js';

const IN_JULY = '2021-07-01T08:00:00Z';
const shifted: CallEvent = { ...call.scheduleShifted, after: call.closing('2021-08-27T14:00:00Z') };
const outage: CallEvent = {
  type: 'OutageExtensionGranted',
  number: 1,
  outage: { from: file.DEADLINE, until: file.DEADLINE, description: 'Panne' },
  before: call.schedule,
  after: call.closing('2021-08-16T14:00:00Z'),
  institution: call.ARS,
  capacity: { kind: 'office' },
};
const extended: CallEvent = {
  type: 'ExtensionGranted',
  institution: call.ARS,
  organisation: 'W1',
  until: '2021-09-03T14:00:00Z',
  reason: 'Crue',
};

/** What is said to a member of W1, which filed, or of W2, which has a draft. */
async function told(person: string, fact: CallEvent, at = IN_JULY, ...before: readonly CallEvent[]) {
  const started = (id: string, organisation: string) =>
    on(`application-${id}`, { ...file.started, call: CALL, organisation });
  const { views } = await given(
    ...onStream(`call-${CALL}`, ...call.open, ...before),
    member('filed', 'W1'),
    member('drafting', 'W2'),
    started(FILE, 'W1'),
    on(`application-${FILE}`, { type: 'ApplicationSubmitted', ...file.submission }),
    started('file-2', 'W2'),
  );
  return datesTold(fact, [...call.open, ...before, fact], { call: CALL, person, at }, views);
}

describe('a notice that dates moved', () => {
  it.each<[string, CallEvent, CallEvent[], string | undefined]>([
    ['until the new deadline', shifted, [], '2021-08-27T14:00:00Z'],
    ['until the deadline that an outage moved', outage, [], '2021-08-16T14:00:00Z'],
    ['until the deadline that stays', call.scheduleShifted, [], '2021-08-13T14:00:00Z'],
    ['until their own deadline where that is later', shifted, [extended], '2021-09-03T14:00:00Z'],
    ['no more once contents were unsealed', call.scheduleShifted, [call.unsealed], undefined],
  ])('says to whom filed that they may replace it %s', async (_, fact, before, until) =>
    expect(await told('filed', fact, IN_JULY, ...before)).toEqual({ filed: until === undefined ? {} : { until } }),
  );
  it('says so no more once that is past', async () =>
    expect(await told('filed', shifted, '2021-08-27T14:00:01Z')).toEqual({ filed: {} }));
  it('says nothing of it to whom did not', async () => {
    expect(await told('drafting', shifted)).toEqual({});
    expect(await told('ars-administrator', shifted)).toEqual({});
  });
  it('says when a proposal expires', async () =>
    expect(await told('anybody', call.deadlineProposed('2021-08-27T14:00:00Z', '2021-07-01T08:00:00Z'))).toEqual({
      expiresAt: '2021-08-13T14:00:00Z',
    }));
  it('says nothing of the sort of other facts', async () => expect(await told('filed', extended)).toEqual({}));
});

describe('its letter', () => {
  const filed = (until?: string) =>
    letter(noticeOf('schedule-shifted', shifted, { filed: { ...(until && { until }) } })).text;

  it('has a sentence for whom filed', () => {
    expect(filed('2021-08-27T14:00:00Z')).toContain(
      "\nVotre dossier déposé reste valable, et votre accusé de réception aussi. Si vous le souhaitez, vous pouvez remplacer ce dépôt jusqu'au 27 août 2021 à 16 h 00 (heure de Paris).\n",
    );
    expect(filed()).toContain('\nVotre dossier déposé reste valable, et votre accusé de réception aussi.\n');
  });
  it('has the instant at which a proposal expires', () =>
    expect(
      letter(noticeOf('shift-proposed', call.shiftProposed, { expiresAt: '2021-08-13T14:00:00Z' })).text,
    ).toContain('\nSans cet accord, la proposition expire le 13 août 2021 à 16 h 00 (heure de Paris).\n'));
});
