import { describe, expect, it } from '@jest/globals';
import type { Institution } from '../institution/institution.js';
import { approved, ARS, given, known, outsidePreparation, preparing } from './fixtures.js';

const invited = { type: 'PartnerInvited', institution: 'CAF-44', presence: 'expected', departement: '44' } as const;
const optional = { type: 'PartnerInvited', institution: 'CD-44', presence: 'optional' } as const;
const withdrawn = { type: 'PartnerInvitationWithdrawn', institution: 'CAF-44', reason: 'Invitée par erreur.' } as const;
const accepted = { type: 'PartnerInvitationAnswered', institution: 'CAF-44', accepted: true } as const;
const declined = { ...accepted, accepted: false };
const overridden = { type: 'SilentPartnerOverridden', institution: 'CAF-44', reason: 'Relancée trois fois.' } as const;
const NOT_INVITED = "Ce partenaire n'est pas invité à cet appel.";

describe('inviting a partner', () => {
  const invite = { type: 'InvitePartner', partner: 'CAF-44', presence: 'expected', departement: '44' } as const;

  it('names it for its département', () =>
    given(...preparing)
      .when(invite)
      .then(invited));
  it('may leave its presence optional, and name no département', () =>
    given(...preparing)
      .when({ type: 'InvitePartner', partner: 'CD-44', presence: 'optional' })
      .then(optional));
  it('lets no approval fall', () =>
    given(...approved)
      .when(invite)
      .then(invited));
  it('leaves it without an answer', () =>
    expect(known(...preparing, invited).partners).toEqual({ 'CAF-44': { presence: 'expected', departement: '44' } }));
  it.each<[string, Institution | undefined]>([
    ['nobody registered', { status: 'absent' }],
    ['nobody knows', undefined],
  ])('is refused for an institution that %s', (_, institution) =>
    given(...preparing)
      .when(invite, {}, { institution })
      .thenRefused('InstitutionUnknown', "L'institution « CAF-44 » n'est pas enregistrée."),
  );
  it('is refused for a lead', () =>
    given(...preparing)
      .when({ ...invite, partner: ARS })
      .thenRefused('PartnerIsLead', "Une autorité pilote n'est pas invitée comme partenaire."));
  it.each([
    ['that has not answered', [invited]],
    ['that declined', [invited, declined]],
  ])('is refused for a partner %s', (_, history) =>
    given(...preparing, ...history)
      .when(invite)
      .thenRefused('AlreadyInvited', 'Ce partenaire est déjà invité.'),
  );
  it('is possible again once withdrawn', () =>
    given(...preparing, invited, withdrawn)
      .when(invite)
      .then(invited));
  it('forgets the answer to an invitation that was withdrawn', () =>
    expect(known(...preparing, invited, accepted, withdrawn, invited).partners).toEqual({
      'CAF-44': { presence: 'expected', departement: '44' },
    }));
  it.each(outsidePreparation)('is refused %s', (_, history, code, sentence) =>
    given(...history)
      .when(invite)
      .thenRefused(code, sentence),
  );
});

describe('withdrawing an invitation', () => {
  const withdraw = { type: 'WithdrawPartnerInvitation', partner: 'CAF-44', reason: 'Invitée par erreur.' } as const;

  it('is recorded with its reason', () =>
    given(...preparing, invited)
      .when(withdraw)
      .then(withdrawn));
  it('is possible after the answer', () =>
    given(...preparing, invited, accepted)
      .when(withdraw)
      .then(withdrawn));
  it('leaves the other partners', () =>
    expect(known(...preparing, invited, optional, withdrawn).partners).toEqual({ 'CD-44': { presence: 'optional' } }));
  it('is refused for an institution that is not invited', () =>
    given(...preparing)
      .when(withdraw)
      .thenRefused('PartnerUnknown', NOT_INVITED));
  it('is refused twice', () =>
    given(...preparing, invited, withdrawn)
      .when(withdraw)
      .thenRefused('PartnerUnknown', NOT_INVITED));
  it.each(outsidePreparation)('is refused %s', (_, history, code, sentence) =>
    given(...history)
      .when(withdraw)
      .thenRefused(code, sentence),
  );
});

describe('answering an invitation', () => {
  const accept = { type: 'AnswerPartnerInvitation', institution: 'CAF-44', accepted: true } as const;
  const decline = { ...accept, accepted: false };

  it('joins the preparation', () =>
    given(...preparing, invited)
      .when(accept)
      .then(accepted));
  it('may decline', () =>
    given(...preparing, invited)
      .when(decline)
      .then(declined));
  it('may change', () => {
    given(...preparing, invited, declined)
      .when(accept)
      .then(accepted);
    given(...preparing, invited, accepted)
      .when(decline)
      .then(declined);
  });
  it('is possible after its silence was overridden', () =>
    given(...preparing, invited, overridden)
      .when(accept)
      .then(accepted));
  it('keeps the last answer', () =>
    expect(known(...preparing, invited, accepted, declined).partners).toEqual({
      'CAF-44': { presence: 'expected', departement: '44', answer: 'declined' },
    }));
  it.each([
    ['acceptance', accepted, accept],
    ['refusal', declined, decline],
  ])('is refused when the same %s is given twice', (_, first, again) =>
    given(...preparing, invited, first)
      .when(again)
      .thenRefused('AlreadyAnswered', 'Votre institution a déjà donné cette réponse.'),
  );
  it('is refused for an institution that is not invited', () =>
    given(...preparing)
      .when(accept)
      .thenRefused('PartnerUnknown', NOT_INVITED));
  it.each(outsidePreparation)('is refused %s', (_, history, code, sentence) =>
    given(...history)
      .when(accept)
      .thenRefused(code, sentence),
  );
});

describe('overriding the silence of a partner', () => {
  const override = { type: 'OverrideSilentPartner', partner: 'CAF-44', reason: 'Relancée trois fois.' } as const;

  it('is recorded with its reason', () =>
    given(...preparing, invited)
      .when(override)
      .then(overridden));
  it('keeps the reason beside the invitation', () =>
    expect(known(...preparing, invited, overridden).partners).toEqual({
      'CAF-44': { presence: 'expected', departement: '44', override: 'Relancée trois fois.' },
    }));
  it.each([accepted, declined])('is refused once it answered (accepted: $accepted)', (answered) =>
    given(...preparing, invited, answered)
      .when(override)
      .thenRefused('PartnerAnswered', "Ce partenaire a répondu : il n'y a pas lieu de passer outre."),
  );
  it('is refused for an optional partner', () =>
    given(...preparing, optional)
      .when({ ...override, partner: 'CD-44' })
      .thenRefused('PartnerOptional', "La présence de ce partenaire est facultative : son silence n'empêche rien."));
  it('is refused twice', () =>
    given(...preparing, invited, overridden)
      .when(override)
      .thenRefused('AlreadyOverridden', 'Le silence de ce partenaire est déjà passé outre.'));
  it('is refused for an institution that is not invited', () =>
    given(...preparing)
      .when(override)
      .thenRefused('PartnerUnknown', NOT_INVITED));
  it.each(outsidePreparation)('is refused %s', (_, history, code, sentence) =>
    given(...history)
      .when(override)
      .thenRefused(code, sentence),
  );
});
