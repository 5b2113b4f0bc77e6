import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordedEvent } from '#event-store/event-store.js';
import { MemoryEventStore } from '#event-store/memory.js';
import { Ledger } from './ledger.js';

const AT = '2021-07-01T08:00:00Z';
const LATER = '2021-07-02T08:00:00Z';
const event = (id: string): RecordedEvent => ({
  id,
  stream: 'call-1',
  version: 3,
  position: '7',
  type: 'CallPublished',
  schema: 1,
  data: {},
  metadata: {},
});
const aside = (id: string, error: string, at = AT) => ({ event: id, stream: 'call-1', version: 3, error, at });

let folder: string;
let ledger: Ledger;
const open = (logId = 'log-1') =>
  new Ledger(join(folder, 'reactors.db'), Object.assign(new MemoryEventStore(), { logId }));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'convergence-ledger-'));
  ledger = open();
});
afterEach(() => {
  ledger.close();
  rmSync(folder, { recursive: true, force: true });
});
const reopen = (logId?: string) => {
  ledger.close();
  ledger = open(logId);
};

describe('where a reactor is', () => {
  it('is where it was activated, then where it advanced, after a restart too', () => {
    expect(ledger.activate('notices', '5', AT)).toBe('5');
    reopen();
    expect(ledger.activate('notices', '9', LATER)).toBe('5');
    ledger.advance('notices', '8');
    reopen();
    expect(ledger.activate('notices', '9', LATER)).toBe('8');
  });

  it('is the start of the log where it was activated from there', () => {
    expect(ledger.activate('erasure', undefined, AT)).toBeUndefined();
    reopen();
    expect(ledger.activate('erasure', '9', LATER)).toBeUndefined();
  });

  it('is its own, and of this log', () => {
    ledger.activate('notices', '5', AT);
    ledger.activate('erasure', '6', AT);
    ledger.advance('notices', '8');
    expect(ledger.activate('erasure', undefined, AT)).toBe('6');
    reopen('log-2');
    expect(ledger.activate('notices', '1', AT)).toBe('1');
    ledger.advance('notices', '2');
    reopen('log-1');
    expect(ledger.activate('notices', undefined, AT)).toBe('8');
  });
});

describe('what is set aside', () => {
  it('is listed in the order of time, with why, after a restart too', () => {
    ledger.setAside('notices', event('e2'), new Error('full'), LATER);
    ledger.setAside('notices', event('e1'), new Error('refused'), AT);
    reopen();
    expect(ledger.aside('notices')).toEqual([aside('e1', 'refused'), aside('e2', 'full', LATER)]);
  });

  it('is of one reactor and one log', () => {
    ledger.setAside('notices', event('e1'), new Error('refused'), AT);
    expect(ledger.aside('erasure')).toEqual([]);
    reopen('log-2');
    expect(ledger.aside('notices')).toEqual([]);
  });

  it('is there once, with its last error', () => {
    ledger.setAside('notices', event('e1'), new Error('refused'), AT);
    ledger.setAside('notices', event('e1'), new Error('full'), LATER);
    expect(ledger.aside('notices')).toEqual([aside('e1', 'full', LATER)]);
  });

  it('is gone once settled, alone', () => {
    ledger.setAside('notices', event('e1'), new Error('refused'), AT);
    ledger.setAside('notices', event('e2'), new Error('refused'), AT);
    ledger.settled('notices', 'e1');
    expect(ledger.aside('notices')).toEqual([aside('e2', 'refused')]);
  });
});
