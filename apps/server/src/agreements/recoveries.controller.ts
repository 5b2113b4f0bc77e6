import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse } from '@nestjs/swagger';
import { factOf } from '../change.js';
import { By, type Request } from '../http/by.js';
import { Act, Area } from '../http/route.js';
import { RecoveryAnnouncedAnswer, RecoveryOrderedAnswer } from './agreements.answers.js';
import {
  AnnounceRecoveryBody,
  DropRecoveryBody,
  ObserveRecoveryBody,
  OrderRecoveryBody,
  RecordRecoveryBody,
} from './agreements.bodies.js';
import { ChangeAgreement } from './change-agreement.js';

@Area('Recoveries')
@Controller('applications/:id')
export class RecoveriesController {
  constructor(private readonly commands: CommandBus) {}

  @Post('announce-recovery')
  @HttpCode(200)
  @Act('AnnounceRecovery', 'Tell the beneficiary what may be called back and why, and until when they are heard')
  @ApiOkResponse({ type: RecoveryAnnouncedAnswer })
  async announce(
    @Param('id') id: string,
    @Body() body: AnnounceRecoveryBody,
    @By() by: Request,
  ): Promise<RecoveryAnnouncedAnswer> {
    const changed = await this.commands.execute(new ChangeAgreement(id, { type: 'AnnounceRecovery', ...body }, by));
    return { recovery: factOf(changed, 'RecoveryAnnounced').recovery };
  }

  @Post('observe-recovery')
  @HttpCode(204)
  @Act('ObserveRecovery', 'Say what you have to say before money is called back')
  async observe(@Param('id') id: string, @Body() body: ObserveRecoveryBody, @By() by: Request): Promise<void> {
    await this.commands.execute(new ChangeAgreement(id, { type: 'ObserveRecovery', ...body }, by));
  }

  @Post('order-recovery')
  @HttpCode(200)
  @Act('OrderRecovery', 'Order a recovery, once the beneficiary was heard: a title for each line')
  @ApiOkResponse({ type: RecoveryOrderedAnswer })
  async order(
    @Param('id') id: string,
    @Body() body: OrderRecoveryBody,
    @By() by: Request,
  ): Promise<RecoveryOrderedAnswer> {
    const changed = await this.commands.execute(new ChangeAgreement(id, { type: 'OrderRecovery', ...body }, by));
    return { titles: factOf(changed, 'RecoveryOrdered').titles };
  }

  @Post('drop-recovery')
  @HttpCode(204)
  @Act('DropRecovery', 'Give up a recovery that was announced, with reasons')
  async drop(@Param('id') id: string, @Body() body: DropRecoveryBody, @By() by: Request): Promise<void> {
    await this.commands.execute(new ChangeAgreement(id, { type: 'DropRecovery', ...body }, by));
  }

  @Post('record-recovery')
  @HttpCode(204)
  @Act('RecordRecovery', 'Record that the money came back')
  async record(@Param('id') id: string, @Body() body: RecordRecoveryBody, @By() by: Request): Promise<void> {
    await this.commands.execute(new ChangeAgreement(id, { type: 'RecordRecovery', ...body }, by));
  }
}
