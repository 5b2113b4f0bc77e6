import { callPage, type Template, title } from '../../told.js';

export const partnerInvited: Template<'PartnerInvited'> = {
  kind: 'partner-invited',
  words: (fact, told) => ({
    subject: `Invitation à la phase préparatoire — ${title(told)}`,
    lines: [
      `Votre institution est invitée à préparer « ${title(told)} » (présence ${fact.presence === 'expected' ? 'attendue' : 'facultative'}).`,
      'Merci de répondre à cette invitation.',
      ...callPage(told),
    ],
  }),
  example: [{ type: 'PartnerInvited', institution: 'CAF-44', presence: 'expected' }],
};
