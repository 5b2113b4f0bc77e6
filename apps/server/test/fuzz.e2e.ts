import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { accepted } from '#client/client.js';
import { describeService } from '#server/describe.js';
import { type Theatre, theatreOf } from './actors.js';
import { applicant, ready, submit } from './applicants.js';
import { badRequests } from './bad-requests.js';
import { session } from './late-stages.js';
import { closeRaw, type RawAnswer, type RawRequest, send, sendBytes } from './raw.js';
import { World } from './world.js';

const SEED = 20210813;
const REQUESTS = 3000;

let world: World;
let theatre: Theatre;
beforeAll(async () => {
  world = await World.open('2021-05-12T08:00:00Z');
  theatre = await theatreOf(world);
});
afterAll(async () => {
  closeRaw();
  await world.close();
});

const traces =
  /node_modules|\bat [\w.<>]+ \(|\.[jt]s:\d|SQLITE|SELECT |INSERT |\/dist\/|\/tmp\/|file:\/\/|Error:|FST_|undefined|\[object/;
const french = /[éèêàùçîôœ’«]|\b(le|la|les|un|une|des|du|de|est|pas|ne|votre|vos|cette|ce|dans)\b/i;

/** What is wrong with an answer to a bad request: undefined where it is as it should be. */
function fault({ status, headers, text }: RawAnswer): string | undefined {
  if (status === 0) return 'cut without an answer';
  if (status >= 500) return 'a fault of the service';
  if (status < 400) return undefined;
  if (headers['content-type'] !== 'application/problem+json; charset=utf-8')
    return `a ${String(headers['content-type'])}`;
  const { code, detail, status: told } = JSON.parse(text) as { code?: unknown; detail?: unknown; status?: unknown };
  if (told !== status || typeof code !== 'string' || !/^[A-Z][A-Za-z0-9]+$/.test(code)) return 'no code';
  if (typeof detail !== 'string' || !french.test(detail) || !/[.?!]$/.test(detail)) return 'not a French sentence';
  return traces.test(text) ? 'traces of the inside' : undefined;
}

const shownOf = ({ method, path, headers, body }: RawRequest): string =>
  `${method} ${path.slice(0, 200)} ${JSON.stringify(headers).slice(0, 300)} ${body?.toString('latin1').slice(0, 300) ?? ''}`;

async function inParallel<T>(items: readonly T[], lanes: number, work: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values();
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (const item of rest) await work(item);
    }),
  );
}

describe('bad requests', () => {
  it(`are all answered as problems, and never break the service (seed ${SEED})`, async () => {
    const { document } = await describeService();
    const known = {
      calls: theatre.openCall,
      applications: theatre.draft,
      documents: theatre.document,
      organisations: theatre.organisation,
      institutions: 'ARS-PDL',
      people: theatre.bystander.id,
      questions: theatre.question,
      receipts: theatre.receipt,
      reports: theatre.report,
      sessions: session,
    };
    const tokens = [
      ...theatre.actors.flatMap(({ client: { token } }) => (token === undefined ? [] : [`Bearer ${token}`])),
      '',
      'Bearer nobody',
      'Basic YTpi',
      `Bearer ${'x'.repeat(300)}`,
    ];
    const requests = fc.sample(badRequests(document, known, tokens), { seed: SEED, numRuns: REQUESTS });
    const faults: string[] = [];
    const statuses = new Map<number, number>();
    await inParallel(requests, 8, async (request) => {
      const answer = await send(world.server.url, request);
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      const found = fault(answer);
      if (found !== undefined)
        faults.push(`${found}: ${shownOf(request)} → ${answer.status} ${answer.text.slice(0, 300)}`);
    });
    expect(faults.slice(0, 5)).toEqual([]);
    const refused = [...statuses].reduce((sum, [status, count]) => sum + (status >= 400 ? count : 0), 0);
    expect(refused).toBeGreaterThan(2000);
    expect([...statuses.keys()]).toEqual(expect.arrayContaining([400, 401, 403, 404, 409, 415]));
  });

  it('may be bytes that are hardly HTTP', async () => {
    const host = 'Host: localhost\r\nConnection: close\r\n';
    const heads = [
      `GARBAGE\r\n\r\n`,
      `GET /api/calls HTTP/9.9\r\n${host}\r\n`,
      `GET /api/calls HTTP/1.1\r\n${host}X-Odd: a\u0000b\r\n\r\n`,
      `GET /api/calls\u0000 HTTP/1.1\r\n${host}\r\n`,
      `GET /api/calls HTTP/1.1\r\n${host}X-Long: ${'x'.repeat(70_000)}\r\n\r\n`,
      `GET /${'x'.repeat(70_000)} HTTP/1.1\r\n${host}\r\n`,
      `GET /api/%zz HTTP/1.1\r\n${host}\r\n`,
      `POST /api/calls HTTP/1.1\r\n${host}Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}`,
      `POST /api/sign-ins HTTP/1.1\r\n${host}Content-Length: -1\r\nContent-Type: application/json\r\n\r\n{}`,
      `POST /api/sign-ins HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\nzz\r\n`,
      `POST /api/sign-ins HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\nZZ\r\n{}\r\n`,
      `TRACE /api/calls HTTP/1.1\r\n${host}\r\n`,
      `PROPFIND /api/calls HTTP/1.1\r\n${host}\r\n`,
      `OPTIONS * HTTP/1.1\r\n${host}\r\n`,
    ];
    const told = await Promise.all(
      heads.map(async (head) => {
        const answer = await sendBytes(world.server.url, Buffer.from(head, 'latin1'));
        return { head: head.slice(0, 60), status: answer.status, fault: fault(answer) };
      }),
    );
    expect(told.filter(({ status, fault: found }) => found !== undefined || status < 400)).toEqual([]);
  });

  it('leave the service as able as before', async () => {
    expect((await world.anonymous.get('/health/ready')).status).toBe(200);
    world.clock.set('2021-07-02T08:00:00Z');
    const { person, organisation } = await applicant(world, theatre.cast, 30);
    const id = await ready(person, theatre.openCall, organisation);
    expect(accepted(await submit(person, id)).submission).toBe(1);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });
});
