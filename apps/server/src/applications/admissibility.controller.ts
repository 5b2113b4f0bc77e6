import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse } from '@nestjs/swagger';
import {
  type Admissibility,
  type AdmissibilityCommand,
  type ContentField,
  contentFields,
  type RefusalGround,
  refusalGrounds,
} from '#domain/application/admissibility-facts.js';
import { By, type Request } from '../http/by.js';
import { AllMatching, AnInstant, Choices, Id, OneOf, Optional, Part, Text } from '../http/fields.js';
import { utc } from '../http/instants.js';
import { Act, Area } from '../http/route.js';
import { InvalidInput } from '../http/validation.js';
import { ReceiptAnswer } from './applications.answers.js';
import { SubmitBody } from './applications.bodies.js';
import { ChangeApplication } from './change-application.js';
import { receiptOf } from './receipts.js';

class RequestCompletionBody {
  /** The lead institution you act for. */
  @Id() institution!: string;
  /** The fields that reopen, and no others. */
  @Choices({ max: 20 }, contentFields) fields!: ContentField[];
  /** Codes of the documents that reopen: compulsory ones of the call, or `other`. */
  @AllMatching({ max: 50 }, /^[a-z0-9]+(-[a-z0-9]+)*$/, 'un code de pièce') documents!: string[];
  /** What is missing, as the applicant reads it. */
  @Text(10, 5000) reason!: string;
  /** Until when it is awaited. */
  @AnInstant() dueAt!: string;
}

class ExtendCompletionBody {
  /** Later than before. */
  @AnInstant() dueAt!: string;
  @Text(10, 5000) reason!: string;
}

class DeclareAdmissibleBody {
  /** The lead institution you act for. */
  @Id() institution!: string;
}

class RefuseBeforehandBody extends DeclareAdmissibleBody {
  /** `late` where it came late, and only there. */
  @Choices({ min: 1, max: 4 }, refusalGrounds) grounds!: RefusalGround[];
  /** As the applicant reads them. */
  @Text(10, 5000) reasons!: string;
}

class AdmissibilityNowBody {
  @OneOf(['admissible', 'refused']) verdict!: 'admissible' | 'refused';
  /** Of a refusal. */
  @Optional() @Choices({ min: 1, max: 4 }, refusalGrounds) grounds?: RefusalGround[];
  /** Of a refusal, as the applicant reads them. */
  @Optional() @Text(10, 5000) reasons?: string;
}

class CorrectAdmissibilityBody extends DeclareAdmissibleBody {
  /** What is said from now on. */
  @Part(() => AdmissibilityNowBody) now!: AdmissibilityNowBody;
  /** Why it is corrected. */
  @Text(10, 5000) reason!: string;
}

class HandOverBody {
  /** A case officer or administrator of a lead institution. */
  @Id() to!: string;
  @Text(10, 5000) reason!: string;
}

@Area('Admissibility')
@Controller('applications/:id')
export class AdmissibilityController {
  constructor(private readonly commands: CommandBus) {}

  @Post('request-completion')
  @HttpCode(204)
  @Act('RequestCompletion', 'Ask for what is missing: only that reopens, until a date, and the clock stops')
  requestCompletion(@Param('id') id: string, @Body() body: RequestCompletionBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'RequestCompletion', ...body, dueAt: utc(body.dueAt) }, by);
  }

  @Post('extend-completion')
  @HttpCode(204)
  @Act('ExtendCompletion', 'Give more time for what was asked for, also after it ran out')
  extendCompletion(@Param('id') id: string, @Body() body: ExtendCompletionBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'ExtendCompletion', ...body, dueAt: utc(body.dueAt) }, by);
  }

  @Post('complete')
  @HttpCode(200)
  @Act(
    'CompleteFile',
    'Send what was asked for: a new version with its own receipt; nothing else may differ from the last one',
  )
  @ApiOkResponse({ type: ReceiptAnswer })
  async complete(@Param('id') id: string, @Body() { contents }: SubmitBody, @By() by: Request): Promise<ReceiptAnswer> {
    return receiptOf(
      await this.commands.execute(
        new ChangeApplication(id, { type: 'CompleteFile', ...(contents && { contents }) }, by),
      ),
    );
  }

  @Post('declare-admissible')
  @HttpCode(204)
  @Act('DeclareAdmissible', 'Say that the file may be examined further')
  declareAdmissible(@Param('id') id: string, @Body() body: DeclareAdmissibleBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'DeclareAdmissible', ...body }, by);
  }

  @Post('refuse-beforehand')
  @HttpCode(204)
  @Act('RefuseBeforehand', 'Refuse the file before it is examined further, with grounds and reasons')
  refuseBeforehand(@Param('id') id: string, @Body() body: RefuseBeforehandBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'RefuseBeforehand', ...body }, by);
  }

  @Post('correct-admissibility')
  @HttpCode(204)
  @Act('CorrectAdmissibility', 'Say otherwise than before, with the reason; what was said stays in the record')
  correctAdmissibility(
    @Param('id') id: string,
    @Body() { now, ...body }: CorrectAdmissibilityBody,
    @By() by: Request,
  ): Promise<void> {
    return this.change(id, { type: 'CorrectAdmissibility', ...body, now: admissibilityOf(now) }, by);
  }

  @Post('hand-over')
  @HttpCode(204)
  @Act('HandOverFile', 'Hand the file over to another officer')
  handOver(@Param('id') id: string, @Body() body: HandOverBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'HandOverFile', ...body }, by);
  }

  private async change(id: string, command: Exclude<AdmissibilityCommand, { type: 'CompleteFile' }>, by: Request) {
    await this.commands.execute(new ChangeApplication(id, command, by));
  }
}

/** A refusal lacks nothing that the rules would not say; what is admissible has neither grounds nor reasons. */
function admissibilityOf({ verdict, grounds, reasons }: AdmissibilityNowBody): Admissibility {
  if (verdict === 'refused') return { verdict, grounds: grounds ?? [], reasons: reasons ?? '' };
  const surplus = Object.entries({ grounds, reasons }).filter(([, value]) => value !== undefined);
  if (surplus.length === 0) return { verdict };
  throw new InvalidInput(
    surplus.map(([field]) => ({
      field: `now.${field}`,
      code: 'OfARefusal',
      message: "N'accompagne qu'un refus.",
    })),
  );
}
