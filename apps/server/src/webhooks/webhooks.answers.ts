import { paris } from '#calendar/paris.js';
import type { Attempt, WebhookCursor } from '#reactors/webhook-ledger.js';
import type { WebhookRow } from '#read-models/webhooks.js';

/** The secret is shown here and never again. */
export class WebhookMadeAnswer {
  id!: string;
  /** `whsec_` and the key in base64: what signs every message. */
  secret!: string;
}

class PausedAnswer {
  since!: string;
  /** `asked`, or `failing` where nothing was accepted for three days. */
  because!: string;
  /** The same for people. */
  said!: string;
}

class FailingAnswer {
  since!: string;
  tries!: number;
  /** When it is tried again. */
  nextAt!: string;
}

export class WebhookAnswer {
  id!: string;
  institution!: string;
  call!: string | null;
  url!: string;
  facts!: string[];
  status!: string;
  paused!: PausedAnswer | null;
  failing!: FailingAnswer | null;
  registeredAt!: string;
  /** How far it was told: good for `replay`. */
  cursor!: string;
}

export class WebhookRowAnswer {
  id!: string;
  institution!: string;
  call!: string | null;
  url!: string;
  status!: string;
  /** Why it is paused. */
  because!: string | null;
  failingSince!: string | null;
  registeredAt!: string;
}

export class WebhooksAnswer {
  items!: WebhookRowAnswer[];
  next?: string;
}

class DeliveryAnswer {
  /** Id of the fact, the same in each try: `webhook-id`. */
  event!: string;
  fact!: string;
  at!: string;
  /** Milliseconds. */
  ms!: number;
  /** Of the answer; null where none came. */
  status!: number | null;
  /** What kind of error, where no answer came. */
  error!: string | null;
  delivered!: boolean;
  /** Of the fact: a replay from here tells what came after it. */
  cursor!: string;
}

export class DeliveriesAnswer {
  items!: DeliveryAnswer[];
}

type Cursors = (position: string) => string;

/** A webhook as its administrators see it: why it is paused, since when it fails. */
export function webhookAnswer(row: WebhookRow, cursor: WebhookCursor | undefined, signed: Cursors): WebhookAnswer {
  const { id, institution, call, url, facts, status, because, failingSince, changedAt, registeredAt } = row;
  const failing = status === 'active' && cursor?.failingSince != null && cursor.nextAt !== null;
  return {
    ...{ id, institution, call, url, facts: [...facts], status, registeredAt },
    paused: because === null ? null : { since: changedAt, because, said: whyPaused(failingSince) },
    failing: failing ? { since: cursor.failingSince, tries: cursor.tries, nextAt: cursor.nextAt } : null,
    cursor: signed(cursor?.position ?? row.position),
  };
}

const whyPaused = (failingSince: string | null): string =>
  failingSince === null
    ? "En pause à la demande d'un administrateur."
    : `En pause : aucune livraison n'a été acceptée depuis le ${paris.say(failingSince)}.`;

export const deliveriesAnswer = (attempts: readonly Attempt[], signed: Cursors): DeliveriesAnswer => ({
  items: attempts.map(({ position, ...attempt }) => ({
    ...attempt,
    delivered: attempt.status !== null && attempt.status >= 200 && attempt.status < 300,
    cursor: signed(position),
  })),
});
