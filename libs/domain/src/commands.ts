import type { AccountCommand } from './account/account.js';
import type { AgreementCommand } from './agreement/agreement-facts.js';
import type { ApplicationCommand } from './application/application.js';
import type { AwardCommand } from './award/award-facts.js';
import type { EnvelopeCommand } from './award/envelope-facts.js';
import type { CallCommand } from './call/call.js';
import type { CommissionCommand } from './commission/commission-facts.js';
import type { InstitutionCommand } from './institution/institution.js';
import type { NoticeCommand } from './notice/notice.js';
import type { OrganisationCommand } from './organisation/organisation.js';
import type { QuestionCommand } from './question/question.js';
import type { ReadingCommand } from './reading/reading.js';
import type { RemindersCommand } from './reminder/reminders.js';
import type { RoundCommand } from './reminder/round.js';
import type { ReportCommand } from './report/report-facts.js';
import type { ReviewCommand } from './review/review-facts.js';
import type { ReviewerCommand } from './review/reviewer-facts.js';
import type { WebhookCommand } from './webhook/webhook.js';

/** Everything that can be asked of a decider. */
export type AnyCommand =
  | CallCommand
  | ApplicationCommand
  | QuestionCommand
  | OrganisationCommand
  | InstitutionCommand
  | AccountCommand
  | NoticeCommand
  | RemindersCommand
  | RoundCommand
  | ReadingCommand
  | ReviewerCommand
  | ReviewCommand
  | CommissionCommand
  | EnvelopeCommand
  | AwardCommand
  | AgreementCommand
  | ReportCommand
  | WebhookCommand;
export type CommandType = AnyCommand['type'];
