import { sayDay } from '#domain/instants.js';
import { filePage, type Template, title } from '../../told.js';

export const datesToConfirm: Template<'DatesAsked'> = {
  kind: 'dates-to-confirm',
  words: (fact, told) => ({
    subject: `Dates de votre projet à confirmer — ${title(told)}`,
    lines: [
      `Le calendrier de « ${title(told)} » a changé : le projet de ${told.organisation} ne peut plus démarrer avant le ${sayDay(fact.earliest)}.`,
      "Confirmez de nouvelles dates de début et de fin. Votre dossier reste tel que vous l'avez déposé, il ne se rouvre pas.",
      ...filePage(told),
    ],
  }),
  example: [{ type: 'DatesAsked', earliest: '2026-11-15' }],
};
