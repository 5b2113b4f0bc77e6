import type { Metadata } from '#commands/asking.js';
import { factOf } from '#commands/folded.js';
import { call as decider } from '#domain/call/call.js';
import type { Call } from '#domain/call/call-state.js';
import type { Fact } from '#domain/facts.js';
import { sayable } from '#domain/webhook/message.js';
import type { ToldFact } from '#domain/webhook/told-facts.js';
import type { EventStore, Position, RecordedEvent } from '#event-store/event-store.js';
import { idOf } from '#read-models/read-model.js';

/** What a fact is told as, the same for every webhook and every try. */
export interface WebhookMessage {
  readonly id: string;
  readonly call: string;
  /** Nobody but these institutions; everybody where it is left out. */
  readonly only?: readonly string[];
  readonly body: string;
}

/** Whose a fact is: its call, its file and applicant where it has one. */
interface About {
  readonly call: string;
  readonly application?: string;
  readonly organisation?: string;
}

type Of<T extends Fact['type']> = Extract<Fact, { type: T }>;
const KEPT = 200;

/** Makes messages from the log alone, each by its call as it was when the fact happened. */
export class WebhookMessages {
  private readonly made = new Map<string, Promise<WebhookMessage | undefined>>();

  constructor(
    private readonly store: EventStore,
    /** A position of the log as others may hold it: signed. */
    private readonly cursorOf: (position: Position) => string,
  ) {}

  /** Undefined where nothing may be said of it. */
  of(event: RecordedEvent): Promise<WebhookMessage | undefined> {
    const known = this.made.get(event.id);
    if (known) return known;
    const making = this.make(event);
    if (this.made.size >= KEPT) this.made.clear();
    this.made.set(event.id, making);
    making.catch(() => this.made.delete(event.id));
    return making;
  }

  private async make(event: RecordedEvent): Promise<WebhookMessage | undefined> {
    const about = await this.about(event);
    const state = about && (await this.callAt(about.call, event.position));
    if (!about || !state || state.status === 'absent') return undefined;
    const said = sayable(factOf(event) as Of<ToldFact>, state);
    if (!said) return undefined;
    const { id, type, position, metadata } = event;
    const { call, application, organisation } = about;
    const body = JSON.stringify({
      id,
      type,
      at: (metadata as Metadata).at,
      call,
      ...(said.named && { application, organisation }),
      position: this.cursorOf(position),
      data: said.data,
    });
    return { id, call, ...(said.only && { only: said.only }), body };
  }

  private async about(event: RecordedEvent): Promise<About | undefined> {
    const { stream } = event;
    const id = idOf(stream);
    switch (stream.slice(0, stream.indexOf('-'))) {
      case 'call':
        return { call: id };
      case 'application':
      case 'award':
      case 'agreement': {
        const [first] = await this.store.readStream(`application-${id}`, { limit: 1 });
        if (first?.type !== 'ApplicationStarted') return undefined;
        const { call, organisation } = factOf(first) as Of<'ApplicationStarted'>;
        return { call, application: id, organisation };
      }
      case 'reports': {
        const { report } = factOf(event) as Of<'ReportAccepted'>;
        const expected = (await this.store.readStream(stream))
          .filter(({ type }) => type === 'ReportExpected')
          .map((each) => factOf(each) as Of<'ReportExpected'>)
          .find((each) => each.report === report);
        return expected && { call: expected.call, application: expected.application, organisation: id };
      }
      default:
        return undefined;
    }
  }

  private async callAt(call: string, position: Position): Promise<Call> {
    const all = await this.store.readStream(`call-${call}`);
    return all
      .filter((each) => this.store.compare(each.position, position) <= 0)
      .reduce((state, each) => decider.evolve(state, factOf(each) as never), decider.initial);
  }
}
