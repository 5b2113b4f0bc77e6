import { idOf, type ReadModel } from './read-model.js';
import type { Views } from './views.js';

/** In which capacity somebody reads a file to judge it. */
export type Part = 'reviewer' | 'member';

/**
 * Who reads which contents to judge them, once unsealed: reviewers the files assigned to them, members of the
 * commission the agenda of the sessions convened; after they declared their interests, less their conflicts.
 */
export const fileReaders: ReadModel = {
  tables: `
    CREATE TABLE declared_members (call_id TEXT NOT NULL, person TEXT NOT NULL, declared_at TEXT NOT NULL, PRIMARY KEY (person, call_id)) WITHOUT ROWID;
    CREATE TABLE convened_files (application TEXT NOT NULL, session TEXT NOT NULL, call_id TEXT NOT NULL, PRIMARY KEY (application, call_id, session)) WITHOUT ROWID;
    CREATE INDEX convened_files_call ON convened_files (call_id, session);
    CREATE VIEW file_readers AS
      SELECT assignments.application AS application, assignments.person AS person, assignments.call_id AS call_id, 'reviewer' AS part
        FROM assignments JOIN reviewers ON reviewers.call_id = assignments.call_id AND reviewers.person = assignments.person
        WHERE assignments.status = 'assigned' AND declared_at IS NOT NULL AND dismissed_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM conflicts WHERE conflicts.person = assignments.person AND conflicts.application = assignments.application)
      UNION ALL
      SELECT convened_files.application AS application, declared_members.person AS person, declared_members.call_id AS call_id, 'member' AS part
        FROM declared_members JOIN convened_files ON convened_files.call_id = declared_members.call_id
        WHERE EXISTS (SELECT 1 FROM grants WHERE grants.person = declared_members.person AND role IN ('member', 'chair') AND scope_kind = 'call' AND scope_id = declared_members.call_id)
          AND NOT EXISTS (SELECT 1 FROM conflicts WHERE conflicts.person = declared_members.person AND conflicts.application = convened_files.application);
  `,
  handlers: (db) => {
    const declare = db.prepare('INSERT OR IGNORE INTO declared_members VALUES (?, ?, ?)');
    const clear = db.prepare('DELETE FROM convened_files WHERE call_id = ? AND session = ?');
    const convene = db.prepare('INSERT OR IGNORE INTO convened_files SELECT value, ?, ? FROM json_each(?)');
    return {
      MemberInterestsDeclared: ({ stream, data, metadata }) => declare.run(idOf(stream), data.member, metadata.at),
      SessionConvened: ({ stream, data: { session, agenda } }) => {
        clear.run(idOf(stream), session);
        convene.run(session, idOf(stream), JSON.stringify(agenda));
      },
    };
  },
};

/** In which capacities this person reads the file; none for nearly everybody. */
export const partsIn = (views: Views, application: string, person: string): Part[] =>
  views
    .all<{ part: Part }>(
      'SELECT DISTINCT part FROM file_readers WHERE application = ? AND person = ? ORDER BY part',
      application,
      person,
    )
    .map(({ part }) => part);

/** The files of a call that this person reads to judge them. */
export const filesJudgedBy = (views: Views, call: string, person: string): ReadonlySet<string> =>
  new Set(
    views
      .all<{ application: string }>(
        'SELECT DISTINCT application FROM file_readers WHERE person = ? AND call_id = ?',
        person,
        call,
      )
      .map(({ application }) => application),
  );

/** As a reviewer or a member of the commission of this call. */
export const hasDeclared = (views: Views, call: string, person: string): boolean =>
  views.get(
    'SELECT 1 AS declared FROM reviewers WHERE call_id = ?1 AND person = ?2 AND declared_at IS NOT NULL AND dismissed_at IS NULL UNION ALL SELECT 1 FROM declared_members WHERE call_id = ?1 AND person = ?2',
    call,
    person,
  ) !== undefined;
