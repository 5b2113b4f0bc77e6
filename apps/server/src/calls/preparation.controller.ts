import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse } from '@nestjs/swagger';
import type { CallCommand } from '#domain/call/call.js';
import { obstaclesToPublication } from '#domain/call/publication.js';
import type { Incoming } from '#commands/subject.js';
import { commentsOf } from '#read-models/calls.js';
import { Made } from '../http/answers.js';
import { By, newId, type Request } from '../http/by.js';
import { Flag, Id, Matching, OneOf, Optional, Text } from '../http/fields.js';
import { utc } from '../http/instants.js';
import { Act, Answer, Area, View } from '../http/route.js';
import { Look } from '../look.js';
import { tools } from '../service.js';
import {
  EnvelopesBody,
  ForBody,
  InstitutionCode,
  ReasonBody,
  RubricBody,
  ScheduleBody,
  SigningBody,
  SpecificationsBody,
} from './calls.bodies.js';
import { ChangeCall } from './change-call.js';
import { callInPreparation } from './visible.js';

class ReferentBody extends ForBody {
  /** Id of the person; their name and address stay on their own account. */
  @Id() person!: string;
  @Text(2, 200) duty!: string;
}

class PartnerBody {
  @InstitutionCode() partner!: string;
  /** `expected`: the call waits for an answer; `optional`: it doesn't. */
  @OneOf(['expected', 'optional']) presence!: 'expected' | 'optional';
  @Optional() @Matching(/^(\d{2}|2[AB]|97\d)$/, 'un code de département') departement?: string;
}

class AboutPartnerBody extends ReasonBody {
  @InstitutionCode() partner!: string;
}

class PartnerAnswerBody extends ForBody {
  @Flag() accepted!: boolean;
}

class AuthorityBody {
  @Text(2, 200) name!: string;
}

class DissociateBody extends ReasonBody {
  @Text(2, 200) name!: string;
}

class CommentBody {
  @Text(2, 5000) text!: string;
}

class Obstacle {
  /** Code of the refusal that publishing would get. */
  code!: string;
  /** French. */
  sentence!: string;
}

class Readiness {
  /** Everything that stands between this call and its publication; empty when it may be published. */
  obstacles!: Obstacle[];
}

class Comment {
  id!: string;
  person!: string;
  name!: string | null;
  at!: string;
  /** Null once forgotten. */
  text!: string | null;
}

class Comments {
  items!: Comment[];
}

