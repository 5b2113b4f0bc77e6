import { accepted } from '#client/client.js';
import { application } from './data.js';
import { refused } from './preparation.js';
import type { Filed, Scene } from './scene.js';
import { short, table } from './table.js';
import type { Actor } from './theatre.js';

const criteria = ['pertinence', 'public', 'partenariat', 'budget'];
const names = ['Rachel Évaluatrice', 'Samir Évaluateur', 'Tania Évaluatrice', 'Ulysse Évaluateur'];

/** The points of one reviewer for one file, made up but always the same; one criterion of some files doesn't apply. */
const scoresOf = (file: number, reviewer: number) =>
  criteria.map((criterion, index) => {
    const score = 1 + ((file * 7 + reviewer * 3 + index * 5 + (file % 4)) % 5);
    return {
      criterion,
      score: index === 2 && file % 9 === 4 ? null : score,
      ...(index === 0 && { comment: `Projet noté ${score} sur 5 pour sa pertinence.` }),
    };
  });

export interface Reviewed extends Filed {
  /** Weighted mean of its reviews, hundredths of a point out of 100. */
  readonly meanHundredths: number;
}

/** Which file is whose to review, and their place among the reviewers. */
type Assigned = readonly [Filed, Actor, number];

export interface Reviewing {
  readonly files: readonly Filed[];
  readonly reviewers: readonly Actor[];
  readonly assigned: readonly Assigned[];
}

/** The fourth of them waits to be reminded, every time. */
const SLOW = 3;

/** Names first, then interests, then contents; two reviewers of each file, none with a conflict. */
export async function review(scene: Scene, files: readonly Filed[]): Promise<Reviewing> {
  const { theatre, timeline, leads, call } = scene;
  const { admin } = leads.ars;
  await theatre.at('2021-09-01 09:00');
  const reviewers: Actor[] = [];
  for (const [index, name] of names.entries()) {
    const reviewer = await theatre.register(name, `evaluateur${index + 1}@expert.example`);
    accepted(
      await admin.post(`/api/calls/${call}/appoint-reviewer`, { person: reviewer.id, expertise: ['parentalité'] }),
    );
    reviewers.push(reviewer);
  }
  timeline.tell(admin.name, `nomme ${reviewers.length} évaluateurs`);
  const [first, second] = reviewers as [Actor, Actor];
  timeline.tell(first.name, 'veut lire un dossier avant de déclarer ses intérêts…');
  timeline.detail(await refused(first.get(`/api/applications/${files[0]?.file}/contents`)));
  const { items } = accepted(await first.get<{ items: unknown[] }>(`/api/calls/${call}/names?limit=200`));
  timeline.tell(first.name, `ne voit que ${items.length} noms`);
  const conflicts = new Map<string, string>([
    [first.id, files[0]?.file ?? ''],
    [second.id, files[4]?.file ?? ''],
  ]);
  const slow = reviewers[SLOW] as Actor;
  const declare = async (reviewer: Actor): Promise<void> => {
    const application = conflicts.get(reviewer.id);
    const declared = application === undefined ? [] : [{ application, nature: 'governance' }];
    accepted(await reviewer.post(`/api/calls/${call}/declare-interests`, { conflicts: declared }));
  };
  for (const reviewer of reviewers) if (reviewer !== slow) await declare(reviewer);
  timeline.tell('3 évaluateurs', 'déclarent leurs intérêts ; deux ont un conflit, chacun sur un dossier');
  await theatre.at('2021-09-08 10:00');
  await declare(slow);
  timeline.tell(slow.name, 'déclare les siens, une fois rappelé');
  timeline.tell(admin.name, `affecte par mégarde à ${first.name} le dossier de son conflit…`);
  timeline.detail(await refused(admin.post(`/api/applications/${files[0]?.file}/assign-review`, { person: first.id })));
  const assigned: Assigned[] = [];
  for (const [position, file] of files.entries()) {
    const able = [0, 1, 2, 3]
      .map((offset) => (position + offset) % reviewers.length)
      .filter((index) => conflicts.get(reviewers[index]?.id ?? '') !== file.file)
      .slice(0, 2);
    for (const index of able) {
      const reviewer = reviewers[index] as Actor;
      accepted(await admin.post(`/api/applications/${file.file}/assign-review`, { person: reviewer.id }));
      assigned.push([file, reviewer, index]);
    }
  }
  timeline.tell(admin.name, `affecte ${assigned.length} évaluations, deux par dossier`);
  await theatre.at('2021-09-15 14:00');
  const done = assigned.filter(([, reviewer]) => reviewer !== slow);
  await handIn(done);
  timeline.tell('3 évaluateurs', `remettent leurs ${done.length} évaluations`);
  timeline.tell(first.name, 'cherche partout le dossier de son conflit…');
  timeline.detail(await refused(first.get(`/api/applications/${files[0]?.file}`)));
  return { files, reviewers, assigned };
}

async function handIn(assigned: readonly Assigned[]): Promise<void> {
  for (const [file, reviewer, index] of assigned) {
    accepted(
      await reviewer.post(`/api/applications/${file.file}/submit-review`, {
        scores: scoresOf(file.index, index),
        recommendedCents: application(file.data, file.index).requestedCents,
      }),
    );
  }
}

/** What was still missing, and the end of it. */
export async function endReview(scene: Scene, { files, reviewers, assigned }: Reviewing): Promise<Reviewed[]> {
  const { theatre, timeline } = scene;
  await theatre.at('2021-09-24 11:00');
  const missing = assigned.filter(([, reviewer]) => reviewer === reviewers[SLOW]);
  await handIn(missing);
  timeline.tell(reviewers[SLOW]?.name ?? '', `remet ses ${missing.length} évaluations`);
  await theatre.at('2021-09-28 09:00');
  const [late] = assigned;
  if (late) {
    timeline.tell(late[1].name, "veut corriger une note après la fin de l'évaluation…");
    timeline.detail(
      await refused(
        late[1].edit(`/api/applications/${late[0].file}/review`, `/api/applications/${late[0].file}/amend-review`, {
          scores: scoresOf(late[0].index, late[2] + 1),
        }),
      ),
    );
  }
  return showMeans(scene, files);
}

interface ReviewsRow {
  readonly application: string;
  readonly meanHundredths: number | null;
  readonly spreadHundredths: number | null;
  readonly submitted: number;
}

const points = (hundredths: number): string => (hundredths / 100).toFixed(2).replace('.', ',');

async function showMeans({ timeline, leads, call }: Scene, files: readonly Filed[]): Promise<Reviewed[]> {
  const { officer } = leads.ars;
  const { items } = accepted(await officer.get<{ items: ReviewsRow[] }>(`/api/calls/${call}/reviews?limit=200`));
  const reviewed = files
    .map((file): Reviewed & { spread: number } => {
      const row = items.find(({ application }) => application === file.file);
      if (!row || row.meanHundredths === null) throw new Error(`${file.file} has no mean.`);
      return { ...file, meanHundredths: row.meanHundredths, spread: row.spreadHundredths ?? 0 };
    })
    .toSorted((a, b) => b.meanHundredths - a.meanHundredths || a.index - b.index);
  timeline.tell(officer.name, 'lit les moyennes pondérées sur 100, et leur écart :');
  const shown = [...reviewed.slice(0, 3), ...reviewed.slice(-2)];
  timeline.detail(
    table(
      shown.map(({ data, meanHundredths, spread }) => [
        short(data.name),
        points(meanHundredths),
        `écart ${points(spread)}`,
      ]),
    ),
  );
  return reviewed;
}
