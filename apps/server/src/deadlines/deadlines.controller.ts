import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { Type as Typed } from 'class-transformer';
import { type DeadlineKind, deadlineKinds, frenchDeadlines } from '#domain/reminder/deadlines.js';
import {
  type Audience,
  audiences,
  type Channel,
  channels,
  type ReminderPolicy,
  stepsOf,
} from '#domain/reminder/policy.js';
import { viewRoles } from '#domain/permissions.js';
import { later } from '#domain/instants.js';
import { type Role, roleThatAllows } from '#domain/roles.js';
import { callsLedBy, type CallRow } from '#read-models/calls.js';
import { deadlinesBetween, deadlinesIn, policyOf, roundsIn } from '#read-models/deadline-queries.js';
import { dueOf, dutiesOf } from '#read-models/duties.js';
import { namesOf } from '#read-models/identity.js';
import type { Views } from '#read-models/views.js';
import { changesTold } from '../calls/schedule-history.js';
import { visibleCall } from '../calls/visible.js';
import { By, type Request } from '../http/by.js';
import { OneOf, Optional, Parts, Whole } from '../http/fields.js';
import { Problem } from '../http/problem.js';
import { Act, Answer, Area, View } from '../http/route.js';
import { Look } from '../look.js';
import { boardOf, remindersOf, shownTo } from './board.js';
import { ChangeReminders } from './change-reminders.js';
import {
  DeadlinesAnswer,
  DutiesAnswer,
  OwnRemindersAnswer,
  PersonRemindersAnswer,
  PolicyAnswer,
  RemindersAnswer,
} from './deadlines.answers.js';
import type { Service } from '../service.js';
import { happenedOn } from '../story.js';
import { SERVICE } from '../tokens.js';
import { remindersTo } from './of-person.js';
import { ownReminders } from './own.js';
import { TimelineAnswer } from './timeline.answers.js';
import { timelineOf } from './timeline.js';

class StepBody {
  /** From the deadline, negative before it: days or hours, one of the two. */
  @Optional() @Whole(-365, 365) days?: number;
  @Optional() @Whole(-48, 48) hours?: number;
  @OneOf(audiences) to!: Audience;
  @OneOf(channels) channel!: Channel;
}
class KindPolicyBody {
  @OneOf(deadlineKinds) kind!: DeadlineKind;
  /** None: nobody is reminded of it. */
  @Parts({ min: 0, max: 50 }, () => StepBody) steps!: StepBody[];
}
class PolicyBody {
  /** Those left out keep the default steps. */
  @Parts({ min: 0, max: deadlineKinds.length }, () => KindPolicyBody) kinds!: KindPolicyBody[];
}
class DutiesQuery {
  @OneOf(deadlineKinds) kind!: DeadlineKind;
}
class BoardQuery {
  /** How many days ahead: 30 where it is left out. */
  @Optional() @Typed(() => Number) @Whole(1, 365) days?: number;
  /** Only what is late. */
  @Optional() @OneOf(['true', 'false']) overdue?: string;
}

const DAYS_AHEAD = 30;
const DAYS_BACK = 365;
const DAY_MS = 86_400_000;
const MOST = 500;

