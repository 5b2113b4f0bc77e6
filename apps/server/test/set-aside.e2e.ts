import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accepted } from '#client/client.js';
import { expectRefused } from './refusals.js';
import { until, World } from './world.js';

// Before it is set aside, a fact is tried four times, with pauses that grow.
interface SetAside {
  items: { reactor: string; event: string; stream: string; version: number; error: string; at: string }[];
  total: number;
}

let world: World;
beforeAll(async () => {
  world = await World.open('2021-05-12T08:00:00Z');
});
afterAll(() => world.close());

const setAside = async (): Promise<SetAside> => accepted(await world.operator.get<SetAside>('/api/service/set-aside'));
const replay = (event: string) => world.operator.post<{ settled: boolean }>(`/api/service/set-aside/${event}/replay`);

describe('a fact that a reactor keeps failing on', () => {
  it('is seen by the operator without a word of anybody, and replayed once the cause is gone', async () => {
    expect(await setAside()).toEqual({ items: [], total: 0 });
    const camille = await world.person('Camille Patiente');
    await world.messages('Votre code de connexion');
    const outbox = join(world.folder, 'outbox');
    renameSync(outbox, `${outbox}.away`);
    writeFileSync(outbox, 'A file is where the folder was.');
    accepted(await camille.post(`/api/people/${camille.id}/forget`));
    const found = await until(async () => {
      const seen = await setAside();
      return seen.total > 0 ? seen : undefined;
    }, 'what is set aside');
    const [row] = found.items;
    expect(found).toEqual({
      items: [
        {
          reactor: 'erasure',
          event: expect.stringMatching(/^[0-9a-f-]{36}$/),
          stream: `account-${camille.id}`,
          version: expect.any(Number),
          error: 'Error ENOTDIR',
          at: '2021-05-12T08:00:00Z',
        },
      ],
      total: 1,
    });
    const event = row?.event ?? '';

    expect(accepted(await replay(event))).toEqual({ settled: false });
    expect((await setAside()).total).toBe(1);

    rmSync(outbox);
    renameSync(`${outbox}.away`, outbox);
    expect(accepted(await replay(event))).toEqual({ settled: true });
    expect(await setAside()).toEqual({ items: [], total: 0 });
    expect(readdirSync(outbox)).toEqual([]);
    expectRefused(await replay(event), 404, 'EventUnknown', "Ce fait n'est pas mis de côté.");
  });

  it("is the operator's alone", async () => {
    const auditor = await world.person('Aude Auditrice', ['auditor', 'everywhere']);
    const event = randomUUID();
    for (const [client, status] of [
      [auditor, 403],
      [world.anonymous, 401],
    ] as const) {
      expect((await client.get('/api/service/set-aside')).status).toBe(status);
      expect((await client.post(`/api/service/set-aside/${event}/replay`)).status).toBe(status);
    }
    expectRefused(await replay(event), 404, 'EventUnknown');
  });
});
