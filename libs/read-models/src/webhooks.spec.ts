import { describe, expect, it } from '@jest/globals';
import type { Fact } from '#domain/facts.js';
import { CALL, given, on, onStream } from './fixtures.js';
import { page } from './listing.js';
import { activeWebhooks, wasDeleted, webhookList, type WebhookListRow, webhookOf, webhooksOf } from './webhooks.js';

const registered: Fact = {
  type: 'WebhookRegistered',
  institution: 'ARS-PDL',
  call: CALL,
  url: 'https://ars.example.org/convergence',
  facts: ['ScheduleShifted'],
};
const row = {
  id: 'w-1',
  institution: 'ARS-PDL',
  call: CALL,
  url: 'https://ars.example.org/convergence',
  facts: ['ScheduleShifted'],
  status: 'active',
  because: null,
  failingSince: null,
  changedAt: '2021-07-01T08:00:00Z',
  resumedAt: null,
  generation: 1,
  rotatedAt: null,
  replay: 0,
  replayFrom: null,
  registeredAt: '2021-07-01T08:00:00Z',
  position: '1',
};
const LATER = { at: '2021-07-02T08:00:00Z' };
const failing: Fact = { type: 'WebhookPaused', because: 'failing', failingSince: '2021-06-29T08:00:00Z' };

describe('webhooks', () => {
  it('are active from their registration', async () => {
    const { views } = await given(on('webhook-w-1', registered));
    expect(webhookOf(views, 'w-1')).toEqual(row);
    expect(activeWebhooks(views)).toEqual([row]);
  });
  it('may be of every call', async () => {
    const { call: _, ...rest } = registered;
    const { views } = await given(on('webhook-w-1', rest));
    expect(webhookOf(views, 'w-1')).toEqual({ ...row, call: null });
  });
  it('say why they are paused', async () => {
    const { views } = await given(on('webhook-w-1', registered), on('webhook-w-1', failing, LATER));
    expect(webhookOf(views, 'w-1')).toEqual({
      ...row,
      status: 'paused',
      because: 'failing',
      failingSince: '2021-06-29T08:00:00Z',
      changedAt: LATER.at,
    });
    expect(activeWebhooks(views)).toEqual([]);
  });
  it('say when they resumed, and no more why they were paused', async () => {
    const { views } = await given(
      ...onStream('webhook-w-1', registered, failing),
      on('webhook-w-1', { type: 'WebhookResumed' }, LATER),
    );
    expect(webhookOf(views, 'w-1')).toEqual({ ...row, changedAt: LATER.at, resumedAt: LATER.at });
  });
  it('know the generation of their secret, and when it changed', async () => {
    const { views } = await given(
      on('webhook-w-1', registered),
      on('webhook-w-1', { type: 'WebhookSecretRotated', generation: 2 }, LATER),
    );
    expect(webhookOf(views, 'w-1')).toEqual({ ...row, generation: 2, rotatedAt: LATER.at, changedAt: LATER.at });
  });
  it('know from where they are told again', async () => {
    const { views } = await given(
      ...onStream('webhook-w-1', registered, { type: 'WebhookReplayed', replay: 1, from: '7' }),
    );
    expect(webhookOf(views, 'w-1')).toEqual({ ...row, replay: 1, replayFrom: '7' });
  });
  it('are listed for their institution, until they are deleted', async () => {
    const { views } = await given(
      on('webhook-w-1', registered),
      ...onStream('webhook-w-2', registered, { type: 'WebhookDeleted' }),
    );
    const listed = (institution: string) =>
      page<WebhookListRow>(views, webhookList, {
        where: webhooksOf([institution]),
        ...{ sort: 'registeredAt', descending: false, limit: 50 },
      }).items;
    const shown = {
      ...{ id: 'w-1', institution: 'ARS-PDL', call: CALL, url: row.url, status: 'active' },
      ...{ because: null, failingSince: null, registeredAt: row.registeredAt },
    };
    expect(listed('ARS-PDL')).toEqual([shown]);
    expect(listed('DREETS-PDL')).toEqual([]);
    expect(webhookOf(views, 'w-2')).toBeUndefined();
    expect(['w-1', 'w-2', 'w-3'].map((id) => wasDeleted(views, id))).toEqual([false, true, false]);
  });
});
