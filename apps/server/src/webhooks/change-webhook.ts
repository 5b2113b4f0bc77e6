import type { WebhookCommand, WebhookEvent } from '#domain/webhook/webhook.js';
import { Change } from '../change.js';

export class ChangeWebhook extends Change<WebhookCommand, WebhookEvent> {}
