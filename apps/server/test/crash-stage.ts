import { join } from 'node:path';
import { applicant } from './applicants.js';
import { awardsToDecide } from './crash-awards.js';
import {
  type Book,
  comment,
  decideAwards,
  draftCalls,
  fileApplication,
  openAccounts,
  type Service,
  Writer,
} from './crash-writers.js';
import { type Whole, wholeLog, wholeLogOn } from './log-proof.js';
import { castOf, preparing, publishedCall } from './stage.js';
import { type Person, World } from './world.js';

export const NOW = '2021-06-20T08:00:00Z';
/** Where the log is that outlives the service. */
export interface LogUnderTest {
  readonly env: Record<string, string>;
  readonly whole: (folder: string) => Promise<Whole>;
}
export const inItsFolder: LogUnderTest = {
  env: {},
  whole: (folder) => Promise.resolve(wholeLog(join(folder, 'log.db'))),
};
export const onEventStoreDb = (url: string): LogUnderTest => ({
  env: { EVENT_STORE_URL: url },
  whole: () => wholeLogOn(url),
});

/** Accounts, an open call and one in preparation, in a folder whose clock a test sets. */
export async function stage(files: number, { env }: LogUnderTest = inItsFolder) {
  const world = await World.open('2021-05-12T08:00:00Z', { env: { DEMONSTRATION: 'yes', ...env } });
  const cast = await castOf(world);
  const shared = await preparing(cast);
  const open = await publishedCall(world, cast);
  const applicants = [
    await applicant(world, cast, 1),
    await applicant(world, cast, 2),
    await applicant(world, cast, 3),
  ];
  const awards = await awardsToDecide(world, files);
  const operator = (await world.operator.get<{ id: string }>('/api/me')).body.id;
  await world.server.close();
  return { folder: world.folder, cast, shared, open, applicants, awards, operator: signedIn(world.operator, operator) };
}

const signedIn = ({ token = '' }: Pick<Person, 'token'>, id: string) => ({ id, token });

/** Everybody at work, for as long as the service isn't stopping. */
export function everybodyWrites(
  { cast, shared, open, applicants, awards, operator }: Awaited<ReturnType<typeof stage>>,
  service: Service,
  book: Book,
  random: () => number,
): Promise<unknown> {
  const writer = (person: { id: string; token?: string }) =>
    new Writer(service, { id: person.id, token: person.token ?? '' }, book, random);
  const half = Math.ceil(awards.files.length / 2);
  const writing = Promise.all([
    ...applicants.map(({ person, organisation }) => fileApplication(writer(person), open, organisation)),
    ...[cast.ars.admin, cast.ars.signatory, cast.dreets.admin].map((person) => comment(writer(person), shared)),
    draftCalls(writer(cast.ars.admin)),
    ...[awards.files.slice(0, half), awards.files.slice(half)].map((files) =>
      decideAwards(writer(cast.ars.signatory), writer(cast.dreets.signatory), files),
    ),
    openAccounts(writer(operator), 'Personne'),
    openAccounts(writer(operator), 'Camarade'),
  ]);
  writing.catch(() => undefined);
  return writing;
}
