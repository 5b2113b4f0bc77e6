import { type Asking, system } from '#commands/asking.js';
import type { Clock } from '#commands/clock.js';
import { factOf } from '#commands/folded.js';
import type { Handler } from '#commands/handler.js';
import { idFrom } from '#commands/ids.js';
import { notice as subject } from '#commands/subjects.js';
import type { Calendar } from '#domain/decider.js';
import type { Fact } from '#domain/facts.js';
import { type EventStore, type RecordedEvent, StreamDeleted } from '#event-store/event-store.js';
import { applicationOf } from '#read-models/application-queries.js';
import { callOf } from '#read-models/calls.js';
import { personOf } from '#read-models/identity.js';
import { type NoticeRow, noticesAbout, noticesWaiting } from '#read-models/notices.js';
import { organisationOf } from '#read-models/organisations.js';
import type { Projector } from '#read-models/projector.js';
import { idOf } from '#read-models/read-model.js';
import type { Outbox } from './outbox.js';
import type { Reaction } from './reactor.js';
import { tellings, toldFacts } from './recipients.js';
import { signInCode } from './sign-in-code.js';
import { letter, type Told } from './templates.js';

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
    const { kind, to } = tellings(event, projector.views);
    for (const person of to) {
      const id = idFrom('notice', event.id, kind, person);
      const about = { fact: event.id, stream: event.stream };
      const messageId = `<${id}@convergence>`;
      const asking = this.asking(`issue-${id}`, event.id);
      const { repeated, position } = await this.options.handler.change(
        subject,
        id,
        { type: 'IssueNotice', kind, to: person, about, messageId },
        asking,
      );
      if (repeated) {
        if (position !== undefined) await projector.reached(position, PATIENCE_MS);
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
    { kind, to, fact: id, stream }: Pick<NoticeRow, 'kind' | 'to' | 'fact' | 'stream'>,
    name: string,
  ): Promise<Told | undefined> {
    const { store, projector, calendar, secret, url } = this.options;
    const event = await store.readStream(stream).then(
      (events) => events.find((candidate) => candidate.id === id),
      (error: unknown) => {
        if (error instanceof StreamDeleted) return undefined;
        throw error;
      },
    );
    if (!event) return undefined;
    const fact = factOf(event) as Fact;
    const file = stream.startsWith('application-') ? applicationOf(projector.views, idOf(stream), true) : undefined;
    const callId = stream.startsWith('call-') ? idOf(stream) : (file?.call ?? ('call' in fact ? fact.call : undefined));
    const call = callId === undefined ? undefined : callOf(projector.views, callId);
    const applicant = stream.startsWith('organisation-') ? idOf(stream) : file?.organisation;
    const organisation = applicant === undefined ? undefined : organisationOf(projector.views, applicant)?.name;
    return {
      kind,
      fact,
      name,
      url,
      calendar,
      ...(call && { call: { id: call.id, title: call.call.heading.title } }),
      ...(organisation !== undefined && { organisation }),
      ...(fact.type === 'SignInInvited' && { signInCode: signInCode(secret, to, fact.invitation) }),
    };
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
