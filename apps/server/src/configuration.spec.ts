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
