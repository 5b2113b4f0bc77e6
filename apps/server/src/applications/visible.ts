import type { KnownCall } from '#domain/call/call-state.js';
import { type FileSight, grantsOn, sealOf, sightOfFile } from '#domain/visibility.js';
import type { Grant } from '#domain/roles.js';
import { type ApplicationDetails, titledFor, titledTwice } from '#read-models/application-queries.js';
import { type CallRow, callOf } from '#read-models/calls.js';
import { filesJudgedBy, hasDeclared, partsIn } from '#read-models/file-readers.js';
import type { Views } from '#read-models/views.js';
import type { Request } from '../http/by.js';
import { Problem } from '../http/problem.js';

export const applicationUnknown = (): Problem => new Problem(404, 'ApplicationUnknown', "Ce dossier n'existe pas.");

export interface VisibleFile {
  readonly file: ApplicationDetails;
  readonly call: CallRow;
  readonly sight: FileSight;
  /** One of the applicant's own people, or of an organisation the file is shared with. */
  readonly own: boolean;
}

/** What this person sees of a file: whatever their roles, nothing of one they have a conflict on. */
export function sightFor(
  views: Views,
  file: Pick<ApplicationDetails, 'id' | 'call' | 'status' | 'organisation' | 'sharedWith'>,
  call: KnownCall,
  by: Request,
): FileSight {
  const grants = grantsOn(file.id, by);
  const judges = isJudging(grants, file.call) && partsIn(views, file.id, by.person).length > 0;
  return sightOfFile(file, sealOf(call), grants, judges);
}

/** The same for many files of one call, asked of the views once; a conflict is left out before. */
export function sightIn(
  views: Views,
  of: string,
  call: KnownCall,
  by: Request,
): (file: Parameters<typeof sightOfFile>[0] & { readonly id: string }) => FileSight {
  const judged = isJudging(by.grants, of) ? filesJudgedBy(views, of, by.person) : undefined;
  const seal = sealOf(call);
  return (file) => sightOfFile({ ...file, call: of }, seal, grantsOn(file.id, by), judged?.has(file.id) ?? false);
}

const isJudging = (grants: readonly Grant[], call: string): boolean =>
  grants.some(({ scope }) => scope.kind === 'call' && scope.id === call);

/** The file as this person may see it; for others it doesn't exist. */
export function visibleFile(views: Views, id: string, by: Request): VisibleFile {
  const file = titledTwice(views, id);
  const call = file && callOf(views, file.call);
  if (!file || !call) throw applicationUnknown();
  const sight = sightFor(views, file, call.call, by);
  if (sight === 'nothing') throw mustDeclare(views, file, call.call, by) ? undeclared() : applicationUnknown();
  const own = isOwn(file, by.grants);
  return { file: titledFor(file, own), call, sight, own };
}

/** They were told its name, to declare on; what it holds, once they have. */
const mustDeclare = (
  views: Views,
  { id, call: of, status }: Pick<ApplicationDetails, 'id' | 'call' | 'status'>,
  call: KnownCall,
  by: Request,
): boolean =>
  sealOf(call).unsealed &&
  status === 'submitted' &&
  isJudging(grantsOn(id, by), of) &&
  !hasDeclared(views, of, by.person);

const undeclared = (): Problem =>
  new Problem(403, 'InterestsNotDeclared', "Déclarez d'abord vos intérêts : les dossiers s'ouvrent ensuite.");

/** The same, for who may read what the applicant wrote. */
export function openFile(views: Views, id: string, by: Request): VisibleFile {
  const seen = visibleFile(views, id, by);
  if (seen.sight !== 'contents') {
    throw new Problem(403, 'NotAllowed', 'Le contenu de ce dossier ne vous est pas ouvert.');
  }
  return seen;
}

export const contentsForgotten = (): Problem => new Problem(410, 'ContentsForgotten', 'Ce contenu a été effacé.');

export const isOwn = (
  file: { organisation: string; sharedWith: readonly string[] },
  grants: readonly Grant[],
): boolean =>
  grants.some(
    ({ scope }) =>
      scope.kind === 'organisation' && (scope.id === file.organisation || file.sharedWith.includes(scope.id)),
  );
