import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { schedule } from '../call/fixtures.js';
import { Refusal } from '../decider.js';
import type { ApplicationCommand, ApplicationEvent } from './application-facts.js';
import {
  callAfter,
  callCancelled,
  callUnsuccessful,
  CALL_CANCELLED,
  CALL_UNKNOWN,
  CALL_UNSUCCESSFUL,
  CLOSED,
  contents,
  DEADLINE,
  extended,
  filed,
  FILE_UNKNOWN,
  forgotten,
  FORGOTTEN,
  given,
  laterSchedule,
  OTHER,
  PARTNER,
  ready,
  revisedContent,
  shared,
  started,
  TOO_LATE,
} from './fixtures.js';

interface Act {
  readonly command: ApplicationCommand;
  readonly history: readonly ApplicationEvent[];
  readonly fact: ApplicationEvent['type'];
}

/** Everything an applicant may do only while they may file, from a history where it succeeds. */
const acts: readonly Act[] = [
  { command: { type: 'SaveDraft', contents, content: revisedContent }, history: ready, fact: 'DraftSaved' },
  {
    command: {
      type: 'AttachDocument',
      document: 'doc-2',
      code: 'other',
      sha256: 'e'.repeat(64),
      size: 1,
      mediaType: 'image/png',
      filename: 'Plan.png',
      content: { version: 2, hash: 'f'.repeat(64) },
    },
    history: ready,
    fact: 'DocumentAttached',
  },
  { command: { type: 'RemoveDocument', document: 'doc-1' }, history: ready, fact: 'DocumentRemoved' },
  { command: { type: 'SubmitApplication' }, history: ready, fact: 'ApplicationSubmitted' },
  {
    command: { type: 'ReplaceSubmission', contents, content: revisedContent },
    history: filed,
    fact: 'SubmissionReplaced',
  },
  { command: { type: 'ShareFile', organisation: PARTNER }, history: ready, fact: 'FileShared' },
  { command: { type: 'UnshareFile', organisation: PARTNER }, history: [...ready, shared], fact: 'FileUnshared' },
];

const said = (result: readonly ApplicationEvent[] | Refusal) =>
  result instanceof Refusal ? result.code : result.map(({ type }) => type);

describe.each(acts.map((act) => [act.command.type, act] as const))(
  'the window of %s',
  (_, { command, history, fact }) => {
    const file = given(...history);

    it('is open at 16:00:00 in Paris', () => expect(said(file.when(command, { at: DEADLINE }).result)).toEqual([fact]));
    it('is closed at 16:00:01 in Paris', () => file.when(command, { at: TOO_LATE }).thenRefused('CallClosed', CLOSED));
    it('ends later for an applicant who was given a delay', () =>
      expect(said(file.when(command, { at: '2021-08-20T14:00:00Z' }, { call: callAfter(extended) }).result)).toEqual([
        fact,
      ]));
    it('closes one second after that delay', () =>
      file
        .when(command, { at: '2021-08-20T14:00:01Z' }, { call: callAfter(extended) })
        .thenRefused('CallClosed', 'La date limite de dépôt est passée : 20 août 2021 à 16 h 00 (heure de Paris).'));
    it('is closed in a call that was cancelled', () =>
      file.when(command, {}, { call: callCancelled }).thenRefused('CallEnded', CALL_CANCELLED));
    it('is closed in a call that was declared unsuccessful', () =>
      file.when(command, {}, { call: callUnsuccessful }).thenRefused('CallEnded', CALL_UNSUCCESSFUL));
    it('does not exist without its call', () =>
      file.when(command, {}, { call: { status: 'absent' } }).thenRefused('CallUnknown', CALL_UNKNOWN));
    it('does not exist without a file', () => given().when(command).thenRefused('ApplicationUnknown', FILE_UNKNOWN));
    it('is closed once the contents are forgotten', () =>
      given(...history, forgotten)
        .when(command)
        .thenRefused('ContentsForgotten', FORGOTTEN));
  },
);

describe('the deadline of an applicant', () => {
  const save = { type: 'SaveDraft', contents, content: revisedContent } as const;
  const saved = { type: 'DraftSaved', content: revisedContent } as const;
  const file = given(started);
  const shift = {
    type: 'ScheduleShifted',
    proposal: 1,
    reason: 'Été.',
    before: schedule,
    after: laterSchedule,
  } as const;
  const outage = {
    type: 'OutageExtensionGranted',
    number: 1,
    institution: 'ARS-PDL',
    capacity: { kind: 'office' },
    outage: { from: '2021-08-13T12:00:00Z', until: '2021-08-13T13:00:00Z', description: 'Panne du réseau.' },
    before: schedule,
    after: laterSchedule,
  } as const;

  it('is not moved by a delay given to another', () =>
    file
      .when(save, { at: TOO_LATE }, { call: callAfter({ ...extended, organisation: OTHER }) })
      .thenRefused('CallClosed', CLOSED));
  it('follows a shift of the schedule', () =>
    file.when(save, { at: '2021-08-27T14:00:00Z' }, { call: callAfter(shift) }).then(saved));
  it('follows an extension after an outage', () =>
    file.when(save, { at: '2021-08-27T14:00:00Z' }, { call: callAfter(outage) }).then(saved));
  it('is that of everybody where it is later than their own delay', () =>
    file.when(save, { at: '2021-08-27T14:00:00Z' }, { call: callAfter(extended, shift) }).then(saved));
  it('is said with the offset of winter', () =>
    file
      .when(save, { at: '2021-12-10T15:00:01Z' }, { call: callAfter({ ...extended, until: '2021-12-10T15:00:00Z' }) })
      .thenRefused('CallClosed', 'La date limite de dépôt est passée : 10 décembre 2021 à 16 h 00 (heure de Paris).'));

  const after = (instant: string, seconds: number) =>
    `${new Date(Date.parse(instant) + seconds * 1000).toISOString().slice(0, 19)}Z`;
  const someSeconds = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -4_000_000, max: 4_000_000 }));

  it('holds to the second, whatever delay was given', () =>
    fc.assert(
      fc.property(someSeconds, fc.option(someSeconds, { nil: undefined }), (delay, own) => {
        const at = after(DEADLINE, delay);
        const call = own === undefined ? callAfter() : callAfter({ ...extended, until: after(DEADLINE, own) });
        const inTime = delay <= Math.max(0, own ?? 0);
        expect(said(file.when(save, { at }, { call }).result)).toEqual(inTime ? ['DraftSaved'] : 'CallClosed');
      }),
    ));
});
