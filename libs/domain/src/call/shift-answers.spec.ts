import { describe, expect, it } from '@jest/globals';
import type { CallEvent } from './call-facts.js';
import {
  agreeToShift,
  approved,
  ARS,
  arsSigned,
  byHolder,
  delegating,
  drafted,
  DREETS,
  dreetsSigned,
  endedOrUnknown,
  given,
  heading,
  known,
  laterSchedule,
  leadingAlone,
  opened,
  prepared,
  PREPARATION_CLOSED,
  preparing,
  schedule,
  scheduled,
  scheduleShifted,
  shiftAgreed,
  shiftProposed,
  underD1,
  unfitSignatures,
} from './fixtures.js';

const refused: CallEvent = {
  type: 'ShiftRefused',
  proposal: 1,
  institution: DREETS,
  reason: 'Trop tard dans la saison.',
};
const withdrawn: CallEvent = { type: 'ShiftWithdrawn', proposal: 1, institution: ARS, reason: 'La salle est libre.' };
const fallen: CallEvent = {
  type: 'ApprovalsFell',
  institutions: [ARS, DREETS],
  because: 'Le calendrier a été décalé.',
};
const NOT_PENDING = "Cette proposition de décalage n'est pas en cours.";
const LATE = { at: '2021-10-05T07:30:00Z' };
const EXPIRED =
  "Cette proposition de décalage a expiré, les dates d'avant valent. " +
  'La nouvelle date de « commission de sélection » est arrivée : 5 octobre 2021 à 9 h 30 (heure de Paris).';

/** When nothing is proposed that could be answered. */
const nothingPending: [when: string, history: readonly CallEvent[]][] = [
  ['nothing was proposed', prepared],
  ['it was refused', [...prepared, shiftProposed, refused]],
  ['it was withdrawn', [...prepared, shiftProposed, withdrawn]],
  ['it moved', [...prepared, shiftProposed, shiftAgreed, scheduleShifted]],
  ['another is proposed', [...prepared, { ...shiftProposed, proposal: 2 }]],
];

describe('agreeing to a shift', () => {
  it('moves all dates at once with the last agreement', () =>
    given(...prepared, shiftProposed)
      .when(agreeToShift)
      .then(shiftAgreed, scheduleShifted));
  it('lets the approvals of the old dates fall', () =>
    given(...approved, shiftProposed)
      .when(agreeToShift)
      .then(shiftAgreed, scheduleShifted, fallen));
  it('sets the new dates and ends the proposal', () => {
    const { schedule: now, pending } = known(...prepared, shiftProposed, shiftAgreed, scheduleShifted);
    expect({ now, pending }).toEqual({ now: laterSchedule, pending: undefined });
  });
  it('moves nothing while another lead has not agreed', () =>
    given(
      { type: 'CallDrafted', heading: { ...heading, leads: [ARS, DREETS, 'CD-44'] } },
      arsSigned,
      dreetsSigned,
      { ...arsSigned, institution: 'CD-44' },
      opened,
      scheduled,
      shiftProposed,
    )
      .when(agreeToShift)
      .then(shiftAgreed));
  it('records under which delegation', () =>
    given(...prepared, shiftProposed)
      .when({ ...agreeToShift, under: 'd-1' }, byHolder, delegating({ acts: ['agree-to-shift'] }))
      .then({ type: 'ShiftAgreed', proposal: 1, institution: DREETS, capacity: underD1 }, scheduleShifted));
  it('needs no signature of an administrator', () =>
    given(...prepared, shiftProposed)
      .when(agreeToShift, { actingAs: 'administrator' })
      .then({ type: 'ShiftAgreed', proposal: 1, institution: DREETS }, scheduleShifted));
  it('records the delegation that an administrator names', () =>
    given(...prepared, shiftProposed)
      .when(
        { ...agreeToShift, under: 'd-1' },
        { ...byHolder, actingAs: 'administrator' },
        delegating({ acts: ['agree-to-shift'] }),
      )
      .then({ type: 'ShiftAgreed', proposal: 1, institution: DREETS, capacity: underD1 }, scheduleShifted));
  it('is refused to an administrator under a delegation of another', () =>
    given(...prepared, shiftProposed)
      .when({ ...agreeToShift, under: 'd-1' }, { actingAs: 'administrator' }, delegating({ acts: ['agree-to-shift'] }))
      .thenRefused('DelegationNotHeld', 'Vous ne détenez pas cette délégation de signature.'));
  it.each(unfitSignatures('agree-to-shift', "d'accepter un décalage du calendrier"))(
    'is refused %s',
    (_, { under, asked, seen, code, sentence }) =>
      given(...prepared, shiftProposed)
        .when({ ...agreeToShift, ...(under && { under }) }, asked, seen)
        .thenRefused(code, sentence),
  );
  it('is refused to the lead that proposed', () =>
    given(...prepared, shiftProposed)
      .when({ ...agreeToShift, institution: ARS })
      .thenRefused('AlreadyAgreed', 'Votre institution a déjà accepté ce décalage.'));
  it('is refused twice', () =>
    given(...prepared, { ...shiftProposed, requestedFrom: 'DGCS' }, shiftAgreed)
      .when(agreeToShift)
      .thenRefused('AlreadyAgreed', 'Votre institution a déjà accepté ce décalage.'));
  it('is refused once the new date is past', () =>
    given(...prepared, shiftProposed)
      .when(agreeToShift, LATE)
      .thenRefused('ProposalExpired', EXPIRED));
  it.each(nothingPending)('is refused when %s', (_, history) =>
    given(...history)
      .when(agreeToShift)
      .thenRefused('ProposalUnknown', NOT_PENDING),
  );
  it('is refused before every lead has signed', () =>
    given(drafted).when(agreeToShift).thenRefused('PreparationClosed', PREPARATION_CLOSED));
  it.each(endedOrUnknown)('is refused %s', (_, history, code, sentence) =>
    given(...history)
      .when(agreeToShift)
      .thenRefused(code, sentence),
  );
});

