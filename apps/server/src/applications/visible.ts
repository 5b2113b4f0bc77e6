import { type FileSight, sealOf, sightOfFile } from '#domain/visibility.js';
import type { Grant } from '#domain/roles.js';
import { type ApplicationDetails, titledFor, titledTwice } from '#read-models/application-queries.js';
import { type CallRow, callOf } from '#read-models/calls.js';
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

/** The file as this person may see it; for others it doesn't exist. */
export function visibleFile(views: Views, id: string, { grants }: Request): VisibleFile {
  const file = titledTwice(views, id);
  const call = file && callOf(views, file.call);
  if (!file || !call) throw applicationUnknown();
  const sight = sightOfFile(file, sealOf(call.call), grants);
  if (sight === 'nothing') throw applicationUnknown();
  const own = isOwn(file, grants);
  return { file: titledFor(file, own), call, sight, own };
}

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
