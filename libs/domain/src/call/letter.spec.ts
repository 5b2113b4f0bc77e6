import { describe, it } from '@jest/globals';
import type { Delegation, Institution } from '../institution/institution.js';
import {
  ALREADY_PUBLISHED,
  approved,
  ARS,
  arsApproved,
  arsSigned,
  cancelled,
  criteria,
  dreetsApproved,
  DREETS,
  drafted,
  END_OF_CALL,
  envelopes,
  given,
  heading,
  HOLDER,
  open,
  opened,
  prepared,
  preparing,
  registered,
  specifications,
  UNKNOWN,
} from './fixtures.js';

describe('drafting a call', () => {
  const draft = { type: 'DraftCall', heading } as const;

  it('records what it is about', () => given().when(draft).then({ type: 'CallDrafted', heading }));
  it('is refused for a call that exists', () =>
    given(drafted).when(draft).thenRefused('CallExists', 'Cet appel existe déjà.'));
  it('is refused without a lead', () =>
    given()
      .when({ ...draft, heading: { ...heading, leads: [] } })
      .thenRefused('LeadMissing', 'Un appel a au moins une autorité pilote.'));
  it('is refused with a lead named twice', () =>
    given()
      .when({ ...draft, heading: { ...heading, leads: [ARS, ARS] } })
      .thenRefused('LeadTwice', 'Une même autorité pilote figure deux fois.'));
  it('is refused with a lead that nobody registered', () =>
    given()
      .when(draft, {}, { leads: [registered, { status: 'absent' }] })
      .thenRefused('LeadUnknown', "Cette autorité pilote n'est pas enregistrée : DREETS-PDL."));
});

describe("copying last year's call", () => {
  const copy = { type: 'CopyCall', from: 'call-0', title: 'Mille jours, 2022', year: 2022 } as const;
  const invited = { type: 'PartnerInvited', institution: 'CAF-44', presence: 'expected', departement: '44' } as const;
  const associated = { type: 'AuthorityAssociated', name: 'Commissaire à la lutte contre la pauvreté' } as const;
  const from = given(...prepared, invited, associated, {
    type: 'PartnerInvitationAnswered',
    institution: 'CAF-44',
    accepted: true,
  }).state;

  it('takes all but its dates, its referents and the answers of its partners', () =>
    given()
      .when(copy, {}, { from })
      .then(
        { type: 'CallDrafted', heading: { ...heading, title: 'Mille jours, 2022' }, copiedFrom: 'call-0' },
        associated,
        invited,
        { type: 'SpecificationsSet', specifications },
        { type: 'RubricSet', criteria },
        {
          type: 'EnvelopesSet',
          envelopes: { ...envelopes, lines: envelopes.lines.map((line) => ({ ...line, year: line.year + 1 })) },
        },
      ));
  it('is refused for a call that nobody knows', () =>
    given()
      .when(copy, {}, { from: { status: 'absent' } })
      .thenRefused('CallUnknown', UNKNOWN));
  it('is refused into a call that exists', () =>
    given(drafted).when(copy, {}, { from }).thenRefused('CallExists', 'Cet appel existe déjà.'));
});

describe('revising what the call is about', () => {
  const other = { ...heading, title: 'Un autre titre' };
  const revise = { type: 'ReviseHeading', heading: other } as const;
  const revised = { type: 'HeadingRevised', heading: other } as const;

  it('is a fact of its own', () => given(drafted).when(revise).then(revised));
  it('lets the signatures of a letter not yet signed by all fall', () =>
    given(drafted, arsSigned)
      .when(revise)
      .then(revised, {
        type: 'LetterSignaturesFell',
        institutions: [ARS],
        because: "La lettre d'intention a été modifiée.",
      }));
  it('lets approvals fall', () =>
    given(...approved)
      .when(revise)
      .then(revised, {
        type: 'ApprovalsFell',
        institutions: [ARS, DREETS],
        because: "L'objet de l'appel a été modifié.",
      }));
  it.each([
    ['signatures', [drafted, arsSigned]],
    ['approvals', approved],
  ])('changes nothing when repeated, and no %s fall', (_, history) =>
    given(...history)
      .when({ ...revise, heading: { ...heading, axes: undefined } })
      .then(),
  );
  it('keeps the leads once they have signed', () =>
    given(...preparing)
      .when({ ...revise, heading: { ...other, leads: [ARS] } })
      .thenRefused('LeadsFixed', "Les autorités pilotes ne changent plus une fois la lettre d'intention signée."));
  it('is refused without a lead', () =>
    given(drafted)
      .when({ ...revise, heading: { ...other, leads: [] } })
      .thenRefused('LeadMissing', 'Un appel a au moins une autorité pilote.'));
  it('is refused with a lead named twice, or unknown', () => {
    given(drafted)
      .when({ ...revise, heading: { ...other, leads: [ARS, ARS] } })
      .thenRefused('LeadTwice', 'Une même autorité pilote figure deux fois.');
    given(drafted)
      .when(revise, {}, { leads: [] })
      .thenRefused('LeadUnknown', 'Ces autorités pilotes ne sont pas enregistrées : ARS-PDL, DREETS-PDL.');
  });
  it('is refused once published, or ended', () => {
    given(...open)
      .when(revise)
      .thenRefused('AlreadyPublished', ALREADY_PUBLISHED);
    given(drafted, cancelled).when(revise).thenRefused('CallEnded', END_OF_CALL);
  });
  it('is refused for a call that does not exist', () => given().when(revise).thenRefused('CallUnknown', UNKNOWN));
});

