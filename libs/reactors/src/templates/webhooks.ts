import type { webhookTellings } from '../recipients-webhooks.js';
import type { Templates } from '../told.js';
import { webhookPaused } from './webhooks/webhook-paused.js';

/** Of what institutions are told of by machine. */
export const webhookTemplates: Templates<keyof typeof webhookTellings> = { WebhookPaused: webhookPaused };
