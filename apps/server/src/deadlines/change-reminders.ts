import type { RemindersCommand, RemindersEvent } from '#domain/reminder/reminders.js';
import { Change } from '../change.js';

export class ChangeReminders extends Change<RemindersCommand, RemindersEvent> {}
