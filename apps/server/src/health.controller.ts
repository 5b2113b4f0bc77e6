import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, type OpenAPIObject } from '@nestjs/swagger';
import { join } from 'node:path';
import { By, type Request } from './http/by.js';
import { Problem } from './http/problem.js';
import { Answer, Area, ServiceAct, View } from './http/route.js';
import { type Lag, ViewsLag } from './observing/views-lag.js';
import type { Service } from './service.js';
import { DOCUMENT, SERVICE } from './tokens.js';

class HealthAnswer {
  status!: string;
}

class LagAnswer {
  /** Facts of the log that the views don't contain yet, counted up to 1000. */
  facts!: number;
  /** There may be more. */
  atLeast!: boolean;
  /** Since the oldest of them was recorded. */
  seconds!: number;
}

class ReadyAnswer {
  status!: string;
  /** How far the views are and where the log ends: positions, as the log writes them. */
  views!: string | null;
  log!: string | null;
  /** Between the two; null where the log doesn't say: its pages are answered all the same. */
  lag!: LagAnswer | null;
}

class CopyAnswer {
  /** On the machine of this server, readable by its own user only. */
  file!: string;
  /** How far it reaches. */
  position!: string | null;
}

const VIEWS_COPY = 'views-copy.db';

@Area('Service')
@Controller()
export class HealthController {
  private readonly lag: ViewsLag;

  constructor(
    @Inject(SERVICE) private readonly service: Service,
    @Inject(DOCUMENT) private readonly document: () => OpenAPIObject,
  ) {
    this.lag = new ViewsLag(service);
  }

  @Get('health/live')
  @View('Service', 'The process answers', { operation: 'ReadLiveness' })
  @Answer(HealthAnswer)
  live(): HealthAnswer {
    return { status: 'live' };
  }

  @Get('health/ready')
  @View('Service', 'The views have caught up with the log since the start, and follow it', {
    operation: 'ReadReadiness',
  })
  @Answer(ReadyAnswer)
  async ready(): Promise<ReadyAnswer> {
    const { projector } = this.service;
    if (projector.halted) throw notReady(projector.halted.message);
    const measured = await this.lag.measure();
    if (!projector.ready) throw notReady(catchingUp(measured?.lag));
    const { log, lag } = measured ?? {};
    return { status: 'ready', views: projector.position ?? null, log: log ?? null, lag: lag ?? null };
  }

  @Get('api/openapi.json')
  @View('Service', 'This document: every route, its bodies, answers and refusals', { operation: 'ReadOpenApi' })
  @ApiOkResponse({ schema: { type: 'object' } })
  openApi(): OpenAPIObject {
    return this.document();
  }

  @Post('api/service/rebuild-views')
  @HttpCode(204)
  @ServiceAct('RebuildViews', 'Build the views of this process anew from the log, beside the running ones, then switch')
  async rebuild(@By() _by: Request): Promise<void> {
    await this.service.projector.rebuild();
  }

  @Post('api/service/copy-views')
  @HttpCode(200)
  @ServiceAct(
    'CopyViews',
    'Copy the views of this process to a file of its data folder: another server may begin with it',
  )
  @Answer(CopyAnswer)
  async copyViews(@By() _by: Request): Promise<CopyAnswer> {
    const file = join(this.service.folder.path, VIEWS_COPY);
    return { file, position: (await this.service.projector.copyTo(file)) ?? null };
  }
}

const notReady = (why: string): Problem => new Problem(503, 'NotReady', why, [], { 'retry-after': '1' });

function catchingUp(lag: Lag | undefined): string {
  if (!lag) return 'Les pages rattrapent le journal, qui ne répond pas.';
  if (lag.facts === 0) return 'Les pages rattrapent le journal.';
  const count = `${lag.atLeast ? 'au moins ' : ''}${lag.facts.toLocaleString('fr-FR')}`;
  return `Les pages rattrapent le journal : il leur manque ${count} fait${lag.facts > 1 ? 's' : ''}.`;
}
