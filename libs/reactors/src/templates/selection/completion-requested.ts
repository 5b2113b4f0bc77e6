import { type CompletionRequest, frenchFields } from '#domain/application/admissibility-facts.js';
import { type Block, filePage, type Template, title, type Told } from '../../told.js';

export const completionRequested: Template<'CompletionRequested'> = {
  kind: 'completion-requested',
  words: (fact, told) => ({
    subject: `Compléments demandés — ${title(told)}`,
    lines: [
      `Le dossier de ${told.organisation} pour « ${title(told)} » est incomplet. À fournir avant le ${told.calendar.say(fact.dueAt)} :`,
      asked(fact, told),
      `Motif : ${fact.reason}`,
      "Seuls ces éléments sont rouverts. Le temps de votre réponse ne compte pas dans le délai d'instruction.",
      ...filePage(told),
    ],
  }),
  example: [
    {
      type: 'CompletionRequested',
      institution: 'ARS-PDL',
      request: 1,
      fields: ['budget', 'attestations'],
      documents: ['statuts'],
      reason: 'Le budget ne dit pas les bénévoles.',
      dueAt: '2026-10-10T14:00:00Z',
      requestedAt: '2026-10-01T08:00:00Z',
    },
  ],
};

function asked({ fields, documents }: Pick<CompletionRequest, 'fields' | 'documents'>, { call }: Told): Block {
  const labelOf = (code: string): string => call?.documents.find((one) => one.code === code)?.label ?? code;
  return {
    list: [...fields.map((field) => frenchFields[field]), ...documents.map((code) => `pièce « ${labelOf(code)} »`)],
  };
}
