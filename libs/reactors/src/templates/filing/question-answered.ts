import { callPage, type Template, title } from '../../told.js';

export const questionAnswered: Template<'QuestionAnswered'> = {
  kind: 'question-answered',
  words: (fact, told) => ({
    subject: `Réponse à une question — ${title(told)}`,
    lines: [`Question : ${fact.question}`, `Réponse : ${fact.answer}`, ...callPage(told)],
  }),
  example: [
    {
      type: 'QuestionAnswered',
      call: 'exemple',
      question: 'Les crèches peuvent-elles répondre ?',
      answer: 'Oui.',
      late: false,
    },
  ],
};
