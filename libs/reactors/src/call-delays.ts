import { later } from '#domain/instants.js';
import { outagesToRatify, pendingShifts } from '#read-models/calls.js';
import type { DueOnCall, Watch } from './watching.js';

/** What nobody answered in time: proposals of a shift expire, emergency extensions are left unratified. */
export const callDelays: Watch = {
  due: (views): DueOnCall[] => [
    ...pendingShifts(views).map(({ id, proposal, expiresAt }) => ({
      id,
      at: expiresAt,
      command: { type: 'ExpireShift', proposal } as const,
      key: `expire-${proposal}-${expiresAt}`,
    })),
    ...outagesToRatify(views).map(({ id, number, ratifyBy }) => ({
      id,
      // The last second is still in time.
      at: later(ratifyBy, 1000),
      command: { type: 'FlagUnratifiedOutage', number } as const,
      key: `flag-outage-${number}`,
    })),
  ],
  movedBy: new Set([
    'ShiftProposed',
    'ScheduleShifted',
    'CallPublished',
    'OutageExtensionGranted',
    'OutageExtensionRatified',
    'OutageLeftUnratified',
  ]),
};
