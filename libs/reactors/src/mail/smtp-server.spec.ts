import { describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { SmtpServer } from './smtp-server.js';

describe('the address of a mail server', () => {
  it.each([
    ['smtps://mail.example', { host: 'mail.example', port: 465, secure: true, clear: false }],
    ['smtp://mail.example', { host: 'mail.example', port: 587, secure: false, clear: false }],
    ['smtp://mail.example:2525?ignoreTLS', { host: 'mail.example', port: 2525, secure: false, clear: true }],
    ['smtp://127.0.0.1:25', { host: '127.0.0.1', port: 25, secure: false, clear: true }],
    ['smtp://localhost', { host: 'localhost', port: 587, secure: false, clear: true }],
    ['smtp://[::1]:2525', { host: '::1', port: 2525, secure: false, clear: true }],
    ['smtps://localhost', { host: 'localhost', port: 465, secure: true, clear: false }],
    ['smtps://mail.example?ignoreTLS', { host: 'mail.example', port: 465, secure: true, clear: false }],
  ])('%s', (url, server) => expect(SmtpServer.parse(url)).toMatchObject(server));

  it('has the name and the password to sign in with, decoded, and prints neither', () => {
    const server = SmtpServer.parse('smtps://service%40ars.example:p%2Fss@mail.example') as SmtpServer;
    expect(server.auth).toEqual({ user: 'service@ars.example', pass: 'p/ss' });
    expect(String(server)).toBe('smtps://***@mail.example:465');
    expect(JSON.stringify({ server })).toBe('{"server":"smtps://***@mail.example:465"}');
    expect(inspect(server, { showHidden: true, depth: 9 })).not.toContain('p/ss');
  });
  it('has none where it names none', () => expect(SmtpServer.parse('smtps://mail.example')?.auth).toBeUndefined());

  it.each([
    '',
    'mail.example',
    'http://mail.example',
    'smtp://',
    'smtps://mail.example/inbox',
    'smtps://mail.example?tls=no',
    'smtps://mail.example#x',
    'smtps://service@mail.example',
    'smtps://:secret@mail.example',
    'smtps://a%zz:b@mail.example',
    'smtps://mail.example:99999',
  ])('is none: %s', (url) => expect(SmtpServer.parse(url)).toBeUndefined());
});
