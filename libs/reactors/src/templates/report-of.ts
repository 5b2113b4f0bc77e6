import { reportSaid } from '#domain/story/french.js';
import { expectedReport } from '../about.js';
import type { Told } from '../told.js';

export const reportOf = ({ report }: { report: string }, { history }: Told): string =>
  reportSaid(expectedReport(history, report)?.kind ?? 'activity');
