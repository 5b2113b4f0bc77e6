import type { ReadModel } from './read-model.js';
import type { Views } from './views.js';

/** Which person wrote which content stream, though no fact may refer to it: it goes when they are forgotten. */
export const writings: ReadModel = {
  tables:
    'CREATE TABLE writings (stream TEXT PRIMARY KEY, person TEXT NOT NULL) WITHOUT ROWID; CREATE INDEX writings_person ON writings (person);',
  handlers: (db) => {
    const write = db.prepare('INSERT OR IGNORE INTO writings VALUES (?, ?)');
    const keep = ({ stream, metadata: { by } }: { stream: string; metadata: { by: string } }) => write.run(stream, by);
    return { QuestionWritten: keep, CommentWritten: keep, ReviewWritten: keep };
  },
};

/** Questions, comments and reviews: what an applicant wrote goes with the file. */
export const streamsWrittenBy = (views: Views, person: string): string[] =>
  views
    .all<{ stream: string }>('SELECT stream FROM writings WHERE person = ? ORDER BY stream', person)
    .map(({ stream }) => stream);
