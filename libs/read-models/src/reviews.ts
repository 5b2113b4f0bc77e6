import type { ScoredReview } from '#domain/review/review-facts.js';
import type { ReadModel, Told } from './read-model.js';

/** Reviewers, what is assigned to them and what they scored. Their comments stay in the log. */
export const reviews: ReadModel = {
  tables: `
    CREATE TABLE reviewers (call_id TEXT NOT NULL, person TEXT NOT NULL, expertise TEXT NOT NULL, appointed_at TEXT NOT NULL, declared_at TEXT, dismissed_at TEXT, PRIMARY KEY (call_id, person)) WITHOUT ROWID;
    CREATE TABLE assignments (application TEXT NOT NULL, person TEXT NOT NULL, call_id TEXT NOT NULL, status TEXT NOT NULL, reason TEXT, PRIMARY KEY (application, person)) WITHOUT ROWID;
    CREATE INDEX assignments_person ON assignments (person, call_id);
    CREATE TABLE reviews (application TEXT NOT NULL, person TEXT NOT NULL, status TEXT NOT NULL, version INTEGER NOT NULL, content_version INTEGER NOT NULL, review INTEGER NOT NULL DEFAULT 0, scores TEXT, mean_hundredths INTEGER, recommended_cents INTEGER, submitted_at TEXT, PRIMARY KEY (application, person)) WITHOUT ROWID;
  `,
  handlers: (db) => {
    const appoint = db.prepare(
      'INSERT INTO reviewers (call_id, person, expertise, appointed_at) VALUES (?, ?, ?, ?) ON CONFLICT (call_id, person) DO UPDATE SET expertise = excluded.expertise, appointed_at = excluded.appointed_at, declared_at = NULL, dismissed_at = NULL',
    );
    const dismiss = db.prepare('UPDATE reviewers SET dismissed_at = ? WHERE call_id = ? AND person = ?');
    const declare = db.prepare(
      'UPDATE reviewers SET declared_at = COALESCE(declared_at, ?) WHERE call_id = ? AND person = ?',
    );
    const assign = db.prepare(
      'INSERT INTO assignments VALUES (?, ?, ?, ?, ?) ON CONFLICT (application, person) DO UPDATE SET status = excluded.status, reason = excluded.reason',
    );
    const save = db.prepare(
      "INSERT INTO reviews (application, person, status, version, content_version) VALUES (?, ?, 'draft', ?, ?) ON CONFLICT (application, person) DO UPDATE SET version = excluded.version, content_version = excluded.content_version",
    );
    const submit = db.prepare("INSERT OR REPLACE INTO reviews VALUES (?, ?, 'submitted', ?, ?, ?, ?, ?, ?, ?)");
    const scored = ({ version, data }: { version: number; data: ScoredReview }) => {
      const { application, person, content, review, scores, meanHundredths, recommendedCents, submittedAt } = data;
      submit.run(
        application,
        person,
        version,
        content.version,
        review,
        JSON.stringify(scores),
        meanHundredths,
        recommendedCents ?? null,
        submittedAt,
      );
    };
    return {
      ReviewerAppointed: ({ data: { call, person, expertise }, metadata }) =>
        appoint.run(call, person, JSON.stringify(expertise), metadata.at),
      ReviewerDismissed: ({ data, metadata }) => dismiss.run(metadata.at, data.call, data.person),
      InterestsDeclared: ({ data, metadata }) => declare.run(metadata.at, data.call, data.person),
      ReviewAssigned: ({ data: { application, person, call } }) =>
        assign.run(application, person, call, 'assigned', null),
      AssignmentDeclined: ({ data: { application, person, call, reason } }) =>
        assign.run(application, person, call, 'declined', reason),
      AssignmentWithdrawn: ({ data: { application, person, call, reason } }) =>
        assign.run(application, person, call, 'withdrawn', reason),
      ReviewSaved: ({ version, data }: Told<'ReviewSaved'>) =>
        save.run(data.application, data.person, version, data.content.version),
      ReviewSubmitted: scored,
      ReviewAmended: scored,
    };
  },
};
