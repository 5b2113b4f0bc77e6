import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse } from '@nestjs/swagger';
import { call as callSubject } from '#commands/subjects.js';
import type { Cause } from '#commands/awarding.js';
import { type Changed, Refused } from '#commands/handler.js';
import type { AwardEvent } from '#domain/award/award-facts.js';
import { exhausted } from '#domain/award/steps.js';
import { envelopeLine, type KnownCall } from '#domain/call/call-state.js';
import { amountOf } from '#domain/money.js';
import { By, type Request } from '../http/by.js';
import { Act, Area } from '../http/route.js';
import type { Service } from '../service.js';
import { SERVICE } from '../tokens.js';
import { linesAnswer } from './award-answer.js';
import { DecisionTakenAnswer } from './awards.answers.js';
import {
  AppealAnswerBody,
  AppealBody,
  CallUpBody,
  DecideAwardBody,
  DeclineBody,
  RevisedBudgetBody,
} from './awards.bodies.js';
import { ChangeAward } from './change-award.js';
import { SigningBody } from '../calls/calls.bodies.js';

const causeOf = ({ at, correlation }: Request): Cause => ({ at, id: correlation });

@Area('Awards')
@Controller('applications/:id')
export class AwardsController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(SERVICE) private readonly service: Service,
  ) {}

  @Post('decide-award')
  @HttpCode(200)
  @Act(
    'DecideAward',
    'Decide on a file for one lead; with the last decision the money is reserved on every line, or nothing is awarded',
  )
  @ApiOkResponse({ type: DecisionTakenAnswer })
  async decide(
    @Param('id') id: string,
    @Body() { lines = [], ...body }: DecideAwardBody,
    @By() by: Request,
  ): Promise<DecisionTakenAnswer> {
    const command = { type: 'DecideAward' as const, ...body, lines };
    return this.taken(await this.commands.execute(new ChangeAward(id, command, by)), by);
  }

  @Post('notify-award')
  @HttpCode(204)
  @Act('NotifyAward', 'Notify the decision to the applicant, with the ways of appeal: from then on they see it')
  async notify(@Param('id') id: string, @Body() body: SigningBody, @By() by: Request): Promise<void> {
    await this.commands.execute(new ChangeAward(id, { type: 'NotifyAward', ...body }, by));
  }

  @Post('accept-reduced-amount')
  @HttpCode(204)
  @Act('AcceptReducedAmount', 'Accept less than was requested, with a revised budget')
  async accept(@Param('id') id: string, @Body() { budget }: RevisedBudgetBody, @By() by: Request): Promise<void> {
    await this.commands.execute(new ChangeAward(id, { type: 'AcceptReducedAmount', budget }, by));
  }

  @Post('decline-award')
  @HttpCode(204)
  @Act('DeclineAward', 'Give up what was awarded, or the place on the reserve list: the money goes back', {
    roles: ['submitter'],
  })
  async decline(@Param('id') id: string, @Body() body: DeclineBody, @By() by: Request): Promise<void> {
    await this.free(await this.commands.execute(new ChangeAward(id, { type: 'DeclineAward', ...body }, by)), by);
  }

  @Post('call-up')
  @HttpCode(204)
  @Act('CallUpFromReserve', 'Call the first file up from the reserve list: the leads decide again')
  async callUp(@Param('id') id: string, @Body() body: CallUpBody, @By() by: Request): Promise<void> {
    await this.commands.execute(new ChangeAward(id, { type: 'CallUpFromReserve', ...body }, by));
  }

  @Post('lodge-appeal')
  @HttpCode(204)
  @Act('LodgeAppeal', 'Ask the leads to look again at their decision (recours gracieux), within its delay')
  async appeal(@Param('id') id: string, @Body() { text }: AppealBody, @By() by: Request): Promise<void> {
    await this.commands.execute(new ChangeAward(id, { type: 'LodgeAppeal', text }, by));
  }

  @Post('answer-appeal')
  @HttpCode(204)
  @Act(
    'AnswerAppeal',
    'Answer the appeal; upheld, it takes the decision back with its money, and the leads decide again',
  )
  async answer(@Param('id') id: string, @Body() body: AppealAnswerBody, @By() by: Request): Promise<void> {
    await this.free(await this.commands.execute(new ChangeAward(id, { type: 'AnswerAppeal', ...body }, by)), by);
  }

  /** From the events, so that a repeat answers the same. @throws Refused where a line is short */
  private async taken(changed: Changed<AwardEvent>, by: Request): Promise<DecisionTakenAnswer> {
    const [decided, outcome] = changed.events;
    if (decided?.type !== 'AwardDecided') throw new Error('A decision is a fact.');
    const call = await this.callOf(decided.call);
    const { waitingFor } = decided;
    if (outcome?.type !== 'AwardPending') {
      const status = outcome?.type === 'AwardSettled' ? outcome.outcome : 'deciding';
      const amountCents = amountOf(decided.lines);
      return { status, waitingFor, lines: linesAnswer(call, decided.lines), amountCents };
    }
    const { event, version, position } = await this.service.awarding.settle(changed.id, outcome.attempt, causeOf(by));
    by.answer.changed = { ...changed, version, position };
    await this.service.wrote({ position, events: [event] });
    if (event.type === 'AwardGranted') {
      const { lines, amountCents } = event;
      return { status: 'granted', waitingFor, lines: linesAnswer(call, lines), amountCents };
    }
    const short = envelopeLine(call, event.line);
    if (!short) throw new Error('What was short is an envelope of the call.');
    throw new Refused(exhausted(event, short));
  }

  /** The money goes back before the answer, which says where to read it. */
  private async free(changed: Changed<AwardEvent>, by: Request): Promise<void> {
    const position = await this.service.awarding.free(changed.id, causeOf(by));
    if (position === undefined) return;
    by.answer.changed = { ...changed, position };
    await this.service.wrote({ position, events: [] });
  }

  private async callOf(id: string): Promise<KnownCall> {
    const call = await this.service.handler.stateOf(callSubject, id, 0);
    if (call.status === 'absent') throw new Error('An award is one of a call.');
    return call;
  }
}
