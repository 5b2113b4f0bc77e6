import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { afterwards, newFolder } from '#read-models/fixtures.js';
import { WebhookLedger } from './webhook-ledger.js';

function opened(): WebhookLedger {
  const ledger = new WebhookLedger(join(newFolder(), 'reactors.db'), 'log-1');
  afterwards(() => ledger.close());
  ledger.open('w-1', '10');
  return ledger;
}
const attempt = { event: 'e-1', fact: 'CallPublished', at: '2021-06-20T08:00:00Z', ms: 3, position: '11' };
const started = { position: '10', failingSince: null, tries: 0, nextAt: null };

describe('the cursor of a webhook', () => {
  it('starts at its registration, and opens once', () => {
    const ledger = opened();
    ledger.open('w-1', '20');
    expect(ledger.cursor('w-1')).toMatchObject(started);
    expect(ledger.known()).toEqual(['w-1']);
  });
  it('moves for whoever holds it alone', () => {
    const ledger = opened();
    expect(ledger.advance('w-1', 'one', '11')).toBe(false);
    expect([ledger.take('w-1', 'one'), ledger.take('w-1', 'two')]).toEqual([true, false]);
    expect([ledger.advance('w-1', 'two', '12'), ledger.advance('w-1', 'one', '11')]).toEqual([false, true]);
    expect(ledger.cursor('w-1')).toMatchObject({ position: '11' });
  });
  it('is taken from a process whose beat stands still, not from one that goes on', () => {
    const ledger = opened();
    ledger.take('w-1', 'one');
    const seen = ledger.held('w-1')?.beat;
    ledger.beat('one');
    expect(ledger.take('w-1', 'two', seen)).toBe(false);
    expect(ledger.take('w-1', 'two', ledger.held('w-1')?.beat)).toBe(true);
    expect(ledger.advance('w-1', 'one', '11')).toBe(false);
  });
  it('is free once it was released, by its holder alone', () => {
    const ledger = opened();
    ledger.take('w-1', 'one');
    ledger.release('w-1', 'two');
    expect(ledger.take('w-1', 'two')).toBe(false);
    ledger.release('w-1', 'one');
    expect(ledger.take('w-1', 'two')).toBe(true);
  });
  it('remembers a failure until something is accepted', () => {
    const ledger = opened();
    ledger.take('w-1', 'one');
    ledger.failed('w-1', '2021-06-20T08:00:00Z', 2, '2021-06-20T08:00:30Z');
    expect(ledger.cursor('w-1')).toMatchObject({
      position: '10',
      failingSince: '2021-06-20T08:00:00Z',
      tries: 2,
      nextAt: '2021-06-20T08:00:30Z',
    });
    ledger.advance('w-1', 'one', '11');
    expect(ledger.cursor('w-1')).toMatchObject({ ...started, position: '11' });
  });
  it('goes back once for each replay', () => {
    const ledger = opened();
    ledger.take('w-1', 'one');
    ledger.advance('w-1', 'one', '30');
    ledger.rewind('w-1', '20', 1);
    ledger.advance('w-1', 'one', '30');
    ledger.rewind('w-1', '20', 1);
    expect(ledger.cursor('w-1')).toMatchObject({ position: '30' });
  });
  it('is gone with its tries once it is forgotten', () => {
    const ledger = opened();
    ledger.attempted('w-1', { ...attempt, status: 204, error: null });
    ledger.forget('w-1');
    expect([ledger.cursor('w-1'), ledger.attempts('w-1', 10), ledger.known()]).toEqual([undefined, [], []]);
  });
});

describe('the tries of a webhook', () => {
  it('are shown with what came of them, the last first', () => {
    const ledger = opened();
    ledger.attempted('w-1', { ...attempt, status: null, error: 'timeout' });
    ledger.attempted('w-1', { ...attempt, status: 204, error: null });
    expect(ledger.attempts('w-1', 10)).toEqual([
      { ...attempt, status: 204, error: null },
      { ...attempt, status: null, error: 'timeout' },
    ]);
  });
  it('are kept for a while, not for ever', () => {
    const ledger = opened();
    for (let each = 0; each < 400; each++) ledger.attempted('w-1', { ...attempt, ms: each, status: 204, error: null });
    const kept = ledger.attempts('w-1', 1000);
    expect(kept).toHaveLength(200);
    expect(kept[0]?.ms).toBe(399);
  });
});
