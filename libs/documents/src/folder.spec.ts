import { expect, it } from '@jest/globals';
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { conformance, newLimits, pdf } from './conformance.js';
import { DocumentFolder } from './folder.js';

const FILE = 'b0000000-0000-4000-8000-000000000001';

conformance('A folder', async ({ incoming, ...limits }) => {
  const folder = dirname(incoming);
  return {
    documents: new DocumentFolder({ folder, ...limits }),
    kept: async () =>
      readdirSync(folder, { recursive: true })
        .map(String)
        .filter((path) => path.includes('/') && !path.startsWith('incoming'))
        .sort(),
    alter: async (application, sha256, bytes) => writeFileSync(join(folder, application, sha256), bytes),
  };
});

it('lets nobody but the service read it, and leaves no folder behind', async () => {
  const { incoming, ...limits } = newLimits();
  const folder = dirname(incoming);
  const documents = new DocumentFolder({ folder, ...limits });
  const { sha256 } = await documents.keep(FILE, Readable.from([pdf()]));
  expect(statSync(join(folder, FILE, sha256)).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, FILE)).mode & 0o777).toBe(0o700);
  await documents.forget(FILE);
  expect(readdirSync(folder)).toEqual(['incoming']);
  rmSync(folder, { recursive: true });
});
