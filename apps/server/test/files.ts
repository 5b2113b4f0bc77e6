import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decoded } from '#client/mail.js';

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Undefined where the file has gone since it was listed. */
function bytesOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Which of these words are in which files of a folder: in their bytes, in JSON's escapes, in names, in messages. */
export function found(folder: string, words: readonly string[]): string[] {
  return filesOf(folder).flatMap((path) => {
    const bytes = bytesOf(path);
    if (!bytes) return [];
    const message = path.includes('.eml') ? decoded(bytes.toString('utf8')) : '';
    return words
      .filter((word) => {
        const forms = [word, word.toLowerCase(), JSON.stringify(word).slice(1, -1), encodeURIComponent(word)];
        return forms.some((form) => bytes.includes(form) || message.includes(form) || path.includes(form));
      })
      .map((word) => `${path}: ${word}`);
  });
}
