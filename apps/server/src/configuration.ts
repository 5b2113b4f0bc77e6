import { resolve } from 'node:path';
import { type S3Address, s3Address } from '#documents/s3-address.js';
import { isEventStoreUrl } from '#event-store/eventstoredb-url.js';
import type { Sender } from '#reactors/mail/message.js';
import { SmtpServer } from '#reactors/mail/smtp-server.js';

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
  /** Where documents are, if not in the data folder, and the secret of who asks for them. */
  readonly documentsOnS3: S3Address | undefined;
  readonly logLevel: string;
  /** Requests a minute, for each person signed in; a quarter of it for an address that isn't. 0 sets no limit. */
  readonly rateLimit: number;
  /** Bytes of one document. */
  readonly mostDocumentBytes: number;
  /** Bytes of the log, beyond which nothing more is written; 0 sets no bound. */
  readonly mostLogBytes: number;
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
    redisUrl: redisUrl(env['REDIS_URL']),
    eventStoreUrl: eventStoreUrl(env['EVENT_STORE_URL'], env['DEMONSTRATION'] === 'yes'),
    documentsOnS3: documentsUrl(env['DOCUMENTS_URL']),
    logLevel,
    rateLimit: whole('RATE_LIMIT', 1200, 10_000_000),
    mostDocumentBytes: whole('MAX_DOCUMENT_MB', 20, 2000) * 1_000_000,
    mostLogBytes: whole('MAX_LOG_MB', 0, 10_000_000) * 1_000_000,
    smtp: smtpServer(env['SMTP_URL']),
    mailFrom: sender(env['MAIL_FROM'] || 'Convergence <convergence@localhost>'),
    demonstration: env['DEMONSTRATION'] === 'yes',
    webhookTimeoutMs: whole('WEBHOOKS_TIMEOUT_MS', 10_000, 60_000),
    webhooksToLoopback: env['WEBHOOKS_ALLOW_LOOPBACK'] === 'yes',
  };
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
  if (demonstration) {
    throw new WrongConfiguration('DEMONSTRATION tient son journal dans un dossier vide : retirez EVENT_STORE_URL.');
  }
  if (isEventStoreUrl(text)) return text;
  throw new WrongConfiguration(
    'EVENT_STORE_URL doit être une adresse comme esdb://utilisateur:motdepasse@serveur:2113?tls=true (ou esdb+discover://), les caractères spéciaux du mot de passe étant encodés.',
  );
}

/** Never quoted in the refusal: it holds a secret. */
function documentsUrl(text: string | undefined): S3Address | undefined {
  if (!text) return undefined;
  const address = s3Address(text);
  if (address) return address;
  throw new WrongConfiguration(
    'DOCUMENTS_URL doit être une adresse comme s3+https://clé:secret@serveur/seau/préfixe?region=fr-par (ou s3+http://), les caractères spéciaux de la clé et du secret étant encodés.',
  );
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
