import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refused } from '#commands/handler.js';
import { refuse } from '#domain/decider.js';
import type { RecordedEvent } from '#event-store/event-store.js';
import { MemoryEventStore } from '#event-store/memory.js';
import { causeOf, Ledger } from './ledger.js';

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

const failure = (code: string) => Object.assign(new Error('Camille Martin, 1 rue des Lilas'), { code });

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
    ledger.setAside('notices', event('e2'), failure('ENOSPC'), LATER);
    ledger.setAside('notices', event('e1'), failure('ENOTDIR'), AT);
    reopen();
    expect(ledger.aside('notices')).toEqual([aside('e1', 'Error ENOTDIR'), aside('e2', 'Error ENOSPC', LATER)]);
  });

  it('is of one reactor and one log', () => {
    ledger.setAside('notices', event('e1'), failure('ENOTDIR'), AT);
    expect(ledger.aside('erasure')).toEqual([]);
    reopen('log-2');
    expect(ledger.aside('notices')).toEqual([]);
  });

  it('is there once, with its last error', () => {
    ledger.setAside('notices', event('e1'), failure('ENOTDIR'), AT);
    ledger.setAside('notices', event('e1'), failure('ENOSPC'), LATER);
    expect(ledger.aside('notices')).toEqual([aside('e1', 'Error ENOSPC', LATER)]);
  });

  it('is gone once settled, alone', () => {
    ledger.setAside('notices', event('e1'), failure('ENOTDIR'), AT);
    ledger.setAside('notices', event('e2'), failure('ENOTDIR'), AT);
    ledger.settled('notices', 'e1');
    expect(ledger.aside('notices')).toEqual([aside('e2', 'Error ENOTDIR')]);
  });

  it('is found by its event', () => {
    ledger.setAside('notices', event('e1'), failure('ENOTDIR'), AT);
    expect(ledger.asideOf('notices', 'e1')).toEqual(aside('e1', 'Error ENOTDIR'));
    expect([ledger.asideOf('notices', 'e2'), ledger.asideOf('erasure', 'e1')]).toEqual([undefined, undefined]);
  });

  it('is listed for all reactors of this log, so many of them, with how many there are', () => {
    ledger.setAside('notices', event('e2'), failure('ENOTDIR'), LATER);
    ledger.setAside('erasure', event('e1'), failure('ENOTDIR'), AT);
    const [first, second] = [
      { reactor: 'erasure', ...aside('e1', 'Error ENOTDIR') },
      { reactor: 'notices', ...aside('e2', 'Error ENOTDIR', LATER) },
    ];
    expect(ledger.everythingAside(200)).toEqual({ items: [first, second], total: 2 });
    expect(ledger.everythingAside(1)).toEqual({ items: [first], total: 2 });
    reopen('log-2');
    expect(ledger.everythingAside(200)).toEqual({ items: [], total: 0 });
  });
});

describe('why something is set aside', () => {
  it.each([
    ['the kind of the error', new TypeError('Camille Martin is not a function'), 'TypeError'],
    ['its code', failure('ENOTDIR'), 'Error ENOTDIR'],
    [
      'the code of a refusal',
      new Refused(refuse('NoticeIssued', 'Ce message est déjà décidé.')),
      'Refused NoticeIssued',
    ],
    ['never a code that is a text', Object.assign(new Error('x'), { code: 'Camille Martin' }), 'Error'],
    ['never the message', new SyntaxError('Unexpected token C, "Camille" is not valid JSON'), 'SyntaxError'],
  ])('is said by %s', (_, error, said) => expect(causeOf(error)).toBe(said));
});

describe('the deliveries that were tried in vain', () => {
  const deferred = (id: string, attempts: number, nextAt: string) =>
    ledger.deliveries.defer({ id, attempts, nextAt }, 'Error E');

  it('are due one after the other, and survive a restart', () => {
    deferred('n2', 1, LATER);
    deferred('n1', 2, AT);
    reopen();
    const { deliveries } = ledger;
    expect(deliveries.next()).toBe(AT);
    expect(deliveries.dueAt(AT, 10)).toEqual([{ id: 'n1', attempts: 2, nextAt: AT }]);
    expect(deliveries.dueAt(LATER, 1).map(({ id }) => id)).toEqual(['n1']);
    expect([deliveries.attemptsOf('n1'), deliveries.attemptsOf('n2'), deliveries.attemptsOf('n3')]).toEqual([2, 1, 0]);
  });

  it('are no more once the message has ended', () => {
    deferred('n1', 1, AT);
    ledger.deliveries.settle('n1');
    expect(ledger.deliveries.next()).toBeUndefined();
    expect(ledger.deliveries.attemptsOf('n1')).toBe(0);
  });

  it('are those of one log', () => {
    deferred('n1', 1, AT);
    reopen('log-2');
    expect(ledger.deliveries.next()).toBeUndefined();
  });
});