describe('recording the answer of an outside authority', () => {
  const accept = {
    type: 'RecordOutsideAnswer',
    proposal: 1,
    accepted: true,
    answeredOn: '2021-05-11',
    reference: 'Courrier du 11 mai',
  } as const;
  const accepted: CallEvent = {
    type: 'OutsideAnswerRecorded',
    proposal: 1,
    accepted: true,
    answeredOn: '2021-05-11',
    reference: 'Courrier du 11 mai',
  };
  const declined: CallEvent = { ...accepted, accepted: false };
  const before = { ...schedule, setBy: 'DGCS' };
  const after = { ...laterSchedule, setBy: 'DGCS' };
  const setBy: CallEvent = { type: 'ScheduleSet', schedule: before };
  const requested: CallEvent = { ...shiftProposed, requestedFrom: 'DGCS', before, after };
  const moved: CallEvent = { ...scheduleShifted, before, after };
  const asked = [...preparing, setBy, requested];

  it('leaves the dates to the other leads', () =>
    given(...asked)
      .when(accept)
      .then(accepted));
  it('moves all dates at once when the leads have agreed', () =>
    given(...asked, shiftAgreed)
      .when(accept)
      .then(accepted, moved));
  it('moves all dates at once when one authority leads alone', () =>
    given(...leadingAlone, setBy, requested)
      .when(accept)
      .then(accepted, moved));
  it('lets approvals fall when the dates move', () =>
    given(...approved, setBy, requested, shiftAgreed)
      .when(accept)
      .then(accepted, moved, fallen));
  it('may come before the last lead agrees', () =>
    given(...asked, accepted)
      .when(agreeToShift)
      .then(shiftAgreed, moved));
  it('is awaited when the last lead agrees first', () =>
    given(...asked)
      .when(agreeToShift)
      .then(shiftAgreed));
  it('ends the proposal when it refuses, and keeps the old dates', () => {
    given(...asked, shiftAgreed)
      .when({ ...accept, accepted: false })
      .then(declined);
    const { pending, schedule: held } = known(...asked, shiftAgreed, declined);
    expect({ pending, held }).toEqual({ pending: undefined, held: before });
  });
  it('is refused when the new date is past', () =>
    given(...asked)
      .when(accept, LATE)
      .thenRefused('ProposalExpired', EXPIRED));
  it('is refused when nobody was asked', () =>
    given(...prepared, shiftProposed)
      .when(accept)
      .thenRefused('NobodyAsked', "Cette proposition n'attend la réponse d'aucune autre autorité."));
  it('is refused twice', () =>
    given(...asked, accepted)
      .when(accept)
      .thenRefused('AlreadyAnswered', 'La réponse de cette autorité est déjà enregistrée.'));
  it('is refused after a refusal, which ended the proposal', () =>
    given(...asked, declined)
      .when(accept)
      .thenRefused('ProposalUnknown', NOT_PENDING));
  it.each(nothingPending)('is refused when %s', (_, history) =>
    given(...history)
      .when(accept)
      .thenRefused('ProposalUnknown', NOT_PENDING),
  );
  it('is refused before every lead has signed', () =>
    given(drafted).when(accept).thenRefused('PreparationClosed', PREPARATION_CLOSED));
  it.each(endedOrUnknown)('is refused %s', (_, history, code, sentence) =>
    given(...history)
      .when(accept)
      .thenRefused(code, sentence),
  );
});

describe.each([
  ['refusing', { type: 'RefuseShift', institution: DREETS, proposal: 1, reason: 'Trop tard dans la saison.' }, refused],
  ['withdrawing', { type: 'WithdrawShift', institution: ARS, proposal: 1, reason: 'La salle est libre.' }, withdrawn],
] as const)('%s a shift', (_, command, recorded) => {
  it('records the reason', () =>
    given(...prepared, shiftProposed)
      .when(command)
      .then(recorded));
  it('keeps the old dates, and the approvals of them', () => {
    const { pending, schedule: held, approvals } = known(...approved, shiftProposed, recorded);
    expect({ pending, held, approvals: Object.keys(approvals) }).toEqual({
      pending: undefined,
      held: schedule,
      approvals: [ARS, DREETS],
    });
  });
  it('is refused once the new date is past', () =>
    given(...prepared, shiftProposed)
      .when(command, LATE)
      .thenRefused('ProposalExpired', EXPIRED));
  it.each(nothingPending)('is refused when %s', (__, history) =>
    given(...history)
      .when(command)
      .thenRefused('ProposalUnknown', NOT_PENDING),
  );
  it('is refused before every lead has signed', () =>
    given(drafted).when(command).thenRefused('PreparationClosed', PREPARATION_CLOSED));
  it.each(endedOrUnknown)('is refused %s', (__, history, code, sentence) =>
    given(...history)
      .when(command)
      .thenRefused(code, sentence),
  );
});

describe('the lead that proposed a shift', () => {
  it('withdraws it and does not refuse it', () =>
    given(...prepared, shiftProposed)
      .when({ type: 'RefuseShift', institution: ARS, proposal: 1, reason: 'La salle est libre.' })
      .thenRefused('OwnProposal', 'Votre institution a fait cette proposition : retirez-la.'));
  it('alone may withdraw it', () =>
    given(...prepared, shiftProposed)
      .when({ type: 'WithdrawShift', institution: DREETS, proposal: 1, reason: 'La salle est libre.' })
      .thenRefused('NotYourProposal', "Seule l'autorité qui a fait cette proposition peut la retirer."));
});