@Area('Deadlines')
@Controller()
export class DeadlinesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    @Inject(SERVICE) private readonly service: Service,
  ) {}

  @Get('deadlines')
  @View('Deadlines', 'What is due or late in the calls of your institutions, the soonest first', {
    operation: 'ReadBoard',
  })
  @Answer(DeadlinesAnswer)
  board(@Query() { days = DAYS_AHEAD, overdue }: BoardQuery, @By() by: Request): Promise<DeadlinesAnswer> {
    return this.queries.execute(
      new Look(by, (views) => {
        if (!roleThatAllows(viewRoles.Deadlines, by, { institutions: 'any' }))
          throw new Problem(403, 'NotAllowed', 'Seules les autorités suivent les échéances de leurs appels.');
        const from = later(by.at, -DAYS_BACK * DAY_MS);
        const to = overdue === 'true' ? by.at : later(by.at, days * DAY_MS);
        const found = deadlinesBetween(views, callsLedBy(views, by.grants, viewRoles.Deadlines), {
          from,
          to,
          most: MOST,
        });
        return { items: boardOf(views, found, by).filter(({ risk }) => risk !== 'done') };
      }),
    );
  }

  @Get('calls/:id/deadlines')
  @View('Deadlines', 'What is due in a call, for how many people, at what risk')
  @Answer(DeadlinesAnswer)
  ofCall(@Param('id') id: string, @By() by: Request): Promise<DeadlinesAnswer> {
    return this.look(id, by, (views) => ({ items: boardOf(views, deadlinesIn(views, id), by) }));
  }

  @Get('calls/:id/duties')
  @View('Deadlines', 'Who still has something to do by one kind of deadline; of drafts, nobody learns whose they are', {
    operation: 'ReadDuties',
  })
  @Answer(DutiesAnswer)
  duties(@Param('id') id: string, @Query() { kind }: DutiesQuery, @By() by: Request): Promise<DutiesAnswer> {
    return this.look(id, by, (views) => {
      if (kind === 'submission')
        throw new Problem(403, 'NotAllowed', "Un dossier en préparation n'est connu que de son porteur.");
      const files = new Map<string, Set<string>>();
      for (const deadline of deadlinesIn(views, id)
        .filter((each) => each.kind === kind)
        .filter(shownTo(views, by)))
        for (const { person, file } of dutiesOf(views, dueOf(deadline))) {
          if (file !== null && by.conflicts?.includes(file)) continue;
          const own = files.get(person) ?? new Set();
          files.set(person, file === null ? own : own.add(file));
        }
      const names = namesOf(views, [...files.keys()]);
      return {
        items: [...files].map(([person, own]) => ({ person, name: names.get(person) ?? null, files: [...own] })),
      };
    });
  }

  @Get('calls/:id/reminders')
  @View('Deadlines', 'Every reminder of a call: what went out, what will, what was given up, and why', {
    operation: 'ReadReminders',
  })
  @Answer(RemindersAnswer)
  reminders(@Param('id') id: string, @By() by: Request): Promise<RemindersAnswer> {
    return this.look(id, by, (views) => ({ items: remindersOf(views, roundsIn(views, id), by) }));
  }

  @Get('calls/:id/people/:person/reminders')
  @View(
    'PersonReminders',
    'The reminders of a call to one person: what they were sent, what they will be, and why; of drafts, nothing',
  )
  @Answer(PersonRemindersAnswer)
  toPerson(
    @Param('id') id: string,
    @Param('person') person: string,
    @By() by: Request,
  ): Promise<PersonRemindersAnswer> {
    return this.look(
      id,
      by,
      (views) => ({ items: remindersTo(views, id, person, by) }),
      viewRoles.PersonReminders,
      "Seuls les administrateurs d'une autorité pilote lisent les rappels d'une personne.",
    );
  }

  @Get('calls/:id/timeline')
  @View(
    'Deadlines',
    'A call on one line of time, for a page to draw: milestones, moves and why, what is due, reminders',
    {
      operation: 'ReadTimeline',
    },
  )
  @Answer(TimelineAnswer)
  timeline(@Param('id') id: string, @By() by: Request): Promise<TimelineAnswer> {
    return this.look(id, by, async (views) => {
      const events = await happenedOn(this.service.store, [`call-${id}`], by.at);
      return timelineOf(views, id, changesTold(views, events, 'preparation'), by);
    });
  }

  @Get('calls/:id/reminder-policy')
  @View('Deadlines', 'When a call reminds whom', { operation: 'ReadReminderPolicy' })
  @Answer(PolicyAnswer)
  policy(@Param('id') id: string, @By() by: Request): Promise<PolicyAnswer> {
    return this.look(id, by, (views) => {
      const set = policyOf(views, id);
      const policy = set?.policy ?? {};
      return {
        kinds: deadlineKinds.map((kind) => ({
          kind,
          label: frenchDeadlines[kind],
          own: policy[kind] !== undefined,
          steps: stepsOf(policy, kind).map((step) => ({ ...step })),
        })),
        setAt: set?.setAt ?? null,
      };
    });
  }

  @Post('calls/:id/set-reminder-policy')
  @HttpCode(204)
  @Act('SetReminderPolicy', 'Set when a call reminds whom; what it says of the past reminds nobody')
  async setPolicy(@Param('id') id: string, @Body() { kinds }: PolicyBody, @By() by: Request): Promise<void> {
    const policy: ReminderPolicy = Object.fromEntries(
      kinds.map(({ kind, steps }) => [kind, steps.map(({ ...step }) => step)]),
    );
    await this.commands.execute(new ChangeReminders(id, { type: 'SetReminderPolicy', policy }, by));
  }

  @Get('people/me/reminders')
  @View('Me', 'What you have to do, when you will be reminded of it, and what you were sent', {
    operation: 'ReadOwnReminders',
  })
  @Answer(OwnRemindersAnswer)
  own(@By() by: Request): Promise<OwnRemindersAnswer> {
    return this.queries.execute(new Look(by, (views) => ownReminders(views, by)));
  }

  private look<T>(
    id: string,
    by: Request,
    read: (views: Views, row: CallRow) => T | Promise<T>,
    roles: readonly Role[] = viewRoles.Deadlines,
    refused = "Seules les autorités pilotes de l'appel suivent ses échéances.",
  ): Promise<T> {
    return this.queries.execute(
      new Look(by, (views) => {
        const { row } = visibleCall(views, id, by);
        if (!roleThatAllows(roles, by, { institutions: row.call.heading.leads }))
          throw new Problem(403, 'NotAllowed', refused);
        return read(views, row);
      }),
    );
  }
}
