import { counted } from '#domain/texts.js';
import { callPage, type Template, title } from '../../told.js';
import { planned } from '../example-facts.js';
import { whenAndWhere } from '../when-and-where.js';

export const sessionConvened: Template<'SessionConvened'> = {
  kind: 'session-convened',
  words: (fact, told) => ({
    subject: `Convocation à la commission — ${title(told)}`,
    lines: [
      `La commission de « ${title(told)} » se réunit ${whenAndWhere(fact.session, told)}.`,
      `Ordre du jour : ${counted(fact.agenda.length, 'dossier')}${fact.documents.length > 0 ? `, ${counted(fact.documents.length, 'document')}` : ''}.`,
      ...(fact.noQuorumRequired ? ["Seconde réunion sur le même ordre du jour : aucun quorum n'est exigé."] : []),
      ...(fact.urgency === undefined ? [] : [`Urgence : ${fact.urgency}`]),
      'Déclarez vos intérêts avant la séance : un membre intéressé ne délibère pas.',
      ...callPage(told),
    ],
  }),
  example: [
    planned,
    {
      type: 'SessionConvened',
      session: 'exemple',
      agenda: ['exemple'],
      documents: ['exemple'],
      noQuorumRequired: false,
      convenedAt: '2026-10-20T08:00:00Z',
    },
  ],
};
