import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Incoming } from '#commands/subject.js';
import type { CallCommand } from '#domain/call/call.js';
import { previewShift } from '#domain/call/shift-preview.js';
import { Refusal } from '#domain/decider.js';
import { viewRoles } from '#domain/permissions.js';
import { roleThatAllows } from '#domain/roles.js';
import { milestoneKinds, type MilestoneKind } from '#domain/schedule/milestones.js';
import { Refused } from '#commands/handler.js';
import { countsOf } from '#read-models/application-queries.js';
import { By, type Request } from '../http/by.js';
import { ADay, AnInstant, Flag, Id, OneOf, Optional, Part, Parts, Text, Whole } from '../http/fields.js';
import { utc } from '../http/instants.js';
import { Problem } from '../http/problem.js';
import { Act, Area, View } from '../http/route.js';
import { Look } from '../look.js';
import { tools } from '../service.js';
import { scheduleAnswer } from './call-answer.js';
import { CountsAnswer, MovedAnswer, ScheduleAnswer } from './calls.answers.js';
import { ForBody, ReasonBody, SigningBody, InstitutionCode } from './calls.bodies.js';
import { ChangeCall } from './change-call.js';
import { callInPreparation } from './visible.js';

class ShiftChangeBody {
  @OneOf(milestoneKinds) kind!: MilestoneKind;
  /** The new instant. */
  @AnInstant() at!: string;
}

class PreviewShiftBody {
  @Parts({ min: 1, max: 14 }, () => ShiftChangeBody) changes!: ShiftChangeBody[];
}

class ProposeShiftBody extends ReasonBody {
  @InstitutionCode() institution!: string;
  @Parts({ min: 1, max: 14 }, () => ShiftChangeBody) changes!: ShiftChangeBody[];
  /** The outside authority that set the dates, asked to move them. */
  @Optional() @Text(2, 200) requestedFrom?: string;
}

class OutsideAnswerBody {
  @Whole(1, 10_000) proposal!: number;
  @Flag() accepted!: boolean;
  @ADay() answeredOn!: string;
  /** Reference of the letter or message that answers. */
  @Text(2, 200) reference!: string;
}

class AgreeBody extends SigningBody {
  @Whole(1, 10_000) proposal!: number;
}

class AnswerShiftBody extends ReasonBody {
  @InstitutionCode() institution!: string;
  @Whole(1, 10_000) proposal!: number;
}

class PaymentYearBody extends ForBody {
  /** Before the closing of the year all the same, or the year after. */
  @OneOf(['this', 'next']) year!: 'this' | 'next';
  @Text(10, 5000) reason!: string;
}

class OutagePeriodBody {
  @AnInstant() from!: string;
  @AnInstant() until!: string;
  /** What happened, published with the extension. */
  @Text(10, 2000) description!: string;
}

class OutageBody extends SigningBody {
  @Part(() => OutagePeriodBody) outage!: OutagePeriodBody;
  /** The new submission deadline, for everybody. */
  @AnInstant() until!: string;
}

class RatifyBody extends SigningBody {
  /** Number of the extension. */
  @Whole(1, 10_000) number!: number;
}

class ExtensionBody extends ForBody {
  /** The applicant: SIRET or RNA. */
  @Id() organisation!: string;
  @AnInstant() until!: string;
  @Text(10, 5000) reason!: string;
}

class EndBody extends SigningBody {
  @Text(10, 5000) reason!: string;
}

class DropBody extends ForBody {
  @Text(10, 5000) reason!: string;
}

class PreviewAnswer {
  moved!: MovedAnswer[];
  after!: ScheduleAnswer;
  /** Organisations whose own deadline stays later, and those whose it absorbs. */
  extensionsKept!: string[];
  extensionsAbsorbed!: string[];
  /** Files concerned. */
  concerned!: CountsAnswer;
  /** French: holidays, weekends, summer, short windows. */
  warnings!: string[];
}

