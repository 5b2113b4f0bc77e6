import type { ReportEvent } from '../src/report/report-facts.js';
import type { Examples } from './example.js';

export const reportExamples = {} as Examples<ReportEvent['type'] | 'ReportWritten'>;
