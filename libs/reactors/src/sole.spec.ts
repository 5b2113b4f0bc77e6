import { expect, it } from '@jest/globals';
import { join } from 'node:path';
import { afterwards, newFolder } from '#read-models/fixtures.js';
import { Sole } from './sole.js';

function two() {
  const path = join(newFolder(), 'sole.lock');
  const both = [new Sole(path), new Sole(path)] as const;
  for (const one of both) afterwards(() => one.close());
  return both;
}

it('is held by one at a time, and by the next once it is let go', async () => {
  const [first, second] = two();
  expect(await first.held()).toBe(true);
  expect(await first.held()).toBe(true);
  let got = false;
  const waiting = second.held().then((held) => {
    got = held;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(got).toBe(false);
  first.close();
  await waiting;
  expect(got).toBe(true);
});

it('ends without it where it is closed while it waits', async () => {
  const [first, second] = two();
  await first.held();
  const waiting = second.held();
  second.close();
  expect(await waiting).toBe(false);
});
