import { resolve } from 'node:path';

export interface Configuration {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly dataDir: string;
  /** Where people reach the service; links in messages begin with it. */
  readonly publicUrl: string | undefined;
  readonly logLevel: string;
  /** Requests a minute, for each person signed in; a quarter of it for an address that isn't. 0 sets no limit. */
  readonly rateLimit: number;
  /** Bytes of one document. */
  readonly mostDocumentBytes: number;
  /** Bytes of the log, beyond which nothing more is written; 0 sets no bound. */
  readonly mostLogBytes: number;
  /** A folder marked so when it was empty lets the clock be set from outside HTTP. */
  readonly demonstration: boolean;
  /** Webhooks may lead to this very machine, in plain HTTP: for tests and development. */
  readonly webhooksToLoopback: boolean;
  /** For how long the receiver of a webhook may take to answer. */
  readonly webhookTimeoutMs: number;
}

/** A wrong variable stops the start, with a sentence that says which and why. */
export class WrongConfiguration extends Error {
  override readonly name = 'WrongConfiguration';
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

export function readConfiguration(env: Readonly<Record<string, string | undefined>>): Configuration {
  const whole = (name: string, fallback: number, max: number): number => {
    const text = env[name];
    if (text === undefined || text === '') return fallback;
    const value = Number(text);
    if (Number.isInteger(value) && value >= 0 && value <= max) return value;
    throw new WrongConfiguration(`${name} doit être un nombre entier de 0 à ${max}, et non « ${text} ».`);
  };
  const logLevel = env['LOG_LEVEL'] || 'info';
  if (!logLevels.includes(logLevel)) {
    throw new WrongConfiguration(`LOG_LEVEL doit être l'une de ces valeurs : ${logLevels.join(', ')}.`);
  }
  const publicUrl = env['PUBLIC_URL'];
  if (publicUrl && !/^https?:\/\/[^\s]+[^/\s]$/.test(publicUrl)) {
    throw new WrongConfiguration('PUBLIC_URL doit être une adresse http(s) sans barre finale.');
  }
  return {
    host: env['HOST'] || '127.0.0.1',
    port: whole('PORT', 3000, 65_535),
    dataDir: resolve(env['DATA_DIR'] || 'data'),
    publicUrl: publicUrl || undefined,
    logLevel,
    rateLimit: whole('RATE_LIMIT', 1200, 10_000_000),
    mostDocumentBytes: whole('MAX_DOCUMENT_MB', 20, 2000) * 1_000_000,
    mostLogBytes: whole('MAX_LOG_MB', 0, 10_000_000) * 1_000_000,
    demonstration: env['DEMONSTRATION'] === 'yes',
    webhookTimeoutMs: whole('WEBHOOKS_TIMEOUT_MS', 10_000, 60_000),
    webhooksToLoopback: env['WEBHOOKS_ALLOW_LOOPBACK'] === 'yes',
  };
}
