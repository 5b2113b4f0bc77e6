import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { happened } from './conformance.js';
import { EventStoreDb } from './eventstoredb.js';
import { ScriptedLog } from './scripted-log.js';
import { refusals, ScriptedServer } from './scripted-server.js';

/** Longer than it takes to give up a node that says nothing when it is asked who leads. */
const PATIENCE_MS = 5000;

let nodes: [ScriptedServer, ScriptedServer, ScriptedServer];
let stores: EventStoreDb[];
beforeEach(async () => {
  const log = new ScriptedLog();
  nodes = [await ScriptedServer.start(log), await ScriptedServer.start(log), await ScriptedServer.start(log)];
  lead(nodes[0]);
  for (const node of nodes) node.nodes = nodes;
  stores = [];
});
afterEach(async () => {
  for (const node of nodes) node.forgive();
  for (const store of stores) await store.close();
  for (const node of nodes) await node.goAway();
});

const lead = (leader: ScriptedServer | undefined): void => {
  for (const node of nodes) node.leader = leader;
};
const url = (): string => `esdb://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}?tls=false`;
async function open(address = url()): Promise<EventStoreDb> {
  const store = await EventStoreDb.open({ url: address, generation: 1, patienceMs: PATIENCE_MS });
  stores.push(store);
  return store;
}
const asked = (): number[] => nodes.map((node) => node.asked.filter(({ method }) => method !== 'gossip').length);

describe('a cluster', () => {
  it('is spoken to by its leader', async () => {
    const store = await open();
    await store.append('s', 'none', [happened({ n: 1 })]);
    expect(await store.readStream('s')).toHaveLength(1);
    expect(asked()).toEqual([expect.any(Number), 0, 0]);
  });

  it('whose node is not the leader says who is: what is read before a write is read there', async () => {
    const store = await open(nodes[1].url);
    expect(asked()[0]).toBeGreaterThan(0);
    await store.append('s', 'none', [happened({ n: 1 })]);
    expect(await store.readStream('s')).toHaveLength(1);
    const [, follower] = nodes;
    expect(follower.asked.map(({ headers }) => headers['requires-leader'])).toEqual(['true']);
    expect(follower.count('append')).toBe(0);
  });

  it('whose leader changes answers by the new one, without a refusal', async () => {
    const store = await open();
    await store.append('s', 'none', [happened({ n: 1 })]);
    lead(nodes[2]);
    expect(await store.readStream('s')).toHaveLength(1);
    expect((await store.append('s', 0, [happened({ n: 2 })])).version).toBe(1);
    expect(nodes[2].count('append')).toBe(1);
  });

  it('whose leader is gone answers by the next one as soon as there is one', async () => {
    const store = await open();
    nodes[0].fate('append', 'done and cut');
    const appending = store.append('s', 'none', [happened({ n: 1 })]);
    await nodes[0].goAway();
    lead(undefined);
    const reading = store.readStream('s');
    setTimeout(() => lead(nodes[1]), 300);
    expect((await appending).version).toBe(0);
    expect((await reading).length).toBeLessThan(2);
    expect((await store.append('s', 0, [happened({ n: 2 })])).version).toBe(1);
    expect(await store.readStream('s')).toHaveLength(2);
  });

  it('whose leader is frozen answers by the next one within the same patience', async () => {
    const store = await open();
    nodes[0].always = 'silence';
    lead(nodes[1]);
    expect((await store.append('s', 'none', [happened({ n: 1 })])).version).toBe(0);
    expect(await store.readStream('s')).toHaveLength(1);
  });

  it('without a leader says so, in bounded time', async () => {
    const store = await open();
    lead(undefined);
    for (const node of nodes) node.fate('append', ...Array.from({ length: 40 }, () => refusals.noLeader));
    const message = 'La grappe EventStoreDB change de nœud principal.';
    await expect(store.append('s', 'none', [happened()])).rejects.toMatchObject({ name: 'StoreUnavailable', message });
    await expect(store.readStream('s')).rejects.toMatchObject({ reason: 'busy', message });
  });
});
