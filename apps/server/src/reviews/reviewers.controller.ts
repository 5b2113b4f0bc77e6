import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { reviewerId } from '#commands/ids.js';
import { insidersOf, viewRoles } from '#domain/permissions.js';
import { sealed } from '#domain/review/phase.js';
import type { ReviewerCommand } from '#domain/review/reviewer-facts.js';
import type { Role } from '#domain/roles.js';
import { roleThatAllows } from '#domain/roles.js';
import { sealOf } from '#domain/visibility.js';
import type { CallRow } from '#read-models/calls.js';
import { page } from '#read-models/listing.js';
import {
  conflictsIn,
  namesIn,
  namesList,
  progressOf,
  reviewerList,
  type ReviewerRow,
  reviewersOfCall,
  suspectedConflicts,
} from '#read-models/review-queries.js';
import type { Views } from '#read-models/views.js';
import { visibleCall } from '../calls/visible.js';
import { By, type Request } from '../http/by.js';
import { OneOf, Optional } from '../http/fields.js';
import { ListQuery, pageOf, searching, sendList } from '../http/lists.js';
import { Problem } from '../http/problem.js';
import { Act, Answer, Area, View } from '../http/route.js';
import { Look } from '../look.js';
import { ChangeReviewer } from './change-review.js';
import {
  NamedFileAnswer,
  NamedFilesAnswer,
  ReviewerAnswer,
  ReviewersAnswer,
  SuspectedConflictAnswer,
  SuspectedConflictsAnswer,
} from './reviews.answers.js';
import {
  AppointReviewerBody,
  ConfirmConflictBody,
  DismissReviewerBody,
  ReviewInterestsBody,
} from './reviews.bodies.js';

class ReviewersQuery extends ListQuery {
  @Optional() @OneOf(['name', 'appointedAt']) declare sort?: string;
}

class NamesQuery extends ListQuery {
  @Optional() @OneOf(['organisationName', 'organisation']) declare sort?: string;
}

@Area('Reviews')
@Controller('calls/:id')
export class ReviewersController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post('appoint-reviewer')
  @HttpCode(204)
  @Act('AppointReviewer', 'Appoint a reviewer of the call: the role follows')
  async appoint(@Param('id') call: string, @Body() body: AppointReviewerBody, @By() by: Request): Promise<void> {
    await this.change(call, body.person, { type: 'AppointReviewer', call, ...body }, by);
  }

  @Post('dismiss-reviewer')
  @HttpCode(204)
  @Act('DismissReviewer', 'Dismiss a reviewer: what they submitted stands, the rest leaves them')
  async dismiss(
    @Param('id') call: string,
    @Body() { person, reason }: DismissReviewerBody,
    @By() by: Request,
  ): Promise<void> {
    await this.change(call, person, { type: 'DismissReviewer', reason }, by);
  }

  @Post('declare-interests')
  @HttpCode(204)
  @Act('DeclareInterests', 'Declare your interests as a reviewer, on names alone; a later declaration adds to it')
  async declare(@Param('id') call: string, @Body() body: ReviewInterestsBody, @By() by: Request): Promise<void> {
    await this.change(call, by.person, { type: 'DeclareInterests', ...body }, by);
  }

  @Post('confirm-conflict')
  @HttpCode(204)
  @Act('ConfirmConflict', "Confirm a reviewer's conflict of interest: the file no longer exists for them")
  async confirm(
    @Param('id') call: string,
    @Body() { person, because, ...conflict }: ConfirmConflictBody,
    @By() by: Request,
  ): Promise<void> {
    await this.change(call, person, { type: 'ConfirmConflict', conflict, because }, by);
  }

  @Get('reviewers')
  @View(
    'Reviewers',
    'Reviewers and how far they are; a reviewer sees their own line. JSON, or CSV with Accept: text/csv',
    {
      operation: 'ListReviewers',
    },
  )
  @Answer(ReviewersAnswer)
  async reviewers(
    @Param('id') id: string,
    @Query() query: ReviewersQuery,
    @By() by: Request,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReviewersAnswer | string> {
    const found = await this.queries.execute(
      new Look(by, (views) => {
        const { call } = allowedOn(views, id, viewRoles.Reviewers, by);
        const reach = { institutions: call.heading.leads };
        const all = roleThatAllows(insidersOf('Reviewers'), by, reach);
        const administrator = roleThatAllows(['administrator'], by, reach) !== undefined;
        const where = [
          reviewersOfCall(id),
          ...(all ? [] : [{ sql: 'reviewers.person = ?', values: [by.person] }]),
          ...searching('people.search', query.q),
        ];
        const { items, ...rest } = page<ReviewerRow>(views, reviewerList, pageOf(query, request, where, 'name'));
        const rows = items.map(({ expertise, declared, ...row }): ReviewerAnswer => ({
          ...row,
          expertise: JSON.parse(expertise) as string[],
          declared: declared === 1,
          ...progressOf(views, id, row.person, by),
          conflicts: administrator ? conflictsIn(views, id, row.person, by) : null,
        }));
        return { items: rows, ...rest };
      }),
    );
    return sendList(found, ReviewerAnswer, request, reply);
  }

  @Get('names')
  @View('Names', 'Names alone, to declare interests on, once unsealed. JSON, or CSV with Accept: text/csv', {
    operation: 'ListNames',
  })
  @Answer(NamedFilesAnswer)
  async names(
    @Param('id') id: string,
    @Query() query: NamesQuery,
    @By() by: Request,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NamedFilesAnswer | string> {
    const found = await this.queries.execute(
      new Look(by, (views) => {
        unsealedOnly(allowedOn(views, id, viewRoles.Names, by));
        const where = [...namesIn(id, by), ...searching('organisations.search', query.q)];
        return page<NamedFileAnswer>(views, namesList, pageOf(query, request, where, 'organisationName'));
      }),
    );
    return sendList(found, NamedFileAnswer, request, reply);
  }

  @Get('suspected-conflicts')
  @View(
    'SuspectedConflicts',
    'Ties between reviewers and applicants, each with its reason, for you to confirm or not. JSON, or CSV with Accept: text/csv',
  )
  @Answer(SuspectedConflictsAnswer)
  async suspected(
    @Param('id') id: string,
    @By() by: Request,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SuspectedConflictsAnswer | string> {
    const found = await this.queries.execute(
      new Look(by, (views) => {
        unsealedOnly(allowedOn(views, id, viewRoles.SuspectedConflicts, by));
        return suspectedConflicts(views, id, by);
      }),
    );
    return sendList(found, SuspectedConflictAnswer, request, reply);
  }

  private async change(call: string, person: string, command: ReviewerCommand, by: Request): Promise<void> {
    await this.commands.execute(new ChangeReviewer(reviewerId(call, person), command, by));
  }
}

/** The call, for who holds one of these roles on it. */
export function allowedOn(views: Views, id: string, roles: readonly Role[], by: Request): CallRow {
  const { row } = visibleCall(views, id, by);
  if (!roleThatAllows(roles, by, { institutions: row.call.heading.leads, call: id })) {
    throw new Problem(
      403,
      'NotAllowed',
      'Seules les personnes qui conduisent ou évaluent cet appel peuvent lire cela.',
    );
  }
  return row;
}

function unsealedOnly({ call }: CallRow): void {
  if (!sealOf(call).unsealed) {
    const { code, sentence } = sealed();
    throw new Problem(403, code, sentence);
  }
}
