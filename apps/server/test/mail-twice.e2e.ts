import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { decoded } from '#client/mail.js';
import { connect } from '#event-store/sqlite-log.js';
import { MailServer, type Received } from '#reactors/mail/fixtures.js';
import { CONCURRENCY, SIGN_INS_BESIDE } from '#reactors/postman.js';
import { draftHappened } from './applicants.js';
import { LiveServer } from './live-server.js';
import { type Row, wholeLog } from './log-proof.js';
import { castOf, publishedCall } from './stage.js';
import { until, World } from './world.js';

/** More than there are connections: some have carried a second message, so they had read that the first was accepted. */
const PEOPLE = CONCURRENCY + SIGN_INS_BESIDE + 6;
const [FIFTEEN, SEVEN] = ['2021-07-29T07:00:00Z', '2021-08-06T07:00:00Z'];

let mail: MailServer;
let folder: string;
let live: LiveServer | undefined;
beforeAll(async () => {
  mail = await MailServer.start();
  const world = await World.open('2021-05-12T08:00:00Z', { env: { DEMONSTRATION: 'yes' } });
  folder = world.folder;
  const cast = await castOf(world);
  const call = await publishedCall(world, cast);
  for (let number = 1; number <= PEOPLE; number++) {
    const person = await world.person(`Porteuse ${String.fromCharCode(96 + number)}`);
    await draftHappened(world, call, person.id, number);
  }
  await world.server.close();
});
afterAll(async () => {
  await live?.kill();
  await mail.close();
  rmSync(folder, { recursive: true, force: true });
});

const start = async (now: string): Promise<void> => {
  live = await LiveServer.start(folder, now, { SMTP_URL: mail.url });
};
const facts = (): Row[] => wholeLog(join(folder, 'log.db')).rows;
const of = (rows: readonly Row[], type: string): string[] =>
  rows.filter((row) => row.type === type).map(({ stream }) => stream);
const settled = (rows: readonly Row[]): boolean =>
  of(rows, 'NoticeDelivered').length === of(rows, 'NoticeIssued').length;
/** So many reminders were decided, over all. */
const allDecided = (reminders: number, andThen: (rows: readonly Row[]) => boolean = () => true): Promise<true> =>
  until(() => {
    const rows = facts();
    const issued = rows.filter(({ type, data }) => type === 'NoticeIssued' && data['kind'] === 'reminder');
    return (issued.length === reminders && andThen(rows)) || pause(20, undefined);
  }, `${reminders} reminders`);
const allRecorded = (reminders: number): Promise<true> => allDecided(reminders, settled);
const messageId = (eml: string): string => /^Message-ID: (\S+)/im.exec(eml)?.[1] ?? '';
const copies = (some: readonly Received[]): Record<string, number> => {
  const times: Record<string, number> = {};
  for (const { to, eml } of some) {
    const one = `${to} ${messageId(eml)}`;
    times[one] = (times[one] ?? 0) + 1;
  }
  return times;
};
const reminders = (): Received[] => mail.received.filter(({ eml }) => decoded(eml).includes('Subject: Rappel'));

describe('a server that is killed when a mail server has accepted messages which it has not recorded', () => {
  it('sends these again under the same Message-ID, records each once, and sends nothing else twice', async () => {
    await start(FIFTEEN);
    await allRecorded(PEOPLE);
    await live?.kill();
    const first = copies(mail.received);
    expect(Object.values(first)).toEqual(Object.values(first).map(() => 1));
    expect(reminders()).toHaveLength(PEOPLE);

    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    mail.holdBack = () => held;
    await start(SEVEN);
    await allDecided(2 * PEOPLE);
    // Another process is at the log: what is accepted from now on waits to be recorded.
    const log = connect(join(folder, 'log.db'), 5000);
    log.exec('BEGIN IMMEDIATE');
    letGo();
    await until(() => reminders().length === 2 * PEOPLE || undefined, 'the second reminders to be accepted');
    await live?.kill();
    log.exec('ROLLBACK');
    log.close();
    const killed = facts();
    expect(of(killed, 'NoticeIssued').length - of(killed, 'NoticeDelivered').length).toBe(PEOPLE);
    const inTheWindow = copies(reminders().slice(PEOPLE));
    expect(Object.keys(inTheWindow)).toHaveLength(PEOPLE);

    await start(SEVEN);
    await allRecorded(2 * PEOPLE);
    expect((await live?.stop())?.code).toBe(0);
    live = undefined;
    expect(copies(mail.received)).toEqual({
      ...first,
      ...Object.fromEntries(Object.keys(inTheWindow).map((one) => [one, 2])),
    });
    const delivered = of(facts(), 'NoticeDelivered');
    expect(new Set(delivered).size).toBe(delivered.length);
  }, 120_000);
});
