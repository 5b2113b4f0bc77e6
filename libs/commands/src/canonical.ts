import { createHmac, hash } from 'node:crypto';

/**
 * JSON with its keys in order and nothing undefined: the same contents have the same text whoever wrote them, so
 * that anybody who has them can compute the hash on a receipt.
 */
export function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(',')}]`;
  const fields = value as Record<string, unknown>;
  let text = '';
  for (const key of Object.keys(fields).sort()) {
    const field = fields[key];
    if (field !== undefined) text += `${text ? ',' : ''}${quoted(key)}:${canonical(field)}`;
  }
  return `{${text}}`;
}

/** Names of fields are few and come again. */
const quotedNames = new Map<string, string>();
function quoted(name: string): string {
  const known = quotedNames.get(name);
  if (known !== undefined) return known;
  const text = JSON.stringify(name);
  if (quotedNames.size < 1000) quotedNames.set(name, text);
  return text;
}

/** SHA-256 in hexadecimal. */
export const digest = (text: string): string => hash('sha256', text);

/** HMAC-SHA-256 in hexadecimal: nobody without the secret can try guesses against it. */
export const keyedDigest = (secret: string, text: string): string =>
  createHmac('sha256', secret).update(text).digest('hex');
