import type { AccountCommand, AccountEvent } from '#domain/account/account.js';
import { Change } from '../change.js';

export class ChangeAccount extends Change<AccountCommand, AccountEvent> {}
