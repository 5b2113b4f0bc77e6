import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alarms } from './alarms.js';
import { keeping } from './armed.js';
import { appending, rebuildingFrom, submittingOn } from './event-store.js';
import { awarding, ranking, reviewing } from './selection.js';
import { reminding } from './reminders.js';
import { joining, readingFromTwo } from './joining.js';
import { rebuilding } from './rebuilding.js';
import { atMost, median, report, type Row } from './report.js';
import { seed } from './seed.js';
import { shifting } from './shifting.js';
import { startService, stopAll } from './servers.js';
import { reading, submitting } from './submitting.js';

/** Each finished file is five facts. */
const FILES = 40_000;
const MILLION_FILES = 200_000;
const STARTS = 3;

const folder = mkdtempSync(join(tmpdir(), 'convergence-bench-'));
const rows: Row[] = [];
const [only] = process.argv.slice(2);
const step = async (what: string, work: (folder: string) => Promise<Row[]>): Promise<void> => {
  if (only !== undefined && !what.includes(only)) return;
  console.error(`${what} …`);
  const own = join(folder, String(rows.length));
  mkdirSync(own);
  rows.push(...(await work(own)));
  rmSync(own, { recursive: true });
};

try {
  await step('submitting, 32 clients, against the bare server', submitting);
  await step('reviews, 32 clients, against the bare server', reviewing);
  await step('1 000 awards over three envelopes, 32 clients', awarding);
  await step('the ranking of 1 000 files', ranking);
  await step('alarms on Redis and in the process', alarms);
  await step('reminders: a shift of 10 000 drafts', shifting);
  await step('reminders: 10 000 due at once', reminding);
  await step('reminders: of 1 000 dates and of 100 000', keeping);
  const server = process.env['EVENT_STORE_URL'];
  if (server) {
    await step('EventStoreDB: appends', () => appending(server));
    await step('EventStoreDB: rebuilding', (data) => rebuildingFrom(server, data));
    await step('EventStoreDB: submitting, against SQLite', (data) => submittingOn(server, data));
  } else console.error('EventStoreDB: skipped (EVENT_STORE_URL is not set)');
  await step('200 000 events: rebuilding, cold starts, reading', async (data) => {
    await seed(data, FILES, 'finished');
    const rebuilt = await rebuilding(data);
    await (await startService(data)).stop();
    const starts: number[] = [];
    for (let start = 1; start < STARTS; start++) {
      const service = await startService(data);
      starts.push(service.startedIn);
      await service.stop();
    }
    const service = await startService(data);
    starts.push(service.startedIn);
    const read = [...(await reading(service.port, FILES)), ...(await readingFromTwo(data, service, FILES))];
    await service.stop();
    return [...read, ...rebuilt, atMost('f  cold start, 200 000 events', median(starts) / 1000, 's', 2)];
  });
  await step('a million events: memory, another server', async (data) => {
    await seed(data, MILLION_FILES, 'finished');
    const service = await startService(data);
    const projected = service.memory();
    await reading(service.port, MILLION_FILES);
    const read = service.memory();
    const joined = await joining(data, service, 'a million events');
    await service.stop();
    return [
      { name: 'e  resident after projecting a million events', value: projected, unit: 'MB' },
      atMost('e  resident, and reading', Math.max(projected, read), 'MB', 300),
      ...joined,
    ];
  });
  report(rows, only === undefined);
} finally {
  stopAll();
  rmSync(folder, { recursive: true, force: true });
}
