import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, type OpenAPIObject } from '@nestjs/swagger';
import { join } from 'node:path';
import { By, type Request } from './http/by.js';
import { Problem } from './http/problem.js';
import { Answer, Area, ServiceAct, View } from './http/route.js';
import type { Service } from './service.js';
import { DOCUMENT, SERVICE } from './tokens.js';

class HealthAnswer {
  status!: string;
}

class ReadyAnswer {
  status!: string;
  /** Facts between the views and the end of the log: positions, as the log writes them. */
  views!: string | null;
  log!: string | null;
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
  constructor(
    @Inject(SERVICE) private readonly service: Service,
    @Inject(DOCUMENT) private readonly document: () => OpenAPIObject,
  ) {}

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
    const { projector, store } = this.service;
    if (!projector.ready) {
      const why = projector.halted?.message ?? 'Les pages rattrapent le journal.';
      throw new Problem(503, 'NotReady', why, [], { 'retry-after': '1' });
    }
    return { status: 'ready', views: projector.position ?? null, log: (await store.head()) ?? null };
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
