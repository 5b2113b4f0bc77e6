import { createHmac, timingSafeEqual } from 'node:crypto';
import { type NoticeKind } from '#domain/notice/notice.js';
import { optionalKinds } from '#domain/notice/notice-rules.js';

/** Lets whoever holds the message refuse those of its kind for its recipient, and do nothing else. It doesn't expire. */
export const unsubscribeToken = (secret: string, person: string, kind: NoticeKind): string =>
  `${person}.${kind}.${mac(secret, person, kind)}`;

/** Whom and which messages that token is for, if this service made it. */
export function readUnsubscribeToken(secret: string, token: string): { person: string; kind: NoticeKind } | undefined {
  const [person = '', name = '', given = '', ...rest] = token.split('.');
  const kind = optionalKinds.find((one) => one === name);
  const expected = Buffer.from(mac(secret, person, name));
  const actual = Buffer.from(given);
  if (rest.length > 0 || actual.length !== expected.length || !timingSafeEqual(actual, expected)) return undefined;
  return kind && { person, kind };
}

const mac = (secret: string, person: string, kind: string): string =>
  createHmac('sha256', secret).update(`unsubscribe\n${person}\n${kind}`).digest('base64url');