@Area('Schedule')
@Controller('calls/:id')
export class ShiftsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post('preview-shift')
  @HttpCode(200)
  @View('ShiftPreview', 'What a shift would do, before anybody proposes it', { operation: 'PreviewShift' })
  @ApiOkResponse({ type: PreviewAnswer })
  preview(@Param('id') id: string, @Body() body: PreviewShiftBody, @By() by: Request): Promise<PreviewAnswer> {
    return this.queries.execute(
      new Look(by, (views) => {
        const { call } = callInPreparation(views, id, by);
        if (!roleThatAllows(viewRoles.ShiftPreview, by, { institutions: call.heading.leads })) {
          throw new Problem(403, 'NotAllowed', 'Seules les autorités pilotes préparent un décalage.');
        }
        const preview = previewShift(call, changesOf(body), by.at, tools);
        if (preview instanceof Refusal) throw new Refused(preview);
        const { moved, after, extensionsKept, extensionsAbsorbed, warnings } = preview;
        return {
          moved: [...moved],
          after: scheduleAnswer(after),
          extensionsKept: [...extensionsKept],
          extensionsAbsorbed: [...extensionsAbsorbed],
          concerned: countsOf(views, id, by),
          warnings: [...warnings],
        };
      }),
    );
  }

  @Post('propose-shift')
  @HttpCode(204)
  @Act('ProposeShift', 'Propose to move milestones; the old dates hold until every lead agrees')
  propose(@Param('id') id: string, @Body() body: ProposeShiftBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'ProposeShift', ...body, changes: changesOf(body) }, by);
  }

  @Post('record-outside-answer')
  @HttpCode(204)
  @Act('RecordOutsideAnswer', 'Record the answer of the authority that set the dates')
  outsideAnswer(@Param('id') id: string, @Body() body: OutsideAnswerBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'RecordOutsideAnswer', ...body }, by);
  }

  @Post('agree-to-shift')
  @HttpCode(204)
  @Act('AgreeToShift', 'Agree to a shift; with the last agreement all dates move at once')
  agree(@Param('id') id: string, @Body() body: AgreeBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'AgreeToShift', ...body }, by);
  }

  @Post('refuse-shift')
  @HttpCode(204)
  @Act('RefuseShift', 'Refuse a shift')
  refuse(@Param('id') id: string, @Body() body: AnswerShiftBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'RefuseShift', ...body }, by);
  }

  @Post('withdraw-shift')
  @HttpCode(204)
  @Act('WithdrawShift', 'Withdraw your own proposal')
  withdraw(@Param('id') id: string, @Body() body: AnswerShiftBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'WithdrawShift', ...body }, by);
  }

  @Post('answer-payment-year')
  @HttpCode(204)
  @Act('AnswerPaymentYear', 'Say in which year you pay what a shift put behind the closing of payments')
  paymentYear(@Param('id') id: string, @Body() body: PaymentYearBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'AnswerPaymentYear', ...body }, by);
  }

  @Post('record-outage')
  @HttpCode(204)
  @Act('RecordOutage', 'Extend the submission for everybody after an outage of the service')
  outage(@Param('id') id: string, @Body() body: OutageBody, @By() by: Request): Promise<void> {
    const { from, until, description } = body.outage;
    const outage = { from: utc(from), until: utc(until), description };
    return this.change(id, { type: 'RecordOutage', ...body, outage, until: utc(body.until) }, by);
  }

  @Post('ratify-outage')
  @HttpCode(204)
  @Act('RatifyOutage', 'Ratify an extension that another lead granted after an outage')
  ratify(@Param('id') id: string, @Body() body: RatifyBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'RatifyOutage', ...body }, by);
  }

  @Post('grant-extension')
  @HttpCode(204)
  @Act('GrantExtension', 'Give one applicant a later deadline, where the specifications allow it')
  extension(@Param('id') id: string, @Body() body: ExtensionBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'GrantExtension', ...body, until: utc(body.until) }, by);
  }

  @Post('cancel')
  @HttpCode(204)
  @Act('CancelCall', 'Cancel the call; every lead must, once the letter of intent is signed')
  cancel(@Param('id') id: string, @Body() body: EndBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'CancelCall', ...body }, by);
  }

  @Post('declare-unsuccessful')
  @HttpCode(204)
  @Act('DeclareUnsuccessful', 'Declare the call unsuccessful, once the window is over; every lead must')
  unsuccessful(@Param('id') id: string, @Body() body: EndBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'DeclareUnsuccessful', ...body }, by);
  }

  @Post('drop-ending')
  @HttpCode(204)
  @Act('DropEnding', 'Give up an end that not every lead has agreed to yet')
  drop(@Param('id') id: string, @Body() body: DropBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'DropEnding', ...body }, by);
  }

  private async change(id: string, command: Incoming<CallCommand>, by: Request): Promise<void> {
    await this.commands.execute(new ChangeCall(id, command, by));
  }
}

const changesOf = ({ changes }: PreviewShiftBody) => changes.map(({ kind, at }) => ({ kind, at: utc(at) }));
