import { lookup as resolve, type LookupAddress } from 'node:dns';
import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { performance } from 'node:perf_hooks';
import { kindOfAddress } from '#domain/webhook/address.js';

/** What came of sending: the status of the answer, or the kind of what went wrong instead. */
export interface Sent {
  readonly status?: number;
  /** `timeout`, `forbidden-address`, or the code of the system: `ECONNRESET`. Never a text of the other side. */
  readonly error?: string;
  readonly ms: number;
}

export interface Sending {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** This machine may be reached: for tests and development. */
  readonly loopback: boolean;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Replaces the resolver of the system. */
  readonly resolve?: typeof resolve;
}

class ForbiddenAddress extends Error {
  readonly code = 'forbidden-address';
}

const MOST_BYTES = 1024;

/** May something be sent to that IP address? */
const reachable = (address: string, loopback: boolean): boolean => {
  const kind = kindOfAddress(address);
  return kind === 'public' || (loopback && kind === 'loopback');
};

/** Resolves at the moment of connecting, and to allowed addresses only: no name can change between look and leap. */
export const guarded =
  (loopback: boolean, look: typeof resolve = resolve): LookupFunction =>
  (hostname, options, answer) => {
    look(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error) return answer(error, []);
      const [first] = found;
      if (!first || !found.every(({ address }) => reachable(address, loopback))) {
        return answer(new ForbiddenAddress('Not an address of the open Internet.'), []);
      }
      if (options.all) answer(null, found);
      else answer(null, first.address, first.family);
    });
  };

/** Posts once: follows nothing, waits no longer than that, and reads next to nothing of the answer. */
export function post({ url, headers, body, loopback, timeoutMs, signal, resolve: look }: Sending): Promise<Sent> {
  const started = performance.now();
  const { protocol, hostname } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  return new Promise((settle) => {
    const done = (sent: Omit<Sent, 'ms'>): void => settle({ ...sent, ms: Math.round(performance.now() - started) });
    // Node asks no resolver about what is an address already.
    if (isIP(host) !== 0 && !reachable(host, loopback)) return done({ error: 'forbidden-address' });
    const send = protocol === 'https:' ? secure : plain;
    const sending = send(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      agent: false,
      lookup: guarded(loopback, look),
      maxHeaderSize: 16_384,
      ...(signal && { signal }),
    });
    const timer = setTimeout(
      () => sending.destroy(Object.assign(new Error('Too late.'), { code: 'timeout' })),
      timeoutMs,
    );
    sending.on('response', (answer) => {
      done({ status: answer.statusCode ?? 0 });
      let read = 0;
      answer.on('data', (chunk: Buffer) => {
        read += chunk.length;
        if (read > MOST_BYTES) sending.destroy();
      });
      answer.on('error', () => undefined);
    });
    sending.on('error', (error: NodeJS.ErrnoException) => done({ error: kindOf(error) }));
    sending.on('close', () => {
      clearTimeout(timer);
      done({ error: 'closed' });
    });
    sending.end(body);
  });
}

const kindOf = ({ code, name }: NodeJS.ErrnoException): string =>
  code !== undefined && /^[\w-]{1,60}$/.test(code) ? code : name;
