import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Configuration, WrongConfiguration } from './configuration.js';

/** Marks a folder whose clock may be set. */
export const MARK = 'DEMONSTRATION';

export interface DataFolder {
  readonly path: string;
  /** Keys position tokens, sign-in codes and the hashes of short personal texts. */
  readonly secret: string;
  readonly demonstration: boolean;
}

/** Readable by the service's own user only; its secret is made with it, where none is given. */
export function openDataFolder({
  dataDir: path,
  demonstration,
  secretKey,
}: Pick<Configuration, 'dataDir' | 'demonstration' | 'secretKey'>): DataFolder {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const mark = join(path, MARK);
  if (demonstration && !existsSync(mark)) {
    if (readdirSync(path).length > 0) {
      throw new WrongConfiguration(`DEMONSTRATION demande un dossier vide : ${path} contient déjà des données.`);
    }
    writeFileSync(mark, 'Démonstration : les dates de ce journal sont fictives.\n');
  }
  return { path, secret: secretKey ?? secretOf(join(path, 'secret.key')), demonstration: existsSync(mark) };
}

/** For programs that work on what is there. @throws WrongConfiguration */
export function requireLog(path: string): void {
  if (existsSync(join(path, 'log.db'))) return;
  throw new WrongConfiguration(
    `Le dossier ${path} ne contient pas de journal : indiquez celui du service par DATA_DIR.`,
  );
}

function secretOf(path: string): string {
  try {
    writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx', flush: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(path, 'utf8').trim();
}
