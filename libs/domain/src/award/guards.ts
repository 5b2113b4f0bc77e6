import type { KnownApplication } from '../application/application-facts.js';
import { fileUnknown, isAdmissible } from '../application/filed.js';
import type { InstitutionCode } from '../call/call-contents.js';
import { published } from '../call/guards.js';
import type { Published } from '../call/call-state.js';
import { Refusal, refuse } from '../decider.js';
import type { AwardContext, KnownAward } from './award-facts.js';

export interface File {
  readonly call: Published;
  readonly application: KnownApplication;
}

/** A file that counts, in a call whose contents are open: what decisions are taken on. */
export function decidableFile({ call, application }: AwardContext): File | Refusal {
  if (!call || call.status === 'absent' || !application || application.status === 'absent') return fileUnknown();
  const open = published(call);
  if (open instanceof Refusal) return open;
  if (!open.unsealed) {
    return refuse('ContentsSealed', 'Les dossiers sont encore scellés : aucune décision ne peut être prise.');
  }
  if (application.status !== 'submitted') {
    return refuse('NotSubmitted', "Ce dossier n'est pas déposé, ou il a été retiré.");
  }
  if (!isAdmissible(application)) {
    return refuse(
      'NotAdmissible',
      "Ce dossier n'a pas été déclaré recevable : il ne peut faire l'objet d'une décision.",
    );
  }
  return { call: open, application };
}

/** Leads with money in the call; where it has none, all of them. */
export function funders({ heading, envelopes }: Published): readonly InstitutionCode[] {
  const funding = heading.leads.filter((lead) => envelopes?.lines.some(({ funder }) => funder === lead));
  return funding.length > 0 ? funding : heading.leads;
}

export const underway = () =>
  refuse('AwardUnderway', 'Les crédits de ce dossier sont en cours de réservation : réessayez dans un instant.');

export const notNotified = () => refuse('NotNotified', 'Aucune décision ne vous a encore été notifiée sur ce dossier.');

/** What the applicant may act on: before the notification they aren't told that anything was decided. */
export const toldToApplicant = (state: KnownAward): (KnownAward & Required<Pick<KnownAward, 'notified'>>) | Refusal =>
  state.notified ? { ...state, notified: state.notified } : notNotified();
