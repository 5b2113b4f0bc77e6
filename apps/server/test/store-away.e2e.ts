import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accepted } from '#client/client.js';
import { refusals, ScriptedServer } from '#event-store/scripted-server.js';
import { LiveServer } from './live-server.js';
import { expectRefused } from './refusals.js';
import { until, World } from './world.js';

const institution = { code: 'CAF-44', name: 'CAF de Loire-Atlantique', kind: 'CAF', departement: '44' };
const away = "Le journal n'est pas disponible : réessayez dans un instant.";
const slow = 'Le journal est très sollicité : réessayez dans un instant.';

let store: ScriptedServer;
beforeEach(async () => {
  store = await ScriptedServer.start();
});
afterEach(() => store.goAway());

describe('a service whose EventStoreDB fails while it runs', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open('2021-05-12T08:00:00Z', { env: { EVENT_STORE_URL: store.url } });
  });
  afterEach(async () => {
    store.forgive();
    await world.close();
  });
  const register = (key: string, body: object = institution) => world.operator.post('/api/institutions', body, { key });
  const registered = () => store.log.events.filter(({ type }) => type === 'InstitutionRegistered').length;

  it('answers 503 while it is away, reads on, and takes the command repeated with its key once it is back', async () => {
    const key = randomUUID();
    await store.goAway();
    const refused = await register(key);
    expectRefused(refused, 503, 'LogUnavailable', away);
    expect(refused.headers.get('retry-after')).toBe('5');
    accepted(await world.operator.get('/api/me'));
    accepted(await world.operator.get('/api/institutions'));
    await store.comeBack();
    accepted(await register(key));
    expect(registered()).toBe(1);
    const { items } = accepted(await world.operator.get<{ items: object[] }>('/api/institutions'));
    expect(items).toMatchObject([{ code: 'CAF-44' }]);
  });

  it('gives the answer of what was written, though its own answer had been 503', async () => {
    const key = randomUUID();
    store.fate('append', 'done and cut', ...Array.from({ length: 40 }, () => 'cut' as const));
    // On a busy machine its last try may not have been answered at all.
    const { status, body } = await register(key);
    expect([status, ['LogUnavailable', 'LogBusy']]).toEqual([
      503,
      expect.arrayContaining([(body as { code?: string }).code]),
    ]);
    expect(registered()).toBe(1);
    store.forgive();
    const again = await register(key);
    accepted(again);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(registered()).toBe(1);
    expectRefused(await register(key, { ...institution, name: 'Autre' }), 409, 'IdempotencyKeyReused');
  });

  it('answers 503 in bounded time while it is frozen, and stops within the time it has for that', async () => {
    store.always = 'silence';
    const start = Date.now();
    const refused = await register(randomUUID());
    expectRefused(refused, 503, 'LogBusy', slow);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(Date.now() - start).toBeLessThan(15_000);
    const before = store.asked.length;
    const pending = register(randomUUID()).catch(() => undefined);
    await until(() => store.asked.length > before || undefined, 'the command to be under way');
    const told = Date.now();
    await world.restart(async () => {
      expect(Date.now() - told).toBeLessThan(9000);
      store.forgive();
    });
    await pending;
  });

  it('says what is too large, and not that something unexpected happened', async () => {
    store.fate('append', refusals.tooLarge);
    expectRefused(await register(randomUUID()), 413, 'BodyTooLarge', 'Le corps de la requête est trop volumineux.');
  });
});

describe('a service that starts on an EventStoreDB', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'convergence-away-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const startInVain = (url: string) => LiveServer.startInVain(folder, { EVENT_STORE_URL: url });

  it('says in a sentence that nobody answers there', async () => {
    const { url } = store;
    await store.goAway();
    expect(await startInVain(url)).toEqual({ code: 1, stderr: "EventStoreDB n'est pas joignable (code 14).\n" });
  });

  it('says in a sentence that it is refused, and never with which password', async () => {
    store.always = refusals.notAuthenticated;
    expect(await startInVain(store.url.replace('//', '//agent:motdepasse-secret@'))).toEqual({
      code: 1,
      stderr: 'EventStoreDB refuse les identifiants de EVENT_STORE_URL : vérifiez-les, et les droits du compte.\n',
    });
  });

  it('says in a sentence that a certificate is missing', async () => {
    expect(await startInVain(`${store.url.replace('false', 'true')}&tlsCAFile=/nowhere.pem`)).toEqual({
      code: 1,
      stderr:
        'Un certificat que nomme EVENT_STORE_URL (tlsCAFile, userCertFile, userKeyFile) manque ou ne peut pas être lu.\n',
    });
  });

  it('keeps its log there, and stops at once when it is told to, though the server is frozen', async () => {
    const live = await LiveServer.start(folder, undefined, { EVENT_STORE_URL: store.url });
    accepted(await live.client(live.operator).post('/api/institutions', institution));
    store.always = 'silence';
    const start = Date.now();
    expect(await live.stop()).toEqual({ code: 0, stderr: '' });
    expect(Date.now() - start).toBeLessThan(9000);
  });
});
