import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { Type as Typed } from 'class-transformer';
import { ApiCreatedResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Incoming } from '#commands/subject.js';
import type { CommissionCommand } from '#domain/commission/commission.js';
import { outsideConflicts } from '#read-models/application-queries.js';
import { membersOf, rankingList, type RankingRow, sessionsOf } from '#read-models/commission-queries.js';
import { page } from '#read-models/listing.js';
import { sightIn } from '../applications/visible.js';
import { Made } from '../http/answers.js';
import { By, newId, type Request } from '../http/by.js';
import { Id, OneOf, Optional, Whole } from '../http/fields.js';
import { utc } from '../http/instants.js';
import { equal, ListQuery, pageOf, searching, sendList } from '../http/lists.js';
import { Act, Answer, Area, View } from '../http/route.js';
import { Look } from '../look.js';
import { ChangeCommission } from './change-commission.js';
import { CommissionAnswer, RankedAnswer, RankingAnswer } from './commission.answers.js';
import { SeatBody, MemberInterestsBody, MemberRemovalBody, SessionPlanBody } from './commission.bodies.js';
import { callOfCommission, sessionAnswer } from './visible.js';

class RankingQuery extends ListQuery {
  /** Rows of a page: 50 where it is left out; a ranking may be read whole. */
  @Optional() @Typed(() => Number) @Whole(1, 1000) declare limit?: number;
  @Optional() @OneOf(['rank']) declare sort?: string;
  @Optional() @OneOf(['main', 'reserve']) list?: string;
  @Optional() @Id() session?: string;
}

@Area('Commission')
@Controller('calls/:id')
export class CommissionController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post('appoint-member')
  @HttpCode(204)
  @Act('AppointMember', 'Appoint a member of the commission, or change their seat')
  appoint(@Param('id') id: string, @Body() body: SeatBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'AppointMember', ...body }, by);
  }

  @Post('remove-member')
  @HttpCode(204)
  @Act('RemoveCommissionMember', 'End the seat of a member, with a reason')
  remove(@Param('id') id: string, @Body() body: MemberRemovalBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'RemoveCommissionMember', ...body }, by);
  }

  @Post('declare-member-interests')
  @HttpCode(204)
  @Act('DeclareMemberInterests', 'Declare your own interests in files, before you see what is in them')
  declare(@Param('id') id: string, @Body() body: MemberInterestsBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'DeclareMemberInterests', ...body }, by);
  }

  @Post('plan-session')
  @Act('PlanSession', 'Plan a session, or the one that takes up an adjourned one')
  @ApiCreatedResponse({ type: Made })
  async plan(@Param('id') id: string, @Body() body: SessionPlanBody, @By() by: Request): Promise<Made> {
    const session = newId(by, `session-${id}`);
    await this.change(id, { type: 'PlanSession', session, ...body, startsAt: utc(body.startsAt) }, by);
    return { id: session };
  }

  @Get('commission')
  @View('Commission', 'The members of the commission, and its sessions with who attended and the quorum')
  @Answer(CommissionAnswer)
  commission(@Param('id') id: string, @By() by: Request): Promise<CommissionAnswer> {
    return this.queries.execute(
      new Look(by, (views) => {
        callOfCommission(views, id, 'Commission', by);
        return { members: membersOf(views, id), sessions: sessionsOf(views, id, by).map(sessionAnswer) };
      }),
    );
  }

  @Get('ranking')
  @View('Ranking', 'The ranking with its reserve list. JSON, or CSV with Accept: text/csv', {
    operation: 'ListRanking',
  })
  @Answer(RankingAnswer)
  async ranking(
    @Param('id') id: string,
    @Query() query: RankingQuery,
    @By() by: Request,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RankingAnswer | string> {
    const { list, session, q } = query;
    const where = [
      { sql: 'rankings.call_id = ?', values: [id] },
      outsideConflicts(by),
      ...equal('list', list),
      ...equal('session', session),
      ...searching('organisations.search', q),
    ];
    const found = await this.queries.execute(
      new Look(by, (views) => {
        const { call } = callOfCommission(views, id, 'Ranking', by);
        const { items, ...rest } = page<RankingRow>(views, rankingList, pageOf(query, request, where, 'rank'));
        const sight = sightIn(views, id, call, by);
        // Field by field: a ranking is read whole, and taking rows apart costs more than writing them.
        const rows = items.map((row): RankedAnswer => {
          const { application, status, organisation } = row;
          return {
            rank: row.rank,
            application,
            list: row.list,
            amountCents: row.amountCents,
            requestedCents: row.requestedCents,
            organisation,
            organisationName: row.organisationName,
            session: row.session,
            title: sight({ id: application, status, organisation, sharedWith: [] }) === 'contents' ? row.title : null,
          };
        });
        return { items: rows, ...rest };
      }),
    );
    return sendList(found, RankedAnswer, request, reply);
  }

  private async change(id: string, command: Incoming<CommissionCommand>, by: Request): Promise<void> {
    await this.commands.execute(new ChangeCommission(id, command, by));
  }
}
