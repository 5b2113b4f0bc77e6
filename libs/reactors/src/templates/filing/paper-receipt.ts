import { counted } from '#domain/texts.js';
import { type Template, title } from '../../told.js';

export const paperReceipt: Template<'PaperFilingRegistered'> = {
  kind: 'paper-receipt',
  words: (fact, told) => {
    const { organisation, calendar, url } = told;
    return {
      subject: `Pli enregistré ${fact.receipt} — ${title(told)}`,
      lines: [
        `Le pli de ${organisation} pour « ${title(told)} » est arrivé le ${calendar.say(fact.arrivedAt)} (${counted(fact.pieces, 'pièce')}).`,
        `Numéro d'accusé de réception : ${fact.receipt}`,
        ...(fact.late ? ['Il est arrivé après la date limite.'] : []),
        { label: 'Vérification', url: `${url}/api/receipts/${fact.receipt}` },
      ],
    };
  },
  example: [
    {
      type: 'PaperFilingRegistered',
      arrivedAt: '2026-09-15T14:00:01Z',
      medium: 'paper',
      reference: 'REG-42',
      pieces: 3,
      receipt: 'AP-0000-0000-0000-0001',
      late: true,
    },
  ],
};
