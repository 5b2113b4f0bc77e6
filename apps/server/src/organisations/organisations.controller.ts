import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Incoming } from '#commands/subject.js';
import {
  legalForms,
  type LegalForm,
  type OrganisationCommand,
  type OrganisationEvent,
  powers,
  type Power,
} from '#domain/organisation/organisation.js';
import { roleThatAllows } from '#domain/roles.js';
import { viewRoles } from '#domain/permissions.js';
import { personByEmail } from '#read-models/identity.js';
import { containing, page } from '#read-models/listing.js';
import { membersOf, organisationList, organisationOf, type OrganisationRow } from '#read-models/organisations.js';
import { Change } from '../change.js';
import { Made } from '../http/answers.js';
import { By, newId, type Request } from '../http/by.js';
import { AnEmail, Id, OneOf, Optional, Text } from '../http/fields.js';
import { ListQuery, pageOf, sendList } from '../http/lists.js';
import { Problem } from '../http/problem.js';
import { Act, Answer, Area, View } from '../http/route.js';
import { Look } from '../look.js';
import { ChangeAccount } from '../people/change-account.js';

export class ChangeOrganisation extends Change<OrganisationCommand, OrganisationEvent> {}

class OrganisationBody {
  @Text(2, 300) name!: string;
  /** An association accepts the republican contract. */
  @OneOf(legalForms) legalForm!: LegalForm;
  /** 14 digits. Identification by SIRET or RNA (CRPA R112-9-1). */
  @Optional() @Text(1, 20) siret?: string;
  /** W and 9 digits. */
  @Optional() @Text(1, 20) rna?: string;
  @Optional() @Text(2, 500) address?: string;
}

class CorrectionBody extends OrganisationBody {
  @Text(10, 5000) reason!: string;
}

class MemberBody {
  @Id() person!: string;
  /** `prepare`, or `submit` which also signs and lets colleagues in. */
  @OneOf(powers) power!: Power;
}

class LeavingBody {
  @Id() person!: string;
  @Text(10, 5000) reason!: string;
}

class ColleagueBody {
  @Text(2, 200) name!: string;
  @AnEmail() email!: string;
  @OneOf(powers) power!: Power;
}

class OrganisationsQuery extends ListQuery {
  @Optional() @OneOf(['name', 'id', 'registeredAt']) declare sort?: string;
}

class OrganisationRowAnswer {
  /** SIRET, or else RNA. */
  id!: string;
  name!: string;
  legalForm!: string;
  siret!: string | null;
  rna!: string | null;
  address!: string | null;
  registeredAt!: string;
}

class OrganisationsAnswer {
  items!: OrganisationRowAnswer[];
  next?: string;
}

class MemberAnswer {
  person!: string;
  /** Null once the person is forgotten. */
  name!: string | null;
  /** claimed, invited, member. */
  standing!: string;
  power!: string | null;
  since!: string;
}

class OrganisationAnswer extends OrganisationRowAnswer {
  /** Shown to its own people, to case officers and auditors. */
  members!: MemberAnswer[];
}

