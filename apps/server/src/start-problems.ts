import { DocumentsUnavailable } from '#documents/documents.js';
import { NewerLog, StoreUnavailable } from '#event-store/event-store.js';
import { WrongConfiguration } from './configuration.js';

/** Why a program can't start, in words for whoever started it; the stack where it is a fault of ours. */
export function sentenceOf(error: unknown): string {
  if (error instanceof WrongConfiguration || error instanceof NewerLog || error instanceof StoreUnavailable)
    return error.message;
  if (error instanceof DocumentsUnavailable)
    return `Le stockage des pièces n'est pas disponible : recommencez plus tard. (${error.message})`;
  const { code = '', path, message } = error as NodeJS.ErrnoException;
  const unopened = cannotOpen.exec(message)?.[1];
  if (unopened !== undefined) return `${denied} (${unopened})`;
  const known = Object.keys(sentences).find((prefix) => code.startsWith(prefix));
  if (known) return `${sentences[known]}${path ? ` (${path})` : ''}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

const denied =
  "Le dossier des données n'est pas accessible en écriture : vérifiez DATA_DIR, ses droits et son propriétaire.";
const full = 'Le disque est plein : libérez de la place, puis recommencez.';

/** libsql has no code for it. */
const cannotOpen = /Unable to open connection to local database (.+): \d+/;

/** By the beginning of the code of the operating system or of SQLite. */
const sentences: Readonly<Record<string, string>> = {
  EADDRINUSE: 'Le port demandé est déjà pris : choisissez-en un autre (PORT=3001 npm start).',
  EADDRNOTAVAIL: "L'adresse demandée (HOST) n'est pas celle de cette machine.",
  EACCES: denied,
  EPERM: denied,
  EROFS: denied,
  ENOTDIR: denied,
  EEXIST: denied,
  SQLITE_CANTOPEN: denied,
  SQLITE_READONLY: denied,
  ENOSPC: full,
  SQLITE_FULL: full,
  SQLITE_BUSY: 'Le journal est verrouillé par un autre programme : fermez-le, puis recommencez.',
  SQLITE_NOTADB: "Le fichier log.db n'est pas un journal de Convergence : vérifiez DATA_DIR, ou restaurez une copie.",
  SQLITE_CORRUPT: 'Le journal est abîmé : restaurez une copie (npm run backup en fait).',
};
