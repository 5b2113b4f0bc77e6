import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import type { Worker } from 'node:worker_threads';
import { until } from '#client/until.js';
import { decoded, htmlIn } from '#client/mail.js';
import { MailServer } from './fixtures.js';
import type { Message } from './message.js';
import { SmtpServer } from './smtp-server.js';
import { type SmtpOptions, SmtpTransport } from './smtp-transport.js';
import { Bounced, NotAccepted } from './transport.js';

const message = (to = 'camille@asso.example'): Message => ({
  id: 'n1',
  messageId: '<n1@convergence>',
  kind: 'receipt',
  at: '2021-08-13T14:00:00Z',
  to: { name: 'Camille Élie', email: to },
  subject: 'Accusé de réception',
  text: 'Votre dossier a été déposé.\n',
  html: '<p>Votre dossier a été déposé.</p>\n',
  unsubscribe: 'https://c.example/api/unsubscribe/a.b.c',
});

const serverAt = (url: string): SmtpServer => SmtpServer.parse(url) as SmtpServer;
let mail: MailServer;
let transport: SmtpTransport;
let threads: Worker[];
const over = (url: string, own: Partial<SmtpOptions> = {}) =>
  new SmtpTransport({
    server: serverAt(url),
    from: { name: 'Convergence', address: 'convergence@ars.example' },
    connections: 2,
    connectMs: 1000,
    silenceMs: 1000,
    onThread: (thread) => threads.push(thread),
    ...own,
  });
beforeEach(async () => {
  threads = [];
  mail = await MailServer.start();
  transport = over(mail.url);
});
afterEach(async () => {
  transport.close();
  await mail.close();
});

describe('a message through a mail server', () => {
  it('arrives once, with its Message-ID, its headers, its text and its HTML', async () => {
    await transport.deliver(message());
    expect(mail.received).toHaveLength(1);
    const [{ to, eml } = { to: '', eml: '' }] = mail.received;
    expect(to).toBe('camille@asso.example');
    const read = decoded(eml);
    for (const line of [
      'From: Convergence <convergence@ars.example>',
      'To: Camille Élie <camille@asso.example>',
      'Subject: Accusé de réception',
      'Message-ID: <n1@convergence>',
      'Date: Fri, 13 Aug 2021 14:00:00 +0000',
      'Auto-Submitted: auto-generated',
      'List-Unsubscribe: <https://c.example/api/unsubscribe/a.b.c>',
      'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    ]) {
      expect(read.split(/\r?\n/)).toContain(line);
    }
    expect(eml).toMatch(/^Content-Type: multipart\/alternative;/m);
    expect(read).toContain('Votre dossier a été déposé.');
    expect(htmlIn(eml)).toContain('<p>Votre dossier a été déposé.</p>');
  });

  it('that is the three hundredth takes no more connections than there are', async () => {
    const all = Array.from({ length: 300 }, (_, n) => transport.deliver(message(`p${n}@asso.example`)));
    await Promise.all(all);
    expect(new Set(mail.received.map(({ to }) => to)).size).toBe(300);
    expect(mail.connections).toBeLessThanOrEqual(2);
  });

  it('waits where it is a code to sign in for none of those that keep the others', async () => {
    transport.close();
    transport = over(mail.url, { connections: 3, forCodes: 1 });
    mail.answer = (to) => (to.startsWith('silent') ? 'silence' : undefined);
    const silent = Array.from({ length: 9 }, (_, n) => transport.deliver(message(`silent${n}@asso.example`)));
    const ends = Promise.allSettled(silent);
    await until(() => (mail.asked.length === 2 ? true : undefined), 'both connections taken');
    await transport.deliver({ ...message('code@asso.example'), kind: 'sign-in' });
    expect([mail.received.map(({ to }) => to), mail.asked.length]).toEqual([['code@asso.example'], 3]);
    transport.close();
    expect(new Set((await ends).map(({ status }) => status))).toEqual(new Set(['rejected']));
  });

  it.each([550, 552, 554])('bounces where its recipient is refused for good (%i)', async (code) => {
    mail.answer = () => code;
    const error: unknown = await transport.deliver(message()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Bounced);
    expect(error).toMatchObject({ smtp: code });
    expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain('asso.example');
  });

  it.each([421, 450, 451, 452])('is not accepted for now where its recipient is put off (%i)', async (code) => {
    mail.answer = () => code;
    const error: unknown = await transport.deliver(message()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NotAccepted);
    expect(error).toMatchObject({ code: `SMTP_${code}` });
    expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain('asso.example');
  });

  it('to a recipient the server never answers about ends in time, and stops no other', async () => {
    mail.answer = (to) => (to.startsWith('silent') ? 'silence' : undefined);
    const silent = transport.deliver(message('silent@asso.example')).catch((thrown: unknown) => thrown);
    await transport.deliver(message('other@asso.example'));
    expect(mail.received.map(({ to }) => to)).toEqual(['other@asso.example']);
    expect(await silent).toMatchObject({ name: 'NotAccepted', code: 'ETIMEDOUT' });
  });

  it('is not accepted while the server is away, and is once it is back', async () => {
    const { port } = mail;
    await transport.deliver(message());
    await mail.close();
    expect(await transport.deliver(message()).catch((thrown: unknown) => thrown)).toBeInstanceOf(NotAccepted);
    mail = await MailServer.start({}, port);
    await transport.deliver(message());
    expect(mail.received).toHaveLength(1);
  });

  it('is not accepted where the thread that sends it dies; the next begins another, and arrives', async () => {
    mail.answer = () => 'silence';
    const all = ['one', 'other'].map((name) => transport.deliver(message(`${name}@asso.example`)));
    const ends = Promise.allSettled(all);
    await until(() => (mail.asked.length === 2 ? true : undefined), 'two messages on their way');
    await threads[0]?.terminate();
    for (const end of await ends)
      expect(end).toMatchObject({ status: 'rejected', reason: { name: 'NotAccepted', code: 'ECONNECTION' } });
    mail.answer = () => undefined;
    await transport.deliver(message('one@asso.example'));
    await transport.deliver(message('other@asso.example'));
    expect(mail.received.map(({ to }) => to)).toEqual(['one@asso.example', 'other@asso.example']);
    expect(threads).toHaveLength(2);
  });

  it('is not accepted once it is closed, and leaves no thread', async () => {
    await transport.deliver(message());
    const [thread] = threads;
    const gone = new Promise((resolve) => thread?.once('exit', resolve));
    transport.close();
    await gone;
    expect(await transport.deliver(message()).catch((thrown: unknown) => thrown)).toMatchObject({ code: 'CLOSED' });
    expect(threads).toHaveLength(1);
  });

  it('is not accepted, and has not bounced, where the service itself is refused', async () => {
    await mail.close();
    mail = await MailServer.start({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(Object.assign(new Error('no'), { responseCode: 535 })),
    });
    transport.close();
    transport = over(mail.url.replace('//', '//service:s3cret@'));
    const error: unknown = await transport.deliver(message()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'NotAccepted', code: 'SMTP_535' });
    expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain('s3cret');
  });

  it('never goes in clear to another machine', async () => {
    transport.close();
    const server = Object.create(serverAt(mail.url), { clear: { value: false } }) as SmtpServer;
    transport = new SmtpTransport({
      server,
      from: { name: 'C', address: 'c@ars.example' },
      connections: 1,
    });
    const error: unknown = await transport.deliver(message()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NotAccepted);
    expect(mail.asked).toEqual([]);
  });
});
