import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { accepted, type Client } from '#client/client.js';
import { later } from '#domain/instants.js';
import { closedCall, applicant, ready, submit, unsealed } from './applicants.js';
import { failing, isSigned, Receiver } from './receiver.js';
import { expectRefused } from './refusals.js';
import { type Cast, castOf, publishedCall } from './stage.js';
import { until, World } from './world.js';

/** Long enough for whoever answers on a busy machine. */
const env = { WEBHOOKS_ALLOW_LOOPBACK: 'yes', WEBHOOKS_TIMEOUT_MS: '1000' };
const reason = "La salle de la commission n'est plus disponible à la date prévue.";

interface Made {
  id: string;
  secret: string;
}
interface Shown {
  status: string;
  paused: { because: string; said: string; since: string } | null;
  failing: { since: string; tries: number; nextAt: string } | null;
  cursor: string;
}
interface Deliveries {
  items: {
    event: string;
    fact: string;
    status: number | null;
    error: string | null;
    delivered: boolean;
    cursor: string;
  }[];
}

let world: World;
let cast: Cast;
let call: string;
let admin: Client;
let receiver: Receiver;
let made: Made | undefined;
beforeAll(async () => {
  world = await World.open('2021-05-12T08:00:00Z', { env });
  cast = await castOf(world);
  call = await publishedCall(world, cast);
  admin = cast.ars.admin;
});
beforeEach(async () => {
  world.clock.set('2021-06-20T08:00:00Z');
  receiver = await Receiver.open();
  made = undefined;
});
afterEach(async () => {
  if (made) accepted(await world.as(admin).delete(`/api/webhooks/${made.id}`));
  await receiver.close();
});
afterAll(() => world.close());

async function register(body: object = {}): Promise<Made> {
  made = accepted(await admin.post<Made>('/api/webhooks', { institution: 'ARS-PDL', url: receiver.url, ...body }));
  return made;
}
let hour = 9;
/** Moves the commission by an agreed shift: two facts that everybody may know. */
async function shift(): Promise<void> {
  hour = hour === 17 ? 10 : hour + 1;
  const changes = [{ kind: 'commission', at: `2021-10-05T${String(hour).padStart(2, '0')}:30:00+02:00` }];
  const body = { institution: 'ARS-PDL', changes, reason };
  accepted(await admin.post(`/api/calls/${call}/propose-shift`, body));
  const { preparation } = accepted(
    await admin.get<{ preparation: { pending: { proposal: number } } }>(`/api/calls/${call}`),
  );
  const { proposal } = preparation.pending;
  accepted(await cast.dreets.admin.post(`/api/calls/${call}/agree-to-shift`, { institution: 'DREETS-PDL', proposal }));
}
const shown = async (id: string): Promise<Shown> => accepted(await world.as(admin).get<Shown>(`/api/webhooks/${id}`));
const deliveries = async (id: string) =>
  accepted(await world.as(admin).get<Deliveries>(`/api/webhooks/${id}/deliveries`)).items;
const passes = (ms: number): void => world.clock.set(later(world.clock.now(), ms));
/** Until so many tries failed, each at its time. */
async function failed(id: string, tries: number): Promise<NonNullable<Shown['failing']>> {
  return until(async () => {
    const { failing: now } = await shown(id);
    if (now && now.tries >= tries) return now;
    if (now && now.nextAt > world.clock.now()) world.clock.set(now.nextAt);
    return undefined;
  }, `${tries} failures`);
}

