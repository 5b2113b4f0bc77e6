import { counted } from '#domain/texts.js';
import { callPage, type Template, title } from '../../told.js';
import { planned } from '../example-facts.js';
import { whenAndWhere } from '../when-and-where.js';

export const sessionAdjourned: Template<'SessionAdjourned'> = {
  kind: 'session-adjourned',
  words: (fact, told) => ({
    subject: `Séance ajournée — ${title(told)}`,
    lines: [
      `La séance de la commission de « ${title(told)} » (${whenAndWhere(fact.session, told)}) est ajournée faute de quorum : ${counted(fact.quorum.present, 'membre')} sur ${fact.quorum.members}, il en faut ${fact.quorum.needed}.`,
      'Une nouvelle convocation suivra, avec le même ordre du jour.',
      ...callPage(told),
    ],
  }),
  example: [
    planned,
    {
      type: 'SessionAdjourned',
      session: 'exemple',
      because: 'quorum',
      quorum: { members: 12, present: 5, needed: 6, required: true },
    },
  ],
};
