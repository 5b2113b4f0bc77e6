import { system } from '#commands/asking.js';
import type { Clock } from '#commands/clock.js';
import { commission as subject } from '#commands/commission-subjects.js';
import { factOf } from '#commands/folded.js';
import { type Handler, Refused } from '#commands/handler.js';
import type { CallEvent } from '#domain/call/call-facts.js';
import type { Commission, CommissionEvent } from '#domain/commission/commission-facts.js';
import type { FactType } from '#domain/facts.js';
import { instantOf } from '#domain/schedule/milestones.js';
import type { RecordedEvent } from '#event-store/event-store.js';
import { idOf } from '#read-models/read-model.js';
import type { Reaction } from './reactor.js';

type Shift = Extract<CallEvent, { type: 'ScheduleShifted' | 'OutageExtensionGranted' }>;

/** The session is there no more, was held meanwhile, or somebody moved it first. */
const settled: ReadonlySet<string> = new Set([
  'CallUnknown',
  'CallEnded',
  'SessionUnknown',
  'AlreadyOpen',
  'SessionOver',
  'AttendanceTaken',
  'DateInPast',
  'NothingMoves',
]);

/** Where the commission of a call moves, the sessions planned for that very instant move along; others stay. */
export class SessionsMoved implements Reaction {
  readonly name = 'sessions-moved';
  readonly from = 'now';
  readonly types: readonly FactType[] = ['ScheduleShifted', 'OutageExtensionGranted'];

  constructor(
    private readonly handler: Handler,
    private readonly clock: Clock,
  ) {}

  async react(event: RecordedEvent): Promise<void> {
    const shift = factOf(event) as Shift;
    const from = instantOf(shift.before.milestones, 'commission');
    const startsAt = instantOf(shift.after.milestones, 'commission');
    if (from === undefined || startsAt === undefined || from === startsAt) return;
    const call = idOf(event.stream);
    const { sessions } = await this.handler.stateOf<Commission, CommissionEvent>(subject, call);
    const reason = shift.type === 'ScheduleShifted' ? shift.reason : `Panne du service : ${shift.outage.description}`;
    for (const { session, startsAt: planned, status } of Object.values(sessions)) {
      if (planned !== from || (status !== 'planned' && status !== 'convened')) continue;
      const asking = system(this.clock.now(), `move-${session}-${event.id}`, event.id);
      try {
        await this.handler.change(subject, call, { type: 'MoveSession', session, startsAt, reason }, asking);
      } catch (error) {
        if (!(error instanceof Refused) || !settled.has(error.refusal.code)) throw error;
      }
    }
  }
}
