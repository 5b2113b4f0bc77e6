import type { reportTellings } from '../recipients-funding.js';
import type { Templates } from '../told.js';
import { reportAccepted } from './reports/report-accepted.js';
import { reportExpected } from './reports/report-expected.js';
import { reportReturned } from './reports/report-returned.js';
import { reportSubmitted } from './reports/report-submitted.js';
import { reportExtended } from './reports/report-extended.js';

/** Of what a beneficiary reports. */
export const reportTemplates: Templates<keyof typeof reportTellings> = {
  ReportExpected: reportExpected,
  ReportExtended: reportExtended,
  ReportSubmitted: reportSubmitted,
  ReportReturned: reportReturned,
  ReportAccepted: reportAccepted,
};
