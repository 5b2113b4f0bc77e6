import type { Views } from './views.js';

/** The call a file answers to, and who applies. */
export const callAndApplicantOf = (views: Views, file: string): { call: string; organisation: string } | undefined =>
  views.get('SELECT call_id AS "call", organisation FROM applications WHERE id = ?', file);

/** Files of a call that were submitted and not withdrawn. */
export const submittedIn = (views: Views, call: string): string[] =>
  views
    .all<{ id: string }>("SELECT id FROM applications WHERE call_id = ? AND status = 'submitted' ORDER BY id", call)
    .map(({ id }) => id);

/** Of the organisations of a person, those that have filed in a call. */
export const filedFor = (views: Views, call: string, person: string): string[] =>
  views
    .all<{ organisation: string }>(
      "SELECT DISTINCT organisation FROM applications WHERE call_id = ? AND status = 'submitted' AND organisation IN (SELECT scope_id FROM grants WHERE person = ? AND scope_kind = 'organisation') ORDER BY organisation",
      call,
      person,
    )
    .map(({ organisation }) => organisation);

/** Organisations with a file in the call, and the partners it is shared with: those its changes concern. */
export const organisationsIn = (views: Views, call: string): string[] =>
  views
    .all<{ organisation: string }>(
      `SELECT organisation FROM applications WHERE call_id = ?1 AND status <> 'withdrawn'
       UNION SELECT shares.organisation FROM shares JOIN applications ON id = application WHERE call_id = ?1 AND status <> 'withdrawn' ORDER BY organisation`,
      call,
    )
    .map(({ organisation }) => organisation);
