import { until } from '#client/until.js';
import { paris } from '#calendar/paris.js';
import { frenchMilestones, type MilestoneKind } from '#domain/schedule/milestones.js';
import { some } from './outbox.js';
import { table } from './table.js';
import type { Actor, Theatre } from './theatre.js';
import type { Timeline } from './timeline.js';

/** What a shift would do, as the API answers. */
export interface Preview {
  readonly moved: readonly { kind: MilestoneKind; from?: string; to: string }[];
  readonly reminders: readonly object[];
  readonly warnings: readonly string[];
}

/** An instant as people say it, where everybody knows that it is Paris time. */
export const said = (instant: string): string => withoutZone(paris.say(instant));
export const withoutZone = (sentence: string): string => sentence.replaceAll(' (heure de Paris)', '');

/** The warnings about dates that stay where they are were read before. */
export function showPreview({ moved, reminders, warnings }: Preview): string {
  const dates = moved.map(({ kind, from, to }) => [frenchMilestones[kind], from ? said(from) : '—', '→', said(to)]);
  const rounds = reminders.length === 0 ? 'aucun rappel à déplacer' : `${reminders.length} rappels à déplacer`;
  const kinds = new Set(moved.map(({ kind }) => kind));
  const still = Object.entries(frenchMilestones).filter(([kind]) => !kinds.has(kind as MilestoneKind));
  const fresh = warnings.filter((warning) => !still.some(([, name]) => warning.startsWith(`« ${name} »`)));
  return [table(dates), rounds, ...fresh.map((warning) => `⚠ ${withoutZone(warning)}`)].join('\n');
}

const frenchKinds: Record<string, string> = {
  'shift-proposed': 'proposition de décalage',
  'schedule-shifted': 'dates décalées',
  'session-moved': 'séance déplacée',
};

/** Waits until all of these have their message about the dates that moved, and tells who was told of what. */
export async function tellWhoKnows(
  theatre: Theatre,
  timeline: Timeline,
  before: ReadonlySet<string>,
  told: Readonly<Record<string, readonly Actor[]>>,
): Promise<void> {
  const fresh = (kind: string) => theatre.outbox.letters(kind).filter(({ file }) => !before.has(file));
  for (const [kind, people] of Object.entries(told)) {
    await until(
      () => {
        const addresses = new Set(fresh(kind).map(({ address }) => address));
        return people.every(({ email }) => addresses.has(email)) || undefined;
      },
      `everybody to be told: ${kind}`,
      30_000,
    );
  }
  const rows = Object.keys(told).map((kind) => [
    `« ${frenchKinds[kind] ?? kind} »`,
    `${fresh(kind).length} messages`,
    `(${some(fresh(kind), 4)})`,
  ]);
  timeline.detail(table(rows));
}

/** The messages that there are by now. */
export const lettersSoFar = ({ outbox }: Theatre): Set<string> => new Set(outbox.letters().map(({ file }) => file));
