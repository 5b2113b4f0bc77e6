import { absent, Refusal, refuse } from '../decider.js';
import { rulesOf } from '../call/call-state.js';
import type { CommissionRules } from '../rules.js';
import { own } from '../same.js';
import { inNumber } from '../texts.js';
import type { Commission, CommissionContext, Item, Quorum, Session } from './commission-facts.js';

export const sessionOf = (state: Commission, { session }: { readonly session: string }): Session | Refusal =>
  own(state.sessions, session) ?? absent('SessionUnknown', "Cette séance n'existe pas.");

export const isOver = ({ status }: Session): boolean => status === 'adjourned' || status === 'ranked';

export const sessionOver = ({ status }: Session) =>
  refuse(
    'SessionOver',
    status === 'adjourned' ? 'Cette séance a été ajournée faute de quorum.' : 'Cette séance a adopté son classement.',
  );

/** The session, if it was convened and isn't over. */
export function convenedSessionOf(state: Commission, command: { readonly session: string }): Session | Refusal {
  const session = sessionOf(state, command);
  if (session instanceof Refusal) return session;
  if (session.status === 'planned') {
    return refuse('NotConvened', "Cette séance n'est pas encore convoquée : convoquez-la avec son ordre du jour.");
  }
  return isOver(session) ? sessionOver(session) : session;
}

/** The session, if it sits. */
export function openSessionOf(state: Commission, command: { readonly session: string }): Session | Refusal {
  const session = sessionOf(state, command);
  if (session instanceof Refusal || session.status === 'open') return session;
  if (isOver(session)) return sessionOver(session);
  return refuse('SessionNotOpen', "Cette séance n'est pas ouverte.");
}

export interface OpenItem {
  readonly session: Session;
  readonly item: Item;
}

/** An item of a session that sits, while nobody has closed its vote. */
export function openItemOf(
  state: Commission,
  command: { readonly session: string; readonly application: string },
): OpenItem | Refusal {
  const found = itemOf(state, command);
  if (found instanceof Refusal || !found.item.vote) return found;
  return refuse('VoteClosed', 'Le vote sur ce dossier est clos.');
}

export function itemOf(
  state: Commission,
  command: { readonly session: string; readonly application: string },
): OpenItem | Refusal {
  const session = openSessionOf(state, command);
  if (session instanceof Refusal) return session;
  const item = session.items[own(session.places, command.application) ?? -1];
  return item ? { session, item } : refuse('NotOnAgenda', "Ce dossier n'est pas à l'ordre du jour de cette séance.");
}

/** A session is planned only where the service has the rules of its regime. */
export function rulesIn({ call }: CommissionContext): CommissionRules {
  const rules = call && call.status !== 'absent' ? rulesOf(call).commission : undefined;
  if (!rules) throw new Error('A session is planned only under rules that are known.');
  return rules;
}

export const quorumNotMet = ({ present, needed, members }: Quorum, where: string, { quorum }: CommissionRules) =>
  refuse(
    'QuorumNotMet',
    `Le quorum n'est pas atteint${where} : ${present} voix ${inNumber(present, 'présente ou représentée', 'présentes ou représentées')} sur ${members}, il en faut ${needed} (${quorum.source}).`,
  );

export const notMember = () => refuse('NotMember', "Cette personne n'est pas membre de la commission.");
