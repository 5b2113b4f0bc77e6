import { describe, expect, it } from '@jest/globals';
import {
  APPLICANT,
  callCancelled,
  filed,
  FILE_UNKNOWN,
  forgotten,
  FORGOTTEN,
  given,
  OTHER,
  PARTNER,
  ready,
  shared,
  started,
  withdrawn,
} from './fixtures.js';

describe('sharing a file with a partner of the consortium', () => {
  const share = { type: 'ShareFile', organisation: PARTNER } as const;

  it('is a fact', () => given(started).when(share).then(shared));
  it('may be done with several', () =>
    expect(given(started, shared, { type: 'FileShared', organisation: OTHER }).state).toMatchObject({
      sharedWith: [PARTNER, OTHER],
    }));
  it('is refused twice', () =>
    given(started, shared).when(share).thenRefused('AlreadyShared', 'Cet organisme a déjà accès au dossier.'));
  it('is refused with the applicant, whose file it is', () =>
    given(started)
      .when({ ...share, organisation: APPLICANT })
      .thenRefused('AlreadyShared', 'Cet organisme a déjà accès au dossier.'));
  it('is refused with an organisation that nobody registered', () =>
    given(started)
      .when(share, {}, { organisation: { status: 'absent' } })
      .thenRefused('OrganisationUnknown', "Cet organisme n'est pas enregistré."));
});

describe('ending the sharing of a file', () => {
  const unshare = { type: 'UnshareFile', organisation: PARTNER } as const;
  const unshared = { type: 'FileUnshared', organisation: PARTNER } as const;

  it('is a fact', () => given(started, shared).when(unshare).then(unshared));
  it('leaves the other partners', () =>
    expect(given(started, shared, { type: 'FileShared', organisation: OTHER }, unshared).state).toMatchObject({
      sharedWith: [OTHER],
    }));
  it('is refused twice', () =>
    given(started, shared, unshared).when(unshare).thenRefused('NotShared', "Cet organisme n'a pas accès au dossier."));
  it('may be followed by sharing again', () =>
    given(started, shared, unshared).when({ type: 'ShareFile', organisation: PARTNER }).then(shared));
});

describe('forgetting what the applicant wrote', () => {
  const forget = { type: 'ForgetContents', reason: 'À la demande du porteur.' } as const;
  const needed = "Ce dossier est déposé dans un appel en cours : retirez-le d'abord.";

  it('is a fact with its reason', () =>
    given(...ready)
      .when(forget)
      .then(forgotten));
  it('keeps that it was submitted, when and for how much', () =>
    expect(given(...filed, withdrawn, forgotten).state).toEqual({
      ...given(...filed, withdrawn).state,
      forgotten: true,
      completions: 0,
      stoppedMs: 0,
    }));
  it('is refused while the file takes part in the call', () =>
    given(...filed)
      .when(forget)
      .thenRefused('ContentsNeeded', needed));
  it('is refused in an open call after the deadline too', () =>
    given(...filed)
      .when(forget, { at: '2021-09-01T08:00:00Z' })
      .thenRefused('ContentsNeeded', needed));
  it('is possible once the file is withdrawn', () =>
    given(...filed, withdrawn)
      .when(forget)
      .then(forgotten));
  it('is possible once the call has ended', () =>
    given(...filed)
      .when(forget, {}, { call: callCancelled })
      .then(forgotten));
  it('is refused twice', () =>
    given(...ready, forgotten)
      .when(forget)
      .thenRefused('ContentsForgotten', FORGOTTEN));
  it('is refused for a file that does not exist', () =>
    given().when(forget).thenRefused('ApplicationUnknown', FILE_UNKNOWN));
});
