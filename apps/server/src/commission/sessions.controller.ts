import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Incoming } from '#commands/subject.js';
import type { CommissionCommand } from '#domain/commission/commission.js';
import { mention } from '#domain/commission/minutes-text.js';
import {
  itemList,
  type ItemListRow,
  itemRow,
  itemsOpenTo,
  mentioned,
  minutesOf,
} from '#read-models/commission-queries.js';
import { page } from '#read-models/listing.js';
import { Made } from '../http/answers.js';
import { By, newId, type Request } from '../http/by.js';
import { OneOf, Optional } from '../http/fields.js';
import { utc } from '../http/instants.js';
import { ListQuery, pageOf, searching } from '../http/lists.js';
import { Problem } from '../http/problem.js';
import { Act, Answer, Area, View } from '../http/route.js';
import { Look } from '../look.js';
import { ChangeCommission } from './change-commission.js';
import { ItemAnswer, MinutesAnswer, SessionItemsAnswer } from './commission.answers.js';
import {
  AttendancesBody,
  BallotCastBody,
  CastingVoteBody,
  ConvocationBody,
  SessionItemBody,
  SessionMoveBody,
  MinutesCommentBody,
  RankingBody,
  RecusalBody,
  SigningMinutesBody,
  VoteBody,
} from './commission.bodies.js';
import { callOfCommission, sessionAnswer, visibleSession, withoutConflicts } from './visible.js';

class ItemsQuery extends ListQuery {
  @Optional() @OneOf(['place']) declare sort?: string;
}

