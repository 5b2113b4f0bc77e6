import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Message } from './message.js';
import { FolderOutbox } from './outbox.js';

const message: Message = {
  id: 'notice-1',
  messageId: '<notice-1@convergence>',
  kind: 'receipt',
  at: '2021-08-13T14:00:00Z',
  to: { name: 'Camille Élie', email: 'camille@asso.example' },
  subject: 'Accusé de réception',
  text: 'Bonjour Camille,\n\nVotre dossier a été déposé.\n',
  html: '<p>Votre dossier a été déposé.</p>\n',
};
const NAME = '20210813T140000Z-receipt-notice-1.eml';

let folder: string;
let outbox: FolderOutbox;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'convergence-outbox-'));
  outbox = new FolderOutbox(join(folder, 'outbox'), { name: 'Convergence', address: 'convergence@localhost' });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const files = () => readdirSync(join(folder, 'outbox')).sort();
const eml = (name = NAME) => readFileSync(join(folder, 'outbox', name), 'utf8');
/** One of the alternatives: its type, and its text as it is read. */
function partOf(part: string): [type: string | undefined, text: string] {
  const [head = '', ...rest] = part.split('\r\n\r\n');
  const quoted = rest.join('\r\n\r\n').replace(/=\r\n/g, '');
  const bytes = quoted.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return [/^Content-Type: ([\w/]+)/m.exec(head)?.[1], Buffer.from(bytes, 'latin1').toString('utf8').trim()];
}
/** Header lines by name, and both texts. */
function parsed(text: string) {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const headers = Object.fromEntries(
    head.split(/\r\n(?! )/).map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  const [, plain = '', html = ''] = rest.join('\r\n\r\n').split(/^--.*\r\n/m);
  return { headers, plain: partOf(plain), html: partOf(html) };
}

describe('the outbox', () => {
  it('has each message as a file, in the order of time', async () => {
    await outbox.deliver({ ...message, id: 'notice-2', at: '2021-08-14T08:00:00Z' });
    await outbox.deliver(message);
    expect(files()).toEqual([NAME, '20210814T080000Z-receipt-notice-2.eml']);
  });

  it('writes who, when, and that a machine wrote it', async () => {
    await outbox.deliver(message);
    const { headers, plain, html } = parsed(eml());
    expect(headers).toMatchObject({
      From: 'Convergence <convergence@localhost>',
      'Message-ID': '<notice-1@convergence>',
      Date: 'Fri, 13 Aug 2021 14:00:00 +0000',
      'Auto-Submitted': 'auto-generated',
    });
    expect(headers['To']).toMatch(/<camille@asso\.example>$/);
    expect(headers['Subject']).toBe('=?UTF-8?Q?Accus=C3=A9_de_r=C3=A9ception?=');
    expect(headers['Content-Type']).toMatch(/^multipart\/alternative;/);
    expect(headers).not.toHaveProperty('List-Unsubscribe');
    expect(plain).toEqual(['text/plain', 'Bonjour Camille,\r\n\r\nVotre dossier a été déposé.']);
    expect(html).toEqual(['text/html', '<p>Votre dossier a été déposé.</p>']);
  });

  it('says where one click refuses such messages, where they can be', async () => {
    await outbox.deliver({ ...message, unsubscribe: 'https://c.example/api/unsubscribe/a.b.c' });
    expect(parsed(eml()).headers).toMatchObject({
      'List-Unsubscribe': '<https://c.example/api/unsubscribe/a.b.c>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
  });

  it('has a message once, the same, however often it is delivered', async () => {
    await outbox.deliver(message);
    const first = eml();
    await outbox.deliver(message);
    expect(files()).toEqual([NAME]);
    expect(eml()).toBe(first);
  });

  it('puts a message in its place whole, never writing where somebody may read', async () => {
    await outbox.deliver(message);
    const before = statSync(join(folder, 'outbox', NAME)).ino;
    const reader = openSync(join(folder, 'outbox', NAME), 'r');
    const first = eml();
    await outbox.deliver(message);
    expect(statSync(join(folder, 'outbox', NAME)).ino).not.toBe(before);
    expect(readFileSync(reader, 'utf8')).toBe(first);
    closeSync(reader);
  });

  it('lets nobody but the service read it', async () => {
    await outbox.deliver(message);
    expect(statSync(join(folder, 'outbox')).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'outbox', NAME)).mode & 0o777).toBe(0o600);
  });

  it('never takes a header from what somebody is called', async () => {
    await outbox.deliver({ ...message, to: { name: 'X\r\nBcc: all@asso.example', email: 'x@asso.example' } });
    expect(parsed(eml()).headers).not.toHaveProperty('Bcc');
  });

  it('removes a message, whole or begun, and nothing where there is none', async () => {
    await outbox.deliver(message);
    await outbox.remove(message);
    await outbox.remove(message);
    expect(files()).toEqual([]);
  });

  it('says when it cannot deliver, and has nothing then', async () => {
    mkdirSync(join(folder, 'outbox', `${NAME}.part`));
    await expect(outbox.deliver(message)).rejects.toMatchObject({ code: 'EISDIR' });
    expect(files()).toEqual([`${NAME}.part`]);
  });
});
