import { describe, expect, it } from '@jest/globals';
import type { ApplicationEvent } from './application-facts.js';
import {
  APPLICANT,
  callAfter,
  callCancelled,
  callDrafted,
  callInPreparation,
  callWith,
  CALL_UNKNOWN,
  contents,
  DEADLINE,
  extended,
  filed,
  given,
  ready,
  revisedContent,
  started,
  submitted,
  TOO_LATE,
  withdrawn,
} from './fixtures.js';

describe('registering a filing that came on paper', () => {
  const register = {
    type: 'RegisterPaperFiling',
    call: 'call-1',
    organisation: APPLICANT,
    number: 1,
    arrivedAt: DEADLINE,
    medium: 'paper',
    reference: 'Courrier 2021-118',
    pieces: 4,
  } as const;
  const registered = {
    type: 'PaperFilingRegistered',
    arrivedAt: DEADLINE,
    medium: 'paper',
    reference: 'Courrier 2021-118',
    pieces: 4,
    receipt: 'AR-60AH-5B01-FE9N-WVBW',
    late: false,
  } satisfies ApplicationEvent;
  const officer = { at: '2021-08-16T07:30:00Z', by: 'officer-1', actingAs: 'case-officer' };

  it('starts the file, with the date the filing arrived', () =>
    given().when(register, officer).then(started, registered));
  it('may have come by mail', () =>
    given()
      .when({ ...register, medium: 'mail' }, officer)
      .then(started, { ...registered, medium: 'mail' }));
  it('takes the place of a draft', () =>
    given(...ready)
      .when(register, officer)
      .then(registered));
  it('submits the file', () =>
    expect(given(started, registered).state).toEqual({
      status: 'submitted',
      call: 'call-1',
      organisation: APPLICANT,
      number: 1,
      documents: [],
      submissions: [],
      papers: 1,
      sharedWith: [],
      forgotten: false,
      completions: 0,
      stoppedMs: 0,
      paper: {
        arrivedAt: DEADLINE,
        medium: 'paper',
        reference: 'Courrier 2021-118',
        pieces: 4,
        receipt: 'AR-60AH-5B01-FE9N-WVBW',
        late: false,
      },
    }));
  it('is late when it arrived at 16:00:01 in Paris, and registered all the same', () =>
    given()
      .when({ ...register, arrivedAt: TOO_LATE }, officer)
      .then(started, { ...registered, arrivedAt: TOO_LATE, receipt: 'AR-23KT-8AMT-XYG4-P0VG', late: true }));
  it('is in time for an applicant who was given a delay', () =>
    given()
      .when({ ...register, arrivedAt: TOO_LATE }, officer, { call: callAfter(extended) })
      .then(started, { ...registered, arrivedAt: TOO_LATE, receipt: 'AR-23KT-8AMT-XYG4-P0VG' }));
  it('may be registered the second it arrives', () =>
    given()
      .when(register, { ...officer, at: DEADLINE })
      .then(started, registered));
  it('is refused when it would arrive in the future', () =>
    given()
      .when({ ...register, arrivedAt: '2021-08-16T07:30:01Z' }, officer)
      .thenRefused('DateInFuture', "La date d'arrivée est dans l'avenir."));
  it('may have arrived the second the call was published', () =>
    given()
      .when({ ...register, arrivedAt: '2021-06-14T07:00:00Z' }, officer)
      .then(started, { ...registered, arrivedAt: '2021-06-14T07:00:00Z', receipt: 'AR-NN23-9YH8-TXVE-2MQ9' }));
  it('is refused when it arrived before the call was published', () =>
    given()
      .when({ ...register, arrivedAt: '2021-06-14T06:59:59Z' }, officer)
      .thenRefused('BeforePublication', "Ce pli est arrivé avant la publication de l'appel."));
  it('is refused twice', () =>
    given(started, registered)
      .when(register, officer)
      .thenRefused('FiledOnPaper', 'Un pli de ce porteur de projet est déjà enregistré pour cet appel.'));
  it('is refused where a file was submitted online', () =>
    given(...filed)
      .when(register, officer)
      .thenRefused('AlreadySubmitted', 'Ce porteur de projet a déjà déposé un dossier en ligne pour cet appel.'));
  it.each([
    ['submitted online', [...ready, registered], 'SubmitApplication'],
    ['replaced online', [...ready, registered], 'ReplaceSubmission'],
    ['replaced online by those who withdrew theirs', [...filed, withdrawn, registered], 'ReplaceSubmission'],
  ] as const)('is not %s', (_, history, type) =>
    given(...history)
      .when({ type, contents, content: revisedContent })
      .thenRefused('FiledOnPaper', "Ce dossier a été déposé sur papier : retirez-le d'abord pour le déposer en ligne."),
  );
  it('stands no more once withdrawn: the file may be submitted online', () => {
    const { state } = given(...ready, registered, withdrawn);
    expect(state).not.toHaveProperty('paper');
    given(...ready, registered, withdrawn)
      .when({ type: 'SubmitApplication' })
      .then({ ...submitted, receipt: 'AR-CQ92-7Q04-HE17-V2QH' });
  });
  it('may follow the withdrawal of a submitted file', () =>
    given(...filed, withdrawn)
      .when(register, officer)
      .then(registered));
  it('has another receipt when the same filing is registered again after a withdrawal', () =>
    given(started, registered, withdrawn)
      .when(register, officer)
      .then({ ...registered, receipt: 'AR-CXTW-WXKT-RX4Q-1NCW' }));
  it('may be withdrawn', () =>
    given(started, registered).when({ type: 'WithdrawApplication', reason: 'Le projet est reporté.' }).then(withdrawn));
  it('is refused as a second file where the call takes one per applicant', () =>
    given()
      .when({ ...register, number: 2 }, officer)
      .thenRefused('SecondFile', "Cet appel n'admet qu'un dossier par porteur de projet."));
  it('may be a second file where the call takes several', () =>
    given()
      .when({ ...register, number: 2 }, officer, { call: callWith({ filesPerApplicant: 2 }) })
      .then({ ...started, number: 2 }, registered));
  it('is refused for an organisation that nobody registered', () =>
    given()
      .when(register, officer, { organisation: { status: 'absent' } })
      .thenRefused('OrganisationUnknown', "Cet organisme n'est pas enregistré : enregistrez-le d'abord."));
  it('is refused in a call that does not exist', () =>
    given()
      .when(register, officer, { call: { status: 'absent' } })
      .thenRefused('CallUnknown', CALL_UNKNOWN));
  it('is refused in a call that was not read', () =>
    given().when(register, officer, { call: undefined }).thenRefused('CallUnknown', CALL_UNKNOWN));
  it.each([
    ['is drafted', callDrafted],
    ['is in preparation', callInPreparation],
    ['was cancelled', callCancelled],
  ])('is refused in a call that %s', (_, call) =>
    given()
      .when(register, officer, { call })
      .thenRefused('NotPublished', "Cet appel n'est pas ouvert : rien ne peut y être déposé."),
  );
});
