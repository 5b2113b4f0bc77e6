import { absent, forbid, Refusal, refuse, type Stamped } from '#domain/decider.js';
import type { RecordEvent } from '#domain/facts.js';
import type { Role } from '#domain/roles.js';
import { grantsOn } from '#domain/visibility.js';
import type { Asking, Metadata } from './asking.js';
import { canonical, digest } from './canonical.js';
import type { Subject, Target } from './subject.js';
import type { Place, Written } from './writing.js';

export interface Decided<E> {
  readonly events: readonly E[];
  readonly role: Role;
  readonly behalf?: string;
}

export function metadataOf(
  { at, person, correlation, causation }: Asking,
  { role, behalf }: Decided<unknown>,
  command: string,
  request: string,
  context: Readonly<Record<string, number>>,
): Metadata {
  return {
    at,
    by: person,
    role,
    ...(behalf && { behalf }),
    command,
    request,
    correlation,
    ...(causation && { causation }),
    ...(Object.keys(context).length > 0 && { context }),
  };
}

export interface Seen<X> {
  readonly context: X;
  readonly versions: Readonly<Record<string, number>>;
}

export function stamped<C extends { type: string }, S>(
  { command, id }: Target<C, S>,
  place: Place | undefined,
  { at, person }: Asking,
  role: Role,
): Stamped<C> {
  return {
    ...command,
    ...(place && { content: place.content }),
    at,
    by: person,
    actingAs: role,
    id,
  } as unknown as Stamped<C>;
}

/** Who asks, as far as one file goes: with a conflict on it, only what they hold on the applicant's side counts. */
export function lookingAt(
  file: string | undefined,
  asking: Asking,
): Pick<Asking, 'person' | 'grants'> & { conflicted: boolean } {
  const { person, grants, conflicts } = asking;
  if (file === undefined || !conflicts?.includes(file)) return { person, grants, conflicted: false };
  return { person, grants: grantsOn(file, asking), conflicted: true };
}

/** An id that no file has. */
const NO_FILE = '00000000-0000-4000-8000-000000000000';

/** The same command where the file doesn't exist: who has a conflict on it is answered as anybody who names it there. */
export function elsewhere<C extends { type: string }, S>(
  subject: { without?(state: S, file: string): S; readonly decider: { readonly initial: S } },
  target: Target<C, S>,
  file: string,
): Target<C, S> | undefined {
  if (subject.without) return { ...target, state: subject.without(target.state, file) };
  return target.id === file ? { ...target, id: NO_FILE, state: subject.decider.initial } : undefined;
}

export const fileUnknown = (): Refusal => absent('ApplicationUnknown', "Ce dossier n'existe pas.");

/** Who names a delegation acts as its holder, though they may also be a signatory by office. */
export const preferring = (command: object, roles: readonly Role[]): readonly Role[] =>
  'under' in command && command.under !== undefined ? roles.filter((role) => role === 'delegate') : roles;

export const notAllowed = (roles: readonly Role[]): Refusal =>
  forbid('NotAllowed', `Vos droits ne permettent pas cette action (rôles admis : ${roles.join(', ')}).`);

export const keyReused = (): Refusal =>
  refuse('IdempotencyKeyReused', "Cette clé d'idempotence a déjà servi à une autre demande : prenez-en une nouvelle.");

/** What was written counts by its hash: the text is long, and must not outlive its content stream. */
export function requestHash(command: object, written: Written | undefined): string {
  const rest = Object.entries(command).filter(([field]) => field === 'type' || !written || !(field in written.event));
  return digest(`${canonical(Object.fromEntries(rest))}${written?.hash ?? ''}`);
}

/** Would this command make the thing? Then somebody who may not is told so, and nothing is given away. */
export function wouldMake<C extends { type: string }, S, E extends RecordEvent, X>(
  { decider }: Subject<C, S, E, X>,
  target: Target<C, S>,
  { context }: Seen<X>,
  place: Place | undefined,
  asking: Asking,
): boolean {
  const result = decider.decide(stamped(target, place, asking, 'person'), target.state, context);
  return !(result instanceof Refusal && result.kind === 'absent');
}
