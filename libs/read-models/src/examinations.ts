import type { AdmissibilityEvent, Examined } from '#domain/application/admissibility-facts.js';
import { evolveExamined, examinedAnew, stageOf } from '#domain/application/examination.js';
import type { Fact } from '#domain/facts.js';
import type { Looking } from '#domain/visibility.js';
import { type Handlers, idOf, type ReadModel, type Told } from './read-model.js';
import type { Views } from './views.js';

/** When admissibility was last said, by whom, and why if it corrects what was said before. */
export interface Decided {
  readonly at: string;
  readonly institution: string;
  readonly correction?: string;
}

/** The examination of a file as its decider folds it; a file that nobody has examined yet has no row. */
export const examinations: ReadModel = {
  tables: `
    CREATE TABLE examinations (application TEXT PRIMARY KEY, of_call TEXT NOT NULL, stage TEXT, state TEXT NOT NULL, decided TEXT) WITHOUT ROWID;
    CREATE INDEX examinations_call ON examinations (of_call, stage);
  `,
  handlers: (db) => {
    const load = db.prepare('SELECT state, decided FROM examinations WHERE application = ?');
    const save = db.prepare(
      'INSERT INTO examinations SELECT id, call_id, ?2, ?3, ?4 FROM applications WHERE id = ?1 ON CONFLICT (application) DO UPDATE SET stage = excluded.stage, state = excluded.state, decided = excluded.decided',
    );
    const touch = db.prepare('UPDATE applications SET changed_at = ?, version = ? WHERE id = ?');
    const loaded = (id: string) => load.get(id) as { state: string; decided: string | null } | undefined;
    const keep = (id: string, after: Examined, decided: string | null) =>
      save.run(id, stageOf(after) ?? null, JSON.stringify(after), decided);

    const examine = ({ stream, version, type, data, metadata }: Told<AdmissibilityEvent['type']>) => {
      const id = idOf(stream);
      const row = loaded(id);
      const before = row ? (JSON.parse(row.state) as Examined) : { completions: 0, stoppedMs: 0 };
      const fact = { type, ...data } as AdmissibilityEvent;
      const decided = decidedBy(fact, metadata.at);
      keep(id, evolveExamined(before, fact), decided ? JSON.stringify(decided) : (row?.decided ?? null));
      touch.run(metadata.at, version, id);
    };
    const startAnew = ({ stream }: Told<'SubmissionReplaced'> | Told<'ApplicationWithdrawn'>) => {
      const row = loaded(idOf(stream));
      if (row) keep(idOf(stream), examinedAnew(JSON.parse(row.state) as Examined), null);
    };
    const all = Object.fromEntries(examining.map((type) => [type, examine])) as Handlers;
    return { ...all, SubmissionReplaced: startAnew, ApplicationWithdrawn: startAnew };
  },
};

function decidedBy(fact: AdmissibilityEvent, at: string): Decided | undefined {
  switch (fact.type) {
    case 'DeclaredAdmissible':
    case 'RefusedBeforehand':
      return { at, institution: fact.institution };
    case 'AdmissibilityCorrected':
      return { at, institution: fact.institution, correction: fact.reason };
    default:
      return undefined;
  }
}

/** `tsc` fails while a fact of the examination is missing. */
const everyFact: Record<AdmissibilityEvent['type'], true> = {
  CompletionRequested: true,
  CompletionExtended: true,
  FileCompleted: true,
  DeclaredAdmissible: true,
  RefusedBeforehand: true,
  AdmissibilityCorrected: true,
  FileHandedOver: true,
};
const examining = Object.keys(everyFact) as (AdmissibilityEvent & Fact)['type'][];

export interface Examination extends Examined {
  readonly decided: Decided | null;
}

export const notExamined: Examination = { completions: 0, stoppedMs: 0, decided: null };

export function examinationFrom(state: string | null, decided: string | null): Examination {
  if (state === null) return notExamined;
  return { ...(JSON.parse(state) as Examined), decided: decided === null ? null : (JSON.parse(decided) as Decided) };
}

export interface StageCounts {
  readonly completing: number;
  readonly admissible: number;
  readonly refusedBeforehand: number;
}

/** How far the examination of the files of a call has come, but those somebody has a conflict on. */
export function stageCountsOf(views: Views, call: string, { conflicts = [] }: Looking): StageCounts {
  const rows = views.all<{ stage: string; files: number }>(
    'SELECT stage, COUNT(*) AS files FROM examinations WHERE of_call = ? AND application NOT IN (SELECT value FROM json_each(?)) GROUP BY stage',
    call,
    JSON.stringify(conflicts),
  );
  const count = (stage: string) => rows.find((row) => row.stage === stage)?.files ?? 0;
  return {
    completing: count('completing'),
    admissible: count('admissible'),
    refusedBeforehand: count('refused-beforehand'),
  };
}