describe('a webhook', () => {
  it('is told of facts from its registration on, in their order, each signed', async () => {
    await shift();
    const { secret } = await register();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    await shift();
    await shift();
    const got = await receiver.got(4);
    expect(receiver.types()).toEqual([1, 2].flatMap(() => ['ScheduleShifted', 'RectifyingNoticePublished']));
    for (const each of got) {
      expect(isSigned(each, secret)).toBe(true);
      expect(isSigned({ ...each, body: `${each.body} ` }, secret)).toBe(false);
      expect(each.headers['webhook-id']).toBe(each.message.id);
      expect(each.headers['webhook-timestamp']).toBe(String(Date.parse('2021-06-20T08:00:00Z') / 1000));
      expect(each.headers['content-type']).toBe('application/json; charset=utf-8');
    }
    const { message } = got[0] ?? { message: undefined };
    expect(Object.keys(message ?? {})).toEqual(['id', 'type', 'at', 'call', 'position', 'data']);
    expect(message).toMatchObject({ call, at: '2021-06-20T08:00:00Z', data: { reason } });
  });

  it.each(Object.keys(failing) as (keyof typeof failing)[])(
    'is told again under the same id after a failure (%s), and nothing overtakes',
    async (how) => {
      const { id, secret } = await register({ facts: ['ScheduleShifted', 'RectifyingNoticePublished'] });
      receiver.reply = failing[how];
      await shift();
      const failure = await failed(id, 2);
      expect(failure.tries).toBe(2);
      expect((await deliveries(id))[0]).toMatchObject({
        fact: 'ScheduleShifted',
        delivered: false,
        status: { error: 500, redirect: 302, cut: null, silence: null }[how],
        error: { error: null, redirect: null, cut: 'ECONNRESET', silence: 'timeout' }[how],
      });
      receiver.reply = (answer) => answer.writeHead(200).end();
      world.clock.set(failure.nextAt);
      const got = await receiver.got(4);
      expect(receiver.types()).toEqual([
        ...['ScheduleShifted', 'ScheduleShifted', 'ScheduleShifted'],
        'RectifyingNoticePublished',
      ]);
      expect(new Set(got.slice(0, 3).map(({ message }) => message.id)).size).toBe(1);
      expect(new Set(got.slice(0, 3).map(({ body }) => body)).size).toBe(1);
      expect(got.every((each) => isSigned(each, secret))).toBe(true);
      expect(receiver.paths.every((path) => path === '/hook')).toBe(true);
      await until(async () => ((await shown(id)).failing === null ? true : undefined), 'the end of the failure');
    },
  );

  it('that fails delays no other', async () => {
    const other = await Receiver.open();
    try {
      const { id } = await register();
      const { id: second } = accepted(
        await admin.post<Made>('/api/webhooks', { institution: 'ARS-PDL', url: other.url }),
      );
      receiver.reply = failing.silence;
      await shift();
      expect((await other.got(2)).length).toBe(2);
      await failed(id, 1);
      expect(receiver.types()).toEqual(['ScheduleShifted']);
      accepted(await admin.delete(`/api/webhooks/${second}`));
    } finally {
      await other.close();
    }
  });

  it('is told again from a position, as often as it asks', async () => {
    const { id } = await register();
    await shift();
    await shift();
    const got = await receiver.got(4);
    const from = got[1]?.message.position;
    accepted(await admin.post(`/api/webhooks/${id}/replay`, { from }));
    const again = await receiver.got(6);
    expect(again.slice(4).map(({ body }) => body)).toEqual(got.slice(2).map(({ body }) => body));
    expectRefused(await admin.post(`/api/webhooks/${id}/replay`, { from: '1.forged' }), 400, 'PositionForged');
  });

  it('is told again of nothing from before its registration', async () => {
    const first = await register();
    await shift();
    const [one] = await receiver.got(2);
    accepted(await admin.delete(`/api/webhooks/${first.id}`));
    const { id } = await register();
    accepted(await admin.post(`/api/webhooks/${id}/replay`, { from: one?.message.position }));
    await shift();
    await receiver.got(4);
    expect(receiver.types()).toHaveLength(4);
    expect(new Set(receiver.delivered.map(({ message }) => message.id)).size).toBe(4);
  });

  it('signs with the new secret, and for a day with the old one too', async () => {
    const { id, secret } = await register({ facts: ['ScheduleShifted'] });
    const { secret: next } = accepted(await admin.post<Made>(`/api/webhooks/${id}/rotate`));
    expect(next).not.toBe(secret);
    await shift();
    const [first] = await receiver.got(1);
    expect(first && [isSigned(first, secret), isSigned(first, next)]).toEqual([true, true]);
    passes(24 * 3_600_000);
    await shift();
    const [, second] = await receiver.got(2);
    expect(second && [isSigned(second, secret), isSigned(second, next)]).toEqual([false, true]);
  });

  it('that accepts nothing for three days is paused, which its administrators are told, and resumes where it was', async () => {
    const { id } = await register({ facts: ['ScheduleShifted'] });
    receiver.reply = failing.error;
    await shift();
    const { since } = await failed(id, 1);
    expect(since).toBe('2021-06-20T08:00:00Z');
    world.clock.set('2021-06-23T07:59:59Z');
    await failed(id, 2);
    expect((await shown(id)).status).toBe('active');
    world.clock.set('2021-06-23T08:00:00Z');
    const { nextAt } = (await shown(id)).failing ?? { nextAt: '' };
    world.clock.set(nextAt);
    const paused = await until(async () => {
      const now = await shown(id);
      return now.status === 'paused' ? now : undefined;
    }, 'the pause');
    expect(paused.paused).toEqual({
      since: nextAt,
      because: 'failing',
      said: "En pause : aucune livraison n'a été acceptée depuis le 20 juin 2021 à 10 h 00 (heure de Paris).",
    });
    const said = 'Subject: Webhook mis en pause — 127.0.0.1';
    const [message = '', ...others] = await world.messages(said);
    expect(others).toEqual([]);
    expect(message).toContain('To: Alix Administratrice <alix.administratrice@example.org>');
    expect(message).toContain(`/api/webhooks/${id}/deliveries`);
    const tried = receiver.delivered.length;
    receiver.reply = (answer) => answer.writeHead(204).end();
    passes(3_600_000);
    expectRefused(await admin.post(`/api/webhooks/${id}/pause`), 409, 'WebhookPaused');
    accepted(await admin.post(`/api/webhooks/${id}/resume`));
    const got = await receiver.got(tried + 1);
    expect(new Set(got.map(({ message }) => message.id)).size).toBe(1);
    expect(await shown(id)).toMatchObject({ status: 'active', paused: null, failing: null });
    expect(await world.messages(said)).toHaveLength(1);
  });

  it('leads nowhere inside, and tells nobody else of itself', async () => {
    const body = { institution: 'ARS-PDL', facts: ['ScheduleShifted'] };
    const at = (url: string) => admin.post('/api/webhooks', { ...body, url });
    expectRefused(await at('https://169.254.169.254/latest/meta-data/'), 409, 'AddressNotAllowed');
    expectRefused(await at('https://[::ffff:10.0.0.1]/'), 409, 'AddressNotAllowed');
    expectRefused(await at('http://example.org/'), 409, 'AddressNotAllowed');
    const { id } = await register();
    expectRefused(await cast.dreets.admin.get(`/api/webhooks/${id}`), 404, 'WebhookUnknown');
    expectRefused(await cast.dreets.admin.get(`/api/webhooks/${id}/deliveries`), 404, 'WebhookUnknown');
    expectRefused(await cast.dreets.admin.post(`/api/webhooks/${id}/rotate`), 404, 'WebhookUnknown');
    expectRefused(await cast.ars.officer.post(`/api/webhooks/${id}/rotate`), 403, 'NotAllowed');
    expectRefused(await cast.dreets.admin.post('/api/webhooks', { ...body, url: receiver.url }), 403, 'NotAllowed');
    const { items } = accepted(await cast.dreets.admin.get<{ items: unknown[] }>('/api/webhooks'));
    expect(items).toEqual([]);
    const { text } = await admin.get(`/api/webhooks/${id}`);
    expect(text).not.toContain('whsec_');
  });

  it('is told that a file came while it is sealed, not which; once unsealed, which', async () => {
    const other = await closedCall(world, cast);
    const { person, organisation } = await applicant(world, cast, 1);
    const file = await ready(person, other, organisation);
    await register({ call: other });
    const { receipt } = accepted(await submit(person, file));
    const [{ message, body } = { message: undefined, body: '' }] = await receiver.got(1);
    expect(message).toMatchObject({ type: 'ApplicationSubmitted', call: other, data: { sealed: true } });
    for (const secret of [file, organisation, receipt, person.id, 'mille']) expect(body).not.toContain(secret);
    world.clock.set('2021-07-01T14:00:01Z');
    await unsealed(admin, other);
    accepted(await person.post(`/api/applications/${file}/withdraw`, { reason: 'Le projet est abandonné.' }));
    const [, , third] = await receiver.got(3);
    expect(receiver.types()).toEqual(['ApplicationSubmitted', 'ContentsUnsealed', 'ApplicationWithdrawn']);
    expect(third?.message).toMatchObject({ application: file, organisation, data: {} });
    expect(third?.body).not.toContain('abandonné');
  });

  it('goes on where it was after a restart of the service, failures included', async () => {
    const { id } = await register();
    receiver.reply = failing.error;
    await shift();
    const before = await failed(id, 1);
    await world.restart();
    await world.ready();
    expect((await shown(id)).failing).toEqual(before);
    receiver.reply = (answer) => answer.writeHead(204).end();
    world.clock.set(before.nextAt);
    await receiver.got(3);
    expect(receiver.types()).toEqual(['ScheduleShifted', 'ScheduleShifted', 'RectifyingNoticePublished']);
  });
});