@Area('Commission')
@Controller('calls/:id/sessions/:session')
export class SessionsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post('move')
  @HttpCode(204)
  @Act('MoveSession', 'Move a session that was not held: its convocation falls, and it is convened again in time')
  move(
    @Param('id') id: string,
    @Param('session') session: string,
    @Body() { startsAt, reason }: SessionMoveBody,
    @By() by: Request,
  ): Promise<void> {
    return this.change(id, { type: 'MoveSession', session, startsAt: utc(startsAt), reason }, by);
  }

  @Post('convene')
  @HttpCode(204)
  @Act('ConveneSession', 'Convene a session with its agenda, in time')
  convene(
    @Param('id') id: string,
    @Param('session') session: string,
    @Body() { documents = [], ...body }: ConvocationBody,
    @By() by: Request,
  ): Promise<void> {
    return this.change(id, { type: 'ConveneSession', session, documents, ...body }, by);
  }

  @Post('record-attendance')
  @HttpCode(204)
  @Act('RecordAttendance', 'Record who is there, remote, represented, substituted or absent')
  attend(
    @Param('id') id: string,
    @Param('session') session: string,
    @Body() body: AttendancesBody,
    @By() by: Request,
  ): Promise<void> {
    return this.change(id, { type: 'RecordAttendance', session, ...body }, by);
  }

  @Post('open')
  @HttpCode(204)
  @Act('OpenSession', 'Open a session that has its quorum; declared conflicts recuse at once')
  open(@Param('id') id: string, @Param('session') session: string, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'OpenSession', session }, by);
  }

  @Post('adjourn')
  @HttpCode(204)
  @Act('AdjournSession', 'Adjourn a session for want of quorum')
  adjourn(@Param('id') id: string, @Param('session') session: string, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'AdjournSession', session }, by);
  }

  @Post('recuse')
  @HttpCode(204)
  @Act('RecuseMember', 'Recuse a member from an item: yourself, or somebody else where you preside or instruct')
  recuse(
    @Param('id') id: string,
    @Param('session') session: string,
    @Body() body: RecusalBody,
    @By() by: Request,
  ): Promise<void> {
    return this.change(id, { type: 'RecuseMember', session, ...body }, by);
  }

  @Post('hear')
  @HttpCode(204)
  @Act('HearApplicant', 'Record that the applicant was heard')
  hear(
    @Param('id') id: string,
    @Param('session') session: string,
    @Body() body: SessionItemBody,
    @By() by: Request,
  ): Promise<void> {
    return this.change(id, { type: 'HearApplicant', session, ...body }, by);
  }

  @Post('cast-ballot')
  @HttpCode(204)
  @Act('CastBallot', 'Vote on an item: for yourself, for the member you substitute or whose mandate you hold')
  cast(
    @Param('id') id: string,
    @Param('session') session: string,
    @Body() body: BallotCastBody,
    @By() by: Request,
  ): Promise<void> {
    return this.change(id, { type: 'CastBallot', session, ...body }, by);
  }

  @Post('record-vote')
  @HttpCode(204)
  @Act('RecordVote', 'Close the vote on an item, by name or by totals')
  vote(
    @Param('id') id: string,
    @Param('session') session: string,
    @Body() body: VoteBody,
    @By() by: Request,
  ): Promise<void> {
    return this.change(id, { type: 'RecordVote', session, ...body }, by);
  }

  @Post('give-casting-vote')
  @HttpCode(204)
  @Act('GiveCastingVote', 'Settle a tie; co-chairs do it together')
  castingVote(
    @Param('id') id: string,
    @Param('session') session: string,
    @Body() body: CastingVoteBody,
    @By() by: Request,
  ): Promise<void> {
    return this.change(id, { type: 'GiveCastingVote', session, ...body }, by);
  }

  @Post('adopt-ranking')
  @HttpCode(204)
  @Act('AdoptRanking', 'Adopt the ranking with its amounts and its reserve list')
  adopt(
    @Param('id') id: string,
    @Param('session') session: string,
    @Body() body: RankingBody,
    @By() by: Request,
  ): Promise<void> {
    return this.change(id, { type: 'AdoptRanking', session, ...body }, by);
  }

  @Post('draft-minutes')
  @HttpCode(204)
  @Act('DraftMinutes', 'Draft the minutes from the facts, with what was said of the version before')
  draft(@Param('id') id: string, @Param('session') session: string, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'DraftMinutes', session }, by);
  }

  @Post('comment-minutes')
  @Act('CommentMinutes', 'Say something of the minutes, which their next version has')
  @ApiCreatedResponse({ type: Made })
  async comment(
    @Param('id') id: string,
    @Param('session') session: string,
    @Body() body: MinutesCommentBody,
    @By() by: Request,
  ): Promise<Made> {
    const comment = newId(by, `comment-${session}`);
    await this.change(id, { type: 'CommentMinutes', session, comment, ...body }, by);
    return { id: comment };
  }

  @Post('sign-minutes')
  @HttpCode(204)
  @Act('SignMinutes', 'Sign the version of the minutes that you have read, each chair')
  sign(
    @Param('id') id: string,
    @Param('session') session: string,
    @Body() body: SigningMinutesBody,
    @By() by: Request,
  ): Promise<void> {
    return this.change(id, { type: 'SignMinutes', session, ...body }, by);
  }

  @Get()
  @View('Commission', 'A session with its agenda and what was voted', { operation: 'ReadSession' })
  @Answer(SessionItemsAnswer)
  one(
    @Param('id') id: string,
    @Param('session') session: string,
    @Query() query: ItemsQuery,
    @By() by: Request,
    @Req() request: FastifyRequest,
  ): Promise<SessionItemsAnswer> {
    return this.queries.execute(
      new Look(by, (views) => {
        callOfCommission(views, id, 'Commission', by);
        const found = visibleSession(views, id, session, by);
        const where = [itemsOpenTo(session, by), ...searching('organisations.search', query.q)];
        const { items, ...rest } = page<ItemListRow>(views, itemList, pageOf(query, request, where, 'place'));
        return { ...sessionAnswer(found), items: items.map((row) => itemRow(row) as ItemAnswer), ...rest };
      }),
    );
  }

  @Get('minutes')
  @View('Minutes', 'The minutes as they stand, with the names of people and who has signed')
  @Answer(MinutesAnswer)
  minutes(@Param('id') id: string, @Param('session') session: string, @By() by: Request): Promise<MinutesAnswer> {
    return this.queries.execute(
      new Look(by, (views) => {
        callOfCommission(views, id, 'Minutes', by);
        visibleSession(views, id, session, by);
        const minutes = minutesOf(views, session);
        if (!minutes) throw new Problem(404, 'MinutesMissing', "Le procès-verbal n'est pas encore rédigé.");
        const { text, signatures, comments, ...rest } = minutes;
        const record = withoutConflicts(text, by);
        const said = record.replace(mention, (_, kind: string, of: string) => mentioned(views, kind, of) ?? of);
        return { ...rest, record, text: said, signatures: [...signatures], comments: [...comments] };
      }),
    );
  }

  private async change(id: string, command: Incoming<CommissionCommand>, by: Request): Promise<void> {
    await this.commands.execute(new ChangeCommission(id, command, by));
  }
}
