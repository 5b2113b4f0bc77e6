import { describe, expect, it } from '@jest/globals';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { until } from '#client/until.js';
import { idFrom } from '#commands/ids.js';
import { CAMILLE, on, SACHA } from '#read-models/fixtures.js';
import { postOffice, waiting, writtenTo } from './fixtures.js';
import { MOST_ATTEMPTS } from './mail/backoff.js';
import { MailServer } from './mail/fixtures.js';
import type { Message } from './mail/message.js';
import { FolderOutbox } from './mail/outbox.js';
import { SmtpServer } from './mail/smtp-server.js';
import { SmtpTransport } from './mail/smtp-transport.js';
import { Bounced, NotAccepted, type Transport } from './mail/transport.js';

const FROM = { name: 'Convergence', address: 'convergence@localhost' };

/** Hands messages over when the specification says so. */
class Doorstep implements Transport {
  readonly through = 'smtp';
  readonly taken: string[] = [];
  private readonly held: { message: Message; end: (error?: Error) => void }[] = [];
  constructor(private answer: 'hold' | ((message: Message) => Error | undefined) = () => undefined) {}

  deliver(message: Message): Promise<void> {
    this.taken.push(message.id);
    if (this.answer === 'hold') {
      return new Promise((resolve, reject) => {
        this.held.push({ message, end: (error) => (error ? reject(error) : resolve()) });
      });
    }
    const error = this.answer(message);
    return error ? Promise.reject(error) : Promise.resolve();
  }
  answerFrom(answer: (message: Message) => Error | undefined): void {
    this.answer = answer;
    for (const { message, end } of this.held.splice(0)) end(answer(message));
  }
  close(): void {
    for (const { end } of this.held.splice(0)) end(new NotAccepted('CLOSED'));
  }
}
const delivered = async (row: () => Promise<{ deliveredAt: string | null } | undefined>) =>
  until(async () => (await row())?.deliveredAt ?? undefined, 'the delivery');

describe('what waits', () => {
  it('is delivered, and said to be', async () => {
    const { employ, row, folder } = await postOffice(
      (at) => new FolderOutbox(join(at, 'outbox'), FROM),
      writtenTo(CAMILLE, 'Camille'),
    );
    employ();
    expect(await delivered(() => row('Camille-1'))).toBe('2021-07-01T08:00:00Z');
    expect(readdirSync(join(folder, 'outbox'))).toEqual(['20210701T080000Z-call-cancelled-Camille-1.eml']);
  });

  it('comes later too, without being asked for', async () => {
    const { employ, row, andThen } = await postOffice(new Doorstep(), writtenTo(CAMILLE, 'Camille'));
    employ();
    await delivered(() => row('Camille-1'));
    await andThen(waiting('later', CAMILLE));
    await delivered(() => row('later'));
  });

  it('is delivered once, whatever starts again', async () => {
    const door = new Doorstep();
    const { employ, row } = await postOffice(door, writtenTo(CAMILLE, 'Camille', 3));
    const first = employ();
    for (const n of [1, 2, 3]) await delivered(() => row(`Camille-${n}`));
    await first.close();
    const { close } = employ();
    await close();
    expect(door.taken).toEqual(['Camille-1', 'Camille-2', 'Camille-3']);
  });

  it('is delivered once where the views are built again meanwhile', async () => {
    const door = new Doorstep();
    const { employ, row, projector, andThen } = await postOffice(door, writtenTo(CAMILLE, 'Camille', 300));
    employ();
    await delivered(() => row('Camille-20'));
    await projector.rebuild();
    await andThen(waiting('last', CAMILLE));
    await delivered(() => row('last'));
    expect(door.taken).toHaveLength(301);
    expect(new Set(door.taken).size).toBe(301);
  });

  it('never takes more connections than there are, but for codes to sign in, which go first', async () => {
    const door = new Doorstep('hold');
    const { employ, andThen, row } = await postOffice(door, writtenTo(CAMILLE, 'Camille', 50), {
      concurrency: { beside: 3, alone: 3 },
    });
    employ();
    await until(() => (door.taken.length === 3 ? true : undefined), 'three messages on their way');
    await andThen(waiting('code', CAMILLE, 'sign-in'));
    await until(() => (door.taken.includes('code') ? true : undefined), 'the code');
    expect(door.taken).toEqual(['Camille-1', 'Camille-2', 'Camille-3', 'code']);
    door.answerFrom(() => undefined);
    await delivered(() => row('Camille-50'));
    expect(new Set(door.taken).size).toBe(51);
  });

  it.each([
    ['few at once beside requests', 2, true],
    ['more at once while nobody asks for anything', 5, false],
  ])('is taken %s', async (_, many, asked) => {
    const door = new Doorstep('hold');
    const { projector, employ, andThen, row } = await postOffice(door, writtenTo(CAMILLE, 'Camille', 50), {
      concurrency: { beside: 2, alone: 5 },
    });
    if (asked) projector.pace.asked();
    employ();
    await until(() => (door.taken.length === many ? true : undefined), `${many} on their way`);
    await andThen(waiting('code', CAMILLE, 'sign-in'));
    await until(() => (door.taken.includes('code') ? true : undefined), 'the code, after all that may go before it');
    expect(door.taken).toHaveLength(many + 1);
    door.answerFrom(() => undefined);
    await delivered(() => row('Camille-50'));
  });

  it('is delivered by one of two that share the folder, and by the other once that one is gone', async () => {
    const door = new Doorstep();
    const { employ, row, andThen } = await postOffice(door, writtenTo(CAMILLE, 'Camille', 5));
    const first = employ();
    await delivered(() => row('Camille-5'));
    employ();
    await andThen(waiting('second', CAMILLE));
    await delivered(() => row('second'));
    expect(door.taken).toHaveLength(6);
    await first.close();
    await andThen(waiting('third', CAMILLE));
    await delivered(() => row('third'));
    expect(door.taken).toHaveLength(7);
  });
});

