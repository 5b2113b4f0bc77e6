import { describe, expect, it } from '@jest/globals';
import { readConfiguration, WrongConfiguration } from './configuration.js';

describe('REDIS_URL', () => {
  it.each(['redis://redis:6379', 'rediss://somebody:p%40ss@redis.example.org:6380/2', 'redis://:secret@[::1]'])(
    'may be %s',
    (REDIS_URL) => expect(readConfiguration({ REDIS_URL }).redisUrl).toBe(REDIS_URL),
  );

  it.each([undefined, ''])('may be left out: %j', (REDIS_URL) =>
    expect(readConfiguration({ REDIS_URL }).redisUrl).toBeUndefined(),
  );

  it.each([
    'redis',
    'http://:secret@redis',
    'redis://:sec/ret@redis:6379',
    'redis://:secret@redis:port',
    'redis:// :secret@redis',
    'redis://',
  ])('is refused where it is %s, without a word of it', (REDIS_URL) =>
    expect(() => readConfiguration({ REDIS_URL })).toThrow(
      new WrongConfiguration(
        'REDIS_URL doit être une adresse redis:// ou rediss://, les caractères spéciaux du mot de passe étant encodés.',
      ),
    ),
  );
});

describe('EVENT_STORE_URL', () => {
  it.each([
    'esdb://127.0.0.1:2113?tls=false',
    'esdb://convergence:p%40ss@db.example.org',
    'esdb://127.0.0.1:2113?tls=false&space=appels-2026',
    'esdb+discover://admin:changeit@a.example:2113,b.example:2113,c.example?tlsCAFile=/etc/ssl/ca.crt&nodePreference=leader',
  ])('may be %s', (EVENT_STORE_URL) =>
    expect(readConfiguration({ EVENT_STORE_URL }).eventStoreUrl).toBe(EVENT_STORE_URL),
  );

  it.each([undefined, ''])('may be left out: %j', (EVENT_STORE_URL) =>
    expect(readConfiguration({ EVENT_STORE_URL }).eventStoreUrl).toBeUndefined(),
  );

  it.each([
    'db.example.org:2113',
    'http://user:secret@db',
    'esdb://user:sec@ret@db',
    'esdb://user:sec:ret@db',
    'esdb://user:s%zz@db',
    'esdb://user:secret@db:port',
    'esdb://user:secret@db?tlsVerifyCert=false',
    'esdb://user:secret@db?unknown=1',
    'esdb://user:secret@db?space=a~b',
    'esdb://user:secret@',
  ])('is refused where it is %s, without a word of it', (EVENT_STORE_URL) =>
    expect(() => readConfiguration({ EVENT_STORE_URL })).toThrow(
      new WrongConfiguration(
        'EVENT_STORE_URL doit être une adresse comme esdb://utilisateur:motdepasse@serveur:2113?tls=true (ou esdb+discover://), les caractères spéciaux du mot de passe étant encodés.',
      ),
    ),
  );

  it('goes with a demonstration only where its log is apart from others, and says so', () => {
    const EVENT_STORE_URL = 'esdb://db?space=demonstration-1';
    expect(readConfiguration({ EVENT_STORE_URL, DEMONSTRATION: 'yes' }).eventStoreUrl).toBe(EVENT_STORE_URL);
    expect(() => readConfiguration({ EVENT_STORE_URL: 'esdb://db', DEMONSTRATION: 'yes' })).toThrow(
      new WrongConfiguration(
        'DEMONSTRATION tient son journal à part : retirez EVENT_STORE_URL, ou ajoutez-y un espace neuf comme space=demonstration-1.',
      ),
    );
  });
});

const wrong = (env: Record<string, string>): string => {
  try {
    readConfiguration(env);
  } catch (error) {
    if (error instanceof WrongConfiguration) return error.message;
    throw error;
  }
  throw new Error('It was taken.');
};

