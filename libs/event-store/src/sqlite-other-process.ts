/** Another server of the same machine, for sqlite.spec.ts: appends so many events, one after the other. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { SqliteEventStore } from './sqlite.js';

const [path = '', count = '0'] = process.argv.slice(2);
const store = SqliteEventStore.open({ path, generation: 1 });
process.send?.('ready');
await once(process, 'message');
for (let n = 0; n < Number(count); n++) {
  const event = { id: randomUUID(), type: 'SomethingHappened', schema: 1, data: { n }, metadata: {} };
  await store.append(`other-${process.pid}-${n % 7}`, 'any', [event]);
}
await store.close();
process.disconnect();