describe('what nobody is left to read', () => {
  it.each([
    ['who was forgotten', [...writtenTo(CAMILLE, 'Camille'), on(`account-${CAMILLE}`, { type: 'PersonForgotten' })]],
    ['who has no address', [waiting('Camille-1', CAMILLE)]],
  ] as const)('is given up: to somebody %s', async (_, happened) => {
    const door = new Doorstep();
    const { employ, row } = await postOffice(door, happened);
    employ();
    const because = await until(async () => (await row('Camille-1'))?.givenUp ?? undefined, 'its end');
    expect(because).toBe('La personne ou le fait a été effacé.');
    expect(door.taken).toEqual([]);
  });

  it('is taken back from the outbox, where the person was forgotten while it was written', async () => {
    const { employ, row, folder, store } = await postOffice(
      (at) => {
        const outbox = new FolderOutbox(join(at, 'outbox'), FROM);
        const deliver = outbox.deliver.bind(outbox);
        outbox.deliver = async (message) => {
          await deliver(message);
          const id = idFrom('forgotten');
          await store.append(`account-${CAMILLE}`, 'any', [
            { id, type: 'PersonForgotten', schema: 1, data: {}, metadata: { at: '2021-07-01T08:00:00Z', by: CAMILLE } },
          ]);
        };
        return outbox;
      },
      writtenTo(CAMILLE, 'Camille'),
    );
    employ();
    await delivered(() => row('Camille-1'));
    expect(readdirSync(join(folder, 'outbox'))).toEqual([]);
  });
});

