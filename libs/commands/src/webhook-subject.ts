import { absent } from '#domain/decider.js';
import {
  webhook as decider,
  type Webhook,
  type WebhookCommand,
  type WebhookContext,
  type WebhookEvent,
} from '#domain/webhook/webhook.js';
import { sourceOf, type Subject } from './subject.js';
import { call, institution } from './subjects.js';

/** Whose it is, or would be. */
const ownerOf = (command: { type: string }, state: Webhook): readonly string[] => {
  if ('institution' in state) return [state.institution];
  return 'institution' in command ? [command.institution as string] : [];
};

export const webhook: Subject<WebhookCommand, Webhook, WebhookEvent, WebhookContext> = {
  category: 'webhook',
  decider,
  needs: ({ command }) =>
    command.type === 'RegisterWebhook'
      ? {
          owner: sourceOf(institution, command.institution),
          ...(command.call !== undefined && { about: sourceOf(call, command.call) }),
        }
      : {},
  reach: ({ command, state }) => ({ institutions: ownerOf(command, state) }),
  visible: ({ state }, { grants }) =>
    'institution' in state &&
    grants.some(({ scope }) => scope.kind === 'institution' && scope.id === state.institution),
  unknown: () => absent('WebhookUnknown', "Ce webhook n'existe pas."),
};
