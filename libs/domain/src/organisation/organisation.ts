import {
  absent,
  type Decider,
  type Decision,
  type PersonId,
  Refusal,
  refuse,
  type Stamped,
  unreachable,
} from '../decider.js';
import { isRna, isSiret } from '../identifiers.js';
import { isBlank } from '../texts.js';

export const legalForms = ['association', 'public', 'company', 'other'] as const;
/** An association accepts the republican contract (décret 2021-1947); the others have no such duty. */
export type LegalForm = (typeof legalForms)[number];

/** `prepare` may draft and attach; `submit` may also submit, sign and let colleagues in. */
export const powers = ['prepare', 'submit'] as const;
export type Power = (typeof powers)[number];

export interface OrganisationDetails {
  readonly name: string;
  readonly legalForm: LegalForm;
  readonly siret?: string;
  readonly rna?: string;
  readonly address?: string;
}

export type OrganisationEvent =
  | ({ type: 'OrganisationRegistered' } & OrganisationDetails)
  | ({ type: 'OrganisationCorrected'; reason: string } & OrganisationDetails)
  | { type: 'OrganisationClaimed'; person: PersonId }
  | { type: 'ClaimConfirmed'; person: PersonId; power: Power }
  | { type: 'ClaimRejected'; person: PersonId; reason: string }
  | { type: 'ColleagueInvited'; person: PersonId; power: Power }
  | { type: 'InvitationWithdrawn'; person: PersonId; reason: string }
  | { type: 'ColleagueJoined'; person: PersonId; power: Power }
  | { type: 'PowerChanged'; person: PersonId; power: Power }
  | { type: 'MemberRemoved'; person: PersonId; reason: string };

export type OrganisationCommand =
  | ({ type: 'RegisterOrganisation'; claim: boolean } & OrganisationDetails)
  | ({ type: 'CorrectOrganisation'; reason: string } & OrganisationDetails)
  | { type: 'ClaimOrganisation' }
  | { type: 'ConfirmClaim'; person: PersonId; power: Power }
  | { type: 'RejectClaim'; person: PersonId; reason: string }
  | { type: 'InviteColleague'; person: PersonId; power: Power }
  | { type: 'JoinOrganisation' }
  | { type: 'ChangePower'; person: PersonId; power: Power }
  | { type: 'RemoveMember'; person: PersonId; reason: string };

type Standing = 'claimed' | 'invited' | 'member';
export type Organisation =
  | { status: 'absent' }
  | ({
      status: 'registered';
      people: Readonly<Record<PersonId, { standing: Standing; power?: Power }>>;
    } & OrganisationDetails);

/** `other`, which has no duty of its own, of one that isn't registered. */
export const legalFormOf = (applicant: Organisation | undefined): LegalForm =>
  applicant?.status === 'registered' ? applicant.legalForm : 'other';

/** An applicant, one stream per SIRET or else RNA. Its files are shown to confirmed members only. */
export const organisation: Decider<OrganisationCommand, Organisation, OrganisationEvent, unknown> = {
  initial: { status: 'absent' },
  decide,
  evolve,
};

