import { describe, expect, it } from '@jest/globals';
import type { CallEvent } from './call-facts.js';
import {
  type FactOf,
  ARS,
  arsSigned,
  byHolder,
  cancelled,
  delegating,
  drafted,
  DREETS,
  endedOrUnknown,
  given,
  known,
  leadingAlone,
  open,
  outsidePublication,
  prepared,
  published,
  shiftProposed,
  underD1,
  unfitSignatures,
  unsealed,
  unsuccessful,
} from './fixtures.js';

const FROZEN = 'Crédits gelés.';
const NONE = 'Aucun dossier recevable.';
const byOffice = { kind: 'office' } as const;
const toCancel: FactOf<'EndingAgreed'> = {
  type: 'EndingAgreed',
  ending: 'cancelled',
  institution: ARS,
  reason: FROZEN,
  capacity: byOffice,
};
const toDeclare: FactOf<'EndingAgreed'> = {
  type: 'EndingAgreed',
  ending: 'unsuccessful',
  institution: ARS,
  reason: NONE,
  capacity: byOffice,
};
const dropped: CallEvent = { type: 'EndingDropped', institution: DREETS, reason: 'Les crédits sont revenus.' };
const extended: CallEvent = {
  type: 'ExtensionGranted',
  institution: ARS,
  organisation: 'W442000001',
  until: '2021-08-20T14:00:00Z',
  reason: 'Hospitalisation de la directrice.',
};
/** 16 h on 13 August in Paris is still in time; the second after is not. */
const deadline = { at: '2021-08-13T14:00:00Z' };
const justAfter = { at: '2021-08-13T14:00:01Z' };
const ALREADY_AGREED = "Votre institution a déjà donné son accord : l'accord des autres autorités est attendu.";
const OTHER_PENDING = "Une autre issue est déjà proposée pour cet appel : qu'elle soit d'abord retirée.";

describe('cancelling a call', () => {
  const cancel = { type: 'CancelCall', institution: ARS, reason: FROZEN } as const;

  it.each([
    ['in preparation', prepared],
    ['that is published', open],
  ])('waits for the other lead of a call %s', (_, history) =>
    given(...history)
      .when(cancel)
      .then(toCancel),
  );
  it.each([
    ['in preparation', prepared],
    ['that is published', open],
  ])('ends a call %s with the last agreement, for the first reason', (_, history) =>
    given(...history, toCancel)
      .when({ ...cancel, institution: DREETS, reason: 'Nous suivons.' })
      .then(
        { type: 'EndingAgreed', ending: 'cancelled', institution: DREETS, reason: 'Nous suivons.', capacity: byOffice },
        cancelled,
      ),
  );
  it('needs one lead before the letter is signed by all', () =>
    given(drafted, arsSigned)
      .when({ ...cancel, institution: DREETS })
      .then({ ...toCancel, institution: DREETS }, cancelled));
  it('needs one lead where one leads alone', () =>
    given(...leadingAlone)
      .when(cancel)
      .then(toCancel, cancelled));
  it('records under which delegation', () =>
    given(...open)
      .when({ ...cancel, under: 'd-1' }, byHolder, delegating({ acts: ['end-call'] }))
      .then({ type: 'EndingAgreed', ending: 'cancelled', institution: ARS, reason: FROZEN, capacity: underD1 }));
  it('is a proposal until then, and the call goes on', () => {
    const { status, ending } = known(...open, toCancel);
    expect({ status, ending }).toEqual({
      status: 'published',
      ending: { ending: 'cancelled', reason: FROZEN, agreed: [ARS] },
    });
  });
  it('ends the shift that was proposed, and keeps what was published', () =>
    expect(known(...open, shiftProposed, toCancel, cancelled)).toEqual({
      ...known(...open, toCancel),
      status: 'cancelled',
      reason: FROZEN,
      proposals: 1,
    }));
  it('is refused twice', () =>
    given(...open, toCancel)
      .when(cancel)
      .thenRefused('AlreadyAgreed', ALREADY_AGREED));
  it('is refused while it is to be declared unsuccessful', () =>
    given(...open, toDeclare)
      .when(cancel, justAfter)
      .thenRefused('OtherEndingPending', OTHER_PENDING));
  it.each(unfitSignatures('end-call', "d'annuler un appel ou de le déclarer infructueux"))(
    'is refused %s',
    (_, { under, asked, seen, code, sentence }) =>
      given(...open)
        .when({ ...cancel, ...(under && { under }) }, asked, seen)
        .thenRefused(code, sentence),
  );
  it.each(endedOrUnknown)('is refused %s', (_, history, code, sentence) =>
    given(...history)
      .when(cancel)
      .thenRefused(code, sentence),
  );
});

