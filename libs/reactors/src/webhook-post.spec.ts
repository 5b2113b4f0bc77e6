import { afterEach, describe, expect, it } from '@jest/globals';
import type { LookupAddress, LookupOptions } from 'node:dns';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { guarded, post, type Sending } from './webhook-post.js';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
async function listening(reply: RequestListener): Promise<string> {
  const server = createServer(reply);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return String((server.address() as AddressInfo).port);
}
const sending = (url: string, changes: Partial<Sending> = {}) =>
  post({ url, headers: {}, body: '{}', loopback: true, timeoutMs: 2000, ...changes });

/** A resolver that answers with these, one more with each question. */
const resolving = (...answers: string[][]) => {
  const asked: string[] = [];
  const look = (name: string, _: LookupOptions, answer: (error: null, found: LookupAddress[]) => void) => {
    const found = answers[Math.min(asked.length, answers.length - 1)] ?? [];
    asked.push(name);
    answer(
      null,
      found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return { asked, look: look as unknown as NonNullable<Sending['resolve']> };
};

describe('sending', () => {
  it('tells the status, whatever follows it', async () => {
    const port = await listening((_, answer) => answer.writeHead(204).end());
    expect(await sending(`http://127.0.0.1:${port}/`)).toMatchObject({ status: 204 });
  });

  it('follows no redirect', async () => {
    const paths: (string | undefined)[] = [];
    const port = await listening((request, answer) => {
      paths.push(request.url);
      answer.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(await sending(`http://127.0.0.1:${port}/hook`)).toMatchObject({ status: 307 });
    expect(paths).toEqual(['/hook']);
  });

  it('hangs up on an answer without an end', async () => {
    let hungUp: () => void;
    const over = new Promise<void>((resolve) => (hungUp = resolve));
    const port = await listening((_, answer) => {
      answer.writeHead(200);
      const more = setInterval(() => answer.write('x'.repeat(500)), 1);
      answer.on('close', () => {
        clearInterval(more);
        hungUp();
      });
    });
    expect(await sending(`http://127.0.0.1:${port}/`)).toMatchObject({ status: 200 });
    await over;
  });

  it('waits no longer than it is told', async () => {
    const port = await listening(() => undefined);
    expect(await sending(`http://127.0.0.1:${port}/`, { timeoutMs: 50 })).toMatchObject({ error: 'timeout' });
  });

  it('tells a connection that is cut by its code', async () => {
    const port = await listening((request) => request.socket.destroy());
    expect(await sending(`http://127.0.0.1:${port}/`)).toMatchObject({ error: 'ECONNRESET' });
  });

  it.each([
    ['127.0.0.1', false],
    ['[::1]', false],
    ['[::ffff:127.0.0.1]', false],
    ['2130706433', false],
    ['169.254.169.254', true],
    ['10.0.0.1', true],
  ])('never reaches %s (this machine allowed: %s)', async (host, loopback) => {
    let reached = false;
    const port = await listening((_, answer) => {
      reached = true;
      answer.end();
    });
    expect(await sending(`http://${host}:${port}/`, { loopback })).toMatchObject({ error: 'forbidden-address' });
    expect(reached).toBe(false);
  });

  it('judges a name by where it leads when it connects, however often that changes', async () => {
    let reached = false;
    const port = await listening((_, answer) => {
      reached = true;
      answer.end();
    });
    const { asked, look } = resolving(['127.0.0.1'], ['93.184.216.34']);
    const sent = await sending(`http://hook.example.org:${port}/`, { loopback: false, resolve: look });
    expect(sent).toMatchObject({ error: 'forbidden-address' });
    expect([asked, reached]).toEqual([['hook.example.org'], false]);
  });

  it('reaches the address that was judged, and asks no second time', async () => {
    const port = await listening((_, answer) => answer.writeHead(200).end());
    const { asked, look } = resolving(['127.0.0.1'], ['10.0.0.1']);
    const sent = await sending(`http://hook.example.org:${port}/`, { resolve: look });
    expect(sent).toMatchObject({ status: 200 });
    expect(asked).toEqual(['hook.example.org']);
  });

  it('refuses a name one of whose addresses leads inside', async () => {
    const { look } = resolving(['93.184.216.34', '10.0.0.1']);
    const error = await new Promise((resolve) => guarded(false, look)('hook.example.org', { all: true }, resolve));
    expect(error).toMatchObject({ code: 'forbidden-address' });
  });
});
