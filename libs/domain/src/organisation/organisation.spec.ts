import { describe, expect, it } from '@jest/globals';
import { absent, type Stamp } from '../decider.js';
import { specify } from '../specification.js';
import { organisation, type OrganisationEvent } from './organisation.js';

const SIRET = '52499120500013';
const RNA = 'W333216789';
const CLAIMANT = '33333333-3333-4333-8333-333333333333';
const COLLEAGUE = '44444444-4444-4444-8444-444444444444';
const OFFICER = '66666666-6666-4666-8666-666666666666';

const details = {
  name: "CEA du personnel de la ville d'Antibes",
  legalForm: 'association',
  siret: SIRET,
  rna: RNA,
  address: 'Hôtel de ville, 06600 Antibes',
} as const;

const stamp: Stamp = { at: '2021-06-20T08:00:00Z', by: CLAIMANT, actingAs: 'person', id: SIRET };
const given = specify(organisation, stamp, {});

const registered = { type: 'OrganisationRegistered', ...details } satisfies OrganisationEvent;
const claimed = { type: 'OrganisationClaimed', person: CLAIMANT } satisfies OrganisationEvent;
const confirmed = { type: 'ClaimConfirmed', person: CLAIMANT, power: 'submit' } satisfies OrganisationEvent;
const rejected = { type: 'ClaimRejected', person: CLAIMANT, reason: 'Inconnu ici.' } satisfies OrganisationEvent;
const invited = { type: 'ColleagueInvited', person: COLLEAGUE, power: 'prepare' } satisfies OrganisationEvent;
const joined = { type: 'ColleagueJoined', person: COLLEAGUE, power: 'prepare' } satisfies OrganisationEvent;
const removed = { type: 'MemberRemoved', person: COLLEAGUE, reason: 'Départ.' } satisfies OrganisationEvent;
/** One member who may submit, one who may prepare. */
const two: OrganisationEvent[] = [registered, claimed, confirmed, invited, joined];
const byOfficer = { by: OFFICER, actingAs: 'case-officer' };

describe('registering an organisation', () => {
  const register = { type: 'RegisterOrganisation', claim: true, ...details } as const;

  it('is claimed by whoever registers it', () => given().when(register).then(registered, claimed));
  it('may be done by an officer, who does not belong to it', () =>
    given()
      .when({ ...register, claim: false }, byOfficer)
      .then(registered));
  it('leaves the person without access until somebody confirms', () =>
    expect(given(registered, claimed).state).toEqual({
      status: 'registered',
      people: { [CLAIMANT]: { standing: 'claimed' } },
      ...details,
    }));
  it('may have a SIRET and no RNA number', () =>
    given()
      .when({ type: 'RegisterOrganisation', claim: false, name: 'Centre social', legalForm: 'public', siret: SIRET })
      .then({ type: 'OrganisationRegistered', name: 'Centre social', legalForm: 'public', siret: SIRET }));
  it('may have an RNA number and no SIRET', () =>
    given()
      .when(
        { type: 'RegisterOrganisation', claim: false, name: 'Amicale', legalForm: 'association', rna: RNA },
        { id: RNA },
      )
      .then({ type: 'OrganisationRegistered', name: 'Amicale', legalForm: 'association', rna: RNA }));
  it('is refused twice', () =>
    given(registered)
      .when(register)
      .thenRefused('OrganisationExists', 'Cet organisme est déjà enregistré : demandez à y être rattaché.'));
});

describe.each([
  ['registering', [], { type: 'RegisterOrganisation', claim: true }],
  ['correcting', [registered], { type: 'CorrectOrganisation', reason: 'Faute de frappe.' }],
] as const)('identifiers when %s an organisation', (_, history, command) => {
  const asked = { ...command, ...details };

  it.each([undefined, ' '])('are a SIRET or else an RNA number, not neither (%j)', (none) =>
    given(...history)
      .when({ ...asked, siret: none, rna: none })
      .thenRefused('IdentifierMissing', 'Indiquez un numéro SIRET ou, à défaut, un numéro RNA.'),
  );
  it('have a valid SIRET', () =>
    given(...history)
      .when({ ...asked, siret: '52499120500014' })
      .thenRefused('SiretInvalid', "Le numéro SIRET 52499120500014 n'est pas valable."));
  it('have a valid RNA number', () =>
    given(...history)
      .when({ ...asked, rna: 'W33321678' })
      .thenRefused('RnaInvalid', "Le numéro RNA W33321678 n'est pas valable : W et 9 chiffres."));
  it('stay those the organisation is known by', () =>
    given(...history)
      .when({ ...asked, siret: '38033590100027' })
      .thenRefused('IdentifierFixed', "L'identifiant d'un organisme ne change pas : enregistrez le nouvel organisme."));
});

describe('correcting an organisation', () => {
  const correct = { type: 'CorrectOrganisation', reason: 'Nouveau nom.', ...details, name: 'CEA Antibes' } as const;
  const corrected = { type: 'OrganisationCorrected', reason: 'Nouveau nom.', ...details, name: 'CEA Antibes' } as const;

  it('is a fact of its own with its reason', () => given(registered).when(correct).then(corrected));
  it('is a fact each time', () => given(registered, corrected).when(correct).then(corrected));
  it('keeps its members, and nothing of what it was', () =>
    expect(
      given(registered, claimed, confirmed, {
        type: 'OrganisationCorrected',
        reason: 'Nouveau nom.',
        name: 'CEA Antibes',
        legalForm: 'association',
        siret: SIRET,
      }).state,
    ).toEqual({
      status: 'registered',
      people: { [CLAIMANT]: { standing: 'member', power: 'submit' } },
      name: 'CEA Antibes',
      legalForm: 'association',
      siret: SIRET,
    }));
  it('adds the SIRET of an association known by its RNA number', () =>
    given({ type: 'OrganisationRegistered', name: 'Amicale', legalForm: 'association', rna: RNA })
      .when({ ...correct, reason: 'Immatriculation.' }, { id: RNA })
      .then({ ...corrected, reason: 'Immatriculation.' }));
});

