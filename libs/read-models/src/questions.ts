import { idOf, idOfContent, type ReadModel } from './read-model.js';
import type { Views } from './views.js';

/** Questions as asked, and as published with their answers. */
export const questions: ReadModel = {
  tables: `
    CREATE TABLE questions (id TEXT PRIMARY KEY, call_id TEXT, asked_by TEXT, asked_at TEXT, text TEXT, question TEXT, answer TEXT, answered_at TEXT, corrected_at TEXT, late INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
    CREATE INDEX questions_call ON questions (call_id, answered_at);
  `,
  handlers: (db) => {
    // With its writer, who may be forgotten though no fact refers to it; and not once they are.
    const write = db.prepare(
      'INSERT INTO questions (id, asked_by, text) SELECT ?1, ?2, ?3 WHERE NOT EXISTS (SELECT 1 FROM people WHERE id = ?2 AND forgotten_at IS NOT NULL) ON CONFLICT (id) DO UPDATE SET text = excluded.text',
    );
    const ask = db.prepare(
      'INSERT INTO questions (id, call_id, asked_by, asked_at) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET call_id = excluded.call_id, asked_by = excluded.asked_by, asked_at = excluded.asked_at',
    );
    const answer = db.prepare('UPDATE questions SET question = ?, answer = ?, answered_at = ?, late = ? WHERE id = ?');
    const correct = db.prepare('UPDATE questions SET question = ?, answer = ?, corrected_at = ? WHERE id = ?');
    const forget = db.prepare('UPDATE questions SET text = NULL WHERE asked_by = ?');
    return {
      QuestionWritten: ({ stream, data, metadata }) => write.run(idOfContent(stream), metadata.by, data.text),
      QuestionAsked: ({ stream, data, metadata }) => ask.run(idOf(stream), data.call, metadata.by, metadata.at),
      QuestionAnswered: ({ stream, data, metadata }) =>
        answer.run(data.question, data.answer, metadata.at, data.late ? 1 : 0, idOf(stream)),
      AnswerCorrected: ({ stream, data, metadata }) =>
        correct.run(data.question, data.answer, metadata.at, idOf(stream)),
      PersonForgotten: ({ stream }) => forget.run(idOf(stream)),
    };
  },
};

export interface PublishedAnswer {
  readonly id: string;
  readonly question: string;
  readonly answer: string;
  readonly answeredAt: string;
  readonly correctedAt: string | null;
}

export const answersOf = (views: Views, call: string): PublishedAnswer[] =>
  views.all(
    'SELECT id, question, answer, answered_at AS answeredAt, corrected_at AS correctedAt FROM questions WHERE call_id = ? AND answered_at IS NOT NULL ORDER BY answered_at, id',
    call,
  );

export interface AskedQuestion {
  readonly id: string;
  readonly askedAt: string;
  /** Gone where the person was forgotten. */
  readonly text: string | null;
  readonly answeredAt: string | null;
}

export const questionsAsked = (views: Views, call: string): AskedQuestion[] =>
  views.all(
    'SELECT id, asked_at AS askedAt, text, answered_at AS answeredAt FROM questions WHERE call_id = ? ORDER BY asked_at, id',
    call,
  );

export const askerOf = (views: Views, question: string): string | undefined =>
  views.get<{ person: string }>('SELECT asked_by AS person FROM questions WHERE id = ?', question)?.person;
