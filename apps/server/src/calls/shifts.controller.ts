import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Incoming } from '#commands/subject.js';
import type { CallCommand } from '#domain/call/call.js';
import { By, type Request } from '../http/by.js';
import { ADay, AnInstant, Flag, Id, Matching, OneOf, Optional, Part, Parts, Text, Whole } from '../http/fields.js';
import { utc } from '../http/instants.js';
import { Act, Area } from '../http/route.js';
import { changesOf, ForBody, InstitutionCode, ReasonBody, ShiftChangeBody, SigningBody } from './calls.bodies.js';
import { ChangeCall } from './change-call.js';

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

class IncidentBody {
  /** The incident as whoever runs the service recorded it. */
  @Text(2, 200) reference!: string;
  /** Where its report is. */
  @Optional() @Matching(/^https:\/\/[!-~]{3,490}$/, 'une adresse https://') url?: string;
  /** SHA-256 of its report, in hexadecimal. */
  @Optional() @Matching(/^[0-9a-f]{64}$/, 'une empreinte SHA-256 en hexadécimal') sha256?: string;
}

class OutagePeriodBody {
  @AnInstant() from!: string;
  @AnInstant() until!: string;
  /** What happened, published with the extension. */
  @Text(10, 2000) description!: string;
  /** The incident that proves it; its reference is public, its report is for those who prepare the call. */
  @Part(() => IncidentBody) incident!: IncidentBody;
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

@Area('Schedule')
@Controller('calls/:id')
export class ShiftsController {
  constructor(private readonly commands: CommandBus) {}

  @Post('propose-shift')
  @HttpCode(204)
  @Act('ProposeShift', 'Propose to move milestones; the old dates hold until every lead agrees')
  propose(@Param('id') id: string, @Body() body: ProposeShiftBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'ProposeShift', ...body, changes: changesOf(body.changes) }, by);
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
    const { from, until, ...said } = body.outage;
    const outage = { from: utc(from), until: utc(until), ...said };
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
