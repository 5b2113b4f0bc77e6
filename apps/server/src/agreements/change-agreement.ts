import type { AgreementCommand, AgreementEvent } from '#domain/agreement/agreement-facts.js';
import { Change } from '../change.js';

export class ChangeAgreement extends Change<AgreementCommand, AgreementEvent> {}