describe('declaring a call unsuccessful', () => {
  const declare = { type: 'DeclareUnsuccessful', institution: ARS, reason: NONE } as const;
  const openUntil = (said: string) =>
    `Le dépôt est ouvert jusqu'au ${said} : l'appel ne peut pas encore être infructueux.`;

  it('waits for the other lead', () =>
    given(...open)
      .when(declare, justAfter)
      .then(toDeclare));
  it('ends the call with the last agreement, for the first reason', () =>
    given(...open, toDeclare)
      .when({ ...declare, institution: DREETS, reason: 'Nous suivons.' }, justAfter)
      .then(
        {
          type: 'EndingAgreed',
          ending: 'unsuccessful',
          institution: DREETS,
          reason: 'Nous suivons.',
          capacity: byOffice,
        },
        unsealed,
        unsuccessful,
      ));
  it('needs one lead where one leads alone', () =>
    given(...leadingAlone, published)
      .when(declare, justAfter)
      .then(toDeclare, unsealed, unsuccessful));
  it('unseals nothing twice', () =>
    given(...leadingAlone, published, unsealed)
      .when(declare, justAfter)
      .then(toDeclare, unsuccessful));
  it('unseals what came until the end of the last extension', () =>
    given(...leadingAlone, published, extended)
      .when(declare, { at: '2021-08-20T14:00:01Z' })
      .then(toDeclare, { type: 'ContentsUnsealed', windowEnd: '2021-08-20T14:00:00Z' }, unsuccessful));
  it('leaves its files readable by the leads', () =>
    expect(known(...open, toDeclare, unsealed, unsuccessful)).toMatchObject({
      status: 'unsuccessful',
      unsealed: true,
    }));
  it('records under which delegation', () =>
    given(...open)
      .when({ ...declare, under: 'd-1' }, { ...byHolder, ...justAfter }, delegating({ acts: ['end-call'] }))
      .then({ type: 'EndingAgreed', ending: 'unsuccessful', institution: ARS, reason: NONE, capacity: underD1 }));
  it('is possible once contents were unsealed', () =>
    given(...open, unsealed)
      .when(declare, justAfter)
      .then(toDeclare));
  it('keeps the reason and what was published', () =>
    expect(known(...open, toDeclare, unsuccessful)).toEqual({
      ...known(...open, toDeclare),
      status: 'unsuccessful',
      reason: NONE,
    }));
  it('is refused at the very second of the deadline, which is in time', () =>
    given(...open)
      .when(declare, deadline)
      .thenRefused('WindowOpen', openUntil('13 août 2021 à 16 h 00 (heure de Paris)')));
  it('is refused while one applicant may still submit', () =>
    given(...open, extended)
      .when(declare, { at: '2021-08-20T14:00:00Z' })
      .thenRefused('WindowOpen', openUntil('20 août 2021 à 16 h 00 (heure de Paris)')));
  it('is refused to the last lead when the window was extended meanwhile', () =>
    given(...open, toDeclare, extended)
      .when({ ...declare, institution: DREETS }, justAfter)
      .thenRefused('WindowOpen', openUntil('20 août 2021 à 16 h 00 (heure de Paris)')));
  it('is refused twice', () =>
    given(...open, toDeclare)
      .when(declare, justAfter)
      .thenRefused('AlreadyAgreed', ALREADY_AGREED));
  it('is refused while it is to be cancelled', () =>
    given(...open, toCancel)
      .when({ ...declare, institution: DREETS }, justAfter)
      .thenRefused('OtherEndingPending', OTHER_PENDING));
  it.each(unfitSignatures('end-call', "d'annuler un appel ou de le déclarer infructueux"))(
    'is refused %s',
    (_, { under, asked, seen, code, sentence }) =>
      given(...open)
        .when({ ...declare, ...(under && { under }) }, { ...asked, ...justAfter }, seen)
        .thenRefused(code, sentence),
  );
  it.each(outsidePublication)('is refused %s', (_, history, code, sentence) =>
    given(...history)
      .when(declare, justAfter)
      .thenRefused(code, sentence),
  );
});

describe('dropping the end of a call', () => {
  const drop = { type: 'DropEnding', institution: DREETS, reason: 'Les crédits sont revenus.' } as const;
  const NOTHING = "Aucune fin de l'appel n'est proposée.";

  it.each([toCancel, toDeclare])('may be done by any lead ($ending)', (agreed) =>
    given(...open, agreed)
      .when(drop)
      .then(dropped),
  );
  it('leaves the call as it was', () => expect(known(...open, toCancel, dropped)).toEqual(known(...open)));
  it('lets another end be proposed', () =>
    given(...open, toCancel, dropped)
      .when({ type: 'DeclareUnsuccessful', institution: ARS, reason: NONE }, justAfter)
      .then(toDeclare));
  it('is refused when none is proposed', () =>
    given(...open)
      .when(drop)
      .thenRefused('NoEndingPending', NOTHING));
  it('is refused twice', () =>
    given(...open, toCancel, dropped)
      .when(drop)
      .thenRefused('NoEndingPending', NOTHING));
  it.each(endedOrUnknown)('is refused %s', (_, history, code, sentence) =>
    given(...history)
      .when(drop)
      .thenRefused(code, sentence),
  );
});
