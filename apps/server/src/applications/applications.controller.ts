import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { paris } from '#calendar/paris.js';
import { applicationId } from '#commands/ids.js';
import { deadlineFor } from '#domain/call/call-state.js';
import {
  type ApplicationListRow,
  applicationList,
  applicationsSeenBy,
  atStage,
  type Stage,
  stages,
} from '#read-models/application-queries.js';
import { callOf } from '#read-models/calls.js';
import { page } from '#read-models/listing.js';
import { By, type Request } from '../http/by.js';
import { Id, OneOf, Optional, Text } from '../http/fields.js';
import { equal, ListQuery, pageOf, searching, sendList } from '../http/lists.js';
import { Made } from '../http/answers.js';
import { Act, Answer, Area, View } from '../http/route.js';
import { Look } from '../look.js';
import { examinationAnswer } from './examination-answer.js';
import { receiptOf } from './receipts.js';
import { ApplicationAnswer, ApplicationRowAnswer, ApplicationsAnswer, ReceiptAnswer } from './applications.answers.js';
import { ContentsBody, StartBody, SubmitBody } from './applications.bodies.js';
import { ChangeApplication } from './change-application.js';
import { isOwn, sightFor, visibleFile } from './visible.js';

class ApplicationsQuery extends ListQuery {
  @Optional() @OneOf(['submittedAt', 'organisation', 'requestedCents', 'startedAt', 'changedAt']) declare sort?: string;
  @Optional() @Id() call?: string;
  @Optional() @Id() organisation?: string;
  @Optional() @OneOf(['draft', 'submitted', 'withdrawn']) status?: string;
  @Optional() @OneOf(stages) stage?: Stage;
}

class WithdrawBody {
  @Text(10, 5000) reason!: string;
}

class ShareBody {
  /** SIRET or RNA of a partner of the consortium. */
  @Id() organisation!: string;
}