@Area('Organisations')
@Controller('organisations')
export class OrganisationsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @Act('RegisterOrganisation', 'Register an organisation; whoever does claims it, case officers excepted')
  @ApiCreatedResponse({ type: Made })
  async register(@Body() body: OrganisationBody, @By() by: Request): Promise<Made> {
    const id = body.siret || body.rna || 'sans-identifiant';
    const claim = !by.grants.some(({ role }) => role === 'case-officer');
    await this.change(id, { type: 'RegisterOrganisation', claim, ...body }, by);
    return { id };
  }

  @Post(':id/correct')
  @HttpCode(204)
  @Act('CorrectOrganisation', 'Correct its name, form or address, with a reason')
  correct(@Param('id') id: string, @Body() body: CorrectionBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'CorrectOrganisation', ...body }, by);
  }

  @Post(':id/claim')
  @HttpCode(204)
  @Act('ClaimOrganisation', 'Ask to belong to an organisation; a case officer or a colleague confirms')
  claim(@Param('id') id: string, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'ClaimOrganisation' }, by);
  }

  @Post(':id/confirm-claim')
  @HttpCode(204)
  @Act('ConfirmClaim', 'Confirm that somebody belongs to the organisation')
  confirm(@Param('id') id: string, @Body() body: MemberBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'ConfirmClaim', ...body }, by);
  }

  @Post(':id/reject-claim')
  @HttpCode(204)
  @Act('RejectClaim', 'Reject a claim, with a reason')
  reject(@Param('id') id: string, @Body() body: LeavingBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'RejectClaim', ...body }, by);
  }

  @Post(':id/invite-colleague')
  @Act('InviteColleague', 'Invite a colleague; they are written to, and join when they accept')
  @ApiCreatedResponse({ type: Made })
  async invite(
    @Param('id') id: string,
    @Body() { power, name, email }: ColleagueBody,
    @By() by: Request,
  ): Promise<Made> {
    const known = await this.queries.execute(
      new Look(by, (views) => {
        const mine = roleThatAllows(['submitter'], by, { organisations: [id] });
        if (!mine) throw new Problem(403, 'NotAllowed', 'Seule une personne habilitée à déposer invite un collègue.');
        return personByEmail(views, email);
      }),
    );
    const person = known ?? newId(by, 'person');
    if (!known) {
      const invitation = newId(by, 'invitation');
      await this.commands.execute(new ChangeAccount(person, { type: 'OpenAccount', name, email, invitation }, by));
    }
    await this.change(id, { type: 'InviteColleague', person, power }, by);
    return { id: person };
  }

  @Post(':id/join')
  @HttpCode(204)
  @Act('JoinOrganisation', 'Accept the invitation of a colleague')
  join(@Param('id') id: string, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'JoinOrganisation' }, by);
  }

  @Post(':id/change-power')
  @HttpCode(204)
  @Act('ChangePower', 'Change what a member may do')
  changePower(@Param('id') id: string, @Body() body: MemberBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'ChangePower', ...body }, by);
  }

  @Post(':id/remove-member')
  @HttpCode(204)
  @Act('RemoveMember', 'Remove a member, or withdraw the invitation of somebody who has not joined yet, with a reason')
  remove(@Param('id') id: string, @Body() body: LeavingBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'RemoveMember', ...body }, by);
  }

  @Get()
  @View('Organisations', 'Registered organisations. JSON, or CSV with Accept: text/csv', {
    operation: 'ListOrganisations',
  })
  @Answer(OrganisationsAnswer)
  async list(
    @Query() query: OrganisationsQuery,
    @By() by: Request,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrganisationsAnswer | string> {
    const where = query.q === undefined ? [] : [containing('search', query.q)];
    const found = await this.queries.execute(
      new Look(by, (views) => page<OrganisationRow>(views, organisationList, pageOf(query, request, where, 'name'))),
    );
    return sendList(found, OrganisationRowAnswer, request, reply);
  }

  @Get(':id')
  @View('Organisations', 'One organisation; its people are shown to its own, to case officers and auditors', {
    operation: 'ReadOrganisation',
  })
  @Answer(OrganisationAnswer)
  one(@Param('id') id: string, @By() by: Request): Promise<OrganisationAnswer> {
    return this.queries.execute(
      new Look(by, (views) => {
        const found = organisationOf(views, id);
        if (!found) throw new Problem(404, 'OrganisationUnknown', "Cet organisme n'est pas enregistré.");
        const { version, ...row } = found;
        by.answer.version = version;
        const inside = roleThatAllows(viewRoles.Organisation, by, { organisations: [id], institutions: 'any' });
        return { ...row, members: membersOf(views, id).filter(({ person }) => inside || person === by.person) };
      }),
    );
  }

  private async change(id: string, command: Incoming<OrganisationCommand>, by: Request): Promise<void> {
    await this.commands.execute(new ChangeOrganisation(id, command, by));
  }
}
