import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createTransport } from 'nodemailer';
import { decoded, htmlIn } from '#client/mail.js';
import { Composer } from './eml.js';
import type { Message } from './message.js';

const FROM = { name: 'Convergence, Pays de la Loire', address: 'convergence@ars.example' };
const message = (changes: Partial<Message> = {}): Message => ({
  id: 'n1',
  messageId: '<n1@convergence>',
  kind: 'reminder',
  at: '2021-08-13T14:00:00Z',
  to: { name: 'Camille Élie', email: 'camille@asso.example' },
  subject: 'Rappel : dépôt du dossier — Appel à projets commun ARS/DREETS',
  text: 'Bonjour,\n\nVotre dossier est commencé.\n.\n--\nConvergence\n',
  html: '<p>Votre dossier est commencé.</p>\n',
  unsubscribe: 'https://c.example/api/unsubscribe/a.b.c',
  ...changes,
});

const composer = new Composer(FROM);
const eml = (changes?: Partial<Message>): string => composer.eml(message(changes)).toString('latin1');

/** The same message, composed by nodemailer alone. */
const nodemailer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
async function reference({ to, subject, text, html, messageId, at, unsubscribe, id }: Message): Promise<string> {
  const { message: bytes } = await nodemailer.sendMail({
    from: FROM,
    to: { name: to.name, address: to.email },
    subject,
    text,
    html,
    messageId,
    date: new Date(at),
    baseBoundary: id,
    headers: {
      'Auto-Submitted': 'auto-generated',
      ...(unsubscribe !== undefined && {
        'List-Unsubscribe': `<${unsubscribe}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
  });
  return (bytes as Buffer).toString('latin1');
}
const headOf = (text: string): string => text.slice(0, text.indexOf('\r\n\r\n'));

/** Below the head, without the line break that belongs to the boundary. */
const textIn = (own: string): string =>
  decoded(own)
    .slice(decoded(own).indexOf('\n\n') + 2)
    .replaceAll('\r\n', '\n')
    .slice(0, -1);

const french = fc.string({
  unit: fc.constantFrom(...'aeiou lmnst éèàçœ’«» .,;=?_<>&"\t'.split(''), '\n', 'https://', '=C3'),
  maxLength: 400,
});
const line = french.map((text) => text.replace(/\s+/g, ' ').trim());

describe('a composed message', () => {
  it('is the same to the last byte each time, whatever was composed between', () => {
    const first = eml();
    eml({ text: 'Autre.\n', subject: 'Autre', to: { name: 'Sacha', email: 'sacha@asso.example' } });
    expect(eml()).toBe(first);
  });

  it('has the head that nodemailer would write, and reads as what was given', async () => {
    await fc.assert(
      fc.asyncProperty(french, french, line, line, fc.boolean(), async (text, html, subject, name, refusable) => {
        const given = message({
          text: `Éa ${text}`,
          html: `<p>Éa ${html}</p>`,
          subject: `Sujet ${subject}`,
          to: { name: `A${name}`, email: 'camille@asso.example' },
        });
        const { unsubscribe: _, ...compulsory } = given;
        const asked = refusable ? given : compulsory;
        const [own, other] = [composer.eml(asked).toString('latin1'), await reference(asked)];
        expect(headOf(own)).toBe(headOf(other));
        expect(textIn(own)).toBe(asked.text);
        expect(htmlIn(own)?.replaceAll('\r\n', '\n').slice(0, -1)).toBe(asked.html);
        expect(own.split('\r\n').filter((one) => one.length > 76 && !one.startsWith('List-'))).toEqual([]);
        expect(own).not.toMatch(/[^\r]\n|\r[^\n]|[^\x00-\x7f]/);
      }),
      { numRuns: 200 },
    );
  });

  it('lets nobody add a line to its head', () => {
    const head = headOf(
      eml({ to: { name: 'Eve\r\nBcc: all@asso.example', email: 'eve@asso.example' }, subject: 'a\r\nX: b' }),
    );
    expect(head).not.toMatch(/^(Bcc|X):/m);
  });

  it('is as it is where it is short and plain', () => {
    expect(eml({ text: 'Bonjour,\nvotre code : 123\n', html: '<p>Code</p>' })).toContain(
      'Content-Transfer-Encoding: 7bit\r\n\r\nBonjour,\r\nvotre code : 123\r\n',
    );
  });
});

describe('its envelope', () => {
  it.each([
    ['camille.elie+mail@asso.example', 'camille.elie+mail@asso.example'],
    ['camille@Été.example', 'camille@xn--t-9fab.example'],
  ])('goes to %s as %s', (email, said) =>
    expect(composer.envelope({ to: { name: 'Camille', email } })).toEqual({ from: FROM.address, to: [said] }),
  );
});
