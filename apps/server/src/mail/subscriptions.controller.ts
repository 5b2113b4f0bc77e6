import { Body, Controller, Get, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type NoticeKind, noticeKinds } from '#domain/notice/notice.js';
import { noticeRules } from '#domain/notice/notice-rules.js';
import { unsubscribedBy } from '#read-models/notices.js';
import { readUnsubscribeToken } from '#reactors/mail/unsubscribe-token.js';
import { By, type Request } from '../http/by.js';
import { OneOf } from '../http/fields.js';
import { Problem } from '../http/problem.js';
import { Act, Answer, Area, View } from '../http/route.js';
import { Look } from '../look.js';
import { ChangeAccount } from '../people/change-account.js';
import type { Service } from '../service.js';
import { SERVICE } from '../tokens.js';
import { SubscriptionsAnswer } from './mail.answers.js';
import { confirmationPage, unsubscribedPage } from './unsubscribe-pages.js';

class KindBody {
  /** Of messages; see the list of subscriptions. */
  @OneOf(noticeKinds) kind!: NoticeKind;
}

const html = { description: 'text/html', content: { 'text/html': {} } };

@Area('Messages')
@Controller()
export class SubscriptionsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    @Inject(SERVICE) private readonly service: Service,
  ) {}

  @Get('people/:id/subscriptions')
  @View('Subscriptions', 'Which messages you receive, which you may refuse, and why')
  @Answer(SubscriptionsAnswer)
  mine(@Param('id') id: string, @By() by: Request): Promise<SubscriptionsAnswer> {
    if (id !== by.person) throw new Problem(404, 'PersonUnknown', "Cette personne n'a pas de compte.");
    return this.queries.execute(
      new Look(by, (views) => {
        const refused = unsubscribedBy(views, id);
        return {
          items: noticeKinds.map((kind) => {
            const { compulsory, because } = noticeRules[kind];
            return { kind, compulsory, because, subscribed: !refused.includes(kind) };
          }),
        };
      }),
    );
  }

  @Post('people/:id/unsubscribe')
  @HttpCode(204)
  @Act('Unsubscribe', 'Refuse messages of a kind, unless they are compulsory')
  async unsubscribe(@Param('id') id: string, @Body() { kind }: KindBody, @By() by: Request): Promise<void> {
    await this.commands.execute(new ChangeAccount(id, { type: 'Unsubscribe', kind }, by));
  }

  @Post('people/:id/resubscribe')
  @HttpCode(204)
  @Act('Resubscribe', 'Receive messages of a kind again')
  async resubscribe(@Param('id') id: string, @Body() { kind }: KindBody, @By() by: Request): Promise<void> {
    await this.commands.execute(new ChangeAccount(id, { type: 'Resubscribe', kind }, by));
  }

  @Get('unsubscribe/:token')
  @View('UnsubscribePage', 'The page behind the link of a message: it asks, and changes nothing by itself')
  @ApiOkResponse(html)
  page(@Param('token') token: string, @By() _by: Request, @Res({ passthrough: true }) reply: FastifyReply): string {
    this.read(token);
    void reply.type('text/html; charset=utf-8');
    return confirmationPage(token);
  }

  @Post('unsubscribe/:token')
  @HttpCode(200)
  @Act('UnsubscribeByLink', 'Refuse messages by the link of one of them, without signing in (RFC 8058)')
  @ApiOkResponse(html)
  async byLink(
    @Param('token') token: string,
    @By() by: Request,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { person, kind } = this.read(token);
    await this.commands.execute(new ChangeAccount(person, { type: 'UnsubscribeByLink', kind }, by));
    by.answer = {};
    void reply.type('text/html; charset=utf-8');
    return unsubscribedPage();
  }

  private read(token: string): { person: string; kind: NoticeKind } {
    const read = readUnsubscribeToken(this.service.folder.secret, token);
    if (read) return read;
    throw new Problem(404, 'LinkUnknown', "Ce lien n'est pas valable : reprenez celui du message, entier.");
  }
}
