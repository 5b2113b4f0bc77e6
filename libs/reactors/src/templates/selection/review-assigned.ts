import { filePage, type Template, title } from '../../told.js';

export const reviewAssigned: Template<'ReviewAssigned'> = {
  kind: 'review-assigned',
  words: (_, told) => ({
    subject: `Dossier à évaluer — ${title(told)}`,
    lines: [
      `Un dossier de « ${title(told)} » vous est confié.`,
      "Si vous avez un conflit d'intérêts, déclarez-le sans ouvrir le dossier ; vous pouvez aussi décliner.",
      ...filePage(told),
    ],
  }),
  example: [{ type: 'ReviewAssigned', call: 'exemple', person: 'exemple', application: 'exemple' }],
};