describe('what was not accepted', () => {
  it('is tried again after a minute, then five, by the clock, across a restart, and stops no other', async () => {
    let away = true;
    const door = new Doorstep(({ id }) => (away && id === 'Camille-1' ? new NotAccepted('SMTP_451') : undefined));
    const { employ, row, clock } = await postOffice(door, [
      ...writtenTo(CAMILLE, 'Camille'),
      ...writtenTo(SACHA, 'Sacha'),
    ]);
    const first = employ();
    await delivered(() => row('Sacha-1'));
    const attempts = (ledger: typeof first.ledger, count: number) =>
      until(() => (ledger.deliveries.attemptsOf('Camille-1') === count ? true : undefined), `attempt ${count}`);
    await attempts(first.ledger, 1);
    expect(first.ledger.deliveries.next()).toBe('2021-07-01T08:01:00Z');
    clock.set('2021-07-01T08:00:59Z');
    clock.set('2021-07-01T08:01:00Z');
    await attempts(first.ledger, 2);
    expect(first.ledger.deliveries.next()).toBe('2021-07-01T08:06:00Z');
    await first.close();
    expect(door.taken.filter((id) => id === 'Camille-1')).toHaveLength(2);

    away = false;
    const second = employ();
    clock.set('2021-07-01T08:06:00Z');
    expect(await delivered(() => row('Camille-1'))).toBe('2021-07-01T08:06:00Z');
    await until(() => (second.ledger.deliveries.next() === undefined ? true : undefined), 'a ledger without it');
    expect(door.taken.filter((id) => id === 'Camille-1')).toHaveLength(3);
  });

  it('is kept by the kind of its error alone', async () => {
    const { employ, folder } = await postOffice(
      new Doorstep(() => Object.assign(new Error('camille@asso.example est pleine'), { code: 'EFULL' })),
      writtenTo(CAMILLE, 'Camille'),
    );
    const { ledger, close } = employ();
    await until(() => ledger.deliveries.next(), 'the first attempt');
    await close();
    const { default: Database } = await import('libsql');
    const db = new Database(join(folder, 'reactors.db'));
    expect(db.prepare('SELECT id, attempts, next_at, last_error FROM deliveries').all()).toEqual([
      { id: 'Camille-1', attempts: 1, next_at: '2021-07-01T08:01:00Z', last_error: 'Error EFULL' },
    ]);
    db.close();
  });

  it('is given up after three days, said to be, and delivered where somebody sends it again', async () => {
    let away = true;
    const door = new Doorstep(() => (away ? new NotAccepted('ECONNREFUSED') : undefined));
    const { employ, row, clock, andThen, store } = await postOffice(door, writtenTo(CAMILLE, 'Camille'));
    const { ledger } = employ();
    for (let attempts = 1; attempts < MOST_ATTEMPTS; attempts++) {
      await until(
        () => (ledger.deliveries.attemptsOf('Camille-1') === attempts ? true : undefined),
        `attempt ${attempts}`,
      );
      clock.set(ledger.deliveries.next() ?? '');
    }
    const because = await until(async () => (await row('Camille-1'))?.givenUp ?? undefined, 'its end');
    expect(because).toBe("Le serveur de messagerie ne l'a pas accepté pendant trois jours.");
    const last = (await store.readStream('notice-Camille-1')).at(-1);
    expect(last?.data).toMatchObject({ attempts: MOST_ATTEMPTS });
    expect(clock.now() > '2021-07-04T00:00:00Z' && clock.now() < '2021-07-05T00:00:00Z').toBe(true);

    away = false;
    await andThen(on('notice-Camille-1', { type: 'NoticeResent' }));
    await delivered(() => row('Camille-1'));
  });

  it('because the thread that sends died is tried again, and arrives, through another', async () => {
    const mail = await MailServer.start();
    mail.answer = () => 'silence';
    const threads: Worker[] = [];
    const server = SmtpServer.parse(mail.url) as SmtpServer;
    const from = { name: 'Convergence', address: 'convergence@ars.example' };
    const { employ, row, clock, errors } = await postOffice(
      new SmtpTransport({ server, from, connections: 2, onThread: (thread) => threads.push(thread) }),
      writtenTo(CAMILLE, 'Camille', 2),
    );
    const { ledger, close } = employ();
    await until(() => (mail.asked.length === 2 ? true : undefined), 'both on their way');
    await threads[0]?.terminate();
    const deferred = () => ['Camille-1', 'Camille-2'].every((id) => ledger.deliveries.attemptsOf(id) === 1);
    await until(() => (deferred() ? true : undefined), 'both deferred');
    mail.answer = () => undefined;
    clock.set('2021-07-01T08:01:00Z');
    for (const id of ['Camille-1', 'Camille-2']) expect(await delivered(() => row(id))).toBe('2021-07-01T08:01:00Z');
    expect(mail.received.map(({ eml }) => /^Message-ID: (.*?)\r?$/m.exec(eml)?.[1]).sort()).toEqual([
      '<Camille-1@convergence>',
      '<Camille-2@convergence>',
    ]);
    expect([threads.length, errors]).toEqual([2, []]);
    await close();
    await mail.close();
  });

  it('because of a fault here is said to who runs the service', async () => {
    const { employ, folder, errors, clock, row } = await postOffice(
      (at) => new FolderOutbox(join(at, 'outbox'), FROM),
      writtenTo(CAMILLE, 'Camille'),
    );
    const part = join(folder, 'outbox', '20210701T080000Z-call-cancelled-Camille-1.eml.part');
    mkdirSync(part, { recursive: true });
    employ();
    await until(() => errors[0], 'the error');
    expect(errors).toMatchObject([{ code: 'EISDIR' }]);
    rmSync(part, { recursive: true });
    clock.set('2021-07-01T08:01:00Z');
    await delivered(() => row('Camille-1'));
  });
});

