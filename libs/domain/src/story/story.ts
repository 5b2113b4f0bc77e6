import type { Calendar } from '../decider.js';
import type { ApplicationEvent } from '../application/application-facts.js';
import type { AgreementEvent } from '../agreement/agreement-facts.js';
import type { AwardEvent } from '../award/award-facts.js';
import type { EnvelopeEvent } from '../award/envelope-facts.js';
import type { CallEvent } from '../call/call.js';
import type { CommissionEvent } from '../commission/commission-facts.js';
import type { ReportEvent } from '../report/report-facts.js';
import type { ReviewEvent } from '../review/review-facts.js';
import type { ReviewerEvent } from '../review/reviewer-facts.js';
import { admissibilityNarrations } from './admissibility-story.js';
import { agreementNarrations } from './agreement-story.js';
import { applicationNarrations } from './application-story.js';
import { awardNarrations, envelopeNarrations } from './award-story.js';
import { callNarrations } from './call-story.js';
import { commissionNarrations, type ResultAlone } from './commission-story.js';
import type { Narration, Narrations } from './narration.js';
import { reportNarrations } from './report-story.js';
import { reviewNarrations } from './review-story.js';

/** The facts that stories are made of. */
export type StoryFact =
  | CallEvent
  | ApplicationEvent
  | ReviewerEvent
  | ReviewEvent
  | CommissionEvent
  | EnvelopeEvent
  | AwardEvent
  | AgreementEvent
  | ReportEvent;

/** `tsc` fails while a fact has no narration. */
const narrations: Narrations<StoryFact> = {
  ...callNarrations,
  ...applicationNarrations,
  ...admissibilityNarrations,
  ...reviewNarrations,
  ...commissionNarrations,
  ...envelopeNarrations,
  ...awardNarrations,
  ...agreementNarrations,
  ...reportNarrations,
};

/** A step of the story of a call or of a file. */
export const narrate = (fact: StoryFact | ResultAlone, calendar: Calendar): Narration =>
  narrations[fact.type](fact as never, calendar);

/** What everybody may read of the story of a published call: what moved its dates or its seal. */
export const publicFacts: ReadonlySet<string> = new Set<CallEvent['type']>([
  'CallPublished',
  'RectifyingNoticePublished',
  'ScheduleShifted',
  'OutageExtensionGranted',
  'ContentsUnsealed',
  'ContentsResealed',
  'CallCancelled',
  'CallDeclaredUnsuccessful',
]);
