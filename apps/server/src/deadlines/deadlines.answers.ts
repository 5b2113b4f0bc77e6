import { ApiProperty } from '@nestjs/swagger';
import { type DeadlineKind, deadlineKinds } from '#domain/reminder/deadlines.js';
import { type Audience, audiences, type Channel, channels } from '#domain/reminder/policy.js';
import { type Lapse, lapses } from '#domain/reminder/rounds.js';

/** `done`: nobody has anything to do any more; `high` within two days, `medium` within seven; `overdue`: it is past. */
export const risks = ['done', 'low', 'medium', 'high', 'overdue'] as const;
export type Risk = (typeof risks)[number];
export const roundStatuses = ['planned', 'opened', 'lapsed'] as const;

export class DeadlineAnswer {
  /** The same through every move. */
  key!: string;
  call!: string;
  @ApiProperty({ enum: deadlineKinds }) kind!: DeadlineKind;
  /** French. */
  label!: string;
  /** The file, report, organisation or number it is of; null where it is of the whole call. */
  about!: string | null;
  dueAt!: string;
  /** In Europe/Paris, French. */
  dueSaid!: string;
  @ApiProperty({ enum: risks }) risk!: Risk;
  /** People who still have something to do. */
  remaining!: number;
  /** Of those, the ones of whom nothing is written yet; null where that says nothing. */
  notStarted!: number | null;
  /** How often the date moved. */
  moves!: number;
  /** When the next reminder goes out; null where none will. */
  nextReminderAt!: string | null;
}
export class DeadlinesAnswer {
  items!: DeadlineAnswer[];
}

export class DutyAnswer {
  person!: string;
  /** Null once forgotten. */
  name!: string | null;
  /** The files it is of; none where it is of the call. */
  files!: string[];
}
export class DutiesAnswer {
  items!: DutyAnswer[];
}

export class ReminderStepAnswer {
  /** From the deadline: before it where negative. One of the two. */
  days?: number;
  hours?: number;
  @ApiProperty({ enum: audiences }) to!: Audience;
  @ApiProperty({ enum: channels }) channel!: Channel;
}

export class ReminderAnswer {
  key!: string;
  /** The key of what is due. */
  deadline!: string;
  /** `J-7`, `H-4`, `J+3`. */
  name!: string;
  @ApiProperty({ enum: deadlineKinds }) kind!: DeadlineKind;
  /** French: what is due. */
  label!: string;
  about!: string | null;
  /** Whom it is for, French. */
  audience!: string;
  step!: ReminderStepAnswer;
  /** Steps that go out with it. */
  merges!: string[];
  dueAt!: string;
  /** When it is to go out, or was to. */
  at!: string;
  /** In Europe/Paris, French. */
  atSaid!: string;
  @ApiProperty({ enum: roundStatuses }) status!: (typeof roundStatuses)[number];
  /** When it went out or was given up. */
  settledAt!: string | null;
  @ApiProperty({ enum: lapses, nullable: true }) lapsed!: Lapse | null;
  /** French: why it goes out, or why it doesn't. */
  why!: string;
  /** Whom it was written to, and how many of those messages were delivered; for one to come, whom it would be. */
  people!: number;
  delivered!: number;
}
export class RemindersAnswer {
  items!: ReminderAnswer[];
}

/** `sent`: on its way; `failed`: it reached nobody. */
export const personReminderStatuses = ['planned', 'sent', 'delivered', 'failed'] as const;

export class PersonReminderAnswer {
  /** `J-7`, `H-4`, `J+3`. */
  name!: string;
  @ApiProperty({ enum: deadlineKinds }) kind!: DeadlineKind;
  /** French: what is due. */
  label!: string;
  /** The file, report or number it is of; null where it is of the whole call. */
  about!: string | null;
  /** As whom this person is reminded, French. */
  audience!: string;
  dueAt!: string;
  @ApiProperty({ enum: personReminderStatuses }) status!: (typeof personReminderStatuses)[number];
  /** When it is to go out, or was decided. */
  at!: string;
  /** In Europe/Paris, French. */
  atSaid!: string;
  deliveredAt!: string | null;
  /** Of one to come: the files of which this person still has something to do. */
  files!: string[];
  /** French. */
  why!: string;
}
export class PersonRemindersAnswer {
  /** What was sent, then what will be, in their order. */
  items!: PersonReminderAnswer[];
}

export class KindPolicyAnswer {
  @ApiProperty({ enum: deadlineKinds }) kind!: DeadlineKind;
  /** French. */
  label!: string;
  /** Set by the call; otherwise the steps are the default ones. */
  own!: boolean;
  steps!: ReminderStepAnswer[];
}
export class PolicyAnswer {
  kinds!: KindPolicyAnswer[];
  /** When the call set its own; null where it didn't. */
  setAt!: string | null;
}

export class OwnReminderAnswer {
  call!: string;
  title!: string;
  @ApiProperty({ enum: deadlineKinds }) kind!: DeadlineKind;
  /** French. */
  label!: string;
  dueAt!: string;
  dueSaid!: string;
  /** The files of which something is to be done. */
  files!: string[];
  /** Those to come, the next first. */
  next!: OwnRoundAnswer[];
}
export class OwnRoundAnswer {
  name!: string;
  at!: string;
}
export class SentReminderAnswer {
  notice!: string;
  call!: string;
  @ApiProperty({ enum: deadlineKinds }) kind!: DeadlineKind;
  name!: string;
  issuedAt!: string;
  deliveredAt!: string | null;
}
export class OwnRemindersAnswer {
  /** What you have to do, and when you will be reminded of it. */
  due!: OwnReminderAnswer[];
  /** What you were sent, the newest first. */
  sent!: SentReminderAnswer[];
}