describe('the mail server of the configuration', () => {
  it('is none unless it is named: messages stay in the outbox', () =>
    expect(readConfiguration({})).toMatchObject({
      smtp: undefined,
      mailFrom: { name: 'Convergence', address: 'convergence@localhost' },
    }));

  it('is the one that is named, and its password is in nothing that is printed', () => {
    const configuration = readConfiguration({ SMTP_URL: 'smtps://service:s3cret@mail.example:465' });
    expect(configuration.smtp).toMatchObject({ host: 'mail.example', port: 465, secure: true });
    expect(JSON.stringify(configuration)).not.toContain('s3cret');
  });

  it('that cannot be read stops the start, without its value', () =>
    expect(wrong({ SMTP_URL: 'http://service:s3cret@mail.example' })).toBe(
      'SMTP_URL doit être une adresse comme smtps://utilisateur:motdepasse@serveur:465 (ou smtp://, avec ?ignoreTLS si besoin).',
    ));
});

describe('whom messages are from', () => {
  it.each([
    ['Appels communs <appels@ars.example>', { name: 'Appels communs', address: 'appels@ars.example' }],
    ['<appels@ars.example>', { name: 'Convergence', address: 'appels@ars.example' }],
    ['appels@ars.example', { name: 'Convergence', address: 'appels@ars.example' }],
  ])('%s', (text, sender) => expect(readConfiguration({ MAIL_FROM: text }).mailFrom).toEqual(sender));

  it.each(['Appels', 'a@b.example, c@d.example', 'X\r\nBcc: c@d.example', 'Appels <a@b.example', 'a@b.example>'])(
    'is not %j',
    (text) =>
      expect(wrong({ MAIL_FROM: text })).toBe(
        'MAIL_FROM doit être une adresse, comme Convergence <appels@domaine.fr>.',
      ),
  );
});

describe('the token of the metrics', () => {
  it('is none unless it is given: nobody reads them', () => expect(readConfiguration({}).metricsToken).toBeUndefined());

  it.each(['short', 'with a space in the middle', 'àççèntúated-letters-of-it', 'x'.repeat(201)])(
    'is not %j, and is not repeated',
    (METRICS_TOKEN) =>
      expect(wrong({ METRICS_TOKEN })).toBe(
        'METRICS_TOKEN doit avoir de 16 à 200 lettres, chiffres et signes ASCII, sans espace.',
      ),
  );
});

describe('where traces go', () => {
  it('is nowhere unless it is said', () => expect(readConfiguration({}).tracesTo).toBeUndefined());

  it.each([
    ['http://collector:4318', 'http://collector:4318'],
    ['https://traces.example/otlp/', 'https://traces.example/otlp'],
  ])('may be %s', (OTEL_EXPORTER_OTLP_ENDPOINT, tracesTo) =>
    expect(readConfiguration({ OTEL_EXPORTER_OTLP_ENDPOINT }).tracesTo).toBe(tracesTo),
  );

  it.each([
    'collector:4318',
    'grpc://user:secret@collector',
    'http://',
    'http://user:secret@collector',
    'http://collector/?key=secret',
  ])('is not %s, without a word of it', (OTEL_EXPORTER_OTLP_ENDPOINT) =>
    expect(wrong({ OTEL_EXPORTER_OTLP_ENDPOINT })).toBe(
      'OTEL_EXPORTER_OTLP_ENDPOINT doit être une adresse comme http://collecteur:4318.',
    ),
  );
});

describe('whose word is taken for whom a request comes from', () => {
  it('is nobody unless it is said', () => expect(readConfiguration({}).trustedProxies).toEqual([]));

  it('is that of addresses and of ranges', () =>
    expect(readConfiguration({ TRUSTED_PROXIES: '127.0.0.1, 172.16.0.0/12,::1, fd00::/8' }).trustedProxies).toEqual([
      '127.0.0.1',
      '172.16.0.0/12',
      '::1',
      'fd00::/8',
    ]));

  it.each(['proxy', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '::1/129', '10.0.0.256', 'true'])(
    'is not %s',
    (TRUSTED_PROXIES) =>
      expect(wrong({ TRUSTED_PROXIES: `127.0.0.1,${TRUSTED_PROXIES}` })).toBe(
        `TRUSTED_PROXIES doit être une liste d'adresses IP ou de plages (172.16.0.0/12), et « ${TRUSTED_PROXIES} » n'en est pas une.`,
      ),
  );
});
