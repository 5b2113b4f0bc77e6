import { expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { demonstrationOn, withEventStore } from '#event-store/with-event-store.js';

withEventStore('the demonstration over EventStoreDB', (url) => {
  it('walks the whole life of a call, and loses nothing when the read models are made again', async () => {
    const program = fileURLToPath(new URL('../src/main.js', import.meta.url));
    const env = { ...process.env, NODE_OPTIONS: '', EVENT_STORE_URL: demonstrationOn(url) };
    const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit') as Promise<[number | null]>,
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const compared = [...stdout.matchAll(/(\d+) pages lues par 7 lecteurs : (\d+) identiques, (\d+) différentes/g)];
    expect(compared).toHaveLength(2);
    for (const [, read, same, different] of compared) expect([same, different]).toEqual([read, '0']);
    const outbox = / +(\/\S+\/outbox)\n/.exec(stdout)?.[1] ?? '';
    if (basename(dirname(outbox)).startsWith('convergence-demo-')) rmSync(dirname(outbox), { recursive: true });
  }, 300_000);
});
