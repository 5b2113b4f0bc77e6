import { createHmac, randomBytes } from 'node:crypto';
import type { NewToken, TokenScope } from '#domain/account/account.js';
import { digest } from '#commands/canonical.js';
import { newId, type Request } from '../http/by.js';

/** A token and its secret. With an idempotency key both follow from it, so that a repeat gives the same. */
export function newToken(
  by: Request,
  serviceSecret: string,
  wanted: { label: string; scopes: readonly TokenScope[]; days: number },
): NewToken & { secret: string } {
  const bytes =
    by.key === undefined
      ? randomBytes(32)
      : createHmac('sha256', serviceSecret).update(`token\n${by.person}\n${by.key}`).digest();
  const secret = `cv_${bytes.toString('base64url')}`;
  return { token: newId(by, 'token'), hash: digest(secret), secret, ...wanted };
}
