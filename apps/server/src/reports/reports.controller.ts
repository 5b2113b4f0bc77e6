import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { paris } from '#calendar/paris.js';
import type { Incoming } from '#commands/subject.js';
import type { CommandType } from '#domain/commands.js';
import { gapsByAccount, hundredths } from '#domain/report/figures.js';
import {
  frenchReports,
  isOverdue,
  type ReportCommand,
  type ReportContents,
  type ReportEvent,
} from '#domain/report/report-facts.js';
import { roleThatAllows } from '#domain/roles.js';
import { viewRoles } from '#domain/permissions.js';
import { grantsOn } from '#domain/visibility.js';
import type { EventStore } from '#event-store/event-store.js';
import { page } from '#read-models/listing.js';
import {
  overdueOn,
  reportList,
  reportOf,
  type ReportDetails,
  type ReportRow,
  reportsSeenBy,
} from '#read-models/reports.js';
import type { Views } from '#read-models/views.js';
import { Change } from '../change.js';
import { By, type Request } from '../http/by.js';
import { equal, pageOf, sendList } from '../http/lists.js';
import { Problem } from '../http/problem.js';
import { Act, Answer, Area, View } from '../http/route.js';
import { Look } from '../look.js';
import type { Service } from '../service.js';
import { SERVICE } from '../tokens.js';
import { written } from '../written.js';
import { ReportAnswer, ReportRowAnswer, ReportsAnswer } from './reports.answers.js';
import { ExtendReportBody, ReportBody, ReportsQuery, ReturnReportBody, WaiveReportBody } from './reports.bodies.js';

export class ChangeReports extends Change<ReportCommand, ReportEvent> {}

@Area('Reports')
@Controller('reports')
export class ReportsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    @Inject(SERVICE) private readonly service: Service,
  ) {}

  @Get()
  @View('Reports', 'What you owe, or what is owed on your calls. JSON, or CSV with Accept: text/csv', {
    operation: 'ListReports',
  })
  @Answer(ReportsAnswer)
  async list(
    @Query() query: ReportsQuery,
    @By() by: Request,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReportsAnswer | string> {
    const { call, organisation, status, overdue } = query;
    const today = paris.dayOf(by.at);
    const where = [
      reportsSeenBy(by),
      ...equal('call_id', call),
      ...equal('organisation', organisation),
      ...equal('status', status),
      ...(overdue === undefined ? [] : [overdueOn(today, overdue === 'true')]),
    ];
    const found = await this.queries.execute(
      new Look(by, (views) => {
        const { items, ...rest } = page<ReportRow>(views, reportList, pageOf(query, request, where, 'dueOn'));
        return { items: items.map((row) => rowOf(row, today)), ...rest };
      }),
    );
    return sendList(found, ReportRowAnswer, request, reply);
  }

  @Get(':id')
  @View('Reports', 'One report: figures, gaps, comments, and what the beneficiary wrote', { operation: 'ReadReport' })
  @Answer(ReportAnswer)
  one(@Param('id') id: string, @By() by: Request): Promise<ReportAnswer> {
    return this.queries.execute(
      new Look(by, async (views) => {
        const report = visibleReport(views, id, by);
        const { leads, expectedAt, comments, reason, forgotten, contentVersion, figures, ...row } = report;
        const version = forgotten ? null : contentVersion;
        return {
          ...rowOf(row, paris.dayOf(by.at)),
          leads: [...leads],
          expectedAt,
          indicators: (figures.indicators ?? []).map(({ target, actual }) => ({
            target,
            actual,
            reachedHundredths: hundredths(actual, target),
          })),
          charges: [...gapsByAccount(figures.charges ?? [])],
          products: [...gapsByAccount(figures.products ?? [])],
          gap: figures.gap ?? null,
          comments,
          reason,
          contents: version === null ? null : await readContents(this.service.store, id, version),
          forgotten,
        };
      }),
    );
  }

  @Post(':id/submit')
  @HttpCode(204)
  @Act('SubmitReport', 'Hand in a report, late or not: everything is checked, every fault answered at once')
  submit(@Param('id') id: string, @Body() contents: ReportBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'SubmitReport', report: id, contents }, by);
  }

  @Post(':id/return')
  @HttpCode(204)
  @Act('ReturnReport', 'Return a report with comments, to be handed in again until another day')
  return(@Param('id') id: string, @Body() body: ReturnReportBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'ReturnReport', report: id, ...body }, by);
  }

  @Post(':id/accept')
  @HttpCode(204)
  @Act('AcceptReport', 'Accept a report')
  accept(@Param('id') id: string, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'AcceptReport', report: id }, by);
  }

  @Post(':id/extend')
  @HttpCode(204)
  @Act('ExtendReport', 'Give a beneficiary more time for a report, with a reason')
  extend(@Param('id') id: string, @Body() body: ExtendReportBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'ExtendReport', report: id, ...body }, by);
  }

  @Post(':id/waive')
  @HttpCode(204)
  @Act('WaiveReport', 'Ask for a report no more, with a reason')
  waive(@Param('id') id: string, @Body() body: WaiveReportBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'WaiveReport', report: id, ...body }, by);
  }

  /** The view only says whose report it is; the rules judge it on its stream. */
  private async change(
    id: string,
    command: Incoming<ReportCommand> & { type: CommandType },
    by: Request,
  ): Promise<void> {
    const { organisation } = await this.queries.execute(new Look(by, (views) => visibleReport(views, id, by)));
    await this.commands.execute(new ChangeReports(organisation, command, by));
  }
}

const rowOf = ({ kind, ...row }: ReportRow, today: string): ReportRowAnswer => ({
  ...row,
  kind,
  kindSaid: frenchReports[kind],
  overdue: isOverdue(row, today),
});

/** The report as this person may see it; for others it doesn't exist. */
function visibleReport(views: Views, id: string, by: Request): ReportDetails {
  const report = reportOf(views, id);
  const reach = report && { institutions: report.leads, organisations: [report.organisation] };
  const grants = report ? grantsOn(report.application, by) : [];
  if (!report || !reach || !roleThatAllows(viewRoles.Reports, { ...by, grants }, reach)) {
    throw new Problem(404, 'ReportUnknown', "Ce bilan n'existe pas.");
  }
  return report;
}

/** Null where it was deleted since the view was read. */
async function readContents(store: EventStore, id: string, version: number): Promise<ReportAnswer['contents']> {
  const found = await written<{ contents: ReportContents }>(store, `content-report-${id}`, version);
  return found ? (found.contents as ReportBody) : null;
}
