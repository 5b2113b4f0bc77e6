import { callPage, type Template, title } from '../../told.js';

export const answerCorrected: Template<'AnswerCorrected'> = {
  kind: 'answer-corrected',
  words: (fact, told) => ({
    subject: `Réponse corrigée — ${title(told)}`,
    lines: [`Question : ${fact.question}`, `Réponse : ${fact.answer}`, ...callPage(told)],
  }),
  example: [
    {
      type: 'AnswerCorrected',
      call: 'exemple',
      question: 'Les crèches peuvent-elles répondre ?',
      answer: 'Oui, si elles sont associatives.',
      reason: 'Oubli.',
    },
  ],
};
