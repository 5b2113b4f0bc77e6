import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { isEventStoreUrl, spaceOf } from '#event-store/eventstoredb-url.js';
import type { Sender } from '#reactors/mail/message.js';
import { SmtpServer } from '#reactors/mail/smtp-server.js';
import { type Environment, withSecretFiles, WrongConfiguration } from './environment.js';

export interface Configuration {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly dataDir: string;
  /** Where people reach the service; links in messages begin with it. */
  readonly publicUrl: string | undefined;
  /** Where alarms are shared and kept: `redis://` or `rediss://`, its password included. Undefined: this process's own. */
  readonly redisUrl: string | undefined;
  /** Where the log is, if not in the data folder: `esdb://` or `esdb+discover://`, its password included. */
  readonly eventStoreUrl: string | undefined;
  readonly logLevel: string;
  /** Requests a minute, for each person signed in; a quarter of it for an address that isn't. 0 sets no limit. */
  readonly rateLimit: number;
  /** Bytes of one document. */
  readonly mostDocumentBytes: number;
  /** Bytes of the log, beyond which nothing more is written; 0 sets no bound. */
  readonly mostLogBytes: number;
  /** Whether this process does the work behind the requests (reminders, mail, webhooks), or a worker apart from it. */
  readonly background: 'here' | 'apart';
  /** The same on all machines of a service; undefined: the one of the data folder. */
  readonly secretKey: string | undefined;
  /** Views that another server copied: this one begins with them where it has none. */
  readonly viewsFrom: string | undefined;
  /** Messages go through it; without one they lie in the outbox. */
  readonly smtp: SmtpServer | undefined;
  /** Whom messages are from. */
  readonly mailFrom: Sender;
  /** A folder marked so when it was empty lets the clock be set from outside HTTP. */
  readonly demonstration: boolean;
  /** Webhooks may lead to this very machine, in plain HTTP: for tests and development. */
  readonly webhooksToLoopback: boolean;
  /** For how long the receiver of a webhook may take to answer. */
  readonly webhookTimeoutMs: number;
  /** Proxies whose word is taken for whom a request comes from: addresses and ranges of them. */
  readonly trustedProxies: readonly string[];
  /** Whoever has it may read /metrics; without one there are none. */
  readonly metricsToken: string | undefined;
  /** Traces go there by OTLP over HTTP; without one there are none. */
  readonly tracesTo: string | undefined;
}

export { WrongConfiguration };

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** @throws WrongConfiguration whose sentence never quotes a secret */
export function readConfiguration(given: Environment): Configuration {
  const env = withSecretFiles(given);
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
    redisUrl: redisUrl(env['REDIS_URL']),
    eventStoreUrl: eventStoreUrl(env['EVENT_STORE_URL'], env['DEMONSTRATION'] === 'yes'),
    logLevel,
    rateLimit: whole('RATE_LIMIT', 1200, 10_000_000),
    mostDocumentBytes: whole('MAX_DOCUMENT_MB', 20, 2000) * 1_000_000,
    mostLogBytes: whole('MAX_LOG_MB', 0, 10_000_000) * 1_000_000,
    viewsFrom: viewsFrom(env['VIEWS_FROM']),
    background: background(env['BACKGROUND']),
    secretKey: secretKey(env['SECRET_KEY']),
    smtp: smtpServer(env['SMTP_URL']),
    mailFrom: sender(env['MAIL_FROM'] || 'Convergence <convergence@localhost>'),
    demonstration: env['DEMONSTRATION'] === 'yes',
    webhookTimeoutMs: whole('WEBHOOKS_TIMEOUT_MS', 10_000, 60_000),
    webhooksToLoopback: env['WEBHOOKS_ALLOW_LOOPBACK'] === 'yes',
    trustedProxies: addresses(env['TRUSTED_PROXIES']),
    metricsToken: metricsToken(env['METRICS_TOKEN']),
    tracesTo: tracesTo(env['OTEL_EXPORTER_OTLP_ENDPOINT']),
  };
}

function viewsFrom(path: string | undefined): string | undefined {
  if (!path || existsSync(path)) return path || undefined;
  throw new WrongConfiguration(`VIEWS_FROM doit être un fichier fait par « copy-views », et ${path} n'existe pas.`);
}

