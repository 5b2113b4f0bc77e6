/** What everybody may know of a published call. */
export const publicToldFacts = [
  'CallPublished',
  'RectifyingNoticePublished',
  'ScheduleShifted',
  'OutageExtensionGranted',
  'ContentsUnsealed',
  'ContentsResealed',
  'CallCancelled',
  'CallDeclaredUnsuccessful',
] as const;

/** What the leads of a call are told besides, of its files: that it happened, and to which; never what was written. */
export const leadToldFacts = [
  'ApplicationSubmitted',
  'SubmissionReplaced',
  'ApplicationWithdrawn',
  'AwardNotified',
  'AgreementConcluded',
  'ReportAccepted',
] as const;

/** Of a file that is sealed these are told without its id, its applicant or its receipt. */
export const sealedToldFacts: ReadonlySet<string> = new Set<ToldFact>([
  'ApplicationSubmitted',
  'SubmissionReplaced',
  'ApplicationWithdrawn',
]);

/** The facts that may leave the service through a webhook: what isn't named here never does. */
export const toldFacts = [...publicToldFacts, ...leadToldFacts] as const;
export type ToldFact = (typeof toldFacts)[number];
