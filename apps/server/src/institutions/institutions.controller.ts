import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  delegableActs,
  type DelegableAct,
  institutionKinds,
  type InstitutionCommand,
  type InstitutionEvent,
  type InstitutionKind,
} from '#domain/institution/institution.js';
import { viewRoles } from '#domain/permissions.js';
import { roleThatAllows } from '#domain/roles.js';
import { delegationsOf, institutionList, institutionOf, type InstitutionRow } from '#read-models/institutions.js';
import { containing, oneOf, page } from '#read-models/listing.js';
import { InstitutionCode } from '../calls/calls.bodies.js';
import { Change } from '../change.js';
import { Made } from '../http/answers.js';
import { By, newId, type Request } from '../http/by.js';
import { ADay, Amount, Choices, Id, Matching, OneOf, Optional, Text } from '../http/fields.js';
import { ListQuery, pageOf, sendList } from '../http/lists.js';
import { Problem } from '../http/problem.js';
import { Act, Answer, Area, View } from '../http/route.js';
import { Look } from '../look.js';

export class ChangeInstitution extends Change<InstitutionCommand, InstitutionEvent> {}

class InstitutionBody {
  /** Short and stable, `ARS-PDL`. */
  @InstitutionCode() @Text(2, 40) code!: string;
  @Text(2, 300) name!: string;
  @OneOf(institutionKinds) kind!: InstitutionKind;
  @Optional() @Matching(/^(\d{2}|2[AB]|97\d)$/, 'un code de département') departement?: string;
}

class DelegationBody {
  /** Who may sign. */
  @Id() holder!: string;
  @Choices({ min: 1, max: 20 }, delegableActs) acts!: DelegableAct[];
  /** Highest amount, cents. */
  @Optional() @Amount() ceilingCents?: number;
  /** First day, Europe/Paris. */
  @ADay() from!: string;
  /** Last day. */
  @ADay() until!: string;
  /** Reference of the published order. */
  @Text(2, 200) reference!: string;
}

class RevocationBody {
  @Id() delegation!: string;
  @Text(10, 5000) reason!: string;
}

class InstitutionsQuery extends ListQuery {
  @Optional() @OneOf(['code', 'name']) declare sort?: string;
  @Optional() @OneOf(institutionKinds) kind?: string;
}

class InstitutionRowAnswer {
  code!: string;
  name!: string;
  kind!: string;
  departement!: string | null;
}

class InstitutionsAnswer {
  items!: InstitutionRowAnswer[];
  next?: string;
}

class DelegationAnswer {
  delegation!: string;
  holder!: string;
  acts!: string[];
  ceilingCents?: number;
  from!: string;
  until!: string;
  reference!: string;
  grantedBy!: string;
  grantedAt!: string;
  revokedAt!: string | null;
}

class InstitutionAnswer extends InstitutionRowAnswer {
  /** Shown to the people of the institution. */
  delegations!: DelegationAnswer[];
}

@Area('Institutions')
@Controller('institutions')
export class InstitutionsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @Act('RegisterInstitution', 'Register an institution', { scope: 'administer' })
  @ApiCreatedResponse({ type: Made })
  async register(@Body() { code, ...body }: InstitutionBody, @By() by: Request): Promise<Made> {
    await this.commands.execute(new ChangeInstitution(code, { type: 'RegisterInstitution', ...body }, by));
    return { id: code };
  }

  @Post(':code/grant-delegation')
  @Act('GrantDelegation', 'Delegate the signature: person, acts, ceiling, period')
  @ApiCreatedResponse({ type: Made })
  async delegate(@Param('code') code: string, @Body() body: DelegationBody, @By() by: Request): Promise<Made> {
    const delegation = newId(by, 'delegation');
    await this.commands.execute(new ChangeInstitution(code, { type: 'GrantDelegation', delegation, ...body }, by));
    return { id: delegation };
  }

  @Post(':code/revoke-delegation')
  @HttpCode(204)
  @Act('RevokeDelegation', 'Revoke a delegation of signature')
  async revoke(@Param('code') code: string, @Body() body: RevocationBody, @By() by: Request): Promise<void> {
    await this.commands.execute(new ChangeInstitution(code, { type: 'RevokeDelegation', ...body }, by));
  }

  @Get()
  @View('Institutions', 'Institutions. JSON, or CSV with Accept: text/csv', { operation: 'ListInstitutions' })
  @Answer(InstitutionsAnswer)
  async list(
    @Query() query: InstitutionsQuery,
    @By() by: Request,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InstitutionsAnswer | string> {
    const where = [
      ...(query.kind === undefined ? [] : [oneOf('kind', [query.kind])]),
      ...(query.q === undefined ? [] : [containing('search', query.q)]),
    ];
    const found = await this.queries.execute(
      new Look(by, (views) => page<InstitutionRow>(views, institutionList, pageOf(query, request, where, 'code'))),
    );
    return sendList(found, InstitutionRowAnswer, request, reply);
  }

  @Get(':code')
  @View('Institutions', 'One institution; its delegations are shown to its people', { operation: 'ReadInstitution' })
  @Answer(InstitutionAnswer)
  one(@Param('code') code: string, @By() by: Request): Promise<InstitutionAnswer> {
    return this.queries.execute(
      new Look(by, (views) => {
        const found = institutionOf(views, code);
        if (!found) throw new Problem(404, 'InstitutionUnknown', "Cette institution n'existe pas.");
        const inside = roleThatAllows(viewRoles.Institution, by, { institutions: [code] });
        const delegations = inside ? delegationsOf(views, code).map((row) => ({ ...row, acts: [...row.acts] })) : [];
        return { ...found, delegations };
      }),
    );
  }
}