function background(text: string | undefined): Configuration['background'] {
  if (!text || text === 'here') return 'here';
  if (text === 'apart') return text;
  throw new WrongConfiguration(`BACKGROUND doit être here ou apart, et non « ${text} ».`);
}

/** Never quoted in the refusal. */
function secretKey(text: string | undefined): string | undefined {
  if (!text || /^[\x21-\x7e]{32,200}$/.test(text)) return text || undefined;
  throw new WrongConfiguration('SECRET_KEY doit compter de 32 à 200 caractères ASCII, sans espace.');
}

/** Never quoted in the refusal: it may hold a password. */
function redisUrl(text: string | undefined): string | undefined {
  if (!text) return undefined;
  if (/^rediss?:\/\/[^\s]+$/.test(text) && URL.canParse(text) && new URL(text).hostname !== '') return text;
  throw new WrongConfiguration(
    'REDIS_URL doit être une adresse redis:// ou rediss://, les caractères spéciaux du mot de passe étant encodés.',
  );
}

/** Never quoted in the refusal: it may hold a password. A demonstration, whose dates are fictitious, has its own log. */
function eventStoreUrl(text: string | undefined, demonstration: boolean): string | undefined {
  if (!text) return undefined;
  if (demonstration && !spaceOf(text)?.startsWith('demonstration-')) {
    throw new WrongConfiguration(
      'DEMONSTRATION tient son journal à part : retirez EVENT_STORE_URL, ou ajoutez-y un espace neuf comme space=demonstration-1.',
    );
  }
  if (isEventStoreUrl(text)) return text;
  throw new WrongConfiguration(
    'EVENT_STORE_URL doit être une adresse comme esdb://utilisateur:motdepasse@serveur:2113?tls=true (ou esdb+discover://), les caractères spéciaux du mot de passe étant encodés.',
  );
}

function addresses(text: string | undefined): string[] {
  const all = (text ?? '').split(',').map((one) => one.trim());
  const wrong = all.find((one) => one !== '' && !isRange(one));
  if (wrong === undefined) return all.filter((one) => one !== '');
  throw new WrongConfiguration(
    `TRUSTED_PROXIES doit être une liste d'adresses IP ou de plages (172.16.0.0/12), et « ${wrong} » n'en est pas une.`,
  );
}

function isRange(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

function metricsToken(text: string | undefined): string | undefined {
  if (!text) return undefined;
  if (/^[\x21-\x7e]{16,200}$/.test(text)) return text;
  throw new WrongConfiguration('METRICS_TOKEN doit avoir de 16 à 200 lettres, chiffres et signes ASCII, sans espace.');
}

/** Never quoted in the refusal: it may hold a password. */
function tracesTo(text: string | undefined): string | undefined {
  if (!text) return undefined;
  if (/^https?:\/\/[^\s?#@]+$/.test(text) && URL.canParse(text)) return text.replace(/\/+$/, '');
  throw new WrongConfiguration('OTEL_EXPORTER_OTLP_ENDPOINT doit être une adresse comme http://collecteur:4318.');
}

/** Its value may hold a password, so the sentence doesn't repeat it. */
function smtpServer(text: string | undefined): SmtpServer | undefined {
  if (!text) return undefined;
  const server = SmtpServer.parse(text);
  if (server) return server;
  throw new WrongConfiguration(
    'SMTP_URL doit être une adresse comme smtps://utilisateur:motdepasse@serveur:465 (ou smtp://, avec ?ignoreTLS si besoin).',
  );
}

/** `Convergence <appels@ars.example>`, or the address alone. */
function sender(text: string): Sender {
  const [, name = '', address = ''] = /^(?:([^<>\r\n"]*?)\s*<)?([^\s<>@,"]+@[^\s<>@,"]+)>?$/.exec(text) ?? [];
  if (address !== '' && text.includes('<') === text.endsWith('>')) return { name: name || 'Convergence', address };
  throw new WrongConfiguration('MAIL_FROM doit être une adresse, comme Convergence <appels@domaine.fr>.');
}
