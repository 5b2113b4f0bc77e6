import { Controller, Get, Header, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { paris } from '#calendar/paris.js';
import { noticeKinds } from '#domain/notice/notice.js';
import { viewRoles } from '#domain/permissions.js';
import { roleThatAllows } from '#domain/roles.js';
import { preview } from '#reactors/preview.js';
import { By, type Request } from '../http/by.js';
import { OneOf, Optional } from '../http/fields.js';
import { Problem } from '../http/problem.js';
import { Area, View } from '../http/route.js';

class PreviewQuery {
  /** `html`, or `text`. */
  @Optional() @OneOf(['html', 'text']) format?: string;
}

@Area('Messages')
@Controller('service/messages')
export class PreviewsController {
  @Get(':kind')
  @View('MessagePreview', 'A message as it is sent, with invented people, calls and files')
  @ApiOkResponse({ description: 'text/html, or text/plain', content: { 'text/html': {}, 'text/plain': {} } })
  @Header('cache-control', 'no-store')
  one(
    @Param('kind') name: string,
    @Query() { format }: PreviewQuery,
    @By() by: Request,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string {
    if (!roleThatAllows(viewRoles.MessagePreview, by, { institutions: 'any' })) {
      throw new Problem(403, 'NotAllowed', "Seuls l'exploitant et les administrateurs lisent les modèles de messages.");
    }
    const kind = noticeKinds.find((one) => one === name);
    const letter = kind && preview(kind, paris);
    if (!letter) throw new Problem(404, 'MessageUnknown', "Aucun message n'est de cette sorte.");
    if (format === 'text') {
      void reply.type('text/plain; charset=utf-8');
      return `${letter.subject}\n\n${letter.text}`;
    }
    void reply.type('text/html; charset=utf-8');
    void reply.header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    );
    return letter.html;
  }
}
