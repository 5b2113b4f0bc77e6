import { describe, expect, it } from '@jest/globals';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { paris } from '#calendar/paris.js';
import { digest } from '#commands/canonical.js';
import { SetClock } from '#commands/clock.js';
import { Handler } from '#commands/handler.js';
import { idFrom } from '#commands/ids.js';
import type { RecordedEvent } from '#event-store/event-store.js';
import { CAMILLE, given, type Happened, on, reached } from '#read-models/fixtures.js';
import { noticesTo } from '#read-models/notices.js';
import { Notices } from './notices.js';
import { Outbox } from './outbox.js';
import { signInCode } from './sign-in-code.js';

const NOW = '2021-07-01T08:00:00Z';
const SECRET = 'secret';
const camille = on(`person-${CAMILLE}`, { type: 'PersonDescribed', name: 'Camille', email: 'camille@asso.example' });
const opened = on(`account-${CAMILLE}`, { type: 'AccountOpened', content: { version: 0, hash: 'a' } });
const invited = on(`account-${CAMILLE}`, {
  type: 'SignInInvited',
  invitation: 'i-1',
  expiresAt: '2021-07-08T08:00:00Z',
});

async function world(...happened: readonly Happened[]) {
  const told = await given(...happened);
  const { store, projector, folder } = told;
  const clock = new SetClock(NOW);
  const handler = new Handler(store, { calendar: paris, digest }, { secret: SECRET });
  const outbox = new Outbox(join(folder, 'outbox'), { name: 'Convergence', address: 'convergence@localhost' });
  const options = {
    store,
    handler,
    projector,
    outbox,
    clock,
    calendar: paris,
    secret: SECRET,
    url: 'https://c.example',
  };
  const mails = () => readdirSync(join(folder, 'outbox')).sort();
  const event = (await store.readAll(undefined, 100)).at(-1) as RecordedEvent;
  const id = idFrom('notice', event.id, 'sign-in', CAMILLE);
  const rows = async () => {
    await reached(projector, store);
    return noticesTo(projector.views, CAMILLE);
  };
  const file = `20210701T080000Z-sign-in-${id}.eml`;
  return {
    ...told,
    notices: new Notices(options),
    clock,
    mails,
    event,
    id,
    rows,
    file,
    outboxFolder: join(folder, 'outbox'),
  };
}

describe('a notice', () => {
  it('is decided as a fact, delivered, and said to be', async () => {
    const { notices, event, id, rows, mails, file } = await world(camille, opened, invited);
    await notices.react(event);
    expect(mails()).toEqual([file]);
    expect(await rows()).toEqual([
      {
        id,
        kind: 'sign-in',
        to: CAMILLE,
        fact: event.id,
        stream: `account-${CAMILLE}`,
        messageId: `<${id}@convergence>`,
        issuedAt: NOW,
        deliveredAt: NOW,
        givenUp: null,
      },
    ]);
  });

  it('says what its template says, to whom it is for', async () => {
    const { notices, event, id, outboxFolder, file } = await world(camille, opened, invited);
    await notices.react(event);
    const text = readFileSync(join(outboxFolder, file), 'utf8').replace(/=\r\n/g, '');
    expect(text).toContain('To: Camille <camille@asso.example>');
    expect(text).toContain(`Message-ID: <${id}@convergence>`);
    expect(text).toContain(signInCode(SECRET, CAMILLE, 'i-1'));
  });

  it('is neither decided nor delivered twice when its fact is met again', async () => {
    const { notices, event, rows, mails, clock, outboxFolder, file } = await world(camille, opened, invited);
    await notices.react(event);
    rmSync(join(outboxFolder, file));
    clock.set('2021-07-02T08:00:00Z');
    await notices.react(event);
    expect(mails()).toEqual([]);
    expect(await rows()).toHaveLength(1);
  });

  it('that could not be delivered is delivered when its fact is met again, as the same message', async () => {
    const { notices, event, rows, mails, clock, outboxFolder, file } = await world(camille, opened, invited);
    mkdirSync(join(outboxFolder, `${file}.part`));
    await expect(notices.react(event)).rejects.toMatchObject({ code: 'EISDIR' });
    expect(await rows()).toMatchObject([{ deliveredAt: null }]);
    rmSync(join(outboxFolder, `${file}.part`), { recursive: true });
    clock.set('2021-07-02T08:00:00Z');
    await notices.react(event);
    expect(mails()).toEqual([file]);
    expect(await rows()).toMatchObject([{ issuedAt: NOW, deliveredAt: '2021-07-02T08:00:00Z' }]);
  });

  it('that a crash cut off is delivered at the next start, those already delivered are not', async () => {
    const { notices, event, rows, mails, outboxFolder, file, andThen } = await world(camille, opened, invited);
    await andThen(
      on('notice-n1', {
        type: 'NoticeIssued',
        kind: 'sign-in',
        to: CAMILLE,
        about: { fact: event.id, stream: event.stream },
        messageId: '<n1@convergence>',
      }),
    );
    await notices.react(event);
    rmSync(join(outboxFolder, file));
    await rows();
    await notices.resume();
    expect(mails()).toEqual(['20210701T080000Z-sign-in-n1.eml']);
    expect((await rows()).map(({ deliveredAt }) => deliveredAt)).toEqual([NOW, NOW]);
  });

  it('that fails at the start stops no other', async () => {
    const { notices, event, mails, outboxFolder, andThen } = await world(camille, opened, invited);
    const issued = (id: string) =>
      on(`notice-${id}`, {
        type: 'NoticeIssued',
        kind: 'sign-in',
        to: CAMILLE,
        about: { fact: event.id, stream: event.stream },
        messageId: `<${id}@convergence>`,
      });
    await andThen(issued('n1'), issued('n2'));
    mkdirSync(join(outboxFolder, '20210701T080000Z-sign-in-n1.eml.part'));
    await expect(notices.resume()).rejects.toMatchObject({ code: 'EISDIR' });
    expect(mails()).toContain('20210701T080000Z-sign-in-n2.eml');
  });

  it.each<[string, Happened[]]>([
    ['who was forgotten', [camille, opened, on(`account-${CAMILLE}`, { type: 'PersonForgotten' }), invited]],
    ['who has no address', [opened, invited]],
  ])('to somebody %s is given up', async (_, happened) => {
    const { notices, event, rows, mails } = await world(...happened);
    await notices.react(event);
    expect(mails()).toEqual([]);
    expect(await rows()).toMatchObject([{ deliveredAt: null, givenUp: 'La personne ou le fait a été effacé.' }]);
  });

  it('of a fact that was deleted is given up', async () => {
    const { notices, event, rows, mails, store } = await world(camille, opened, invited);
    await store.deleteStream(event.stream);
    await notices.react(event);
    expect(mails()).toEqual([]);
    expect(await rows()).toMatchObject([{ givenUp: 'La personne ou le fait a été effacé.' }]);
  });

  it('of a fact that nobody is told of does not exist', async () => {
    const { notices, event, rows, outboxFolder } = await world(camille, opened);
    await notices.react(event);
    expect(await rows()).toEqual([]);
    expect(existsSync(outboxFolder) && readdirSync(outboxFolder)).toEqual([]);
  });
});
