import type { FactType } from '#domain/facts.js';
import { holdersOf } from '#read-models/identity.js';
import { lastOf } from './about.js';
import type { Tellings } from './telling.js';

/** Who may resume it: the administrators of its institution. Whoever paused it themselves knows. */
export const webhookTellings = {
  WebhookPaused: ({ because }, { views, history }) => {
    const registered = because === 'failing' ? lastOf(history, 'WebhookRegistered') : undefined;
    return {
      kind: 'webhook-paused',
      to: registered ? holdersOf(views, 'institution', registered.institution, ['administrator']) : [],
    };
  },
} satisfies Partial<Tellings<FactType>>;
