import { describe, expect, it } from '@jest/globals';
import type { Call } from '../call/call-state.js';
import { authorising, given as givenCall, open, schedule } from '../call/fixtures.js';
import { absent } from '../decider.js';
import { admin, callGiving, concluded, drafted, finance, given, officer } from './fixtures.js';
import { signatureDue } from './signature-due.js';

const DUE = '2021-12-01T11:00:00Z';
const LATER = '2021-12-20T11:00:00Z';
const signedBy = (at: string): Call =>
  givenCall(...open, {
    type: 'ScheduleShifted',
    proposal: 1,
    reason: 'Signature datée.',
    before: schedule,
    after: { milestones: [...schedule.milestones, { kind: 'agreementSigned', at }] },
  }).state;
const call = signedBy(DUE);
const extend = { type: 'ExtendSignature', until: LATER, reason: 'Le conseil se réunit le 15.' } as const;
const extended = { type: 'SignatureExtended', until: LATER, reason: 'Le conseil se réunit le 15.' } as const;

describe('more time to sign', () => {
  it.each([
    ['a case officer', officer],
    ['a finance officer', finance],
    ['an administrator', admin],
  ])('is a fact with its reason, of %s', (_, who) => given(drafted).when(extend, who, { call }).then(extended));
  it('is possible where the call says no date', () =>
    given(drafted).when(extend, officer, { call: callGiving() }).then(extended));
  it('is possible under the regime of authorisations too', () =>
    given(drafted)
      .when(extend, officer, { call: givenCall(...authorising).state })
      .then(extended));
  it('is possible once the date has passed', () =>
    given(drafted)
      .when(extend, { ...officer, at: '2021-12-02T08:00:00Z' }, { call })
      .then(extended));
  it('is refused until the date that holds', () =>
    given(drafted)
      .when({ ...extend, until: DUE }, officer, { call })
      .thenRefused(
        'NotLater',
        "La signature est déjà attendue jusqu'au 1er décembre 2021 à 12 h 00 (heure de Paris).",
      ));
  it('is refused twice until the same', () =>
    given(drafted, extended)
      .when(extend, officer, { call })
      .thenRefused('NotLater', "La signature est déjà attendue jusqu'au 20 décembre 2021 à 12 h 00 (heure de Paris)."));
  it('is refused until a date that has passed', () =>
    given(drafted)
      .when(extend, { ...officer, at: LATER }, { call })
      .thenRefused('DateInPast', 'Cette date est déjà passée : 20 décembre 2021 à 12 h 00 (heure de Paris).'));
  it('is refused once everybody has signed', () =>
    given(...concluded)
      .when(extend, officer, { call })
      .thenRefused('AlreadyConcluded', "Toutes les parties ont signé : aucune signature n'est plus attendue."));
  it('is refused of what was never drafted, as not found', () =>
    expect(given().when(extend, officer, { call }).result).toEqual(
      absent('AgreementUnknown', "Ce dossier n'a ni convention ni arrêté."),
    ));
});

describe('when an agreement is to be signed', () => {
  it('is what the call says', () => expect(signatureDue(given(drafted).state, call)).toBe(DUE));
  it('is the extension, from then on', () => expect(signatureDue(given(drafted, extended).state, call)).toBe(LATER));
  it('stays so for a text that is drafted again', () =>
    expect(signatureDue(given(drafted, extended, drafted).state, call)).toBe(LATER));
  it('is the date of the call again, once it is later still', () =>
    expect(signatureDue(given(drafted, extended).state, signedBy('2022-01-10T11:00:00Z'))).toBe(
      '2022-01-10T11:00:00Z',
    ));
  it('is nothing once it is concluded', () =>
    expect(signatureDue(given(...concluded, extended).state, call)).toBeUndefined());
  it('is nothing without a draft, or without a date', () => {
    expect(signatureDue(given().state, call)).toBeUndefined();
    expect(signatureDue(given(drafted).state, callGiving())).toBeUndefined();
  });
});
