import { describe, expect, it } from '@jest/globals';
import {
  APPLICANT,
  callAfter,
  callCancelled,
  callDrafted,
  callInPreparation,
  callNeverPublished,
  callOpen,
  callUnsuccessful,
  callWith,
  CALL_CANCELLED,
  CALL_UNKNOWN,
  CALL_UNSUCCESSFUL,
  CLOSED,
  content,
  contents,
  DEADLINE,
  extended,
  filed,
  given,
  ready,
  revisedContent,
  saved,
  started,
  submission,
  document,
  TOO_LATE,
  withdrawn,
} from './fixtures.js';

describe('starting a file', () => {
  const start = { type: 'StartApplication', call: 'call-1', organisation: APPLICANT, number: 1 } as const;

  it('records the call, the applicant and which of their files it is', () => given().when(start).then(started));
  it('opens an empty draft', () =>
    expect(given(started).state).toEqual({
      status: 'draft',
      call: 'call-1',
      organisation: APPLICANT,
      number: 1,
      documents: [],
      submissions: [],
      papers: 0,
      sharedWith: [],
      forgotten: false,
      completions: 0,
      stoppedMs: 0,
    }));
  it.each([
    ['a draft', [started]],
    ['a submitted file', filed],
    ['a file that was withdrawn', [...filed, withdrawn]],
  ])('is refused where there is %s already', (_, history) =>
    given(...history)
      .when(start)
      .thenRefused('AlreadyStarted', 'Votre organisme a déjà un dossier pour cet appel : reprenez-le.'),
  );
  it('is refused a second time where the call takes one file per applicant', () =>
    given()
      .when({ ...start, number: 2 })
      .thenRefused('SecondFile', "Cet appel n'admet qu'un dossier par porteur de projet."));
  it('is open to as many files as the call takes', () =>
    given()
      .when({ ...start, number: 3 }, {}, { call: callWith({ filesPerApplicant: 3 }) })
      .then({ ...started, number: 3 }));
  it('is refused beyond as many files as the call takes', () =>
    given()
      .when({ ...start, number: 4 }, {}, { call: callWith({ filesPerApplicant: 3 }) })
      .thenRefused('SecondFile', 'Cet appel admet au plus 3 dossiers par porteur de projet.'));
  it.each([
    ['nobody knows', { status: 'absent' } as const],
    ['is drafted', callDrafted],
    ['is in preparation', callInPreparation],
    ['was cancelled before its publication', callNeverPublished],
  ])('is refused in a call that %s, as not found', (_, call) =>
    given().when(start, {}, { call }).thenRefused('CallUnknown', CALL_UNKNOWN),
  );
  it('is refused in a call that was not read', () =>
    given().when(start, {}, { call: undefined }).thenRefused('CallUnknown', CALL_UNKNOWN));
  it('is refused in a call that was cancelled', () =>
    given().when(start, {}, { call: callCancelled }).thenRefused('CallEnded', CALL_CANCELLED));
  it('is refused in a call that was declared unsuccessful', () =>
    given().when(start, {}, { call: callUnsuccessful }).thenRefused('CallEnded', CALL_UNSUCCESSFUL));
  it('is in time at 16:00:00 in Paris', () => given().when(start, { at: DEADLINE }).then(started));
  it('is refused at 16:00:01 in Paris', () => given().when(start, { at: TOO_LATE }).thenRefused('CallClosed', CLOSED));
  it('is in time for an applicant who was given a delay', () =>
    given()
      .when(start, { at: TOO_LATE }, { call: callAfter(extended) })
      .then(started));
});

describe('saving the draft', () => {
  const save = { type: 'SaveDraft', contents, content } as const;

  it('records which version was written, and none of its words', () => given(started).when(save).then(saved));
  it('may lack anything', () =>
    given(started)
      .when({ ...save, contents: {} })
      .then(saved));
  it('is not a fact when nothing changed', () => given(started, saved).when(save).then());
  it('is a fact again when the contents change', () =>
    given(started, saved)
      .when({ ...save, content: revisedContent })
      .then({ type: 'DraftSaved', content: revisedContent }));
  it('is a fact again when the contents go back to what they were', () =>
    given(started, saved, { type: 'DraftSaved', content: revisedContent }).when(save).then(saved));
  it('prepares a replacement, and leaves what was submitted as it is', () =>
    expect(given(...filed, { type: 'DraftSaved', content: revisedContent }).state).toEqual({
      status: 'submitted',
      call: 'call-1',
      organisation: APPLICANT,
      number: 1,
      draft: revisedContent,
      written: 1,
      documents: [document],
      submissions: [submission],
      papers: 0,
      sharedWith: [],
      forgotten: false,
      completions: 0,
      stoppedMs: 0,
    }));
  it('goes on in a file that was withdrawn', () =>
    given(...filed, withdrawn)
      .when({ ...save, content: revisedContent })
      .then({ type: 'DraftSaved', content: revisedContent }));
  it('means nothing in a file that was never started', () => expect(given(saved).state).toEqual({ status: 'absent' }));
  it('is not judged before the file is submitted', () =>
    given(...ready)
      .when(
        { type: 'SaveDraft', contents: { requestedCents: 1_000_000_000 }, content: revisedContent },
        {},
        { call: callOpen },
      )
      .then({ type: 'DraftSaved', content: revisedContent }));
});
