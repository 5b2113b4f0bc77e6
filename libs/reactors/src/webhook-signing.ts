import { createHmac } from 'node:crypto';
import type { Instant } from '#domain/decider.js';
import { later } from '#domain/instants.js';

/** For how long after a rotation messages bear the signature of the old secret too. */
const OVERLAP_MS = 24 * 3_600_000;

/** The signing secret of one generation of a webhook, as its owner gets it: derived, and kept nowhere. */
export const webhookSecret = (serviceSecret: string, webhook: string, generation: number): string =>
  `whsec_${createHmac('sha256', serviceSecret).update(`webhook\n${webhook}\n${generation}`).digest('base64')}`;

interface Signed {
  readonly id: string;
  readonly at: Instant;
  readonly body: string;
}

/** The three headers of Standard Webhooks 1.0: HMAC-SHA-256 over `id.timestamp.body`, one signature for each secret. */
export function signatureHeaders({ id, at, body }: Signed, secrets: readonly string[]): Record<string, string> {
  const timestamp = String(Math.floor(Date.parse(at) / 1000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}

/** The secret in force, and the one before it for a day after a rotation. */
export function secretsOf(
  serviceSecret: string,
  {
    id,
    generation,
    rotatedAt,
  }: { readonly id: string; readonly generation: number; readonly rotatedAt: Instant | null },
  now: Instant,
): string[] {
  const overlapping = rotatedAt !== null && now < later(rotatedAt, OVERLAP_MS);
  return [generation, ...(overlapping ? [generation - 1] : [])].map((each) => webhookSecret(serviceSecret, id, each));
}
