import { type Asking, system } from '#commands/asking.js';
import type { Clock } from '#commands/clock.js';
import { factOf } from '#commands/folded.js';
import type { Handler } from '#commands/handler.js';
import { idFrom } from '#commands/ids.js';
import { notice as subject } from '#commands/subjects.js';
import type { Calendar } from '#domain/decider.js';
import type { Fact } from '#domain/facts.js';
import { type EventStore, type RecordedEvent, StreamDeleted } from '#event-store/event-store.js';
import { type CallRow, callOf } from '#read-models/calls.js';
import { personOf } from '#read-models/identity.js';
import { type NoticeRow, noticesAbout, noticesWaiting } from '#read-models/notices.js';
import { organisationOf } from '#read-models/organisations.js';
import type { Projector } from '#read-models/projector.js';
import { aboutOf } from './about.js';
import type { Outbox } from './outbox.js';
import type { Reaction } from './reactor.js';
import { tellings, toldFacts } from './recipients.js';
import { signInCode } from './sign-in-code.js';
import { letter } from './templates.js';
import type { Told } from './told.js';
import { datesTold } from './told-of-dates.js';

export interface NoticesOptions {
  readonly store: EventStore;
  readonly handler: Handler;
  readonly projector: Projector;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly calendar: Calendar;
  readonly secret: string;
  /** Where people reach the service. */
  readonly url: string;
}

const PATIENCE_MS = 10_000;

/** Tells people of what happened. Each notice is decided once, as a fact, and delivered at least once. */
export class Notices implements Reaction {
  readonly name = 'notices';
  readonly from = 'now';
  readonly types = toldFacts;

  constructor(private readonly options: NoticesOptions) {}

  async react(event: RecordedEvent): Promise<void> {
    const { projector } = this.options;
    await projector.reached(event.position, PATIENCE_MS);
    const history = (await this.factsUpTo(event.stream, event.id)) ?? [];
    const telling = tellings(event, projector.views, history);
    if (!telling) return;
    const { kind, to } = telling;
    for (const person of to) {
      const id = idFrom('notice', event.id, kind, person);
      const about = { fact: event.id, stream: event.stream };
      const messageId = `<${id}@convergence>`;
      const asking = this.asking(`issue-${id}`, event.id);
      const { repeated } = await this.options.handler.change(
        subject,
        id,
        { type: 'IssueNotice', kind, to: person, about, messageId },
        asking,
      );
      if (repeated) {
        // With what came of it since: the delivery may be written and not in the views yet.
        const [last] = await this.options.store.readStream(`notice-${id}`, { backwards: true, limit: 1 });
        if (last) await projector.reached(last.position, PATIENCE_MS);
        const row = noticesAbout(projector.views, event.stream).find((known) => known.id === id);
        if (row?.deliveredAt === null && row.givenUp === null) await this.deliver(row);
      } else {
        const { id: fact, stream } = event;
        await this.deliver({ id, kind, to: person, fact, stream, messageId, issuedAt: asking.at });
      }
    }
  }

  /** What was decided before a crash and not delivered. One that fails stops no other. */
  async resume(): Promise<void> {
    const failures: unknown[] = [];
    for (const row of noticesWaiting(this.options.projector.views)) {
      await this.deliver(row).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }

  private async deliver(row: Omit<NoticeRow, 'deliveredAt' | 'givenUp'>): Promise<void> {
    const { handler, outbox, projector } = this.options;
    const { id, kind, messageId, issuedAt } = row;
    const person = personOf(projector.views, row.to);
    const told = person?.name && person.email ? await this.toldOf(row, person.name) : undefined;
    if (!told || !person?.email) {
      const because = 'La personne ou le fait a été effacé.';
      await handler.change(subject, id, { type: 'GiveUpNotice', because }, this.asking(`give-up-${id}`, row.fact));
      return;
    }
    await outbox.deliver({
      id,
      kind,
      messageId,
      at: issuedAt,
      to: { name: told.name, email: person.email },
      ...letter(told),
    });
    if (await this.forgotten(row.to)) {
      // While it was being written: the erasure may have looked before it was there.
      await outbox.remove({ id, kind, at: issuedAt });
    }
    await handler.change(subject, id, { type: 'RecordDelivery' }, this.asking(`deliver-${id}`, row.fact));
  }

  private async toldOf(
    { kind, to, fact: id, stream, issuedAt }: Pick<NoticeRow, 'kind' | 'to' | 'fact' | 'stream' | 'issuedAt'>,
    name: string,
  ): Promise<Told | undefined> {
    const { projector, calendar, secret, url } = this.options;
    const history = await this.factsUpTo(stream, id);
    const fact = history?.at(-1);
    if (!history || !fact) return undefined;
    const { views } = projector;
    const about = aboutOf(stream, fact, history, views);
    const call = about.call === undefined ? undefined : callOf(views, about.call);
    const organisation = about.organisation === undefined ? undefined : organisationOf(views, about.organisation)?.name;
    return {
      kind,
      fact,
      name,
      url,
      calendar,
      history,
      ...(call && { call: calledOf(call) }),
      ...(call && datesTold(fact, history, { call: call.id, person: to, at: issuedAt }, views)),
      ...(about.file !== undefined && { file: about.file }),
      ...(organisation !== undefined && { organisation }),
      ...(fact.type === 'SignInInvited' && { signInCode: signInCode(secret, to, fact.invitation) }),
    };
  }

  /** The facts of a stream up to one of them, that one included; none where it is gone. */
  private async factsUpTo(stream: string, id: string): Promise<Fact[] | undefined> {
    try {
      const events = await this.options.store.readStream(stream);
      const last = events.findIndex((event) => event.id === id);
      return last < 0 ? undefined : events.slice(0, last + 1).map((event) => factOf(event) as Fact);
    } catch (error) {
      if (error instanceof StreamDeleted) return undefined;
      throw error;
    }
  }

  /** From the log: the views may not know yet. */
  private async forgotten(person: string): Promise<boolean> {
    const [last] = await this.options.store.readStream(`account-${person}`, { backwards: true, limit: 1 });
    return last?.type === 'PersonForgotten';
  }

  private asking(key: string, cause: string): Asking {
    return system(this.options.clock.now(), key, cause);
  }
}

const calledOf = ({ id, call: { heading, specifications } }: CallRow): NonNullable<Told['call']> => ({
  id,
  title: heading.title,
  documents: specifications?.compulsoryDocuments ?? [],
});
