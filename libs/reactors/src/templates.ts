import type { FactType } from '#domain/facts.js';
import type { ToldType } from './recipients.js';
import { filingTemplates } from './templates-filing.js';
import { fundingTemplates } from './templates-funding.js';
import { reminderTemplates } from './templates-reminders.js';
import { reportTemplates } from './templates-reports.js';
import { selectionTemplates } from './templates-selection.js';
import type { Contents, Templates, Told } from './told.js';

export interface Letter {
  readonly subject: string;
  readonly text: string;
}

/** The words of a notice, in French. Nothing an applicant wrote is in them. */
export function letter(told: Told): Letter {
  const { subject, lines } = contents(told);
  const text = [
    `Bonjour ${told.name},`,
    '',
    ...lines,
    '',
    '--',
    'Convergence, message automatique : ne pas répondre.',
    '',
  ];
  return { subject, text: text.join('\n') };
}

/** `tsc` fails while a fact that somebody is told of has none. */
const templates: Templates<ToldType> = {
  ...filingTemplates,
  ...selectionTemplates,
  ...fundingTemplates,
  ...reportTemplates,
  ...reminderTemplates,
};

function contents(told: Told): Contents {
  const { fact } = told;
  const template = (templates as Partial<Templates<FactType>>)[fact.type];
  if (!template) throw new Error(`No template tells of ${fact.type}.`);
  return template(fact as never, told);
}
