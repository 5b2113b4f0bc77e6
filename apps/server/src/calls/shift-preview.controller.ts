import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse } from '@nestjs/swagger';
import { Refused } from '#commands/handler.js';
import { previewShift } from '#domain/call/shift-preview.js';
import { Refusal } from '#domain/decider.js';
import { viewRoles } from '#domain/permissions.js';
import { roleThatAllows } from '#domain/roles.js';
import { By, type Request } from '../http/by.js';
import { Parts } from '../http/fields.js';
import { Problem } from '../http/problem.js';
import { Area, View } from '../http/route.js';
import { Look } from '../look.js';
import { tools } from '../service.js';
import { changesOf, ShiftChangeBody } from './calls.bodies.js';
import { previewAnswer } from './shift-preview.js';
import { PreviewAnswer } from './shift-preview.answers.js';
import { callInPreparation } from './visible.js';

class PreviewShiftBody {
  @Parts({ min: 1, max: 14 }, () => ShiftChangeBody) changes!: ShiftChangeBody[];
}

@Area('Schedule')
@Controller('calls/:id')
export class ShiftPreviewController {
  constructor(private readonly queries: QueryBus) {}

  @Post('preview-shift')
  @HttpCode(200)
  @View('ShiftPreview', 'What a shift would do, before anybody proposes it', { operation: 'PreviewShift' })
  @ApiOkResponse({ type: PreviewAnswer })
  preview(@Param('id') id: string, @Body() body: PreviewShiftBody, @By() by: Request): Promise<PreviewAnswer> {
    return this.queries.execute(
      new Look(by, (views) => {
        const { call } = callInPreparation(views, id, by);
        if (!roleThatAllows(viewRoles.ShiftPreview, by, { institutions: call.heading.leads })) {
          throw new Problem(403, 'NotAllowed', 'Seules les autorités pilotes préparent un décalage.');
        }
        const preview = previewShift(call, changesOf(body.changes), by.at, tools);
        if (preview instanceof Refusal) throw new Refused(preview);
        return previewAnswer(views, { id, call }, preview, by);
      }),
    );
  }
}
