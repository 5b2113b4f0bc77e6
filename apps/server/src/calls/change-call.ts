import type { CallCommand, CallEvent } from '#domain/call/call.js';
import { Change } from '../change.js';

export class ChangeCall extends Change<CallCommand, CallEvent> {}
