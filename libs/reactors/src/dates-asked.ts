import { system } from '#commands/asking.js';
import { application as subject } from '#commands/application-subject.js';
import type { Clock } from '#commands/clock.js';
import { factOf } from '#commands/folded.js';
import { type Handler, Refused } from '#commands/handler.js';
import type { CallEvent } from '#domain/call/call-facts.js';
import { earliestStart } from '#domain/call/shift-consequences.js';
import type { Calendar } from '#domain/decider.js';
import type { FactType } from '#domain/facts.js';
import type { RecordedEvent } from '#event-store/event-store.js';
import { submittedIn } from '#read-models/files-of-call.js';
import type { Projector } from '#read-models/projector.js';
import { idOf } from '#read-models/read-model.js';
import type { Reaction } from './reactor.js';

export interface DatesAskedOptions {
  readonly handler: Handler;
  readonly projector: Projector;
  readonly clock: Clock;
  readonly calendar: Calendar;
}

type Shift = Extract<CallEvent, { type: 'ScheduleShifted' | 'OutageExtensionGranted' }>;

const PATIENCE_MS = 10_000;
/** How many files are looked at before requests get their turn. */
const AT_A_TIME = 20;

/** Nobody is left to ask. */
const settled: ReadonlySet<string> = new Set(['CallUnknown', 'CallEnded', 'ApplicationUnknown', 'ContentsForgotten']);

/** Where the decision comes later, every file that stands is asked: its rules say whether its start is still possible. */
export class DatesAsked implements Reaction {
  readonly name = 'dates-asked';
  readonly from = 'now';
  readonly types: readonly FactType[] = ['ScheduleShifted', 'OutageExtensionGranted'];

  constructor(private readonly options: DatesAskedOptions) {}

  async react(event: RecordedEvent): Promise<void> {
    const { projector, calendar } = this.options;
    const shift = factOf(event) as Shift;
    const before = earliestStart(shift.before, calendar);
    const after = earliestStart(shift.after, calendar);
    if (after === undefined || (before !== undefined && after <= before)) return;
    await projector.reached(event.position, PATIENCE_MS);
    const files = submittedIn(projector.views, idOf(event.stream));
    for (const [index, file] of files.entries()) {
      if (index % AT_A_TIME === AT_A_TIME - 1) await new Promise((resolve) => setImmediate(resolve));
      await this.ask(file, before, event.id);
    }
  }

  private async ask(file: string, before: string | undefined, cause: string): Promise<void> {
    const { handler, clock } = this.options;
    const command = { type: 'AskDates' as const, ...(before !== undefined && { before }) };
    try {
      await handler.change(subject, file, command, system(clock.now(), `ask-dates-${file}-${cause}`, cause));
    } catch (error) {
      if (!(error instanceof Refused) || !settled.has(error.refusal.code)) throw error;
    }
  }
}
