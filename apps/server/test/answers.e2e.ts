import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accepted, Client } from '#client/client.js';
import { applicant, pdf } from './applicants.js';
import { closeRaw, sendBytes } from './raw.js';
import { expectRefused } from './refusals.js';
import { type Cast, castOf, heading, publishedCall } from './stage.js';
import { type Person, until, World } from './world.js';

let world: World;
let cast: Cast;
let call: string;
let file: { person: Person; id: string; document: string };
const logged: string[] = [];
beforeAll(async () => {
  world = await World.open('2021-05-12T08:00:00Z', {
    env: { LOG_LEVEL: 'info' },
    logTo: { write: (line) => void logged.push(line) },
  });
  cast = await castOf(world);
  call = await publishedCall(world, cast);
  const { person, organisation } = await applicant(world, cast, 1);
  const { id } = accepted(await person.post<{ id: string }>(`/api/calls/${call}/start-application`, { organisation }));
  const attached = await person.put<{ document: string }>(`/api/applications/${id}/documents?filename=a.pdf`, pdf('a'));
  file = { person, id, document: accepted(attached).document };
});
afterAll(async () => {
  closeRaw();
  await world.close();
});

describe('every kind of answer', () => {
  const kinds: Record<string, () => Promise<{ status: number; headers: Headers }>> = {
    'JSON (200)': () => world.anonymous.get('/api/calls'),
    'made (201)': () => cast.ars.admin.post('/api/calls', heading),
    'nothing to say (204)': () =>
      cast.caf.post(`/api/people/${cast.caf.id}/change-details`, {
        name: 'Célia Partenaire',
        email: 'celia@caf.example',
      }),
    'CSV (200)': () => world.anonymous.get('/api/calls', { accept: 'text/csv' }),
    'a document (200)': () => file.person.get(`/api/applications/${file.id}/documents/${file.document}`),
    'the API document (200)': () => world.anonymous.get('/api/openapi.json'),
    'health (200)': () => world.anonymous.get('/health/live'),
    'wrong input (400)': () => cast.ars.admin.post('/api/calls', {}),
    'not JSON (400)': () => cast.ars.admin.send('POST', '/api/calls', '{', {}),
    'an unreadable address (400)': () => world.anonymous.get('/api/calls/%zz'),
    'not signed in (401)': () => world.anonymous.get('/api/me'),
    'not allowed (403)': () => cast.caf.post('/api/calls', heading),
    'not found (404)': () => world.anonymous.get('/api/calls/unknown'),
    'no such address (404)': () => world.anonymous.get('/nothing/here'),
    'refused by a rule (409)': () => cast.ars.admin.post(`/api/calls/${call}/publish`),
    'too large (413)': () => cast.ars.admin.post('/api/calls', { title: 'x'.repeat(1_000_001) }),
    'too long an address (414)': () => world.anonymous.get(`/api/calls/${'x'.repeat(300)}`),
    'no version (428)': () => cast.ars.admin.post(`/api/calls/${call}/set-rubric`, {}),
    'bytes that are not HTTP (400)': async () => {
      const { status, headers } = await sendBytes(world.server.url, Buffer.from('GARBAGE\r\n\r\n'));
      return { status, headers: new Headers(headers as Record<string, string>) };
    },
  };

  it.each(Object.entries(kinds))('carries the headers that keep it harmless: %s', async (kind, ask) => {
    const { status, headers } = await ask();
    expect(kind).toContain(`(${status})`);
    expect({
      policy: headers.get('content-security-policy'),
      sniffing: headers.get('x-content-type-options'),
      referrer: headers.get('referrer-policy'),
      resource: headers.get('cross-origin-resource-policy'),
      transport: headers.get('strict-transport-security'),
      server: headers.get('x-powered-by'),
    }).toEqual({
      policy: kind.startsWith('a document') ? 'sandbox' : "default-src 'none';frame-ancestors 'none'",
      sniffing: 'nosniff',
      referrer: 'no-referrer',
      resource: 'same-origin',
      transport: 'max-age=31536000; includeSubDomains',
      server: null,
    });
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('of what somebody signed in reads is kept by no cache', async () => {
    const kept = async (client: Client) => (await client.get('/api/calls')).headers.get('cache-control');
    expect([await kept(cast.ars.admin), await kept(world.anonymous)]).toEqual(['no-store', null]);
  });
});

describe('the log', () => {
  const lineOf = (request: string) =>
    until(() => {
      const line = logged.find((each) => each.includes(request) && each.includes('"status"'));
      return line === undefined ? undefined : (JSON.parse(line) as Record<string, unknown>);
    }, `the line of ${request}`);

  it('has one line for each request, under the number that its answer bears', async () => {
    const answer = await cast.ars.admin.post<{ instance: string }>('/api/calls', {});
    const id = answer.headers.get('x-request-id') ?? '';
    expect(answer.body.instance).toBe(`urn:convergence:request:${id}`);
    expect(await lineOf(id)).toEqual({
      level: 30,
      time: expect.stringMatching(/^\d{4}-/),
      request: id,
      method: 'POST',
      route: '/api/calls',
      status: 400,
      ms: expect.any(Number),
      by: cast.ars.admin.id,
    });
  });

  it('names the person, and never holds a token, an address or what somebody wrote', async () => {
    const { person, id } = file;
    const secret = 'Phrase que le journal ignore';
    const answer = await person.post(`/api/applications/${id}/submit`, { contents: { title: secret }, other: secret });
    await world.anonymous.get(`/api/calls?q=${encodeURIComponent(secret)}`);
    await new Client(world.server.url, 'cv_not-a-token').get('/api/me');
    await lineOf(answer.headers.get('x-request-id') ?? '');
    const all = logged.join('');
    const tokens = [person, cast.ars.admin, world.operator].map(({ token }) => token ?? '');
    const never = [...tokens, 'cv_', 'Bearer', 'authorization', secret, 'Phrase', '@example.org', 'Porteur'];
    expect(never.filter((text) => all.includes(text))).toEqual([]);
    expect(all).toContain(person.id);
  });
});

describe('the position of what was written', () => {
  it('is waited for by a query that carries it', async () => {
    const made = await cast.ars.admin.post<{ id: string }>('/api/calls', heading);
    const position = made.headers.get('convergence-position') ?? '';
    expect(position).toMatch(/^\w+\.[\w-]{22}$/);
    accepted(await cast.dreets.admin.get(`/api/calls/${accepted(made).id}`, { position }));
  });

  it.each(['1.aaaaaaaaaaaaaaaaaaaaaa', '999', 'x.', '.aaaaaaaaaaaaaaaaaaaaaa'])(
    'is refused where it is forged: %s',
    async (position) => {
      expectRefused(
        await world.anonymous.get('/api/calls', { position }),
        400,
        'PositionForged',
        "Cette position n'est pas de ce journal.",
      );
    },
  );

  it('that the views have not reached is answered later, and not wrongly', async () => {
    const position = world.server.service.positions.write('999999999');
    const answer = await world.anonymous.get('/api/calls', { position });
    expectRefused(answer, 503, 'ViewsBehind', 'Les pages rattrapent le journal : réessayez dans un instant.');
    expect(answer.headers.get('retry-after')).toBe('1');
  });
});

describe('the limit of requests', () => {
  it('counts whom a proxy names, where the configuration trusts that proxy, and nobody else', async () => {
    const from = async ({ server }: World, address: string): Promise<number> =>
      (await fetch(`${server.url}/api/institutions`, { headers: { 'x-forwarded-for': address } })).status;
    const asked = ['192.0.2.1', '192.0.2.1', '192.0.2.2', '192.0.2.2'];
    const statusesWith = async (env: Record<string, string>): Promise<number[]> => {
      const limited = await World.open('2021-05-12T08:00:00Z', { env: { RATE_LIMIT: '4', ...env } });
      const found: number[] = [];
      for (const address of asked) found.push(await from(limited, address));
      await limited.close();
      return found;
    };
    expect(await statusesWith({ TRUSTED_PROXIES: '127.0.0.0/8' })).toEqual([200, 429, 200, 429]);
    expect(await statusesWith({ TRUSTED_PROXIES: '10.0.0.0/8' })).toEqual([200, 429, 429, 429]);
    expect(await statusesWith({})).toEqual([200, 429, 429, 429]);
  });

  it("is each person's own, a quarter of it for an address, and told with the seconds to wait", async () => {
    const limited = await World.open('2021-05-12T08:00:00Z', { env: { RATE_LIMIT: '12' } });
    try {
      const statuses = async (client: () => Client, count: number): Promise<number[]> => {
        const found: number[] = [];
        for (let index = 0; index < count; index++) found.push((await client().get('/api/institutions')).status);
        return found;
      };
      expect(await statuses(() => limited.operator, 13)).toEqual([...Array<number>(12).fill(200), 429]);
      expect(await statuses(() => limited.anonymous, 4)).toEqual([200, 200, 200, 429]);
      // Tokens that are nobody's don't each have a limit of their own.
      let made = 0;
      const guessing = () => new Client(limited.server.url, `cv_guess-${made++}`);
      expect(await statuses(guessing, 3)).toEqual([429, 429, 429]);
      const answer = await limited.anonymous.get('/api/institutions');
      expectRefused(answer, 429, 'TooManyRequests', 'Trop de requêtes : patientez avant de réessayer.');
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(60);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect((await limited.anonymous.get('/health/live')).status).toBe(200);
    } finally {
      await limited.close();
    }
  });
});
