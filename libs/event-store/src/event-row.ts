import { createHash } from 'node:crypto';

/** id, type, schema, data, metadata: the texts as they are stored. */
export type EventRow = readonly [string, string, number, string, string];

/** SHA-256 over the stored texts, each with its length: what was written can be shown to be what is read. */
export const hashOf = (event: EventRow): Buffer => {
  const hash = createHash('sha256');
  for (const part of event) {
    const text = String(part);
    hash.update(`${text.length}:`).update(text);
  }
  return hash.digest();
};
