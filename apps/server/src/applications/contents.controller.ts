import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse } from '@nestjs/swagger';
import { paris } from '#calendar/paris.js';
import { reading } from '#commands/subjects.js';
import type { ApplicationContents } from '#domain/application/application-contents.js';
import { submissionFaults } from '#domain/application/submission.js';
import { overdueSaid } from '#domain/report/due.js';
import { type ApplicationDetails, readingsOf } from '#read-models/application-queries.js';
import type { EventStore } from '#event-store/event-store.js';
import { organisationOf } from '#read-models/organisations.js';
import { reportsOwedBy } from '#read-models/reports.js';
import { roleThatAllows } from '#domain/roles.js';
import { grantsOn } from '#domain/visibility.js';
import { viewRoles } from '#domain/permissions.js';
import { By, type Request } from '../http/by.js';
import { Problem } from '../http/problem.js';
import { Answer, Area, View } from '../http/route.js';
import { Look } from '../look.js';
import type { Service } from '../service.js';
import { SERVICE } from '../tokens.js';
import { written } from '../written.js';
import { ContentsAnswer, DryRunAnswer, ReadingsAnswer } from './applications.answers.js';
import { SubmitBody } from './applications.bodies.js';
import { contentsForgotten, openFile, visibleFile } from './visible.js';

@Area('Applications')
@Controller('applications/:id')
export class ContentsController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(SERVICE) private readonly service: Service,
  ) {}

  @Get('contents')
  @View(
    'ApplicationContents',
    'What the applicant wrote: the draft for themselves, the last submission for those who may read it, traced',
  )
  @Answer(ContentsAnswer)
  contents(@Param('id') id: string, @By() by: Request): Promise<ContentsAnswer> {
    return this.queries.execute(
      new Look(by, async (views) => {
        const { file, own } = openFile(views, id, by);
        const ref = own ? file.draft : file.receipts.findLast(({ content }) => content !== undefined)?.content;
        if (file.forgotten) throw contentsForgotten();
        if (!ref) throw new Problem(404, 'ContentsUnknown', "Ce dossier n'a pas encore de contenu.");
        if (!own) await traceReading(this.service, file, `contents:${ref.version}`, by);
        const contents = await readContents(this.service.store, id, ref.version);
        return { ...ref, contents: contents as ContentsAnswer['contents'] };
      }),
    );
  }

  @Post('dry-run')
  @HttpCode(200)
  @View('DryRun', 'What a submission would be refused for, without submitting', { operation: 'DryRun' })
  @ApiOkResponse({ type: DryRunAnswer })
  dryRun(@Param('id') id: string, @Body() { contents }: SubmitBody, @By() by: Request): Promise<DryRunAnswer> {
    return this.queries.execute(
      new Look(by, async (views) => {
        const { file, call, own } = visibleFile(views, id, by);
        if (!own) throw new Problem(403, 'NotAllowed', 'Seul le porteur de projet essaie son dépôt.');
        const specifications = call.call.specifications ?? { compulsoryDocuments: [] };
        const draft = contents ?? (file.draft ? await readContents(this.service.store, id, file.draft.version) : {});
        const legalForm = organisationOf(views, file.organisation)?.legalForm ?? 'other';
        const attached = file.documents.map(({ code }) => code);
        const overdue = overdueSaid(reportsOwedBy(views, file.organisation), by.at, paris, 'avant de déposer');
        return {
          faults: [
            ...(overdue === undefined ? [] : [{ field: 'reports', code: 'ReportOverdue', message: overdue }]),
            ...submissionFaults({ contents: draft, attached, specifications, legalForm }),
          ],
        };
      }),
    );
  }

  @Get('readings')
  @View('Readings', 'Who read the contents, once they were unsealed')
  @Answer(ReadingsAnswer)
  readings(@Param('id') id: string, @By() by: Request): Promise<ReadingsAnswer> {
    return this.queries.execute(
      new Look(by, (views) => {
        const { file, call } = visibleFile(views, id, by);
        const reach = { institutions: call.call.heading.leads, organisations: [file.organisation, ...file.sharedWith] };
        if (!roleThatAllows(viewRoles.Readings, { ...by, grants: grantsOn(id, by) }, reach)) {
          throw new Problem(
            403,
            'NotAllowed',
            'Les lectures se consultent par le porteur, les administrateurs et les auditeurs.',
          );
        }
        return { items: readingsOf(views, id) };
      }),
    );
  }
}

/** Recorded before anything is shown. */
export async function traceReading(
  service: Service,
  { id, call }: Pick<ApplicationDetails, 'id' | 'call'>,
  what: string,
  by: Request,
): Promise<void> {
  const { key: _, ifMatch: __, ...asking } = by;
  const trace = { type: 'TraceReading', call, what, day: paris.dayOf(by.at) } as const;
  await service.wrote(await service.handler.change(reading, id, trace, asking));
}

async function readContents(store: EventStore, id: string, version: number): Promise<ApplicationContents> {
  const found = await written<{ contents: ApplicationContents }>(store, `content-application-${id}`, version);
  if (!found) throw contentsForgotten();
  return found.contents;
}
