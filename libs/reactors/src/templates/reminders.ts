import type { reminderTellings } from '../recipients-reminders.js';
import type { Templates } from '../told.js';
import { reminder } from './reminders/reminder.js';

/** Of what is due. */
export const reminderTemplates: Templates<keyof typeof reminderTellings> = { ReminderRoundOpened: reminder };
