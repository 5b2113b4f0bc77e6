import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { NoticeCommand, NoticeEvent } from '#domain/notice/notice.js';
import { viewRoles } from '#domain/permissions.js';
import { roleThatAllows } from '#domain/roles.js';
import { undeliveredAnywhere, undeliveredOf, type UndeliveredRow } from '#read-models/notices.js';
import { visibleCall } from '../calls/visible.js';
import { Change } from '../change.js';
import { By, type Request } from '../http/by.js';
import { Problem } from '../http/problem.js';
import { Act, Answer, Area, View } from '../http/route.js';
import { Look } from '../look.js';
import { UndeliveredAnswer, type UndeliveredRowAnswer } from './mail.answers.js';

export class ChangeNotice extends Change<NoticeCommand, NoticeEvent> {}

const MOST = 500;

@Area('Messages')
@Controller()
export class UndeliveredController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get('calls/:id/undelivered')
  @View('Undelivered', 'Messages of a call that reached nobody, neither whom they were for nor a second contact')
  @Answer(UndeliveredAnswer)
  ofCall(@Param('id') id: string, @By() by: Request): Promise<UndeliveredAnswer> {
    return this.queries.execute(
      new Look(by, (views) => {
        const { row } = visibleCall(views, id, by);
        if (!roleThatAllows(viewRoles.Undelivered, by, { institutions: row.call.heading.leads })) {
          throw new Problem(403, 'NotAllowed', 'Seules les autorités pilotes lisent les messages en souffrance.');
        }
        return { items: undeliveredOf(views, id, by.conflicts ?? [], MOST).map(answerOf) };
      }),
    );
  }

  @Get('service/undelivered')
  @View('UndeliveredEverywhere', 'Messages that reached nobody, of every call and of none')
  @Answer(UndeliveredAnswer)
  anywhere(@By() by: Request): Promise<UndeliveredAnswer> {
    if (!roleThatAllows(viewRoles.UndeliveredEverywhere, by, {})) {
      throw new Problem(403, 'NotAllowed', "Seul l'exploitant lit les messages en souffrance de tous les appels.");
    }
    return this.queries.execute(new Look(by, (views) => ({ items: undeliveredAnywhere(views, MOST).map(answerOf) })));
  }

  @Post('notices/:notice/resend')
  @HttpCode(204)
  @Act('ResendNotice', 'Send again a message that reached nobody, under the same Message-ID')
  async resend(@Param('notice') notice: string, @By() by: Request): Promise<void> {
    await this.commands.execute(new ChangeNotice(notice, { type: 'ResendNotice' }, by));
  }
}

const answerOf = (row: UndeliveredRow): UndeliveredRowAnswer => {
  const { id, kind, to, fact, call, file, issuedAt, endedAt, bounced, givenUp } = row;
  return { id, kind, to, fact, call, file, issuedAt, endedAt, bounced, givenUp };
};
