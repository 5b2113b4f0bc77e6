import type { ApplicationEvent } from '../application/application.js';
import type { CallEvent } from '../call/call.js';
import type { Calendar } from '../decider.js';
import type { RecordEvent } from '../facts.js';
import { narrateApplication } from './application-story.js';
import { narrateCall } from './call-story.js';
import type { Narration } from './narration.js';

const applicationFacts: ReadonlySet<string> = new Set<ApplicationEvent['type']>([
  'ApplicationStarted',
  'DraftSaved',
  'DocumentAttached',
  'DocumentRemoved',
  'ApplicationSubmitted',
  'SubmissionReplaced',
  'ApplicationWithdrawn',
  'PaperFilingRegistered',
  'FileShared',
  'FileUnshared',
  'ContentsForgotten',
]);

/** A step of the story of a call or of a file. */
export const narrate = (fact: RecordEvent, calendar: Calendar): Narration =>
  applicationFacts.has(fact.type)
    ? narrateApplication(fact as never, calendar)
    : narrateCall(fact as CallEvent, calendar);

/** Facts of a call that the story of a file tells too: they move its dates or its seal. */
export const concernsFile = (fact: RecordEvent, organisation: string): boolean =>
  publicFacts.has(fact.type) || (fact.type === 'ExtensionGranted' && fact.organisation === organisation);

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
