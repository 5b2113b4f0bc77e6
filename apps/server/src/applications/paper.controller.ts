import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse } from '@nestjs/swagger';
import { paris } from '#calendar/paris.js';
import { applicationId } from '#commands/ids.js';
import { applicationOf, applicationWithReceipt } from '#read-models/application-queries.js';
import { callOf } from '#read-models/calls.js';
import { factOf } from '../change.js';
import { By, type Request } from '../http/by.js';
import { AnInstant, Id, OneOf, Optional, Text, Whole } from '../http/fields.js';
import { utc } from '../http/instants.js';
import { Problem } from '../http/problem.js';
import { Act, Answer, Area, View } from '../http/route.js';
import { Look } from '../look.js';
import { ChangeApplication } from './change-application.js';

class PaperBody {
  /** The applicant, registered: SIRET or RNA. */
  @Id() organisation!: string;
  @Optional() @Whole(1, 10_000) number?: number;
  /** When it arrived; late filings are registered too. */
  @AnInstant() arrivedAt!: string;
  @OneOf(['paper', 'mail']) medium!: 'paper' | 'mail';
  /** Of the registry of arrivals. */
  @Text(1, 100) reference!: string;
  /** How many pieces it holds. */
  @Whole(1, 10_000) pieces!: number;
}

class PaperReceipt {
  id!: string;
  receipt!: string;
  arrivedAt!: string;
  late!: boolean;
}

class CheckedReceipt {
  receipt!: string;
  /** Title of the call. */
  call!: string;
  callId!: string;
  /** When it was submitted, or arrived. */
  at!: string;
  said!: string;
  /** 0 for a filing on paper. */
  submission!: number;
  /** SHA-256 of the canonical JSON of the contents: whoever has them can compute it. */
  contentHash!: string | null;
  /** The submission that counts: not replaced, not withdrawn. */
  stands!: boolean;
}

@Area('Receipts')
@Controller()
export class PaperController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post('calls/:id/register-paper-filing')
  @Act('RegisterPaperFiling', 'Register a filing that came on paper or by mail, with its date of arrival')
  @ApiCreatedResponse({ type: PaperReceipt })
  async register(@Param('id') call: string, @Body() body: PaperBody, @By() by: Request): Promise<PaperReceipt> {
    const { number = 1, ...rest } = body;
    const id = applicationId(call, body.organisation, number);
    const command = { type: 'RegisterPaperFiling' as const, call, number, ...rest, arrivedAt: utc(body.arrivedAt) };
    const changed = await this.commands.execute(new ChangeApplication(id, command, by));
    const { receipt, arrivedAt, late } = factOf(changed, 'PaperFilingRegistered');
    return { id, receipt, arrivedAt, late };
  }

  @Get('receipts/:receipt')
  @View('Receipt', 'Check a receipt: what it proves, and whether it still stands', { operation: 'CheckReceipt' })
  @Answer(CheckedReceipt)
  check(@Param('receipt') receipt: string, @By() by: Request): Promise<CheckedReceipt> {
    return this.queries.execute(
      new Look(by, (views) => {
        const number = receipt.toUpperCase();
        const id = applicationWithReceipt(views, number);
        const file = id === undefined ? undefined : applicationOf(views, id, false);
        const found = file?.receipts.find((one) => one.receipt === number);
        const call = file && callOf(views, file.call);
        if (!found || !call) throw new Problem(404, 'ReceiptUnknown', 'Aucun accusé de réception ne porte ce numéro.');
        return {
          receipt: found.receipt,
          call: call.call.heading.title,
          callId: call.id,
          at: found.at,
          said: paris.say(found.at),
          submission: found.submission,
          contentHash: found.content?.hash ?? null,
          stands: file.receipt === number && file.status === 'submitted',
        };
      }),
    );
  }
}
