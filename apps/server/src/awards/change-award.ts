import type { AwardCommand, AwardEvent } from '#domain/award/award-facts.js';
import { Change } from '../change.js';

export class ChangeAward extends Change<AwardCommand, AwardEvent> {}
