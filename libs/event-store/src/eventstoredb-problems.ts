import {
  AccessDeniedError,
  convertToCommandError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
} from '@eventstore/db-client';
import { IdReused, NewerLog, StoreUnavailable, StreamDeleted, VersionConflict } from './event-store.js';

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
const UNAUTHENTICATED = 16;

/** Not the server's. */
const ours = [TypeError, RangeError, SyntaxError, NewerLog, VersionConflict, IdReused, StreamDeleted];

export function failureOf(thrown: unknown): Failure {
  const error = convertToCommandError(thrown as Error) as Error & { code?: unknown };
  const code = (thrown as { code?: unknown }).code ?? error.code;
  if (error instanceof StoreUnavailable) return { kind: 'unclear', error };
  if (ours.some((kind) => error instanceof kind)) return { kind: 'refused', error };
  if (error instanceof StreamDeletedError) return { kind: 'deleted' };
  if (error instanceof AccessDeniedError || code === UNAUTHENTICATED || code === PERMISSION_DENIED) {
    const message = 'EventStoreDB refuse les identifiants de EVENT_STORE_URL : vérifiez-les, et les droits du compte.';
    return { kind: 'refused', error: new StoreUnavailable('failed', message) };
  }
  if (error instanceof MaxAppendSizeExceededError || code === RESOURCE_EXHAUSTED) {
    return { kind: 'refused', error: new RangeError('The events of an append are larger than EventStoreDB takes.') };
  }
  if (error instanceof NotLeaderError) return busy('La grappe EventStoreDB change de nœud principal.');
  if (code === DEADLINE_EXCEEDED || code === ABORTED) return busy("EventStoreDB n'a pas répondu à temps.");
  if (code === CANCELLED) return away('La demande à EventStoreDB a été interrompue.');
  if (/not ready/i.test(error.message)) return away('EventStoreDB démarre : il ne répond pas encore.');
  return away(`EventStoreDB n'est pas joignable (${error.name}${typeof code === 'number' ? ` ${code}` : ''}).`);
}

/** As the port says it. */
export const storeError = (thrown: unknown): Error => {
  const failure = failureOf(thrown);
  return failure.kind === 'deleted' ? (thrown as Error) : failure.error;
};
