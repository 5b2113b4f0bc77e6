import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { promisify } from 'node:util';
import type { ReadModel } from './read-model.js';

/** Raise it when a handler means something else with the same tables. */
const VERSION = '2';

const run = promisify(execFile);
const COPY = `const fs = require('node:fs'); fs.copyFileSync(...process.argv.slice(1), fs.constants.COPYFILE_FICLONE)`;
export const UNKNOWN_BOOT = 'unknown';

/** By another process: this one would give the locks of its views back by closing the file it read. */
export async function copyElsewhere(from: string, to: string): Promise<void> {
  await run(process.execPath, ['-e', COPY, from, to]);
}

/** Where views are rebuilt beside those of a slot; only who holds the slot may. */
export const nextOf = (path: string): string => `${path}.next`;

export const removeViews = (path: string): void =>
  ['', '-wal', '-shm', '-journal'].forEach((suffix) => rmSync(`${path}${suffix}`, { force: true }));

/** Changes with every start of the machine; where there is none, views that were not closed are built anew. */
export function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return UNKNOWN_BOOT;
  }
}

/** Of the tables and of what their handlers mean. */
export const versionOf = (models: readonly ReadModel[]): string =>
  createHash('sha256')
    .update(VERSION + models.map(({ tables }) => tables).join())
    .digest('hex');