describe.each([
  { type: 'CorrectOrganisation', reason: 'Nouveau nom.', ...details } as const,
  { type: 'ClaimOrganisation' } as const,
  { type: 'ConfirmClaim', person: CLAIMANT, power: 'submit' } as const,
  { type: 'RejectClaim', person: CLAIMANT, reason: 'Inconnu ici.' } as const,
  { type: 'InviteColleague', person: COLLEAGUE, power: 'prepare' } as const,
  { type: 'JoinOrganisation' } as const,
  { type: 'ChangePower', person: COLLEAGUE, power: 'submit' } as const,
  { type: 'RemoveMember', person: COLLEAGUE, reason: 'Départ.' } as const,
])('$type', (command) => {
  it('is refused for an organisation that nobody registered, as not found', () =>
    expect(given().when(command).result).toEqual(absent('OrganisationUnknown', "Cet organisme n'est pas enregistré.")));
});

describe('claiming an organisation', () => {
  const claim = { type: 'ClaimOrganisation' } as const;

  it('is a fact', () => given(registered).when(claim).then(claimed));
  it('is refused twice', () =>
    given(registered, claimed)
      .when(claim)
      .thenRefused('AlreadyClaimed', 'Votre demande de rattachement attend une réponse.'));
  it('is refused to a member', () =>
    given(registered, claimed, confirmed)
      .when(claim)
      .thenRefused('AlreadyMember', 'Vous êtes déjà rattaché à cet organisme.'));
  it('is refused to somebody who is invited there', () =>
    given(registered, invited)
      .when(claim, { by: COLLEAGUE })
      .thenRefused('AlreadyInvited', 'Un collègue vous a invité dans cet organisme : acceptez son invitation.'));
  it('may be done again after a rejection', () => given(registered, claimed, rejected).when(claim).then(claimed));
  it('may be done again by somebody who was removed', () =>
    given(...two, removed)
      .when(claim, { by: COLLEAGUE })
      .then({ ...claimed, person: COLLEAGUE }));
});

describe('confirming a claim', () => {
  const confirm = { type: 'ConfirmClaim', person: CLAIMANT, power: 'submit' } as const;

  it('gives the power that is named', () => given(registered, claimed).when(confirm, byOfficer).then(confirmed));
  it('makes a member', () =>
    expect(given(registered, claimed, confirmed).state).toMatchObject({
      people: { [CLAIMANT]: { standing: 'member', power: 'submit' } },
    }));
  it('may be done by a colleague', () =>
    given(registered, { ...claimed, person: COLLEAGUE }, { ...confirmed, person: COLLEAGUE }, claimed)
      .when(confirm, { by: COLLEAGUE, actingAs: 'submitter' })
      .then(confirmed));
  it('is refused twice', () =>
    given(registered, claimed, confirmed)
      .when(confirm, byOfficer)
      .thenRefused('NotClaimed', "Cette personne n'a pas de demande de rattachement en attente."));
  it('is refused where nobody claimed', () =>
    given(registered)
      .when(confirm, byOfficer)
      .thenRefused('NotClaimed', "Cette personne n'a pas de demande de rattachement en attente."));
  it('is refused for a colleague who was invited', () =>
    given(registered, invited)
      .when({ ...confirm, person: COLLEAGUE }, byOfficer)
      .thenRefused('NotClaimed', "Cette personne n'a pas de demande de rattachement en attente."));
  it('is refused to whoever claimed', () =>
    given(registered, claimed)
      .when(confirm, { by: CLAIMANT })
      .thenRefused('OwnClaim', 'Un instructeur ou un collègue doit confirmer votre rattachement.'));
});

describe('facts about an organisation that nobody registered', () => {
  it('register none', () => expect(given(claimed, confirmed).state).toEqual({ status: 'absent' }));
});

describe('rejecting a claim', () => {
  const reject = { type: 'RejectClaim', person: CLAIMANT, reason: 'Inconnu ici.' } as const;

  it('is a fact with its reason', () => given(registered, claimed).when(reject, byOfficer).then(rejected));
  it('leaves nothing of the claim', () =>
    expect(given(registered, claimed, rejected).state).toEqual({ status: 'registered', people: {}, ...details }));
  it('is refused twice', () =>
    given(registered, claimed, rejected)
      .when(reject, byOfficer)
      .thenRefused('NotClaimed', "Cette personne n'a pas de demande de rattachement en attente."));
  it('is refused for a member', () =>
    given(registered, claimed, confirmed)
      .when(reject, byOfficer)
      .thenRefused('NotClaimed', "Cette personne n'a pas de demande de rattachement en attente."));
  it('is refused to whoever claimed', () =>
    given(registered, claimed)
      .when(reject, { by: CLAIMANT })
      .thenRefused('OwnClaim', 'Un instructeur ou un collègue doit confirmer votre rattachement.'));
});