describe('signing the letter of intent', () => {
  const sign = { type: 'SignLetterOfIntent', institution: ARS } as const;
  const under: Delegation = {
    delegation: 'd-1',
    holder: HOLDER,
    acts: ['letter-of-intent'],
    from: '2021-01-01',
    until: '2021-12-31',
    reference: 'Arrêté n° 2021-17',
  };
  const withDelegation = (changes: object = {}): { institution: Institution } => ({
    institution: { ...registered, delegations: { 'd-1': { ...under, ...changes } } } as Institution,
  });
  const byHolder = { by: HOLDER, actingAs: 'delegate' };

  it('leaves the preparation closed while a lead has not signed', () => given(drafted).when(sign).then(arsSigned));
  it('opens the preparation with the last signature', () =>
    given(drafted, arsSigned)
      .when({ ...sign, institution: DREETS })
      .then({ type: 'LetterOfIntentSigned', institution: DREETS, capacity: { kind: 'office' } }, opened));
  it('is refused twice', () =>
    given(drafted, arsSigned)
      .when(sign)
      .thenRefused('AlreadySigned', "Votre institution a déjà signé cette lettre d'intention."));
  it('records under which delegation', () =>
    given(drafted)
      .when({ ...sign, under: 'd-1' }, byHolder, withDelegation())
      .then({ type: 'LetterOfIntentSigned', institution: ARS, capacity: { kind: 'delegation', delegation: 'd-1' } }));
  it('is refused to somebody without the office who names no delegation', () =>
    given(drafted)
      .when(sign, byHolder, withDelegation())
      .thenRefused('DelegationNotNamed', 'Vous signez par délégation : indiquez laquelle (champ « under »).'));
  it('is refused under the delegation of another', () =>
    given(drafted)
      .when({ ...sign, under: 'd-1' }, { by: 'somebody', actingAs: 'delegate' }, withDelegation())
      .thenRefused('DelegationNotHeld', 'Vous ne détenez pas cette délégation de signature.'));
  it('is refused under a delegation that was revoked', () =>
    given(drafted)
      .when({ ...sign, under: 'd-1' }, byHolder, withDelegation({ revoked: true }))
      .thenRefused('DelegationRevoked', 'Cette délégation a été retirée.'));
  it.each(['2020-12-31T22:59:59Z', '2021-12-31T23:00:00Z'])('is refused outside its period, Paris time (%s)', (at) =>
    given(drafted)
      .when({ ...sign, under: 'd-1' }, { ...byHolder, at }, withDelegation())
      .thenRefused('DelegationOutOfPeriod', 'Cette délégation court du 2021-01-01 au 2021-12-31.'),
  );
  it.each(['2020-12-31T23:00:00Z', '2021-12-31T22:59:59Z'])('holds on its first and last day (%s)', (at) =>
    given(drafted)
      .when({ ...sign, under: 'd-1' }, { ...byHolder, at }, withDelegation())
      .then({ type: 'LetterOfIntentSigned', institution: ARS, capacity: { kind: 'delegation', delegation: 'd-1' } }),
  );
  it('is refused under a delegation for other acts', () =>
    given(drafted)
      .when({ ...sign, under: 'd-1' }, byHolder, withDelegation({ acts: ['approve-call'] }))
      .thenRefused('DelegationDoesNotCover', "Cette délégation ne permet pas de signer une lettre d'intention."));
  it('is refused once the call has ended', () =>
    given(drafted, cancelled).when(sign).thenRefused('CallEnded', END_OF_CALL));
  it('is refused for a call that does not exist', () => given().when(sign).thenRefused('CallUnknown', UNKNOWN));
  it('keeps approvals apart from signatures', () =>
    given(...preparing, arsApproved, dreetsApproved)
      .when(sign)
      .thenRefused('AlreadySigned', "Votre institution a déjà signé cette lettre d'intention."));
});
