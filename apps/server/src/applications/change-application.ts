import type { ApplicationCommand, ApplicationEvent } from '#domain/application/application.js';
import { Change } from '../change.js';

export class ChangeApplication extends Change<ApplicationCommand, ApplicationEvent> {}
