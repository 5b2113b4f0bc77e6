import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { factOf } from '#commands/folded.js';
import { call as decider, type Call, type CallEvent } from '#domain/call/call.js';
import { wasPublished } from '#domain/call/call-state.js';
import type { RecordedEvent } from '#event-store/event-store.js';
import { By, type Request } from '../http/by.js';
import { AnInstant, Optional } from '../http/fields.js';
import { utc } from '../http/instants.js';
import { Problem } from '../http/problem.js';
import { Answer, Area, View } from '../http/route.js';
import { Look } from '../look.js';
import type { Service } from '../service.js';
import { happenedOn } from '../story.js';
import { SERVICE } from '../tokens.js';
import { scheduleAnswer } from './call-answer.js';
import { ScheduleAsOfAnswer, ScheduleHistoryAnswer } from './schedule.answers.js';
import { changesTold } from './schedule-history.js';
import { visibleCall } from './visible.js';

class ScheduleQuery {
  /** The schedule as it stood at that instant; now where it is left out. */
  @Optional() @AnInstant() at?: string;
}

@Area('Schedule')
@Controller('calls/:id/schedule')
export class ScheduleController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(SERVICE) private readonly service: Service,
  ) {}

  @Get()
  @View('Call', 'The schedule as it stood at an instant, from the log itself', { operation: 'GetSchedule' })
  @Answer(ScheduleAsOfAnswer)
  asOf(@Param('id') id: string, @Query() { at }: ScheduleQuery, @By() by: Request): Promise<ScheduleAsOfAnswer> {
    return this.queries.execute(
      new Look(by, async (views) => {
        const { sight } = visibleCall(views, id, by);
        const asOf = at === undefined || utc(at) > by.at ? by.at : utc(at);
        const call = folded(await happenedOn(this.service.store, [`call-${id}`], asOf));
        const seen =
          call.status !== 'absent' && (sight === 'preparation' || (sight === 'published' && wasPublished(call)));
        if (!seen || !call.schedule) {
          throw new Problem(404, 'ScheduleUnknown', "À cet instant, cet appel n'avait pas de calendrier.");
        }
        return { asOf, status: call.status, ...scheduleAnswer(call.schedule) };
      }),
    );
  }

  @Get('history')
  @View('Call', 'Every change of the schedule: who, when, why, which dates', { operation: 'GetScheduleHistory' })
  @Answer(ScheduleHistoryAnswer)
  history(@Param('id') id: string, @By() by: Request): Promise<ScheduleHistoryAnswer> {
    return this.queries.execute(
      new Look(by, async (views) => {
        const { sight } = visibleCall(views, id, by);
        const events = await happenedOn(this.service.store, [`call-${id}`], by.at);
        return { items: changesTold(views, events, sight) };
      }),
    );
  }
}

const folded = (events: readonly RecordedEvent[]): Call =>
  events.reduce((state, event) => decider.evolve(state, factOf(event) as CallEvent), decider.initial);
