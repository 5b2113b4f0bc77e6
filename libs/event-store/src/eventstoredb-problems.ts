import {
  AccessDeniedError,
  convertToCommandError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
} from '@eventstore/db-client';
import { IdReused, NewerLog, StoreUnavailable, StreamDeleted, TooLarge, VersionConflict } from './event-store.js';

/** What the server said of a call that failed: its words never hold credentials, and are not passed on either. */
export type Failure =
  | { readonly kind: 'deleted' }
  /** Said before anything was written. */
  | { readonly kind: 'refused'; readonly error: Error }
  /** Nobody knows whether it was done. */
  | { readonly kind: 'unclear'; readonly error: StoreUnavailable };

const busy = (message: string): Failure => ({ kind: 'unclear', error: new StoreUnavailable('busy', message) });
const away = (message: string): Failure => ({ kind: 'unclear', error: new StoreUnavailable('failed', message) });

const CANCELLED = 1;
const DEADLINE_EXCEEDED = 4;
const PERMISSION_DENIED = 7;
const RESOURCE_EXHAUSTED = 8;
const ABORTED = 10;
const UNAVAILABLE = 14;
const UNAUTHENTICATED = 16;

/** Not the server's. */
const ours = [TypeError, TooLarge, RangeError, SyntaxError, NewerLog, VersionConflict, IdReused, StreamDeleted];

const codeOf = (error: unknown): unknown => (error as { code?: unknown }).code;

/** A call that has waited long enough, as gRPC says it. */
export const late = (): Error =>
  Object.assign(new Error('No answer in time.'), { code: DEADLINE_EXCEEDED, details: '' });

/** The error for which the client of EventStoreDB gives up its channel; undefined where the channel may be kept. */
export function closesChannel(error: Error): Error | undefined {
  if (codeOf(error) === UNAVAILABLE) return error;
  if (codeOf(error) !== DEADLINE_EXCEEDED) return undefined;
  return Object.assign(new Error(error.message), { code: UNAVAILABLE, details: '' });
}

/** It reads metadata that an answer may lack. */
function commandError(thrown: unknown): Error & { code?: unknown } {
  try {
    return convertToCommandError(thrown as Error);
  } catch {
    return Object.assign(new Error('Unreadable'), { code: codeOf(thrown) });
  }
}

export function failureOf(thrown: unknown): Failure {
  const error = commandError(thrown);
  const code = codeOf(thrown) ?? error.code;
  if (error instanceof StoreUnavailable) return { kind: 'unclear', error };
  if (ours.some((kind) => error instanceof kind)) return { kind: 'refused', error };
  if (error instanceof StreamDeletedError) return { kind: 'deleted' };
  if (error instanceof AccessDeniedError || code === UNAUTHENTICATED || code === PERMISSION_DENIED) {
    const message = 'EventStoreDB refuse les identifiants de EVENT_STORE_URL : vérifiez-les, et les droits du compte.';
    return { kind: 'refused', error: new StoreUnavailable('failed', message) };
  }
  if (error instanceof MaxAppendSizeExceededError || code === RESOURCE_EXHAUSTED) {
    return { kind: 'refused', error: new TooLarge('EventStoreDB takes no append as large as this one.') };
  }
  if (error instanceof NotLeaderError) return busy('La grappe EventStoreDB change de nœud principal.');
  if (code === DEADLINE_EXCEEDED || code === ABORTED) return busy("EventStoreDB n'a pas répondu à temps.");
  if (code === CANCELLED) return away('La demande à EventStoreDB a été interrompue.');
  if (/certificate|\bCA\b|TLS|SSL/.test(error.message)) {
    return away("Le certificat d'EventStoreDB n'est pas reconnu : vérifiez tls et tlsCAFile dans EVENT_STORE_URL.");
  }
  if (/no leader info/i.test(error.message)) return busy('La grappe EventStoreDB change de nœud principal.');
  if (/not ready/i.test(error.message)) return away('EventStoreDB démarre : il ne répond pas encore.');
  return away(`EventStoreDB n'est pas joignable${typeof code === 'number' ? ` (code ${code})` : ''}.`);
}

/** As the port says it. */
export const storeError = (thrown: unknown): Error => {
  const failure = failureOf(thrown);
  return failure.kind === 'deleted' ? (thrown as Error) : failure.error;
};
