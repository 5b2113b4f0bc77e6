/** What reviews, the commission and awards ask of a file. */
import { absent, type Refusal } from '../decider.js';
import type { Cents } from '../money.js';
import { standing } from './examination.js';
import type { Application, KnownApplication } from './application-facts.js';

export const fileUnknown = (): Refusal => absent('ApplicationUnknown', "Ce dossier n'existe pas.");

export const isOfCall = (call: string, file: Application | undefined): file is KnownApplication =>
  file !== undefined && file.status !== 'absent' && file.call === call;

/** A file of this call that was filed: drafts are their applicant's alone. */
export const filedIn = (call: string, file: Application | undefined): file is KnownApplication =>
  isOfCall(call, file) && file.status !== 'draft';

/** May it be judged? Filed, not withdrawn, and declared admissible. */
export const isAdmissible = ({ status, admissibility }: KnownApplication): boolean =>
  status === 'submitted' && admissibility?.verdict === 'admissible';

/** What the submission that stands asks for; a filing on paper says no amount. */
export const requestedOf = (file: KnownApplication): Cents | undefined => standing(file)?.totals.requestedCents;
