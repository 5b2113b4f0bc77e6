import { ApiProperty } from '@nestjs/swagger';
import { type MilestoneKind, milestoneKinds } from '#domain/schedule/milestones.js';
import { DeadlineAnswer, roundStatuses } from './deadlines.answers.js';

export class MoveAnswer {
  movedAt!: string;
  from!: string | null;
  to!: string | null;
  /** As it was published; null where it was given elsewhere. */
  reason!: string | null;
}
export class TimelineMilestoneAnswer {
  @ApiProperty({ enum: milestoneKinds }) kind!: MilestoneKind;
  /** French. */
  label!: string;
  at!: string;
  /** In Europe/Paris, French. */
  said!: string;
  past!: boolean;
  cancelled!: boolean;
  /** The first move first; empty where it never moved. */
  history!: MoveAnswer[];
}
export class TimelineReminderAnswer {
  name!: string;
  at!: string;
  @ApiProperty({ enum: roundStatuses }) status!: (typeof roundStatuses)[number];
  /** Whom it is for, French. */
  audience!: string;
  people!: number;
  delivered!: number;
  /** French. */
  why!: string;
}
export class TimelineDeadlineAnswer extends DeadlineAnswer {
  history!: MoveAnswer[];
  reminders!: TimelineReminderAnswer[];
}
export class TimelineAnswer {
  /** The instant of the request. */
  now!: string;
  /** The soonest first, like the deadlines and their reminders. */
  milestones!: TimelineMilestoneAnswer[];
  deadlines!: TimelineDeadlineAnswer[];
}
