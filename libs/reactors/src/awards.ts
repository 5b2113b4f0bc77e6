import { setTimeout as pause } from 'node:timers/promises';
import { type Asking, system } from '#commands/asking.js';
import { award as subject } from '#commands/award-subjects.js';
import type { Awarding, Cause } from '#commands/awarding.js';
import type { Clock } from '#commands/clock.js';
import { type Handler, Refused } from '#commands/handler.js';
import type { FactType } from '#domain/facts.js';
import type { RecordedEvent } from '#event-store/event-store.js';
import { idOf } from '#read-models/read-model.js';
import type { Reaction } from './reactor.js';

/** Longer than a request takes: another process may be at it. */
const OTHERS_FIRST_MS = 250;

/** Takes the steps that a crash left: the requests that decide, decline and answer take them themselves. */
export class Awards implements Reaction {
  readonly name = 'awards';
  /** From the first fact on, so that what was cut before its activation is resumed too. */
  readonly from = 'start';
  readonly notesLater = true;
  readonly types: readonly FactType[] = ['AwardPending', 'AwardDeclined', 'AppealAnswered', 'ApplicationWithdrawn'];

  constructor(
    private readonly handler: Handler,
    private readonly awarding: Awarding,
    private readonly clock: Clock,
    private readonly othersFirstMs = OTHERS_FIRST_MS,
  ) {}

  async react(event: RecordedEvent): Promise<void> {
    const application = idOf(event.stream);
    const cause: Cause = { at: this.clock.now(), id: event.id };
    if (event.type === 'AwardPending') {
      await this.resume(application, cause, event.version);
      return;
    }
    if (event.type === 'ApplicationWithdrawn') {
      await this.resume(application, cause);
      await this.declineFor(application, system(cause.at, `decline-${event.id}`, event.id));
    }
    await this.awarding.free(application, cause);
  }

  private async resume(application: string, cause: Cause, since?: number): Promise<void> {
    if (!this.awarding.isRunning(application)) {
      if (!(await this.awarding.isPending(application, since))) return;
      await pause(this.othersFirstMs);
    }
    await this.awarding.resume(application, cause);
  }

  /** Who withdraws the file gives up what it was awarded, or its place on the reserve list. */
  private async declineFor(application: string, asking: Asking): Promise<void> {
    const reason = 'Le dossier a été retiré par le porteur de projet.';
    await this.handler
      .change(subject, application, { type: 'DeclineAward', reason }, asking)
      .catch((error: unknown) => {
        // Nothing was awarded.
        if (!(error instanceof Refused)) throw error;
      });
  }
}
