import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Incoming } from '#commands/subject.js';
import { viewRoles } from '#domain/permissions.js';
import { roleThatAllows } from '#domain/roles.js';
import { type ToldFact, toldFacts } from '#domain/webhook/told-facts.js';
import type { WebhookCommand } from '#domain/webhook/webhook.js';
import { webhookSecret } from '#reactors/webhook-signing.js';
import { containing, page } from '#read-models/listing.js';
import { webhookList, type WebhookListRow, webhookOf, type WebhookRow, webhooksOf } from '#read-models/webhooks.js';
import type { Views } from '#read-models/views.js';
import { InstitutionCode } from '../calls/calls.bodies.js';
import { By, newId, type Request } from '../http/by.js';
import { Choices, Id, OneOf, Optional, Text } from '../http/fields.js';
import { ListQuery, pageOf, sendList } from '../http/lists.js';
import { Problem } from '../http/problem.js';
import { Act, Answer, Area, View } from '../http/route.js';
import { Look } from '../look.js';
import type { Service } from '../service.js';
import { SERVICE } from '../tokens.js';
import { ChangeWebhook } from './change-webhook.js';
import {
  DeliveriesAnswer,
  deliveriesAnswer,
  WebhookAnswer,
  webhookAnswer,
  WebhookMadeAnswer,
  WebhookRowAnswer,
  WebhooksAnswer,
} from './webhooks.answers.js';

class WebhookBody {
  /** Code of the institution that is told. */
  @InstitutionCode() institution!: string;
  /** One call that it leads; all that it may be told of, where it is left out. */
  @Optional() @Id() call?: string;
  /** `https`, port 443 or 8443, without parameters. */
  @Text(8, 500) url!: string;
  /** Which facts; all that may be told, where it is left out. */
  @Optional() @Choices({ min: 1, max: toldFacts.length }, toldFacts) facts?: ToldFact[];
}

class ReplayBody {
  /** `position` of a message, or `cursor` of a delivery: what came after it is told again. */
  @Text(1, 200) from!: string;
}

class WebhooksQuery extends ListQuery {
  @Optional() @OneOf(['registeredAt', 'institution']) declare sort?: string;
}

@Area('Webhooks')
@Controller('webhooks')
export class WebhooksController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    @Inject(SERVICE) private readonly service: Service,
  ) {}

  @Post()
  @Act('RegisterWebhook', 'Be told of facts at an address; the signing secret is shown once', { scope: 'administer' })
  @ApiCreatedResponse({ type: WebhookMadeAnswer })
  async register(@Body() { facts, ...body }: WebhookBody, @By() by: Request): Promise<WebhookMadeAnswer> {
    const id = newId(by, 'webhook');
    const loopback = this.service.configuration.webhooksToLoopback;
    await this.change(id, { type: 'RegisterWebhook', ...body, facts: [...new Set(facts ?? toldFacts)], loopback }, by);
    return this.made(id, 1);
  }

  @Get()
  @View('Webhooks', 'The webhooks of your institutions. JSON, or CSV with Accept: text/csv', {
    operation: 'ListWebhooks',
  })
  @Answer(WebhooksAnswer)
  async list(
    @Query() query: WebhooksQuery,
    @By() by: Request,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhooksAnswer | string> {
    const own = by.grants.flatMap(({ role, scope }) =>
      viewRoles.Webhooks.some((each) => each === role) && scope.kind === 'institution' ? [scope.id] : [],
    );
    const where = [...webhooksOf(own), ...(query.q === undefined ? [] : [containing('url', query.q)])];
    const found = await this.queries.execute(
      new Look(by, (views) => page<WebhookListRow>(views, webhookList, pageOf(query, request, where, 'registeredAt'))),
    );
    return sendList(found, WebhookRowAnswer, request, reply);
  }

  @Get(':id')
  @View('Webhooks', 'One webhook: how far it is, why it is paused', { operation: 'ReadWebhook' })
  @Answer(WebhookAnswer)
  async one(@Param('id') id: string, @By() by: Request): Promise<WebhookAnswer> {
    const row = await this.queries.execute(new Look(by, (views) => visible(views, id, by)));
    const { cursors } = (await this.service.background.known()).webhooks;
    const cursor = cursors.find(({ webhook }) => webhook === id);
    return webhookAnswer(row, cursor, this.signed);
  }

  @Get(':id/deliveries')
  @View('Webhooks', 'The last tries to deliver, the newest first', { operation: 'ReadWebhookDeliveries' })
  @Answer(DeliveriesAnswer)
  async deliveries(@Param('id') id: string, @By() by: Request): Promise<DeliveriesAnswer> {
    await this.queries.execute(new Look(by, (views) => visible(views, id, by)));
    const { attempts } = (await this.service.background.known()).webhooks;
    return deliveriesAnswer(attempts[id] ?? [], this.signed);
  }

  @Post(':id/pause')
  @HttpCode(204)
  @Act('PauseWebhook', 'Deliver nothing for the moment', { scope: 'administer' })
  pause(@Param('id') id: string, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'PauseWebhook' }, by);
  }

  @Post(':id/resume')
  @HttpCode(204)
  @Act('ResumeWebhook', 'Deliver again, from where it stopped', { scope: 'administer' })
  resume(@Param('id') id: string, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'ResumeWebhook' }, by);
  }

  @Post(':id/rotate')
  @Act('RotateWebhookSecret', 'Another secret, shown once; the old one signs too for a day', { scope: 'administer' })
  @ApiCreatedResponse({ type: WebhookMadeAnswer })
  async rotate(@Param('id') id: string, @By() by: Request): Promise<WebhookMadeAnswer> {
    const { events } = await this.commands.execute(new ChangeWebhook(id, { type: 'RotateWebhookSecret' }, by));
    const rotated = events.find((event) => event.type === 'WebhookSecretRotated');
    if (!rotated) throw new Error('A new secret is a fact.');
    return this.made(id, rotated.generation);
  }

  @Post(':id/replay')
  @HttpCode(202)
  @Act('ReplayWebhook', 'Tell again what came after a position; nothing from before its registration', {
    scope: 'administer',
  })
  async replay(@Param('id') id: string, @Body() { from }: ReplayBody, @By() by: Request): Promise<void> {
    await this.queries.execute(new Look(by, (views) => visible(views, id, by)));
    return this.change(id, { type: 'ReplayWebhook', from: this.service.positions.read(from) }, by);
  }

  @Delete(':id')
  @HttpCode(204)
  @Act('DeleteWebhook', 'Be told of nothing more there', { scope: 'administer' })
  remove(@Param('id') id: string, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'DeleteWebhook' }, by);
  }

  private readonly signed = (position: string): string => this.service.positions.write(position);

  private made(id: string, generation: number): WebhookMadeAnswer {
    return { id, secret: webhookSecret(this.service.folder.secret, id, generation) };
  }

  private async change(id: string, command: Incoming<WebhookCommand>, by: Request): Promise<void> {
    await this.commands.execute(new ChangeWebhook(id, command, by));
  }
}

function visible(views: Views, id: string, by: Request): WebhookRow {
  const row = webhookOf(views, id);
  if (!row || !roleThatAllows(viewRoles.Webhooks, by, { institutions: [row.institution] })) {
    throw new Problem(404, 'WebhookUnknown', "Ce webhook n'existe pas.");
  }
  return row;
}
