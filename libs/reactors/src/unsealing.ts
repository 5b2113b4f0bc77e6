import { later } from '#domain/instants.js';
import { callsToUnseal } from '#read-models/calls.js';
import type { Watch } from './watching.js';

/** Ends the sealing of each call, as a fact, once its window with every extension is over. */
export const unsealing: Watch = {
  due: (views) =>
    callsToUnseal(views).map(({ id, windowEnd }) => ({
      id,
      // The deadline itself is still in time.
      at: later(windowEnd, 1000),
      command: { type: 'UnsealContents' } as const,
      key: `unseal-${windowEnd}`,
    })),
  movedBy: new Set([
    'CallPublished',
    'ScheduleShifted',
    'OutageExtensionGranted',
    'ExtensionGranted',
    'ContentsResealed',
  ]),
};
