import { Controller, Get, Inject, Param, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import type { KnownCall } from '#domain/call/call-state.js';
import { insidersOf, viewRoles } from '#domain/permissions.js';
import { roleThatAllows } from '#domain/roles.js';
import { sum } from '#domain/money.js';
import { grantsOn } from '#domain/visibility.js';
import { outsideConflicts } from '#read-models/application-queries.js';
import { type AwardListRow, awardList, awardOf, type AwardRow, envelopesOf } from '#read-models/award-queries.js';
import type { ToldOutcome } from '#read-models/awards.js';
import { page } from '#read-models/listing.js';
import { institutionOf } from '#read-models/institutions.js';
import type { Views } from '#read-models/views.js';
import { traceReading } from '../applications/contents.controller.js';
import { contentsForgotten, openFile, type VisibleFile, visibleFile } from '../applications/visible.js';
import { BudgetBody } from '../applications/applications.bodies.js';
import { visibleCall } from '../calls/visible.js';
import { By, type Request } from '../http/by.js';
import { OneOf, Optional } from '../http/fields.js';
import { equal, ListQuery, pageOf, searching, sendList } from '../http/lists.js';
import { Problem } from '../http/problem.js';
import { Answer, Area, View } from '../http/route.js';
import { Look } from '../look.js';
import type { Service } from '../service.js';
import { SERVICE } from '../tokens.js';
import { written } from '../written.js';
import { awardAnswer, linesAnswer } from './award-answer.js';
import { AwardAnswer, AwardContentsAnswer, AwardRowAnswer, AwardsAnswer, EnvelopesAnswer } from './awards.answers.js';
import { letter } from './letter.js';

class AwardsQuery extends ListQuery {
  @Optional() @OneOf(['changedAt', 'organisation', 'amountCents', 'status']) declare sort?: string;
  @Optional() @OneOf(['deciding', 'pending', 'granted', 'declined', 'reserve', 'refused', 'no-action']) status?: string;
}

@Area('Awards')
@Controller()
export class AwardViewsController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(SERVICE) private readonly service: Service,
  ) {}

  @Get('applications/:id/award')
  @View('Award', 'The decision on a file: to the leads as it stands, to the applicant as it was notified')
  @Answer(AwardAnswer)
  one(@Param('id') id: string, @By() by: Request): Promise<AwardAnswer> {
    return this.queries.execute(
      new Look(by, (views) => {
        const { file, call, row, asTold } = visibleAward(views, id, by);
        by.answer.version = row.version;
        return awardAnswer(file, call.call, row, asTold);
      }),
    );
  }

  @Get('applications/:id/award/letter')
  @View('Award', 'The letter that notifies the decision: the same bytes each time', { operation: 'ReadAwardLetter' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  letter(
    @Param('id') id: string,
    @By() by: Request,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return this.queries.execute(
      new Look(by, async (views) => {
        const seen = visibleAward(views, id, by);
        if (!seen.row.told) throw notNotified();
        const bytes = await letter(writingOf(views, seen, seen.row.told));
        void reply.headers({
          'content-type': 'application/pdf',
          'content-disposition': 'attachment; filename="decision.pdf"',
          'content-digest': `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`,
        });
        return new StreamableFile(bytes);
      }),
    );
  }

  @Get('applications/:id/award/contents')
  @View(
    'ApplicationContents',
    'What the applicant wrote after the decision: their appeal, the revised budget; traced',
    {
      operation: 'ReadAwardContents',
      roles: viewRoles.ApplicationContents.filter((role) => viewRoles.Award.includes(role)),
    },
  )
  @Answer(AwardContentsAnswer)
  contents(@Param('id') id: string, @By() by: Request): Promise<AwardContentsAnswer> {
    return this.queries.execute(
      new Look(by, async (views) => {
        const { file, own } = openFile(views, id, by);
        const { row } = visibleAward(views, id, by);
        if (file.forgotten) throw contentsForgotten();
        const { appealVersion, budgetVersion } = row;
        if (!own) await traceReading(this.service, file, `award:${row.version}`, by);
        return {
          appeal:
            appealVersion === null ? null : { text: (await this.written<{ text: string }>(id, appealVersion)).text },
          revisedBudget:
            budgetVersion === null ? null : (await this.written<{ budget: BudgetBody }>(id, budgetVersion)).budget,
        };
      }),
    );
  }

  @Get('calls/:id/awards')
  @View('Award', 'Decisions on the files of a call, for its leads. JSON, or CSV with Accept: text/csv', {
    operation: 'ListAwards',
    roles: insidersOf('Award'),
  })
  @Answer(AwardsAnswer)
  async list(
    @Param('id') id: string,
    @Query() query: AwardsQuery,
    @By() by: Request,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AwardsAnswer | string> {
    const { status, q } = query;
    const where = [
      { sql: 'awards.call_id = ?', values: [id] },
      outsideConflicts(by),
      ...equal('awards.status', status),
      ...searching('organisations.search', q),
    ];
    const found = await this.queries.execute(
      new Look(by, (views) => {
        forLeads(views, id, by, 'Award');
        const { items, ...rest } = page<AwardListRow>(views, awardList, pageOf(query, request, where, 'changedAt'));
        return { items: items.map((row): AwardRowAnswer => ({ ...row, accepted: row.accepted === 1 })), ...rest };
      }),
    );
    return sendList(found, AwardRowAnswer, request, reply);
  }

  @Get('calls/:id/envelopes')
  @View('Envelopes', 'What each envelope of a call has, what awards hold of it, what is left')
  @Answer(EnvelopesAnswer)
  envelopes(@Param('id') id: string, @By() by: Request): Promise<EnvelopesAnswer> {
    return this.queries.execute(
      new Look(by, (views) => {
        const { envelopes } = forLeads(views, id, by, 'Envelopes');
        const items = envelopesOf(views, id, envelopes?.lines ?? [], by);
        const total = (field: 'amountCents' | 'reservedCents' | 'leftCents') => sum(items.map((item) => item[field]));
        return {
          subjectToFunds: envelopes?.subjectToFunds ?? false,
          items: items.map(({ action, ...item }) => ({ ...item, action: action ?? null })),
          amountCents: total('amountCents'),
          reservedCents: total('reservedCents'),
          leftCents: total('leftCents'),
        };
      }),
    );
  }

  private async written<T>(id: string, version: number): Promise<T> {
    const found = await written<T>(this.service.store, `content-award-${id}`, version);
    if (!found) throw contentsForgotten();
    return found;
  }
}

const notForJudges = (): Problem =>
  new Problem(403, 'NotAllowed', 'Seuls les autorités pilotes, les auditeurs et le porteur lisent la décision.');

const notNotified = (): Problem =>
  new Problem(404, 'AwardUnknown', "Aucune décision n'a encore été notifiée sur ce dossier.");

/** The decision as this person may see it; before its notification it doesn't exist for the applicant. */
function visibleAward(views: Views, id: string, by: Request): VisibleFile & { row: AwardRow; asTold: boolean } {
  const seen = visibleFile(views, id, by);
  const reach = { institutions: seen.call.call.heading.leads };
  const asTold = !roleThatAllows(insidersOf('Award'), { ...by, grants: grantsOn(id, by) }, reach);
  if (asTold && !seen.own) throw notForJudges();
  const row = awardOf(views, id);
  if (!row || (asTold && !row.told)) throw notNotified();
  return { ...seen, row, asTold };
}

/** The call, for the staff of its leads and auditors. */
function forLeads(views: Views, id: string, by: Request, view: 'Award' | 'Envelopes'): KnownCall {
  const { row } = visibleCall(views, id, by);
  if (!roleThatAllows(insidersOf(view), by, { institutions: row.call.heading.leads })) {
    throw new Problem(403, 'NotAllowed', 'Seules les autorités pilotes et les auditeurs lisent cela.');
  }
  return row.call;
}

/** What the letter says, from what was notified. */
function writingOf(views: Views, { file, call }: VisibleFile, told: ToldOutcome): Parameters<typeof letter>[0] {
  return {
    call: call.call.heading.title,
    authorities: call.call.heading.leads.map((lead) => institutionOf(views, lead)?.name ?? lead),
    organisation: file.organisationName ?? file.organisation,
    identifier: file.organisation,
    receipt: file.receipt ?? file.id,
    outcome: told.outcome,
    lines: linesAnswer(call.call, told.granted?.lines ?? []),
    requestedCents: told.granted?.requestedCents ?? file.requestedCents ?? undefined,
    reasons: Object.values(told.decisions).flatMap(({ institution, reasons }) =>
      reasons ? [{ authority: institutionOf(views, institution)?.name ?? institution, reasons }] : [],
    ),
    notifiedOn: told.notified.on,
    appealUntil: told.notified.appealUntil,
    at: told.at,
  };
}