@Area('Applications')
@Controller()
export class ApplicationsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post('calls/:id/start-application')
  @Act('StartApplication', 'Start a file: one per applicant and call, unless the call allows more')
  @ApiCreatedResponse({ type: Made })
  async start(
    @Param('id') call: string,
    @Body() { organisation, number = 1 }: StartBody,
    @By() by: Request,
  ): Promise<Made> {
    const id = applicationId(call, organisation, number);
    await this.commands.execute(
      new ChangeApplication(id, { type: 'StartApplication', call, organisation, number }, by),
    );
    return { id };
  }

  @Post('applications/:id/save-draft')
  @HttpCode(204)
  @Act('SaveDraft', 'Save the draft, whole or not', { ifMatch: true })
  async save(@Param('id') id: string, @Body() contents: ContentsBody, @By() by: Request): Promise<void> {
    await this.commands.execute(new ChangeApplication(id, { type: 'SaveDraft', contents }, by));
  }

  @Post('applications/:id/submit')
  @HttpCode(200)
  @Act(
    'SubmitApplication',
    'Submit: everything is checked, every fault answered at once; the receipt proves what and when',
  )
  @ApiOkResponse({ type: ReceiptAnswer })
  async submit(@Param('id') id: string, @Body() { contents }: SubmitBody, @By() by: Request): Promise<ReceiptAnswer> {
    return receiptOf(
      await this.commands.execute(
        new ChangeApplication(id, { type: 'SubmitApplication', ...(contents && { contents }) }, by),
      ),
    );
  }

  @Post('applications/:id/replace')
  @HttpCode(200)
  @Act(
    'ReplaceSubmission',
    'Replace what was submitted, before the deadline; the earlier submission stays in the record',
  )
  @ApiOkResponse({ type: ReceiptAnswer })
  async replace(@Param('id') id: string, @Body() { contents }: SubmitBody, @By() by: Request): Promise<ReceiptAnswer> {
    return receiptOf(
      await this.commands.execute(
        new ChangeApplication(id, { type: 'ReplaceSubmission', ...(contents && { contents }) }, by),
      ),
    );
  }

  @Post('applications/:id/withdraw')
  @HttpCode(204)
  @Act('WithdrawApplication', 'Withdraw the file')
  async withdraw(@Param('id') id: string, @Body() body: WithdrawBody, @By() by: Request): Promise<void> {
    await this.commands.execute(new ChangeApplication(id, { type: 'WithdrawApplication', ...body }, by));
  }

  @Post('applications/:id/share')
  @HttpCode(204)
  @Act('ShareFile', 'Let a partner of the consortium prepare the file too')
  async share(@Param('id') id: string, @Body() body: ShareBody, @By() by: Request): Promise<void> {
    await this.commands.execute(new ChangeApplication(id, { type: 'ShareFile', ...body }, by));
  }

  @Post('applications/:id/unshare')
  @HttpCode(204)
  @Act('UnshareFile', 'End the access of a partner of the consortium')
  async unshare(@Param('id') id: string, @Body() body: ShareBody, @By() by: Request): Promise<void> {
    await this.commands.execute(new ChangeApplication(id, { type: 'UnshareFile', ...body }, by));
  }

  @Post('applications/:id/forget-contents')
  @HttpCode(202)
  @Act('ForgetContents', 'Have everything the applicant wrote deleted, for good; the record stays', {
    scope: 'administer',
  })
  async forget(@Param('id') id: string, @Body() body: WithdrawBody, @By() by: Request): Promise<void> {
    await this.commands.execute(new ChangeApplication(id, { type: 'ForgetContents', ...body }, by));
  }

  @Get('applications')
  @View(
    'Applications',
    'Files: your own, and those submitted to your calls once unsealed. JSON, or CSV with Accept: text/csv',
    { operation: 'ListApplications' },
  )
  @Answer(ApplicationsAnswer)
  async list(
    @Query() query: ApplicationsQuery,
    @By() by: Request,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApplicationsAnswer | string> {
    const { status, stage, q } = query;
    const where = [
      ...equal('applications.status', status),
      ...(stage === undefined ? [] : [atStage(stage)]),
      ...searching('organisations.search', q),
    ];
    const found = await this.queries.execute(
      new Look(by, (views) => {
        const { items, ...rest } = page<ApplicationListRow>(views, applicationList, {
          ...pageOf(query, request, where, 'startedAt'),
          ways: applicationsSeenBy(by, query),
        });
        const calls = new Map([...new Set(items.map((row) => row.call))].map((id) => [id, callOf(views, id)]));
        const rows = items.map(({ title, draftTitle, sharedWith, late, ...row }): ApplicationRowAnswer => {
          const known = calls.get(row.call);
          const file = { ...row, sharedWith: JSON.parse(sharedWith) as string[] };
          const mine = isOwn(file, by.grants);
          const sight = known ? sightFor(views, file, known.call, by) : 'nothing';
          return { ...row, late: late === 1, title: mine ? draftTitle : sight === 'contents' ? title : null };
        });
        return { items: rows, ...rest };
      }),
    );
    return sendList(found, ApplicationRowAnswer, request, reply);
  }

  @Get('applications/:id')
  @View('Application', 'One file, as you may see it')
  @Answer(ApplicationAnswer)
  async one(@Param('id') id: string, @By() by: Request): Promise<ApplicationAnswer> {
    return this.queries.execute(
      new Look(by, (views) => {
        const { file, call, sight, own } = visibleFile(views, id, by);
        const { version, receipts, draft, documents, sharedWith, examination: _, ...rest } = file;
        by.answer.version = version;
        const deadline = call.call.status === 'published' ? deadlineFor(call.call, file.organisation) : null;
        return {
          ...rest,
          title: sight === 'contents' ? rest.title : null,
          startsOn: sight === 'contents' ? rest.startsOn : null,
          endsOn: sight === 'contents' ? rest.endsOn : null,
          datesAsked: sight === 'contents' ? rest.datesAsked : null,
          draft: own ? draft : null,
          sharedWith: [...sharedWith],
          documents: sight === 'contents' ? [...documents] : [],
          receipts: receipts.map(({ receipt, submission, at, content, replacedBy }) => ({
            receipt,
            submission,
            at,
            contentHash: content?.hash ?? null,
            replacedBy,
          })),
          deadline,
          deadlineSaid: deadline && paris.say(deadline),
          ...examinationAnswer(views, file, own, by.at),
        };
      }),
    );
  }
}
