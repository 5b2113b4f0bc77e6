import { frenchDeclines } from '#domain/story/french.js';
import { filePage, type Template, title } from '../../told.js';

export const assignmentDeclined: Template<'AssignmentDeclined'> = {
  kind: 'assignment-declined',
  words: (fact, told) => ({
    subject: `Évaluation déclinée — ${title(told)}`,
    lines: [
      `Un évaluateur décline un dossier de « ${title(told)} » (${frenchDeclines[fact.reason]}).`,
      'Il reste à le confier à un autre évaluateur.',
      ...filePage(told),
    ],
  }),
  example: [
    { type: 'AssignmentDeclined', call: 'exemple', person: 'exemple', application: 'exemple', reason: 'not-my-field' },
  ],
};
