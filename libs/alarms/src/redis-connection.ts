import { Redis, type RedisOptions } from 'ioredis';

const CONNECT_WITHIN_MS = 5000;
const DISCONNECT_WITHIN_MS = 500;
const KEEP_TRYING_MS = 2000;

const shared: RedisOptions = {
  connectTimeout: CONNECT_WITHIN_MS,
  disconnectTimeout: DISCONNECT_WITHIN_MS,
  retryStrategy: (times: number) => Math.min(times * 100, KEEP_TRYING_MS),
};

/** For arming: fails at once where Redis is away, and after `answerWithinMs` where it hangs. */
export const impatient = (url: string, answerWithinMs: number): Redis =>
  new Redis(url, {
    ...shared,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    commandTimeout: answerWithinMs,
  });

/** For a worker, which waits as long as it takes. */
export const patient = (url: string): Redis => new Redis(url, { ...shared, maxRetriesPerRequest: null });

/**
 * An error that can be logged: ioredis keeps with its errors the commands it sent, the password among them, and an address
 * that can't be read is quoted whole.
 */
export function withoutSecrets(error: unknown, url: string): Error {
  const { message, code } = error as NodeJS.ErrnoException;
  const secrets = [url, ...passwords(url)].filter((secret) => secret !== '');
  const said = secrets.reduce((text, secret) => text.replaceAll(secret, '…'), message);
  return Object.assign(new Error(`Redis: ${said}`), code === undefined ? {} : { code });
}

function passwords(url: string): string[] {
  const [, written = ''] = /:\/\/[^/]*?:(.*)@/.exec(url) ?? [];
  try {
    return [written, decodeURIComponent(written)];
  } catch {
    return [written];
  }
}

/** What makes a Redis lose alarms, in sentences for its operator: `INFO`, which managed ones allow, says it. */
export async function weaknesses(redis: Redis): Promise<string[]> {
  const info = await redis.info();
  const of = (field: string): string => new RegExp(`^${field}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? '';
  const policy = of('maxmemory_policy');
  return [
    ...(policy !== '' && policy !== 'noeviction'
      ? [`maxmemory-policy is ${policy}: alarms may be evicted, set it to noeviction`]
      : []),
    ...(of('aof_enabled') === '0'
      ? ['the append-only file is off: a restart forgets what was armed, set appendonly to yes']
      : []),
  ];
}
