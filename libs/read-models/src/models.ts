import { agreements } from './agreements.js';
import { applications } from './applications.js';
import { awards } from './awards.js';
import { calendarDates } from './calendar-dates.js';
import { calls } from './calls.js';
import { commission } from './commission.js';
import { deadlines } from './deadlines.js';
import { examinations } from './examinations.js';
import { fileReaders } from './file-readers.js';
import { identity } from './identity.js';
import { institutions } from './institutions.js';
import { notices } from './notices.js';
import { organisations } from './organisations.js';
import { questions } from './questions.js';
import { reports } from './reports.js';
import { reviews } from './reviews.js';
import { webhooks } from './webhooks.js';
import { writings } from './writings.js';

/** Every read model of the service. */
export const models = [
  identity,
  institutions,
  organisations,
  calls,
  applications,
  commission,
  examinations,
  questions,
  notices,
  reviews,
  fileReaders,
  writings,
  reports,
  agreements,
  awards,
  deadlines,
  webhooks,
  calendarDates,
];
