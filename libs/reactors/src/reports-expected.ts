import { system } from '#commands/asking.js';
import type { Clock } from '#commands/clock.js';
import { factOf } from '#commands/folded.js';
import { type Handler, Refused } from '#commands/handler.js';
import { reportId } from '#commands/ids.js';
import { reports as subject } from '#commands/report-subjects.js';
import type { AgreementEvent } from '#domain/agreement/agreement-facts.js';
import type { Calendar } from '#domain/decider.js';
import type { FactType } from '#domain/facts.js';
import { dueDays } from '#domain/report/due.js';
import { reportKinds } from '#domain/report/report-facts.js';
import type { EventStore, RecordedEvent } from '#event-store/event-store.js';
import { callOf } from '#read-models/calls.js';
import type { Projector } from '#read-models/projector.js';
import { idOf } from '#read-models/read-model.js';
import type { Reaction } from './reactor.js';

export interface ReportsExpectedOptions {
  readonly store: EventStore;
  readonly handler: Handler;
  readonly projector: Projector;
  readonly clock: Clock;
  readonly calendar: Calendar;
}

type Concluded = Extract<AgreementEvent, { type: 'AgreementConcluded' }>;

const PATIENCE_MS = 10_000;
const GIVEN_UP = 'Le bénéficiaire a renoncé à la subvention.';

const nothingOwed: ReadonlySet<string> = new Set(['ReportUnknown', 'ReportSettled']);

/** Whoever is given money accounts for it: two reports from the agreement on, none once the award was given up. */
export class ReportsExpected implements Reaction {
  readonly name = 'reports-expected';
  readonly from = 'now';
  readonly types: readonly FactType[] = ['AgreementConcluded', 'AwardDeclined'];

  constructor(private readonly options: ReportsExpectedOptions) {}

  async react(event: RecordedEvent): Promise<void> {
    const application = idOf(event.stream);
    if (event.type === 'AwardDeclined') await this.waive(application, event);
    else await this.expect(application, factOf(event) as Concluded, event);
  }

  private async expect(application: string, concluded: Concluded, event: RecordedEvent): Promise<void> {
    const { handler, projector, clock, calendar } = this.options;
    await projector.reached(event.position, PATIENCE_MS);
    const { call, organisation } = concluded;
    const known = callOf(projector.views, call)?.call;
    if (!known) throw new Error(`The agreement ${event.stream} is of a call that nobody drafted: ${call}.`);
    const due = dueDays(known, concluded, calendar);
    for (const kind of reportKinds) {
      const report = reportId(application, kind);
      const dueOn = due[kind];
      const leads = [...known.heading.leads];
      // The day is in the key: where it moved since a crash, the report is found by its id and nothing happens.
      const asking = system(clock.now(), `expect-${report}-${dueOn}`, event.id);
      const command = { type: 'ExpectReport', report, kind, application, call, leads, dueOn } as const;
      await handler.change(subject, organisation, command, asking);
    }
  }

  private async waive(application: string, event: RecordedEvent): Promise<void> {
    const { store, handler, clock } = this.options;
    const agreement = (await store.readStream(`agreement-${application}`)).map(factOf) as AgreementEvent[];
    const concluded = agreement.find((fact) => fact.type === 'AgreementConcluded');
    if (!concluded) return;
    for (const kind of reportKinds) {
      const report = reportId(application, kind);
      const command = { type: 'WaiveReport', report, reason: GIVEN_UP } as const;
      const asking = system(clock.now(), `waive-${report}`, event.id);
      await handler.change(subject, concluded.organisation, command, asking).catch((error: unknown) => {
        // Accepted or waived already, or never expected: nothing is owed.
        if (!(error instanceof Refused) || !nothingOwed.has(error.refusal.code)) throw error;
      });
    }
  }
}
