import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LocalAlarms } from '#alarms/local-alarms.js';
import { paris } from '#calendar/paris.js';
import { digest } from '#commands/canonical.js';
import { SetClock } from '#commands/clock.js';
import { Handler } from '#commands/handler.js';
import { applicationId } from '#commands/ids.js';
import type { Instant } from '#domain/decider.js';
import { type Fact, factsGeneration } from '#domain/facts.js';
import { later } from '#domain/instants.js';
import { SqliteEventStore } from '#event-store/sqlite.js';
import { models } from '#read-models/models.js';
import { Projector } from '#read-models/projector.js';
import { Reminders } from '#reactors/reminders.js';
import { ars, ARS, CALL, leads, openCall } from './reminder-seed.js';
import { atMost, median, type Row } from './report.js';
import { type Append, appendAll, event, personId } from './seed.js';

const FEW = 1000;
const MANY = 100_000;
/** One after the other. */
const OPENED = 300;
const NOW = '2026-02-02T08:00:00Z';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

interface Cost {
  /** Of one reminder, microseconds. */
  readonly arming: number;
  readonly opening: number;
}

/** (l): what one reminder costs where a thousand files have a date of their own, and where 100 000 have. */
export async function keeping(folder: string): Promise<Row[]> {
  const few = await costAmong(join(folder, 'few'), FEW);
  const many = await costAmong(join(folder, 'many'), MANY);
  const row = (what: string, cost: number, least: number): Row =>
    atMost(`l  ${what}, of ${MANY}/of ${FEW}`, cost / least, 'ratio', 2);
  return [
    { name: `l  finding and arming one reminder of ${FEW}`, value: few.arming, unit: 'µs' },
    { name: `l  opening one reminder of ${FEW}`, value: few.opening, unit: 'µs' },
    row('finding and arming', many.arming, few.arming),
    row('opening', many.opening, few.opening),
  ];
}

async function costAmong(folder: string, count: number): Promise<Cost> {
  mkdirSync(folder);
  const store = SqliteEventStore.open({ path: join(folder, 'log.db'), generation: factsGeneration });
  await appendAll(store, leads());
  await appendAll(store, openCall('2026-01-31T15:00:00Z', [4]));
  await appendAll(store, completions(count));
  const projector = await Projector.open(folder, store, models);
  await projector.reached((await store.head()) ?? '0', 600_000);
  const clock = new SetClock(NOW);
  const handler = new Handler(store, { calendar: paris, digest }, { secret: 'bench' });
  const reminders = new Reminders({ handler, projector, clock, since: later(NOW, -DAY_MS) });
  const alarms = new LocalAlarms(clock);
  try {
    const found = reminders.due(later(NOW, DAY_MS));
    await alarms.arm(found);
    const rounds: number[] = [];
    for (let round = 0; round < 9; round++) {
      const own = new LocalAlarms(clock);
      const from = performance.now();
      await own.arm(reminders.due(later(NOW, DAY_MS)));
      rounds.push(((performance.now() - from) * 1000) / found.length);
      await own.close();
    }
    const opening: number[] = [];
    for (const due of found.slice(0, OPENED)) {
      clock.set(due.at);
      const from = performance.now();
      await reminders.fire(due);
      await projector.reached((await store.head()) ?? '0', 10_000);
      opening.push((performance.now() - from) * 1000);
      if (reminders.stillDue(due)) throw new Error('A reminder was not opened.');
    }
    return { arming: median(rounds), opening: median(opening.slice(OPENED / 3)) };
  } finally {
    await alarms.close();
    await projector.close();
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

/** So many files, each asked to be completed by a date of its own, a second after the one before. */
function* completions(count: number): Generator<Append> {
  for (let index = 0; index < count; index++) {
    const organisation = `W${String(300_000_000 + index)}`;
    const dueAt: Instant = later(NOW, 5 * HOUR_MS + index * 1000);
    const facts: Fact[] = [
      { type: 'ApplicationStarted', call: CALL, organisation, number: 1 },
      {
        type: 'CompletionRequested',
        request: 1,
        fields: [],
        documents: ['statuts'],
        reason: 'Les statuts signés manquent.',
        dueAt,
        requestedAt: NOW,
        institution: ARS,
      },
    ];
    const by = personId(ars);
    yield [`application-${applicationId(CALL, organisation, 1)}`, 'none', facts.map((fact) => event(fact, by))];
  }
}
