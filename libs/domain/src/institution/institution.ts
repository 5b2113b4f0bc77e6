import {
  absent,
  type Day,
  type Decider,
  type Decision,
  forbid,
  type Instant,
  type PersonId,
  Refusal,
  refuse,
  type Stamped,
  type Tools,
  unreachable,
} from '../decider.js';
import { type Cents, euros } from '../money.js';
import { isBlank } from '../texts.js';

export const institutionKinds = ['ARS', 'DREETS', 'prefecture', 'CAF', 'CPAM', 'CD', 'other'] as const;
export type InstitutionKind = (typeof institutionKinds)[number];

/** What a delegation of signature may cover. */
export const delegableActs = [
  'letter-of-intent',
  'approve-call',
  'agree-to-shift',
  'end-call',
  'outage-extension',
  'agreement',
  'recovery',
  'award',
] as const;
export type DelegableAct = (typeof delegableActs)[number];

/** After « permettre ». */
const frenchActs: Record<DelegableAct, string> = {
  'letter-of-intent': "de signer une lettre d'intention",
  'approve-call': "d'approuver un appel à projets",
  'agree-to-shift': "d'accepter un décalage du calendrier",
  'end-call': "d'annuler un appel ou de le déclarer infructueux",
  'outage-extension': 'de prolonger le dépôt après une panne',
  agreement: 'de signer une convention ou un arrêté de subvention',
  recovery: "d'ordonner un reversement",
  award: "de décider des attributions d'un appel à projets",
};

/** Who may sign what for the institution, and when. */
export interface Delegation {
  readonly delegation: string;
  readonly holder: PersonId;
  readonly acts: readonly DelegableAct[];
  /** Highest amount the holder may sign for; none stated, none set. */
  readonly ceilingCents?: Cents;
  /** First and last day, Europe/Paris. */
  readonly from: Day;
  readonly until: Day;
  /** Reference of the published order. */
  readonly reference: string;
}

export type InstitutionEvent =
  | { type: 'InstitutionRegistered'; name: string; kind: InstitutionKind; departement?: string }
  | ({ type: 'DelegationGranted' } & Delegation)
  | { type: 'DelegationRevoked'; delegation: string; reason: string };

export type InstitutionCommand =
  | { type: 'RegisterInstitution'; name: string; kind: InstitutionKind; departement?: string }
  | ({ type: 'GrantDelegation' } & Delegation)
  | { type: 'RevokeDelegation'; delegation: string; reason: string };

export type Institution =
  | { status: 'absent' }
  | {
      status: 'registered';
      name: string;
      kind: InstitutionKind;
      departement?: string;
      delegations: Readonly<Record<string, Delegation & { revoked?: true }>>;
    };

export const institution: Decider<InstitutionCommand, Institution, InstitutionEvent> = {
  initial: { status: 'absent' },
  decide,
  evolve,
};

function decide(
  command: Stamped<InstitutionCommand>,
  state: Institution,
  { calendar }: Tools,
): Decision<InstitutionEvent> {
  if (command.type === 'RegisterInstitution') {
    if (state.status !== 'absent') return refuse('InstitutionExists', 'Une institution porte déjà ce code.');
    const { name, kind, departement } = command;
    return [{ type: 'InstitutionRegistered', name, kind, ...(departement && { departement }) }];
  }
  if (state.status === 'absent') return absent('InstitutionUnknown', "Cette institution n'existe pas.");
  switch (command.type) {
    case 'GrantDelegation': {
      const { type: _, at, by, actingAs: __, id: ___, ...delegation } = command;
      if (delegation.holder === by) {
        return refuse('OwnDelegation', 'Nul ne se délègue sa propre signature.');
      }
      if (delegation.until < delegation.from) {
        return refuse('PeriodReversed', 'La fin de la délégation précède son début.');
      }
      if (delegation.until < calendar.dayOf(at)) {
        return refuse('DelegationOver', 'Cette délégation serait déjà terminée.');
      }
      return [{ type: 'DelegationGranted', ...delegation }];
    }
    case 'RevokeDelegation': {
      const known = state.delegations[command.delegation];
      if (!known) return absent('DelegationUnknown', "Cette délégation n'existe pas.");
      if (known.revoked) return refuse('DelegationRevoked', 'Cette délégation est déjà retirée.');
      return [{ type: 'DelegationRevoked', delegation: command.delegation, reason: command.reason }];
    }
    default:
      return unreachable(command);
  }
}

function evolve(state: Institution, event: InstitutionEvent): Institution {
  if (event.type === 'InstitutionRegistered') {
    const { type: _, ...registered } = event;
    return { status: 'registered', ...registered, delegations: {} };
  }
  if (state.status === 'absent') return state;
  switch (event.type) {
    case 'DelegationGranted': {
      const { type: _, ...delegation } = event;
      return { ...state, delegations: { ...state.delegations, [delegation.delegation]: delegation } };
    }
    case 'DelegationRevoked': {
      const known = state.delegations[event.delegation];
      if (!known) return state;
      return { ...state, delegations: { ...state.delegations, [event.delegation]: { ...known, revoked: true } } };
    }
    default:
      return unreachable(event);
  }
}

/** By office, or under a delegation that is named with each signature. */
export type Capacity = { readonly kind: 'office' } | { readonly kind: 'delegation'; readonly delegation: string };

/**
 * In which capacity somebody signs for an institution. A signatory signs by office; everybody else names the
 * delegation they hold, which must cover the act, and the amount it is for, on that day.
 */
export function capacityToSign(
  signing: { readonly by: PersonId; readonly at: Instant; readonly actingAs: string; readonly under?: string },
  act: DelegableAct,
  state: Institution | undefined,
  { calendar }: Tools,
  amountCents: Cents = 0,
): Capacity | Refusal {
  if (isBlank(signing.under)) {
    if (signing.actingAs === 'signatory') return { kind: 'office' };
    return forbid('DelegationNotNamed', 'Vous signez par délégation : indiquez laquelle (champ « under »).');
  }
  const delegation = state?.status === 'registered' ? state.delegations[signing.under] : undefined;
  if (!delegation || delegation.holder !== signing.by) {
    return forbid('DelegationNotHeld', 'Vous ne détenez pas cette délégation de signature.');
  }
  if (delegation.revoked) return forbid('DelegationRevoked', 'Cette délégation a été retirée.');
  const today = calendar.dayOf(signing.at);
  if (today < delegation.from || today > delegation.until) {
    return forbid('DelegationOutOfPeriod', `Cette délégation court du ${delegation.from} au ${delegation.until}.`);
  }
  if (!delegation.acts.includes(act)) {
    return forbid('DelegationDoesNotCover', `Cette délégation ne permet pas ${frenchActs[act]}.`);
  }
  const { ceilingCents } = delegation;
  if (ceilingCents !== undefined && amountCents > ceilingCents) {
    return forbid(
      'DelegationCeilingExceeded',
      `Cette délégation est limitée à ${euros(ceilingCents)} : vous signeriez pour ${euros(amountCents)}.`,
    );
  }
  return { kind: 'delegation', delegation: signing.under };
}