describe('what the address refuses for good', () => {
  it('has bounced at once, with the code alone, and never counts as delivered', async () => {
    const door = new Doorstep(() => new Bounced(550));
    const { employ, row, store } = await postOffice(door, writtenTo(CAMILLE, 'Camille'));
    employ();
    expect(await until(async () => (await row('Camille-1'))?.bounced ?? undefined, 'the bounce')).toBe(550);
    expect(await row('Camille-1')).toMatchObject({ deliveredAt: null });
    expect((await store.readStream('notice-Camille-1')).map(({ type, data }) => [type, data]).slice(1)).toEqual([
      ['NoticeBounced', { code: 550, attempt: 1, address: 'first' }],
    ]);
  });

  it('bounces again where it was sent again in vain', async () => {
    const door = new Doorstep(() => new Bounced(550));
    const { employ, row, store, andThen } = await postOffice(door, writtenTo(CAMILLE, 'Camille'));
    employ();
    await until(async () => (await row('Camille-1'))?.bounced ?? undefined, 'the bounce');
    await andThen(on('notice-Camille-1', { type: 'NoticeResent' }));
    const types = () => store.readStream('notice-Camille-1').then((all) => all.map(({ type }) => type));
    await until(async () => ((await types()).length === 4 ? true : undefined), 'the second bounce');
    expect(await types()).toEqual(['NoticeIssued', 'NoticeBounced', 'NoticeResent', 'NoticeBounced']);
  });
});

describe('the one window in which a message goes out twice', () => {
  it('lies between the acceptance and its record: the same message, under the same Message-ID', async () => {
    const ids: string[] = [];
    const door = new Doorstep(({ messageId }) => void ids.push(messageId));
    const { employ, row, handler } = await postOffice(door, writtenTo(CAMILLE, 'Camille'));
    const broken = Object.assign(Object.create(handler) as typeof handler, {
      change: () => Promise.reject(new Error('The process ends here.')),
    });
    const first = employ({ handler: broken });
    await until(() => ids[0], 'the first acceptance');
    await first.close();
    expect(await row('Camille-1')).toMatchObject({ deliveredAt: null });
    employ();
    await delivered(() => row('Camille-1'));
    expect(ids).toEqual(['<Camille-1@convergence>', '<Camille-1@convergence>']);
  });

  it('is not left by a record that fails while the process lives: that is tried until it is there', async () => {
    const door = new Doorstep();
    let failures = 3;
    const { employ, row, handler, errors } = await postOffice(door, writtenTo(CAMILLE, 'Camille'));
    const change = handler.change.bind(handler);
    const shaky = Object.assign(Object.create(handler) as typeof handler, {
      change: (...asked: Parameters<typeof change>) =>
        failures-- > 0 ? Promise.reject(new Error('Busy.')) : change(...asked),
    });
    employ({ handler: shaky });
    await delivered(() => row('Camille-1'));
    expect(door.taken).toEqual(['Camille-1']);
    expect(errors).toHaveLength(3);
  });
});
