import { expect, it } from '@jest/globals';
import { conformance, happened } from './conformance.js';
import { conformanceOfRegisters } from './conformance-of-registers.js';
import { NewerLog } from './event-store.js';
import { newSpace, openOn, withEventStore } from './with-event-store.js';

withEventStore('on a server', (url) => {
  conformance('EventStoreDB', () => openOn(url));
  conformanceOfRegisters('EventStoreDB', () => openOn(url));

  it('is the same log for whoever opens it, and another in another space', async () => {
    const space = newSpace();
    const stores = await Promise.all([1, 2, 3].map(() => openOn(url, { space })));
    const [first, ...others] = stores.map(({ logId }) => logId);
    expect(others).toEqual([first, first]);
    const elsewhere = await openOn(url);
    expect(elsewhere.logId).not.toBe(first);
    for (const store of [...stores, elsewhere]) await store.close();
  });

  it('refuses a log written by a newer version, and lets a newer version in', async () => {
    const space = newSpace();
    const newer = await openOn(url, { space, generation: 2 });
    await newer.append('s', 'none', [happened()]);
    await newer.close();
    await expect(openOn(url, { space, generation: 1 })).rejects.toThrow(NewerLog);
    await (await openOn(url, { space, generation: 3 })).close();
    const older = await openOn(url, { space, generation: 2 });
    const raising = await openOn(url, { space, generation: 3 });
    await raising.append('s', 0, [happened()]);
    await expect(openOn(url, { space, generation: 2 })).rejects.toThrow(NewerLog);
    expect(await older.readStream('s')).toHaveLength(2);
    for (const store of [older, raising]) await store.close();
  });

  it('gives every event the position that its append answered with, however it is read', async () => {
    const store = await openOn(url);
    const one = await store.append('a', 'none', [happened()]);
    const many = await store.append('b', 'none', [happened(), happened(), happened()]);
    const all = await store.readAll(undefined, 10);
    const streams = [...(await store.readStream('a')), ...(await store.readStream('b'))];
    expect(streams.map(({ position }) => position)).toEqual(all.map(({ position }) => position));
    expect(all[0]?.position).toBe(one.position);
    expect(all[3]?.position).toBe(many.position);
    await store.close();
  });

  it('hides what another process deletes from whoever follows or reads, at once or from the start', async () => {
    const space = newSpace();
    const [one, other] = [await openOn(url, { space }), await openOn(url, { space })];
    await one.append('person-1', 'none', [happened({ name: 'Ada' })]);
    await one.append('kept', 'none', [happened({ n: 1 })]);
    expect(await other.readStream('person-1')).toHaveLength(1);
    await one.deleteStream('person-1');
    expect((await other.readAll(undefined, 10)).map(({ stream }) => stream)).toEqual(['kept']);
    await expect(other.readStream('person-1')).rejects.toMatchObject({ name: 'StreamDeleted' });
    expect(await other.deletedStreams()).toEqual(['person-1']);
    const stop = new AbortController();
    for await (const { events, caughtUp } of other.follow(undefined, stop.signal)) {
      expect(events.map(({ stream }) => stream)).toEqual(['kept']);
      if (caughtUp) stop.abort();
    }
    for (const store of [one, other]) await store.close();
  });

  it('shares one subscription among many who follow, each from where it is', async () => {
    const store = await openOn(url);
    const starts: (string | undefined)[] = [undefined];
    for (let n = 0; n < 40; n++) starts.push((await store.append(`s-${n}`, 'none', [happened({ n })])).position);
    const stop = new AbortController();
    const following = starts.map(async (after, first) => {
      const seen: number[] = [];
      for await (const { events } of store.follow(after, stop.signal)) {
        seen.push(...events.map(({ data }) => (data as { n: number }).n));
        if (seen.at(-1) === 300) return { first, seen };
      }
      return { first, seen };
    });
    await Promise.all(Array.from({ length: 260 }, (_, n) => store.append(`t-${n}`, 'none', [happened({ n: 40 + n })])));
    await store.append('last', 'none', [happened({ n: 300 })]);
    const order = (await store.readAll(undefined, 1000)).map(({ data }) => (data as { n: number }).n);
    for (const { first, seen } of await Promise.all(following))
      expect(seen).toEqual(order.slice(first, order.indexOf(300) + 1));
    await store.close();
  });
});
