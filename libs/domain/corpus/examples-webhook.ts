import type { WebhookEvent } from '../src/webhook/webhook.js';
import { CALL, type Examples } from './example.js';

const webhook = 'webhook-eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee';

export const webhookExamples: Examples<WebhookEvent['type']> = {
  WebhookRegistered: [
    webhook,
    {
      institution: 'ARS-PDL',
      call: CALL,
      url: 'https://ars.example.org/convergence',
      facts: ['CallPublished', 'ScheduleShifted', 'ApplicationSubmitted'],
    },
  ],
  WebhookPaused: [webhook, { because: 'failing', failingSince: '2021-06-14T07:00:00Z' }],
  WebhookResumed: [webhook, {}],
  WebhookSecretRotated: [webhook, { generation: 2 }],
  WebhookReplayed: [webhook, { replay: 1, from: '120' }],
  WebhookDeleted: [webhook, {}],
};
