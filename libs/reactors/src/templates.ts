import type { Fact, FactType } from '#domain/facts.js';
import type { NoticeKind } from '#domain/notice/notice.js';
import type { ToldType } from './recipients.js';
import { filingTemplates } from './templates/filing.js';
import { fundingTemplates } from './templates/funding.js';
import { reminderTemplates } from './templates/reminders.js';
import { reportTemplates } from './templates/reports.js';
import { selectionTemplates } from './templates/selection.js';
import { webhookTemplates } from './templates/webhooks.js';
import type { Contents, Templates, Told } from './told.js';

/** `tsc` fails while a fact that somebody is told of has none. */
export const templates: Templates<ToldType> = {
  ...filingTemplates,
  ...selectionTemplates,
  ...fundingTemplates,
  ...reportTemplates,
  ...reminderTemplates,
  ...webhookTemplates,
};

/** The words of a notice, in French. Nothing an applicant wrote is in them. */
export function contents(told: Told): Contents {
  const { fact } = told;
  const template = (templates as Partial<Templates<FactType>>)[fact.type];
  if (!template) throw new Error(`No template tells of ${fact.type}.`);
  return template.words(fact as never, told);
}

/** What a preview of that kind tells of; undefined where no fact is told so. */
export function exampleOf(kind: NoticeKind): { fact: Fact; history: readonly Fact[] } | undefined {
  const template = Object.values(templates).find((one) => one.kind === kind);
  const history: readonly Fact[] | undefined = template?.example;
  const fact = history?.at(-1);
  return history && fact && { fact, history };
}
