import { describe, expect, it } from '@jest/globals';
import { retryAfterMs } from './webhook-delivery.js';
import { secretsOf, signatureHeaders, webhookSecret } from './webhook-signing.js';

describe('the signature of a message', () => {
  // The first is the example of its reference libraries.
  it('is that of Standard Webhooks, for each secret', () =>
    expect(
      signatureHeaders(
        {
          id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
          at: '2021-02-25T15:02:10Z',
          body: '{"test": 2432232314}',
        },
        ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'whsec_AAAA'],
      ),
    ).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': expect.stringMatching(
        /^v1,g0hM9SsE\+OTPJTGt\/tmIKtSyZlE3uFJELVlNIOLJ1OE= v1,[A-Za-z0-9+/]{43}=$/,
      ),
    }));
});

describe('the secret', () => {
  const webhook = { id: 'w-1', generation: 2, rotatedAt: '2021-06-20T08:00:00Z' };
  const [first, second] = [webhookSecret('service', 'w-1', 1), webhookSecret('service', 'w-1', 2)];

  it('is another for each webhook, each generation and each service', () =>
    expect(
      new Set([first, second, webhookSecret('service', 'w-2', 1), webhookSecret('other service', 'w-1', 1)]).size,
    ).toBe(4));
  it('has thirty-two bytes', () => expect(Buffer.from(first.slice(6), 'base64')).toHaveLength(32));
  it('signs beside the old one for a day after a rotation', () =>
    expect(secretsOf('service', webhook, '2021-06-21T07:59:59Z')).toEqual([second, first]));
  it('signs alone from then on', () => expect(secretsOf('service', webhook, '2021-06-21T08:00:00Z')).toEqual([second]));
  it('signs alone before any rotation', () =>
    expect(secretsOf('service', { id: 'w-1', generation: 1, rotatedAt: null }, '2021-06-20T08:00:00Z')).toEqual([
      first,
    ]));
});

describe('the next try', () => {
  it('comes later each time, and at least every six hours', () =>
    expect([1, 2, 3, 7, 8, 20].map((tries) => retryAfterMs(tries) / 1000)).toEqual([10, 30, 90, 7290, 21_600, 21_600]));
});
