import { expect } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { awardsIn, lostAwards } from './crash-awards.js';
import { inItsFolder } from './crash-stage.js';
import type { Acknowledged, Book } from './crash-writers.js';
import { danglingContents, danglingDocuments, gaps, type Row, viewsKeptAndRebuilt } from './log-proof.js';

/** An account and its invitation; the last lead's decision and the money it asks for. */
const writesTwo = (first: Row | undefined): boolean =>
  first?.type === 'AccountOpened' ||
  (first?.type === 'AwardDecided' && (first.data['waitingFor'] as readonly string[]).length === 0);

/** What was answered before something else was asked comes before it in their stream. */
function outOfOrder(acknowledged: readonly Acknowledged[]): string[] {
  const streams = new Map<string, Acknowledged[]>();
  for (const one of acknowledged) streams.set(one.stream, [...(streams.get(one.stream) ?? []), one]);
  return [...streams.values()].flatMap((ones) =>
    ones.flatMap((later) =>
      ones
        .filter((earlier) => earlier.answered < later.sent && earlier.version >= later.version)
        .map((earlier) => `${later.stream}: ${earlier.version} was answered before ${later.version} was asked`),
    ),
  );
}

/** The decisions of the log: the facts of each command, contents aside. */
function byCommand(rows: readonly Row[]): Map<string, Row[]> {
  const commands = new Map<string, Row[]>();
  for (const row of rows) {
    if (/^(content|person)-/.test(row.stream)) continue;
    const key = `${row.metadata.command} ${row.stream}`;
    commands.set(key, [...(commands.get(key) ?? []), row]);
  }
  return commands;
}

/** Has everybody been written to? Codes to sign in, and one receipt for the one member of each applicant. */
export async function toldOf(folder: string, log = inItsFolder): Promise<boolean> {
  const { rows } = await log.whole(folder);
  const count = (...types: string[]) => rows.filter(({ type }) => types.includes(type)).length;
  const invited = rows.filter(({ type, metadata }) => type === 'SignInInvited' && metadata.by !== 'system').length;
  const submitted = rows.filter(
    ({ type, metadata }) =>
      (type === 'ApplicationSubmitted' || type === 'SubmissionReplaced') && metadata.by !== 'system',
  ).length;
  const names = messagesOf(folder);
  return (
    names.filter((name) => name.includes('-sign-in-')).length === invited &&
    names.filter((name) => name.includes('receipt-')).length === submitted &&
    count('NoticeIssued') === count('NoticeDelivered')
  );
}

const messagesOf = (folder: string): string[] =>
  readdirSync(join(folder, 'outbox')).filter((name) => name.endsWith('.eml'));

/** What was in the log before anybody wrote. */
export interface Before {
  readonly facts: number;
  /** Of the call whose awards are decided. */
  readonly call: string;
}

/**
 * The log holds every command that was answered, once, whole and in order, every message was sent once, and the views are
 * what follows from it. Answers with how many commands are in the log that nobody was told of.
 */
export async function proveLog(folder: string, book: Book, before: Before, log = inItsFolder): Promise<number> {
  const { rows, deleted, integrity } = await log.whole(folder);
  const commands = byCommand(rows);
  expect(integrity).toBe('ok');
  expect(rows.filter(({ intact }) => !intact)).toEqual([]);
  expect(gaps(rows)).toEqual([]);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  const lost = book.acknowledged.filter(({ command, stream, types, version }) => {
    const facts = commands.get(`${command} ${stream}`) ?? [];
    return facts.at(-1)?.version !== version || facts.map(({ type }) => type).join() !== types.join();
  });
  expect(lost).toEqual([]);
  expect(outOfOrder(book.acknowledged)).toEqual([]);

  const asked = new Set(['ApplicationStarted', ...book.acknowledged.flatMap(({ types }) => types)]);
  // What people asked for: the steps that the service takes on its own are nobody's to acknowledge.
  const decided = [...byCommand(rows.slice(before.facts)).values()].filter(
    ([first]) => first?.metadata.by !== 'system' && asked.has(first?.type ?? ''),
  );
  const known = new Set(book.acknowledged.map(({ command, stream }) => `${command} ${stream}`));
  // The answer to the last lead tells how the award ended, in the book of awards.
  const settled = new Set(book.awards.map(({ application }) => `award-${application}`));
  const unanswered = decided.filter(
    ([first]) =>
      !known.has(`${first?.metadata.command} ${first?.stream}`) &&
      !(first?.type === 'AwardDecided' && settled.has(first.stream)),
  );
  expect(unanswered.length).toBeLessThanOrEqual(book.abandoned);
  const halves = unanswered.filter((facts) => facts.length !== (writesTwo(facts[0]) ? 2 : 1));
  expect(halves).toEqual([]);

  const decidedOn = awardsIn(rows, before.call);
  expect(decidedOn.pending).toEqual([]);
  expect(decidedOn.overdrawn).toEqual([]);
  expect(decidedOn.held).toEqual(decidedOn.given);
  expect(lostAwards(book, decidedOn)).toEqual([]);
  const secret = readFileSync(join(folder, 'secret.key'), 'utf8').trim();
  expect(danglingContents(rows, deleted, secret)).toEqual([]);
  expect(danglingDocuments(rows, folder)).toEqual([]);
  const count = (type: string) => rows.filter((row) => row.type === type).length;
  expect(count('NoticeDelivered')).toBe(count('NoticeIssued'));
  expect(messagesOf(folder)).toHaveLength(count('NoticeIssued'));
  const { kept, rebuilt } = await viewsKeptAndRebuilt(folder, log.env['EVENT_STORE_URL']);
  expect(kept).toEqual(rebuilt);
  return unanswered.length;
}
