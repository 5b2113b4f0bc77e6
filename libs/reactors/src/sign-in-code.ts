import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The code mailed with an invitation to sign in. It follows from the invitation and the secret of the service, so
 * that no fact has to hold it and a message that is written again says the same.
 */
export const signInCode = (secret: string, person: string, invitation: string): string =>
  `${person}.${invitation}.${mac(secret, person, invitation)}`;

/** Whose invitation that code belongs to, if this service made it. */
export function readSignInCode(secret: string, code: string): { person: string; invitation: string } | undefined {
  const [person = '', invitation = '', given = '', ...rest] = code.split('.');
  const expected = Buffer.from(mac(secret, person, invitation));
  const actual = Buffer.from(given);
  if (rest.length > 0 || actual.length !== expected.length || !timingSafeEqual(actual, expected)) return undefined;
  return { person, invitation };
}

const mac = (secret: string, person: string, invitation: string): string =>
  createHmac('sha256', secret).update(`sign-in\n${person}\n${invitation}`).digest('base64url');
