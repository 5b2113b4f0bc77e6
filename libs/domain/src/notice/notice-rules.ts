import { type NoticeKind, noticeKinds } from './notice.js';

export interface NoticeRule {
  /** It goes to everybody it concerns; the others may be refused (see `Unsubscribe`). */
  readonly compulsory: boolean;
  /** Why, in French, as people read it beside their choice. */
  readonly because: string;
  /** For this person alone: where their address refuses it, nobody else gets it in their place. */
  readonly personal?: true;
}

const compulsory = (because: string): NoticeRule => ({ compulsory: true, because });
const personal = (because: string): NoticeRule => ({ compulsory: true, because, personal: true });
const optional = (because: string): NoticeRule => ({ compulsory: false, because });

const PROOF = 'Il prouve un dépôt et sa date.';
const DATES = 'Les dates à respecter changent.';
const DECISION = 'Il notifie une décision et ouvre un délai de recours.';
const DELAY = 'Il ouvre un délai.';
const ACT = 'Un acte est attendu de votre institution.';
const SEEN = 'Ce qui est dit se lit aussi en se connectant, et rien ne court à partir de ce message.';

/** Which messages may be refused, and which are for one person alone. `tsc` fails while a kind has no line. */
export const noticeRules: Record<NoticeKind, NoticeRule> = {
  'sign-in': personal('Il permet de se connecter.'),
  receipt: compulsory(PROOF),
  'replacement-receipt': compulsory(PROOF),
  'paper-receipt': compulsory(PROOF),
  withdrawal: compulsory('Il met fin à une demande.'),
  'schedule-shifted': compulsory(DATES),
  'outage-extension': compulsory(DATES),
  'extension-granted': compulsory(DATES),
  'call-cancelled': compulsory('Il met fin à un appel.'),
  'call-unsuccessful': compulsory('Il met fin à un appel.'),
  'question-answered': optional("La réponse est publiée avec l'appel."),
  'answer-corrected': compulsory('Il corrige ce qui a été publié : un dossier a pu en dépendre.'),
  'partner-invited': compulsory(ACT),
  'shift-proposed': compulsory(ACT),
  'ending-proposed': compulsory(ACT),
  'claim-confirmed': personal('Il change ce que vous pouvez faire.'),
  'claim-rejected': personal('Il change ce que vous pouvez faire.'),
  'colleague-invited': personal('Une réponse est attendue de vous.'),
  'completion-requested': compulsory(DELAY),
  'completion-extended': compulsory(DATES),
  'completion-receipt': compulsory(PROOF),
  'refused-beforehand': compulsory(DECISION),
  'admissibility-corrected': compulsory(DECISION),
  'file-handed-over': personal('Un dossier vous est confié.'),
  'reviewer-appointed': personal('Une déclaration est attendue de vous.'),
  'review-assigned': personal('Une évaluation est attendue de vous.'),
  'assignment-declined': optional(SEEN),
  'session-convened': personal('La convocation ouvre un délai légal.'),
  'session-adjourned': personal('Une convocation tombe.'),
  'minutes-drafted': personal('Votre signature est attendue.'),
  'award-notified': compulsory(DECISION),
  'award-failed': compulsory(ACT),
  'award-declined': optional(SEEN),
  'called-up': compulsory(ACT),
  'appeal-lodged': compulsory('Le silence vaut rejet : un délai court.'),
  'appeal-answered': compulsory(DECISION),
  'agreement-drafted': compulsory('Une signature est attendue.'),
  'agreement-concluded': compulsory('Un engagement est pris.'),
  'payment-requested': optional(SEEN),
  'payment-recorded': optional(SEEN),
  'payments-suspended': compulsory('Un versement est arrêté.'),
  'payments-resumed': compulsory('Un versement reprend.'),
  'bank-account-given': optional(SEEN),
  'recovery-announced': compulsory(DELAY),
  'recovery-ordered': compulsory(DECISION),
  'recovery-dropped': compulsory(DECISION),
  'report-expected': compulsory(DELAY),
  'report-submitted': optional(SEEN),
  'report-returned': compulsory(DELAY),
  'report-accepted': compulsory('Il met fin à une obligation.'),
  'payments-asked': compulsory(ACT),
  'dates-to-confirm': compulsory(DELAY),
  'session-moved': personal('Une convocation tombe.'),
  'signature-extended': compulsory(DATES),
  'report-extended': compulsory(DATES),
  'shift-expired': compulsory(DATES),
  'outage-unratified': compulsory(ACT),
  'webhook-paused': compulsory("Les faits ne sont plus livrés à votre institution tant qu'elle ne l'a pas repris."),
  reminder: optional('Il rappelle une date que vous connaissez déjà ; la manquer a les mêmes effets sans lui.'),
};

/** Those that may be refused. */
export const optionalKinds: readonly NoticeKind[] = noticeKinds.filter((kind) => !noticeRules[kind].compulsory);
