import { idOf, idOfContent, type ReadModel } from './read-model.js';

/** Members, sessions and every item of them, a row each: one fact changes few rows, a thousand items or not. */
export const commission: ReadModel = {
  tables: `
    CREATE TABLE commission_members (call_id TEXT NOT NULL, person TEXT NOT NULL, sits_for TEXT NOT NULL, voice TEXT NOT NULL, chair INTEGER NOT NULL, substitute TEXT, qualified INTEGER NOT NULL, appointed_at TEXT NOT NULL, removed_at TEXT, PRIMARY KEY (call_id, person)) WITHOUT ROWID;
    CREATE TABLE commission_declarations (call_id TEXT NOT NULL, person TEXT NOT NULL, declared_at TEXT NOT NULL, PRIMARY KEY (call_id, person)) WITHOUT ROWID;
    CREATE TABLE sessions (id TEXT NOT NULL, call_id TEXT NOT NULL, status TEXT NOT NULL, starts_at TEXT NOT NULL, place TEXT NOT NULL, reconvenes TEXT, convened_at TEXT, urgency TEXT, no_quorum_required INTEGER NOT NULL DEFAULT 0, documents TEXT NOT NULL DEFAULT '[]', files INTEGER NOT NULL DEFAULT 0, quorum TEXT, changed_at TEXT NOT NULL, PRIMARY KEY (call_id, id)) WITHOUT ROWID;
    CREATE TABLE session_moves (call_id TEXT NOT NULL, session TEXT NOT NULL, number INTEGER NOT NULL, from_at TEXT NOT NULL, to_at TEXT NOT NULL, convened_at TEXT, reason TEXT NOT NULL, moved_at TEXT NOT NULL, PRIMARY KEY (call_id, session, number)) WITHOUT ROWID;
    CREATE TABLE attendance (session TEXT NOT NULL, member TEXT NOT NULL, came TEXT NOT NULL, held_by TEXT, substituted INTEGER NOT NULL, with_substitute INTEGER NOT NULL, PRIMARY KEY (session, member)) WITHOUT ROWID;
    CREATE TABLE session_items (session TEXT NOT NULL, application TEXT NOT NULL, place INTEGER NOT NULL, heard INTEGER NOT NULL DEFAULT 0, how TEXT, votes_for INTEGER, votes_against INTEGER, votes_abstain INTEGER, quorum TEXT, result TEXT NOT NULL DEFAULT 'undecided', PRIMARY KEY (session, application)) WITHOUT ROWID;
    CREATE INDEX session_items_place ON session_items (session, place);
    CREATE TABLE recusals (session TEXT NOT NULL, application TEXT NOT NULL, member TEXT NOT NULL, nature TEXT NOT NULL, substitute TEXT, PRIMARY KEY (session, application, member)) WITHOUT ROWID;
    CREATE TABLE ballots (session TEXT NOT NULL, application TEXT NOT NULL, member TEXT NOT NULL, choice TEXT NOT NULL, PRIMARY KEY (session, application, member)) WITHOUT ROWID;
    CREATE TABLE casting_votes (session TEXT NOT NULL, application TEXT NOT NULL, chair TEXT NOT NULL, favourable INTEGER NOT NULL, PRIMARY KEY (session, application, chair)) WITHOUT ROWID;
    CREATE TABLE rankings (call_id TEXT NOT NULL, application TEXT NOT NULL, session TEXT NOT NULL, position INTEGER NOT NULL, list TEXT NOT NULL, amount_cents INTEGER NOT NULL, PRIMARY KEY (call_id, application)) WITHOUT ROWID;
    CREATE INDEX rankings_position ON rankings (call_id, position, application);
    CREATE TABLE minutes (session TEXT NOT NULL, version INTEGER NOT NULL, hash TEXT NOT NULL, text TEXT NOT NULL, drafted_at TEXT NOT NULL, PRIMARY KEY (session, version)) WITHOUT ROWID;
    CREATE TABLE minutes_signatures (session TEXT NOT NULL, version INTEGER NOT NULL, chair TEXT NOT NULL, signed_at TEXT NOT NULL, PRIMARY KEY (session, version, chair)) WITHOUT ROWID;
    CREATE TABLE minutes_comments (id TEXT PRIMARY KEY, session TEXT, version INTEGER, person TEXT, at TEXT, text TEXT) WITHOUT ROWID;
    CREATE INDEX minutes_comments_session ON minutes_comments (session, at);
    CREATE INDEX minutes_comments_person ON minutes_comments (person);
  `,
  handlers: (db) => {
    const appoint = db.prepare(
      'INSERT OR REPLACE INTO commission_members VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, COALESCE((SELECT appointed_at FROM commission_members WHERE call_id = ?1 AND person = ?2 AND removed_at IS NULL), ?8), NULL)',
    );
    const remove = db.prepare('UPDATE commission_members SET removed_at = ? WHERE call_id = ? AND person = ?');
    const declare = db.prepare('INSERT OR REPLACE INTO commission_declarations VALUES (?, ?, ?)');
    const plan = db.prepare(
      "INSERT INTO sessions (id, call_id, status, starts_at, place, reconvenes, changed_at) VALUES (?, ?, 'planned', ?, ?, ?, ?)",
    );
    const convene = db.prepare(
      "UPDATE sessions SET status = 'convened', convened_at = ?, urgency = ?, no_quorum_required = ?, documents = ?, files = ?, changed_at = ? WHERE call_id = ? AND id = ?",
    );
    const clearItems = db.prepare('DELETE FROM session_items WHERE session = ?');
    const addItem = db.prepare('INSERT INTO session_items (session, application, place) VALUES (?, ?, ?)');
    // With the convocation that falls.
    const keepMove = db.prepare(
      'INSERT INTO session_moves SELECT ?1, ?2, (SELECT COUNT(*) FROM session_moves WHERE call_id = ?1 AND session = ?2) + 1, ?3, ?4, convened_at, ?5, ?6 FROM sessions WHERE call_id = ?1 AND id = ?2',
    );
    const move = db.prepare(
      "UPDATE sessions SET status = 'planned', starts_at = ?, convened_at = NULL, urgency = NULL, no_quorum_required = 0, changed_at = ? WHERE call_id = ? AND id = ?",
    );
    const clearAttendance = db.prepare('DELETE FROM attendance WHERE session = ?');
    const attend = db.prepare('INSERT OR REPLACE INTO attendance VALUES (?, ?, ?, ?, ?, ?)');
    const become = db.prepare(
      'UPDATE sessions SET status = ?, quorum = COALESCE(?, quorum), changed_at = ? WHERE call_id = ? AND id = ?',
    );
    const recuse = db.prepare('INSERT OR REPLACE INTO recusals VALUES (?, ?, ?, ?, ?)');
    const hear = db.prepare('UPDATE session_items SET heard = 1 WHERE session = ? AND application = ?');
    const ballot = db.prepare('INSERT OR REPLACE INTO ballots VALUES (?, ?, ?, ?)');
    const clearBallots = db.prepare('DELETE FROM ballots WHERE session = ? AND application = ?');
    const vote = db.prepare(
      'UPDATE session_items SET how = ?, votes_for = ?, votes_against = ?, votes_abstain = ?, quorum = ?, result = ? WHERE session = ? AND application = ?',
    );
    const cast = db.prepare('INSERT OR REPLACE INTO casting_votes VALUES (?, ?, ?, ?)');
    const decide = db.prepare('UPDATE session_items SET result = ? WHERE session = ? AND application = ?');
    const rank = db.prepare('INSERT OR REPLACE INTO rankings VALUES (?, ?, ?, ?, ?, ?)');
    const draft = db.prepare('INSERT OR REPLACE INTO minutes VALUES (?, ?, ?, ?, ?)');
    const sign = db.prepare('INSERT OR REPLACE INTO minutes_signatures VALUES (?, ?, ?, ?)');
    // With its writer, who may be forgotten though no fact refers to it; and not once they are.
    const write = db.prepare(
      'INSERT INTO minutes_comments (id, person, text) SELECT ?1, ?2, ?3 WHERE NOT EXISTS (SELECT 1 FROM people WHERE id = ?2 AND forgotten_at IS NOT NULL) ON CONFLICT (id) DO UPDATE SET text = excluded.text',
    );
    const comment = db.prepare(
      'INSERT INTO minutes_comments (id, session, version, person, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET session = excluded.session, version = excluded.version, person = excluded.person, at = excluded.at',
    );
    const forget = db.prepare('UPDATE minutes_comments SET text = NULL WHERE person = ?');
    const flag = (value: boolean | undefined): number => (value ? 1 : 0);
    return {
      CommissionMemberAppointed: ({ stream, data, metadata }) => {
        const { person, sitsFor, voice, chair, substitute, qualified } = data;
        appoint.run(
          idOf(stream),
          person,
          sitsFor,
          voice,
          flag(chair),
          substitute ?? null,
          flag(qualified),
          metadata.at,
        );
      },
      CommissionMemberRemoved: ({ stream, data, metadata }) => remove.run(metadata.at, idOf(stream), data.person),
      MemberInterestsDeclared: ({ stream, data, metadata }) => declare.run(idOf(stream), data.member, metadata.at),
      SessionPlanned: ({ stream, data: { session, at, place, reconvenes }, metadata }) =>
        plan.run(session, idOf(stream), at, place, reconvenes ?? null, metadata.at),
      SessionConvened: ({ stream, data, metadata }) => {
        const { session, agenda, documents, urgency, noQuorumRequired, convenedAt } = data;
        convene.run(
          convenedAt,
          urgency ?? null,
          flag(noQuorumRequired),
          JSON.stringify(documents),
          agenda.length,
          metadata.at,
          idOf(stream),
          session,
        );
        clearItems.run(session);
        agenda.forEach((application, index) => addItem.run(session, application, index + 1));
      },
      SessionMoved: ({ stream, data: { session, from, to, reason }, metadata: { at } }) => {
        keepMove.run(idOf(stream), session, from, to, reason, at);
        move.run(to, at, idOf(stream), session);
        clearAttendance.run(session);
      },
      AttendanceRecorded: ({ data: { session, attendance } }) => {
        for (const { member, as, by, substituted, withSubstitute } of attendance)
          attend.run(session, member, as, by ?? null, flag(substituted), flag(withSubstitute));
      },
      SessionOpened: ({ stream, data: { session, quorum }, metadata }) =>
        become.run('open', JSON.stringify(quorum), metadata.at, idOf(stream), session),
      SessionAdjourned: ({ stream, data: { session, quorum }, metadata }) =>
        become.run('adjourned', JSON.stringify(quorum), metadata.at, idOf(stream), session),
      MemberRecused: ({ data: { session, application, member, nature, substitute } }) =>
        recuse.run(session, application, member, nature, substitute ?? null),
      ApplicantHeard: ({ data: { session, application } }) => hear.run(session, application),
      BallotCast: ({ data: { session, application, member, choice } }) =>
        ballot.run(session, application, member, choice),
      VoteRecorded: ({ data: { session, application, how, ballots = [], totals, quorum, result } }) => {
        vote.run(how, totals.for, totals.against, totals.abstain, JSON.stringify(quorum), result, session, application);
        // Those that counted, whoever had left or was recused after casting theirs.
        clearBallots.run(session, application);
        for (const { member, choice } of ballots) ballot.run(session, application, member, choice);
      },
      CastingVoteGiven: ({ data: { session, application, chair, favourable } }) =>
        cast.run(session, application, chair, flag(favourable)),
      TieSettled: ({ data: { session, application, result } }) => decide.run(result, session, application),
      TieUnsettled: ({ data: { session, application } }) => decide.run('unsettled', session, application),
      RankingAdopted: ({ stream, data: { session, ranking }, metadata }) => {
        become.run('ranked', null, metadata.at, idOf(stream), session);
        for (const { application, rank: position, list, amountCents } of ranking)
          rank.run(idOf(stream), application, session, position, list, amountCents);
      },
      MinutesDrafted: ({ data: { session, version, hash, text }, metadata }) =>
        draft.run(session, version, hash, text, metadata.at),
      MinutesSigned: ({ data: { session, version, chair }, metadata }) =>
        sign.run(session, version, chair, metadata.at),
      CommentWritten: ({ stream, data, metadata }) => {
        if (stream.startsWith('content-minutes-')) write.run(idOfContent(stream), metadata.by, data.text);
      },
      PersonForgotten: ({ stream }) => forget.run(idOf(stream)),
      MinutesCommented: ({ data: { session, version, comment: id, by }, metadata }) =>
        comment.run(id, session, version, by, metadata.at),
    };
  },
};
