import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { accepted } from '#client/client.js';
import { systemClock } from '#commands/clock.js';
import { later } from '#domain/instants.js';
import { castOf, heading, specifications } from './stage.js';
import { happened } from './happened.js';
import { until, World } from './world.js';

const [example = ''] = [...readFileSync('docs/webhooks.md', 'utf8').matchAll(/^```js\n(.*?)^```/gms)].map(
  ([, block]) => block ?? '',
);

let world: World;
let child: ChildProcess | undefined;
beforeAll(async () => {
  world = await World.open(systemClock.now(), { env: { WEBHOOKS_ALLOW_LOOPBACK: 'yes' } });
});
afterAll(async () => {
  child?.kill('SIGKILL');
  await world.close();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('the page about webhooks', () => {
  it('shows a receiver that takes what is genuine, once, and nothing else', async () => {
    const cast = await castOf(world);
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/convergence`;
    const body = { institution: 'ARS-PDL', url, facts: ['CallPublished', 'CallCancelled'] };
    const { id, secret } = accepted(await cast.ars.admin.post<{ id: string; secret: string }>('/api/webhooks', body));
    child = spawn(process.execPath, ['--input-type=module', '-e', example], {
      env: { PATH: process.env['PATH'], WEBHOOK_SECRET: secret, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines: string[] = [];
    createInterface(child.stdout as Readable).on('line', (line) => lines.push(line.trim()));
    await until(() => lines.includes('listening') || undefined, 'the receiver');
    const milestones = [
      { kind: 'publication', at: world.clock.now() },
      { kind: 'submissionDeadline', at: later(world.clock.now(), 30 * 864e5) },
    ] as const;
    await happened(
      world,
      'call-1',
      { type: 'CallDrafted', heading: heading as never },
      { type: 'PreparationOpened' },
      { type: 'SpecificationsSet', specifications: specifications as never },
      { type: 'CallPublished', rules: '2026-11', schedule: { milestones }, notice: 'Avis', warnings: [] },
      { type: 'CallCancelled', reason: 'Crédits gelés.' },
    );
    await until(() => (lines.length >= 3 ? lines : undefined), 'two messages');
    expect(lines).toEqual(['listening', 'CallPublished', 'CallCancelled Crédits gelés.']);

    const deliveries = () =>
      cast.ars.admin.get<{ items: { delivered: boolean; cursor: string }[] }>(`/api/webhooks/${id}/deliveries`);
    const { items } = accepted(await deliveries());
    accepted(await cast.ars.admin.post(`/api/webhooks/${id}/replay`, { from: items[1]?.cursor }));
    const after = await until(async () => {
      const shown = accepted(await deliveries()).items;
      return shown.length >= 3 ? shown : undefined;
    }, 'the replay');
    expect(after.map(({ delivered }) => delivered)).toEqual([true, true, true]);
    expect(lines).toHaveLength(3);

    const forged = await fetch(url, {
      method: 'POST',
      headers: {
        'webhook-id': 'forged',
        'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
        'webhook-signature': 'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
      },
      body: '{"id":"forged","type":"CallPublished","data":{}}',
    });
    expect(forged.status).toBe(401);
    expect(lines).toHaveLength(3);
  });
});
