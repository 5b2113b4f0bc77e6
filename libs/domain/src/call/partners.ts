import { absent, type Decision, Refusal, refuse } from '../decider.js';
import type { Of } from './call-commands.js';
import type { CallEvent } from './call-facts.js';
import { isLead, type KnownCall } from './call-state.js';
import { type CallContext, inPreparation } from './guards.js';

export type PartnerCommand = Of<
  'InvitePartner' | 'WithdrawPartnerInvitation' | 'AnswerPartnerInvitation' | 'OverrideSilentPartner'
>;

export function decidePartners(command: PartnerCommand, call: KnownCall, context: CallContext): Decision<CallEvent> {
  const preparing = inPreparation(call);
  if (preparing instanceof Refusal) return preparing;
  if (command.type === 'InvitePartner') {
    const { partner: institution, presence, departement } = command;
    if (context.institution?.status !== 'registered') {
      return refuse('InstitutionUnknown', `L'institution « ${institution} » n'est pas enregistrée.`);
    }
    if (isLead(preparing, institution)) {
      return refuse('PartnerIsLead', "Une autorité pilote n'est pas invitée comme partenaire.");
    }
    if (preparing.partners[institution]) return refuse('AlreadyInvited', 'Ce partenaire est déjà invité.');
    return [{ type: 'PartnerInvited', institution, presence, ...(departement && { departement }) }];
  }
  const institution = command.type === 'AnswerPartnerInvitation' ? command.institution : command.partner;
  const partner = preparing.partners[institution];
  if (!partner) return absent('PartnerUnknown', "Ce partenaire n'est pas invité à cet appel.");
  switch (command.type) {
    case 'WithdrawPartnerInvitation':
      return [{ type: 'PartnerInvitationWithdrawn', institution, reason: command.reason }];
    case 'AnswerPartnerInvitation': {
      if (partner.answer === (command.accepted ? 'accepted' : 'declined')) {
        return refuse('AlreadyAnswered', 'Votre institution a déjà donné cette réponse.');
      }
      return [{ type: 'PartnerInvitationAnswered', institution, accepted: command.accepted }];
    }
    case 'OverrideSilentPartner': {
      if (partner.answer)
        return refuse('PartnerAnswered', "Ce partenaire a répondu : il n'y a pas lieu de passer outre.");
      if (partner.presence === 'optional') {
        return refuse('PartnerOptional', "La présence de ce partenaire est facultative : son silence n'empêche rien.");
      }
      if (partner.override) return refuse('AlreadyOverridden', 'Le silence de ce partenaire est déjà passé outre.');
      return [{ type: 'SilentPartnerOverridden', institution, reason: command.reason }];
    }
  }
}
