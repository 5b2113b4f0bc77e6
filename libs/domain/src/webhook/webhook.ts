import type { Call } from '../call/call-state.js';
import { absent, type Decider, type Decision, type Instant, refuse, type Stamped, unreachable } from '../decider.js';
import type { Institution } from '../institution/institution.js';
import { type AddressFault, faultOfUrl } from './address.js';
import type { ToldFact } from './told-facts.js';

/** Where an institution is told of facts. The secret that signs is derived from id and generation: no fact holds it. */
export interface Registration {
  readonly institution: string;
  /** One call alone; all that it may be told of, where it is left out. */
  readonly call?: string;
  readonly url: string;
  /** Which of the facts that may be told. */
  readonly facts: readonly ToldFact[];
}

export type WebhookEvent =
  | ({ type: 'WebhookRegistered' } & Registration)
  /** `failing`: nothing was accepted since then, for as long as the service keeps trying. */
  | { type: 'WebhookPaused'; because: 'asked' | 'failing'; failingSince?: Instant }
  | { type: 'WebhookResumed' }
  | { type: 'WebhookSecretRotated'; generation: number }
  /** Told again what comes after that position of the log. */
  | { type: 'WebhookReplayed'; replay: number; from: string }
  | { type: 'WebhookDeleted' };

export type WebhookCommand =
  | ({ type: 'RegisterWebhook'; loopback: boolean } & Registration)
  | { type: 'PauseWebhook' }
  | { type: 'GiveUpWebhook'; failingSince: Instant }
  | { type: 'ResumeWebhook' }
  | { type: 'RotateWebhookSecret' }
  | { type: 'ReplayWebhook'; from: string }
  | { type: 'DeleteWebhook' };

export type Webhook =
  | { readonly status: 'absent' }
  | { readonly status: 'deleted' }
  | {
      readonly status: 'active' | 'paused';
      readonly institution: string;
      readonly generation: number;
      readonly replays: number;
    };

/** The institution that registers, and the call it names. */
export interface WebhookContext {
  readonly owner?: Institution;
  readonly about?: Call;
}

const frenchFaults: Record<AddressFault, string> = {
  form: "Cette adresse n'est pas une URL.",
  scheme: "L'adresse doit commencer par https://.",
  more: "L'adresse ne peut porter ni identifiant, ni paramètre, ni ancre : la signature suffit à reconnaître le service.",
  port: "L'adresse ne peut désigner que le port 443 ou 8443.",
  private: "L'adresse désigne une machine locale ou un réseau privé.",
};

export const webhook: Decider<WebhookCommand, Webhook, WebhookEvent, WebhookContext> = {
  initial: { status: 'absent' },
  decide,
  evolve,
};

function decide(
  command: Stamped<WebhookCommand>,
  state: Webhook,
  { owner, about }: WebhookContext,
): Decision<WebhookEvent> {
  if (command.type === 'RegisterWebhook') {
    const { institution, call, url, facts, loopback } = command;
    if (state.status !== 'absent') return refuse('WebhookExists', 'Ce webhook existe déjà.');
    if (!owner || owner.status === 'absent') return absent('InstitutionUnknown', "Cette institution n'existe pas.");
    if (call !== undefined && (!about || about.status === 'absent' || !about.heading.leads.includes(institution))) {
      return absent('CallUnknown', "Cet appel n'existe pas, ou cette institution ne le pilote pas.");
    }
    const fault = faultOfUrl(url, loopback);
    if (fault) return refuse('AddressNotAllowed', frenchFaults[fault]);
    return [{ type: 'WebhookRegistered', institution, ...(call !== undefined && { call }), url, facts }];
  }
  if (state.status === 'absent' || state.status === 'deleted') {
    return absent('WebhookUnknown', "Ce webhook n'existe pas.");
  }
  switch (command.type) {
    case 'PauseWebhook':
      if (state.status === 'paused') return refuse('WebhookPaused', 'Ce webhook est déjà en pause.');
      return [{ type: 'WebhookPaused', because: 'asked' }];
    case 'GiveUpWebhook':
      if (state.status === 'paused') return [];
      return [{ type: 'WebhookPaused', because: 'failing', failingSince: command.failingSince }];
    case 'ResumeWebhook':
      if (state.status === 'active') return refuse('WebhookActive', "Ce webhook n'est pas en pause.");
      return [{ type: 'WebhookResumed' }];
    case 'RotateWebhookSecret':
      return [{ type: 'WebhookSecretRotated', generation: state.generation + 1 }];
    case 'ReplayWebhook':
      if (state.status === 'paused') {
        return refuse('WebhookPaused', 'Ce webhook est en pause : reprenez-le avant de rejouer ses livraisons.');
      }
      return [{ type: 'WebhookReplayed', replay: state.replays + 1, from: command.from }];
    case 'DeleteWebhook':
      return [{ type: 'WebhookDeleted' }];
    default:
      return unreachable(command);
  }
}

function evolve(state: Webhook, event: WebhookEvent): Webhook {
  if (event.type === 'WebhookRegistered') {
    return { status: 'active', institution: event.institution, generation: 1, replays: 0 };
  }
  if (state.status === 'absent' || state.status === 'deleted') return state;
  switch (event.type) {
    case 'WebhookPaused':
      return { ...state, status: 'paused' };
    case 'WebhookResumed':
      return { ...state, status: 'active' };
    case 'WebhookSecretRotated':
      return { ...state, generation: event.generation };
    case 'WebhookReplayed':
      return { ...state, replays: event.replay };
    case 'WebhookDeleted':
      return { status: 'deleted' };
    default:
      return unreachable(event);
  }
}
