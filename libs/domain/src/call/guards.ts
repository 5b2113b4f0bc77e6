import { absent, Refusal, refuse, type Tools } from '../decider.js';
import type { Institution } from '../institution/institution.js';
import type { Account } from '../account/account.js';
import type { CallEvent } from './call-facts.js';
import type { Call, Drafted, InPreparation, KnownCall, Published } from './call-state.js';

/** What a decision on a call may look at besides the call. */
export interface CallContext extends Tools {
  /** The institution acting, inviting or invited. */
  readonly institution?: Institution;
  /** The institutions named by a heading. */
  readonly leads?: readonly Institution[];
  /** The person named as referent. */
  readonly person?: Account;
  /** The call to copy. */
  readonly from?: Call;
}

export const unknownCall = () => absent('CallUnknown', "Cet appel n'existe pas.");
export const callEnded = (call: KnownCall) =>
  refuse('CallEnded', call.status === 'cancelled' ? 'Cet appel a été annulé.' : 'Cet appel a été déclaré infructueux.');

const alreadyPublished = () =>
  refuse('AlreadyPublished', "L'appel est publié : il ne se modifie plus que par un avis rectificatif.");

export function inPreparation(call: KnownCall): InPreparation | Refusal {
  switch (call.status) {
    case 'preparation':
      return call;
    case 'drafted':
      return refuse(
        'PreparationClosed',
        "La phase préparatoire s'ouvre quand toutes les autorités pilotes ont signé la lettre d'intention.",
      );
    case 'published':
      return alreadyPublished();
    default:
      return callEnded(call);
  }
}

export function published(call: KnownCall): Published | Refusal {
  if (call.status === 'published') return call;
  if (call.status === 'drafted' || call.status === 'preparation') {
    return refuse('NotPublished', "Cet appel n'est pas encore publié.");
  }
  return callEnded(call);
}

export function notEnded(call: KnownCall): Drafted | InPreparation | Published | Refusal {
  if (call.status === 'cancelled' || call.status === 'unsuccessful') return callEnded(call);
  return call;
}

export function notPublished(call: KnownCall): Drafted | InPreparation | Refusal {
  const open = notEnded(call);
  return open instanceof Refusal || open.status !== 'published' ? open : alreadyPublished();
}

/** Approvals fall, as a fact, when what was approved changes. */
export function withApprovalsFallen(call: KnownCall, event: CallEvent, because: string): CallEvent[] {
  const institutions = Object.keys(call.approvals);
  return institutions.length > 0 ? [event, { type: 'ApprovalsFell', institutions, because }] : [event];
}
