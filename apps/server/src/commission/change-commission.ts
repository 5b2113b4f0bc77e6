import type { CommissionCommand, CommissionEvent } from '#domain/commission/commission.js';
import { Change } from '../change.js';

export class ChangeCommission extends Change<CommissionCommand, CommissionEvent> {}
