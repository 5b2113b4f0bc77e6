import { randomUUID } from 'node:crypto';
import { type Answer, Client } from '#client/client.js';
import { idFrom } from '#commands/ids.js';
import { contents, pdf } from './applicants.js';
import { heading } from './stage.js';

/** An answered command: what the log has to show for it. */
export interface Acknowledged {
  readonly command: string;
  readonly stream: string;
  /** Of its last event, as its ETag said. */
  readonly version: number;
  readonly types: readonly string[];
  /** Instants of one counter: when it was first sent, and when it was answered. */
  readonly sent: number;
  readonly answered: number;
}

/** The service as its clients know it: there, or gone until somebody starts it again. */
export interface Service {
  /** Resolves when it is up. */
  address(): Promise<string>;
  readonly stopping: boolean;
}

interface Act {
  readonly path: string;
  readonly body: unknown;
  readonly bytes?: Uint8Array;
  readonly ifMatch?: number;
  /** The record stream, from the answer. */
  readonly stream: (body: { id?: string }) => string;
  readonly types: readonly string[];
  /** Facts the service adds before it answers, as other commands. */
  readonly steps?: number;
  /** A refusal that comes after the facts. */
  readonly short?: string;
}

/** What was answered, and what may be in the log or not. */
export interface Book {
  readonly acknowledged: Acknowledged[];
  readonly awards: { readonly application: string; readonly fact: 'AwardGranted' | 'AwardFailed' }[];
  abandoned: number;
  instant: number;
}

/** Somebody whose requests may go unanswered: they are sent again, with the same key, or given up. */
export class Writer {
  constructor(
    private readonly service: Service,
    private readonly person: { readonly id: string; readonly token: string },
    readonly book: Book,
    private readonly random: () => number,
  ) {}

  async send(act: Act, mayGiveUp = false): Promise<Acknowledged | undefined> {
    const { person, book } = this;
    const key = randomUUID();
    const sent = ++book.instant;
    for (;;) {
      const answer = await this.attempt(act, key);
      if (answer && answer.status < 300) {
        const stream = act.stream(answer.body);
        const version = Number(/\d+/.exec(answer.headers.get('etag') ?? '')?.[0]) - (act.steps ?? 0);
        const command = idFrom('command', person.id, key, stream);
        const acknowledged = { command, stream, version, types: act.types, sent, answered: ++book.instant };
        book.acknowledged.push(acknowledged);
        return acknowledged;
      }
      if (act.short !== undefined && answer?.status === 409 && answer.text.includes(act.short)) return undefined;
      if (answer && answer.status !== 503) throw new Error(`${act.path}: ${answer.status} ${answer.text}`);
      if (mayGiveUp && this.random() < 0.3) {
        book.abandoned += 1;
        return undefined;
      }
    }
  }

  /** Undefined where no answer came. */
  private async attempt(
    { path, body, bytes, ifMatch }: Act,
    key: string,
  ): Promise<Answer<{ id?: string }> | undefined> {
    const client = new Client(await this.service.address(), this.person.token);
    const sending = { key, ...(ifMatch !== undefined && { ifMatch: `"${ifMatch}"` }) };
    try {
      return bytes ? await client.put(path, bytes, sending) : await client.post(path, body, sending);
    } catch {
      return undefined;
    }
  }

  get stopped(): boolean {
    return this.service.stopping;
  }
}

/** One applicant at their file, for as long as the test lasts: drafts, documents, submissions. */
export async function fileApplication(writer: Writer, call: string, organisation: string): Promise<void> {
  let file = '';
  const start = await writer.send({
    path: `/api/calls/${call}/start-application`,
    body: { organisation },
    stream: ({ id = '' }) => `application-${(file = id)}`,
    types: ['ApplicationStarted'],
  });
  let version = start?.version ?? 0;
  const act = async (path: string, body: unknown, type: string, more: Partial<Act> = {}): Promise<void> => {
    const stream = () => `application-${file}`;
    const done = await writer.send({ path: `/api/applications/${file}/${path}`, body, stream, types: [type], ...more });
    version = done?.version ?? version;
  };
  const attach = (name: string, code: string) =>
    act(`documents?filename=${name}.pdf&code=${code}`, undefined, 'DocumentAttached', { bytes: pdf(name) });
  await attach('statuts', 'statuts');
  for (let round = 1; !writer.stopped; round++) {
    const drafted = { ...contents, title: `La maison des mille jours, version ${round}` };
    await act('save-draft', drafted, 'DraftSaved', { ifMatch: version });
    if (round < 40) await attach(`annexe-${round}`, 'other');
    const sent = round === 1 ? 'submit' : 'replace';
    await act(sent, {}, round === 1 ? 'ApplicationSubmitted' : 'SubmissionReplaced');
    const replaced = { contents: { ...drafted, objectives: `Objectifs, version ${round}` } };
    await act('replace', replaced, 'SubmissionReplaced');
  }
}

/** Comments on one call, the same as everybody else's. */
export async function comment(writer: Writer, call: string): Promise<void> {
  for (let n = 1; !writer.stopped; n++) {
    await writer.send(
      {
        path: `/api/calls/${call}/comment`,
        body: { text: `Remarque n° ${n}` },
        stream: () => `call-${call}`,
        types: ['PreparationCommented'],
      },
      true,
    );
  }
}

/** New calls, a stream each. */
export async function draftCalls(writer: Writer): Promise<void> {
  for (let n = 1; !writer.stopped; n++) {
    await writer.send({
      path: '/api/calls',
      body: { ...heading, title: `Appel n° ${n}` },
      stream: ({ id = '' }) => `call-${id}`,
      types: ['CallDrafted'],
    });
  }
}

/** New accounts: two facts each, and a message. */
export async function openAccounts(writer: Writer, name: string): Promise<void> {
  for (let n = 1; !writer.stopped; n++) {
    await writer.send(
      {
        path: '/api/people',
        body: { name: `${name} ${n}`, email: `${name.toLowerCase()}.${n}@example.org` },
        stream: ({ id = '' }) => `account-${id}`,
        types: ['AccountOpened', 'SignInInvited'],
      },
      true,
    );
  }
}

/** Both leads decide on one file after the other: on the last decision its money is reserved, or nothing is awarded. */
export async function decideAwards(ars: Writer, dreets: Writer, files: readonly string[]): Promise<void> {
  for (const [index, application] of files.entries()) {
    if (ars.stopped) return;
    const decision = (institution: string, lines: { line: number; amountCents: number }[]) => ({
      path: `/api/applications/${application}/decide-award`,
      body: { institution, outcome: 'favourable', lines },
      stream: () => `award-${application}`,
    });
    const fir = decision('ARS-PDL', [{ line: 1, amountCents: 150_000 + (index % 5) * 100_000 }]);
    const state = [2, ...(index % 3 === 0 ? [3] : [])].map((line) => ({ line, amountCents: 100_000 }));
    await ars.send({ ...fir, types: ['AwardDecided'] });
    const last = { ...decision('DREETS-PDL', state), types: ['AwardDecided', 'AwardPending'], steps: 1 };
    const granted = await dreets.send({ ...last, short: 'EnvelopeExhausted' });
    ars.book.awards.push({ application, fact: granted ? 'AwardGranted' : 'AwardFailed' });
  }
}
