import { createHash, createHmac } from 'node:crypto';

/**
 * JSON with its keys in order and nothing undefined: the same contents have the same text whoever wrote them, so
 * that anybody who has them can compute the hash on a receipt.
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = value as Record<string, unknown>;
  let text = '';
  for (const key of Object.keys(fields).sort()) {
    if (fields[key] === undefined) continue;
    text += `${text ? ',' : ''}${JSON.stringify(key)}:${canonical(fields[key])}`;
  }
  return `{${text}}`;
}

/** SHA-256 in hexadecimal. */
export const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** HMAC-SHA-256 in hexadecimal: nobody without the secret can try guesses against it. */
export const keyedDigest = (secret: string, text: string): string => createHmac('sha256', secret).update(text).digest('hex');
