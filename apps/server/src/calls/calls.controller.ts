import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { factOf } from '#commands/folded.js';
import { call as decider, type CallEvent } from '#domain/call/call.js';
import { publicFacts } from '#domain/story/story.js';
import { instantOf } from '#domain/schedule/milestones.js';
import { type CallListRow, callsSeenBy, callList } from '#read-models/calls.js';
import { containing, type Condition, oneOf, page } from '#read-models/listing.js';
import { Made } from '../http/answers.js';
import { By, newId, type Request } from '../http/by.js';
import { AnInstant, OneOf, Optional, Text } from '../http/fields.js';
import { utc } from '../http/instants.js';
import { ListQuery, pageOf, sendList } from '../http/lists.js';
import { Act, Answer, Area, View } from '../http/route.js';
import { Look } from '../look.js';
import type { Service } from '../service.js';
import { happenedOn, inOrder, stepOf } from '../story.js';
import { SERVICE } from '../tokens.js';
import { callAnswer } from './call-answer.js';
import { CallAnswer, CallRowAnswer, CallsAnswer, StoryAnswer } from './calls.answers.js';
import { CopyBody, HeadingBody } from './calls.bodies.js';
import { ChangeCall } from './change-call.js';
import { isTold, streamsBeside } from './story-beside.js';
import { visibleCall } from './visible.js';

class CallsQuery extends ListQuery {
  @Optional() @OneOf(['closesAt', 'publishedAt', 'title', 'changedAt']) declare sort?: string;
  @Optional() @OneOf(['drafted', 'preparation', 'published', 'cancelled', 'unsuccessful']) status?: string;
  @Optional() @OneOf(['AAP', 'AMI']) kind?: string;
  @Optional() @OneOf(['SUBVENTION', 'AUTHORISATION']) regime?: string;
  /** INSEE code of the region. */
  @Optional() @Text(2, 2) region?: string;
  /** Code of a lead institution. */
  @Optional() @Text(2, 60) lead?: string;
}

export class StoryQuery {
  /** The story as it stood at that instant; now where it is left out. */
  @Optional() @AnInstant() asOf?: string;
}

@Area('Calls')
@Controller('calls')
export class CallsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    @Inject(SERVICE) private readonly service: Service,
  ) {}

  @Post()
  @Act('DraftCall', 'Draft a call')
  @ApiCreatedResponse({ type: Made })
  async draft(@Body() body: HeadingBody, @By() by: Request): Promise<Made> {
    const { id } = await this.commands.execute(
      new ChangeCall(newId(by, 'call'), { type: 'DraftCall', heading: body }, by),
    );
    return { id };
  }

  @Post(':id/copy')
  @Act('CopyCall', "Start a call from last year's: without its dates, its referents and its partners' answers")
  @ApiCreatedResponse({ type: Made })
  async copy(@Param('id') from: string, @Body() body: CopyBody, @By() by: Request): Promise<Made> {
    await this.queries.execute(new Look(by, (views) => visibleCall(views, from, by)));
    const { id } = await this.commands.execute(
      new ChangeCall(newId(by, 'call'), { type: 'CopyCall', from, ...body }, by),
    );
    return { id };
  }

  @Post(':id/revise-heading')
  @HttpCode(204)
  @Act('ReviseHeading', 'Revise what the call is about, before publication', { ifMatch: true })
  async reviseHeading(@Param('id') id: string, @Body() body: HeadingBody, @By() by: Request): Promise<void> {
    await this.commands.execute(new ChangeCall(id, { type: 'ReviseHeading', heading: body }, by));
  }

  @Get()
  @View('Call', 'Calls: the published ones, and those you prepare. JSON, or CSV with Accept: text/csv', {
    operation: 'ListCalls',
  })
  @Answer(CallsAnswer)
  async list(
    @Query() query: CallsQuery,
    @By() by: Request,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CallsAnswer | string> {
    const { status, kind, regime, region, lead, q } = query;
    const equal = (column: string, value: string | undefined): Condition[] =>
      value === undefined ? [] : [oneOf(column, [value])];
    const where: Condition[] = [
      callsSeenBy(by.grants),
      ...equal('status', status),
      ...equal('kind', kind),
      ...equal('regime', regime),
      ...equal('region', region),
      ...(lead === undefined
        ? []
        : [
            {
              sql: "EXISTS (SELECT 1 FROM call_institutions WHERE call_id = calls.id AND part = 'lead' AND institution = ?)",
              values: [lead],
            },
          ]),
      ...(q === undefined ? [] : [containing('search', q)]),
    ];
    const found = await this.queries.execute(
      new Look(by, (views) => page<CallListRow>(views, callList, pageOf(query, request, where, 'closesAt'))),
    );
    return sendList(found, CallRowAnswer, request, reply);
  }

  @Get(':id')
  @View('Call', 'One call, as you may see it')
  @Answer(CallAnswer)
  async one(@Param('id') id: string, @By() by: Request): Promise<CallAnswer> {
    return this.queries.execute(
      new Look(by, (views) => {
        const { row, sight } = visibleCall(views, id, by);
        by.answer.version = row.version;
        return callAnswer(views, row, sight, by);
      }),
    );
  }

  @Get(':id/story')
  @View('CallStory', 'Why it is so: each step of the call, who, in which role, when, under which rule')
  @Answer(StoryAnswer)
  async story(@Param('id') id: string, @Query() { asOf }: StoryQuery, @By() by: Request): Promise<StoryAnswer> {
    return this.queries.execute(
      new Look(by, async (views) => {
        const { row, sight } = visibleCall(views, id, by);
        const at = asOf === undefined ? by.at : utc(asOf);
        const { store } = this.service;
        const all = await happenedOn(store, [`call-${id}`], at);
        const beside = await happenedOn(store, streamsBeside(views, row, by), at);
        const call = all.reduce((state, event) => decider.evolve(state, factOf(event) as CallEvent), decider.initial);
        const milestones = (call.status !== 'absent' && call.schedule?.milestones) || [];
        const deadline = instantOf(milestones, 'submissionDeadline');
        const from = sight === 'preparation' ? 0 : all.findIndex(({ type }) => type === 'CallPublished');
        const shown =
          from < 0 ? [] : all.slice(from).filter(({ type }) => sight === 'preparation' || publicFacts.has(type));
        const steps = inOrder(store, [...shown, ...beside.filter(isTold(by))]).map((event) => stepOf(views, event));
        return { asOf: at, status: call.status, ...(deadline && { deadline }), steps };
      }),
    );
  }
}
