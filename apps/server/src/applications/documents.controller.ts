import { Controller, Delete, Get, HttpCode, Inject, Param, Put, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { Refused } from '#commands/handler.js';
import { documentOf } from '#read-models/application-queries.js';
import { roleThatAllows } from '#domain/roles.js';
import { commandRoles } from '#domain/permissions.js';
import { By, newId, type Request } from '../http/by.js';
import { Matching, Optional, Text } from '../http/fields.js';
import { Problem } from '../http/problem.js';
import { Act, Area, View } from '../http/route.js';
import { Look } from '../look.js';
import type { Service } from '../service.js';
import { SERVICE } from '../tokens.js';
import { ChangeApplication } from './change-application.js';
import { traceReading } from './contents.controller.js';
import { applicationUnknown, contentsForgotten, openFile, visibleFile } from './visible.js';

class AttachQuery {
  /** The name of the file. */
  @Text(1, 200) filename!: string;
  /** Which compulsory document it is; `other` where it is left out. */
  @Optional() @Matching(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'un code de pièce') code?: string;
}

class AttachedAnswer {
  document!: string;
  /** SHA-256 of the bytes. */
  sha256!: string;
  /** Bytes. */
  size!: number;
  /** Found in the bytes. */
  mediaType!: string;
}

@Area('Documents')
@Controller('applications/:id/documents')
export class DocumentsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    @Inject(SERVICE) private readonly service: Service,
  ) {}

  @Put()
  @Act('AttachDocument', 'Attach a document: send its bytes; type and size are checked on what arrives')
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiOkResponse({ type: AttachedAnswer })
  async attach(
    @Param('id') id: string,
    @Query() { filename, code = 'other' }: AttachQuery,
    @Req() request: FastifyRequest,
    @By() by: Request,
  ): Promise<AttachedAnswer> {
    await this.mayAttach(id, by);
    const body = request.body as Readable | undefined;
    if (typeof body?.pipe !== 'function') {
      throw new Problem(
        415,
        'MediaTypeRefused',
        'Envoyez les octets de la pièce (Content-Type: application/octet-stream).',
      );
    }
    const kept = await this.service.documents.keep(id, body);
    const document = newId(by, 'document');
    try {
      await this.commands.execute(
        new ChangeApplication(id, { type: 'AttachDocument', document, code, filename, ...kept }, by),
      );
    } catch (error) {
      if (error instanceof Refused && error.refusal.code === 'ContentsForgotten') {
        await this.service.documents.forget(id);
      }
      throw error;
    }
    return { document, ...kept };
  }

  @Get(':document')
  @View('ApplicationContents', 'The bytes of a document; reading it is traced for those who are not its applicant', {
    operation: 'ReadDocument',
  })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  read(
    @Param('id') id: string,
    @Param('document') document: string,
    @By() by: Request,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return this.queries.execute(
      new Look(by, async (views) => {
        const { file, own } = openFile(views, id, by);
        const known = documentOf(views, id, document);
        const submitted = file.receipts.findLast(({ content }) => content !== undefined)?.documents ?? [];
        const shown = known && (own || submitted.some((one) => one.document === document));
        if (!shown) throw new Problem(404, 'DocumentUnknown', "Cette pièce n'est pas jointe au dossier.");
        if (file.forgotten) throw contentsForgotten();
        const bytes = await this.service.documents.open(id, known.sha256);
        try {
          if (!own) await traceReading(this.service, file, `document:${document}`, by);
        } catch (error) {
          bytes.destroy();
          throw error;
        }
        const name = encodeURIComponent(known.filename ?? document);
        void reply.headers({
          'content-type': known.mediaType,
          'content-length': String(known.size),
          'content-disposition': `attachment; filename*=UTF-8''${name}`,
          'content-security-policy': 'sandbox',
        });
        return new StreamableFile(bytes);
      }),
    );
  }

  @Delete(':document')
  @HttpCode(204)
  @Act('RemoveDocument', 'Remove a document from the draft; submissions keep theirs')
  async remove(@Param('id') id: string, @Param('document') document: string, @By() by: Request): Promise<void> {
    await this.commands.execute(new ChangeApplication(id, { type: 'RemoveDocument', document }, by));
  }

  /** Before a byte is kept: nobody fills the disk with a file that isn't theirs. */
  private mayAttach(id: string, by: Request): Promise<void> {
    return this.queries.execute(
      new Look(by, (views) => {
        const { file, own } = visibleFile(views, id, by);
        const reach = { organisations: [file.organisation, ...file.sharedWith] };
        if (!own || !roleThatAllows(commandRoles.AttachDocument, by, reach)) throw applicationUnknown();
        if (file.forgotten) throw new Problem(409, 'ContentsForgotten', 'Le contenu de ce dossier a été effacé.');
      }),
    );
  }
}