function decide(command: Stamped<OrganisationCommand>, state: Organisation): Decision<OrganisationEvent> {
  if (command.type === 'RegisterOrganisation') {
    if (state.status !== 'absent') {
      return refuse('OrganisationExists', 'Cet organisme est déjà enregistré : demandez à y être rattaché.');
    }
    const refusal = identityRefusal(command);
    if (refusal) return refusal;
    const registered: OrganisationEvent = { type: 'OrganisationRegistered', ...detailsOf(command) };
    return command.claim ? [registered, { type: 'OrganisationClaimed', person: command.by }] : [registered];
  }
  if (state.status === 'absent') return absent('OrganisationUnknown', "Cet organisme n'est pas enregistré.");
  switch (command.type) {
    case 'CorrectOrganisation': {
      const refusal = identityRefusal(command);
      if (refusal) return refusal;
      return [{ type: 'OrganisationCorrected', reason: command.reason, ...detailsOf(command) }];
    }
    case 'ClaimOrganisation': {
      const standing = state.people[command.by]?.standing;
      if (standing === 'member') return refuse('AlreadyMember', 'Vous êtes déjà rattaché à cet organisme.');
      if (standing === 'invited') {
        return refuse('AlreadyInvited', 'Un collègue vous a invité dans cet organisme : acceptez son invitation.');
      }
      if (standing === 'claimed') return refuse('AlreadyClaimed', 'Votre demande de rattachement attend une réponse.');
      return [{ type: 'OrganisationClaimed', person: command.by }];
    }
    case 'ConfirmClaim':
    case 'RejectClaim': {
      if (state.people[command.person]?.standing !== 'claimed') {
        return refuse('NotClaimed', "Cette personne n'a pas de demande de rattachement en attente.");
      }
      if (command.person === command.by) {
        return refuse('OwnClaim', 'Un instructeur ou un collègue doit confirmer votre rattachement.');
      }
      if (command.type === 'RejectClaim') {
        return [{ type: 'ClaimRejected', person: command.person, reason: command.reason }];
      }
      return [{ type: 'ClaimConfirmed', person: command.person, power: command.power }];
    }
    case 'InviteColleague': {
      const standing = state.people[command.person]?.standing;
      if (standing === 'member') return refuse('AlreadyMember', 'Cette personne est déjà rattachée à votre organisme.');
      if (standing === 'invited') return refuse('AlreadyInvited', 'Cette personne est déjà invitée.');
      return [{ type: 'ColleagueInvited', person: command.person, power: command.power }];
    }
    case 'JoinOrganisation': {
      const invited = state.people[command.by];
      if (invited?.standing !== 'invited') return refuse('NotInvited', "Vous n'êtes pas invité dans cet organisme.");
      return [{ type: 'ColleagueJoined', person: command.by, power: invited.power ?? 'prepare' }];
    }
    case 'ChangePower':
    case 'RemoveMember': {
      const member = state.people[command.person];
      if (command.type === 'RemoveMember' && member?.standing === 'invited') {
        return [{ type: 'InvitationWithdrawn', person: command.person, reason: command.reason }];
      }
      if (member?.standing !== 'member')
        return refuse('NotMember', "Cette personne n'est pas rattachée à l'organisme.");
      if (command.type === 'ChangePower' && member.power === command.power) {
        return refuse('PowerHeld', 'Cette personne a déjà ce pouvoir.');
      }
      const leaves = command.type === 'RemoveMember' || command.power === 'prepare';
      if (leaves && member.power === 'submit' && submitters(state.people) === 1) {
        return refuse('LastSubmitter', "L'organisme doit garder une personne habilitée à déposer.");
      }
      if (command.type === 'RemoveMember')
        return [{ type: 'MemberRemoved', person: command.person, reason: command.reason }];
      return [{ type: 'PowerChanged', person: command.person, power: command.power }];
    }
    default:
      return unreachable(command);
  }
}

/** Identification by SIRET or RNA (CRPA R112-9-1); the name of the stream is one of them. */
function identityRefusal({ id, siret, rna }: OrganisationDetails & { id: string }): Refusal | undefined {
  if (isBlank(siret) && isBlank(rna))
    return refuse('IdentifierMissing', 'Indiquez un numéro SIRET ou, à défaut, un numéro RNA.');
  if (siret && !isSiret(siret)) return refuse('SiretInvalid', `Le numéro SIRET ${siret} n'est pas valable.`);
  if (rna && !isRna(rna)) return refuse('RnaInvalid', `Le numéro RNA ${rna} n'est pas valable : W et 9 chiffres.`);
  if (id !== siret && id !== rna) {
    return refuse('IdentifierFixed', "L'identifiant d'un organisme ne change pas : enregistrez le nouvel organisme.");
  }
  return undefined;
}

function detailsOf({ name, legalForm, siret, rna, address }: OrganisationDetails): OrganisationDetails {
  return { name, legalForm, ...(siret && { siret }), ...(rna && { rna }), ...(address && { address }) };
}

const submitters = (people: Readonly<Record<PersonId, { standing: Standing; power?: Power }>>): number =>
  Object.values(people).filter(({ standing, power }) => standing === 'member' && power === 'submit').length;

function evolve(state: Organisation, event: OrganisationEvent): Organisation {
  if (event.type === 'OrganisationRegistered') return { status: 'registered', people: {}, ...detailsOf(event) };
  if (state.status === 'absent') return state;
  switch (event.type) {
    case 'OrganisationCorrected':
      return { status: 'registered', people: state.people, ...detailsOf(event) };
    case 'OrganisationClaimed':
      return { ...state, people: { ...state.people, [event.person]: { standing: 'claimed' } } };
    case 'ColleagueInvited':
      return { ...state, people: { ...state.people, [event.person]: { standing: 'invited', power: event.power } } };
    case 'ClaimConfirmed':
    case 'ColleagueJoined':
    case 'PowerChanged':
      return { ...state, people: { ...state.people, [event.person]: { standing: 'member', power: event.power } } };
    case 'ClaimRejected':
    case 'InvitationWithdrawn':
    case 'MemberRemoved': {
      const { [event.person]: _, ...people } = state.people;
      return { ...state, people };
    }
    default:
      return unreachable(event);
  }
}
