import { frenchLines } from '#domain/story/french.js';
import { filePage, type Template, title } from '../../told.js';

export const awardDeclined: Template<'AwardDeclined'> = {
  kind: 'award-declined',
  words: (fact, told) => ({
    subject: `Décision déclinée — ${title(told)}`,
    lines: [
      `${told.organisation} décline la décision sur son dossier pour « ${title(told)} ».`,
      ...(fact.lines.length > 0 ? [`Crédits rendus : ${frenchLines(fact.lines)}`] : []),
      ...filePage(told),
    ],
  }),
  example: [
    {
      type: 'AwardDeclined',
      call: 'exemple',
      reason: 'Le projet change.',
      lines: [{ line: 1, amountCents: 2_000_000 }],
      attempt: 1,
    },
  ],
};