@Area('Preparation')
@Controller('calls/:id')
export class PreparationController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post('sign-letter-of-intent')
  @HttpCode(204)
  @Act('SignLetterOfIntent', 'Sign the letter of intent, once per lead; the last signature opens the preparation')
  sign(@Param('id') id: string, @Body() body: SigningBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'SignLetterOfIntent', ...body }, by);
  }

  @Post('name-referent')
  @HttpCode(204)
  @Act('NameReferent', 'Name the referent of an institution, or replace the one it has')
  nameReferent(@Param('id') id: string, @Body() body: ReferentBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'NameReferent', ...body }, by);
  }

  @Post('invite-partner')
  @HttpCode(204)
  @Act('InvitePartner', 'Invite an institution to the preparation')
  invitePartner(@Param('id') id: string, @Body() body: PartnerBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'InvitePartner', ...body }, by);
  }

  @Post('withdraw-partner-invitation')
  @HttpCode(204)
  @Act('WithdrawPartnerInvitation', 'Withdraw the invitation of a partner')
  withdrawPartner(@Param('id') id: string, @Body() body: AboutPartnerBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'WithdrawPartnerInvitation', ...body }, by);
  }

  @Post('answer-partner-invitation')
  @HttpCode(204)
  @Act('AnswerPartnerInvitation', 'Answer for a partner: join the preparation, or decline')
  answerPartner(@Param('id') id: string, @Body() body: PartnerAnswerBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'AnswerPartnerInvitation', ...body }, by);
  }

  @Post('override-silent-partner')
  @HttpCode(204)
  @Act('OverrideSilentPartner', 'Go on without the answer of an expected partner, with a reason')
  overridePartner(@Param('id') id: string, @Body() body: AboutPartnerBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'OverrideSilentPartner', ...body }, by);
  }

  @Post('associate-authority')
  @HttpCode(204)
  @Act('AssociateAuthority', 'Associate an authority that is not a lead')
  associate(@Param('id') id: string, @Body() body: AuthorityBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'AssociateAuthority', ...body }, by);
  }

  @Post('dissociate-authority')
  @HttpCode(204)
  @Act('DissociateAuthority', 'End the association of an authority')
  dissociate(@Param('id') id: string, @Body() body: DissociateBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'DissociateAuthority', ...body }, by);
  }

  @Post('comment')
  @Act('CommentPreparation', 'Comment the preparation')
  @ApiCreatedResponse({ type: Made })
  async comment(@Param('id') id: string, @Body() body: CommentBody, @By() by: Request): Promise<Made> {
    const comment = newId(by, 'comment');
    await this.change(id, { type: 'CommentPreparation', comment, ...body }, by);
    return { id: comment };
  }

  @Get('comments')
  @View('Preparation', 'What was said during the preparation', { operation: 'ReadComments' })
  @Answer(Comments)
  comments(@Param('id') id: string, @By() by: Request): Promise<Comments> {
    return this.queries.execute(
      new Look(by, (views) => {
        callInPreparation(views, id, by);
        return { items: commentsOf(views, id) };
      }),
    );
  }

  @Post('set-specifications')
  @HttpCode(204)
  @Act('SetSpecifications', 'Set the specifications', { ifMatch: true })
  setSpecifications(@Param('id') id: string, @Body() body: SpecificationsBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'SetSpecifications', specifications: body }, by);
  }

  @Post('set-rubric')
  @HttpCode(204)
  @Act('SetRubric', 'Set the rubric', { ifMatch: true })
  setRubric(@Param('id') id: string, @Body() body: RubricBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'SetRubric', criteria: body.criteria }, by);
  }

  @Post('set-schedule')
  @HttpCode(204)
  @Act('SetSchedule', 'Set the schedule, before publication', { ifMatch: true })
  setSchedule(@Param('id') id: string, @Body() body: ScheduleBody, @By() by: Request): Promise<void> {
    const { milestones, ...rest } = body;
    const planned = milestones.map(({ kind, at, rule }) => ({
      kind,
      ...(at !== undefined && { at: utc(at) }),
      ...(rule && { rule: { ...rule, ...(rule.time && { time: toTheSecond(rule.time) }) } }),
    }));
    return this.change(id, { type: 'SetSchedule', milestones: planned, ...rest }, by);
  }

  @Post('set-envelopes')
  @HttpCode(204)
  @Act('SetEnvelopes', 'Set the envelopes', { ifMatch: true })
  setEnvelopes(@Param('id') id: string, @Body() body: EnvelopesBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'SetEnvelopes', envelopes: body }, by);
  }

  @Post('approve')
  @HttpCode(204)
  @Act('ApproveCall', 'Approve what is to be published, once per lead', { ifMatch: true })
  approve(@Param('id') id: string, @Body() body: SigningBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'ApproveCall', ...body }, by);
  }

  @Get('readiness')
  @View('Preparation', 'What still stands between this call and its publication', { operation: 'ReadObstacles' })
  @Answer(Readiness)
  readiness(@Param('id') id: string, @By() by: Request): Promise<Readiness> {
    return this.queries.execute(
      new Look(by, (views) => {
        const { call } = callInPreparation(views, id, by);
        const obstacles = call.status === 'preparation' ? obstaclesToPublication(call, by.at, tools) : [];
        return { obstacles: obstacles.map(({ code, sentence }) => ({ code, sentence })) };
      }),
    );
  }

  @Post('publish')
  @HttpCode(204)
  @Act('PublishCall', 'Publish the notice')
  publish(@Param('id') id: string, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'PublishCall' }, by);
  }

  private async change(id: string, command: Incoming<CallCommand>, by: Request): Promise<void> {
    await this.commands.execute(new ChangeCall(id, command, by));
  }
}

const toTheSecond = (time: string): string => (time.length === 5 ? `${time}:00` : time);
