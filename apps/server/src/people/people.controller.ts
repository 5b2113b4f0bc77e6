import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Incoming } from '#commands/subject.js';
import { type AccountCommand, tokenScopes, type TokenScope } from '#domain/account/account.js';
import { type GrantableRole, grantableRoles, type GrantScope, roleThatAllows } from '#domain/roles.js';
import { viewRoles } from '#domain/permissions.js';
import { grantsOf, peopleList, peopleSeenBy, personOf, type PersonRow, tokensOf } from '#read-models/identity.js';
import { containing, page } from '#read-models/listing.js';
import { noticesTo } from '#read-models/notices.js';
import { membershipsOf } from '#read-models/organisations.js';
import type { Views } from '#read-models/views.js';
import { Made } from '../http/answers.js';
import { By, newId, type Request } from '../http/by.js';
import { AnEmail, Choices, Id, Matching, OneOf, Optional, Part, Text, Whole } from '../http/fields.js';
import { ListQuery, pageOf, sendList } from '../http/lists.js';
import { Problem } from '../http/problem.js';
import { Act, Answer, Area, View } from '../http/route.js';
import { newToken } from '../identity/new-token.js';
import { Look } from '../look.js';
import type { Service } from '../service.js';
import { SERVICE } from '../tokens.js';
import { ChangeAccount } from './change-account.js';
import {
  MeAnswer,
  NoticesAnswer,
  PeopleAnswer,
  PersonAnswer,
  PersonRowAnswer,
  TokensAnswer,
} from './people.answers.js';
import { TokenAnswer } from './sign-ins.controller.js';

class DetailsBody {
  @Text(2, 200) name!: string;
  @AnEmail() email!: string;
  @Optional() @Text(4, 40) phone?: string;
}

class ScopeBody {
  @OneOf(['everywhere', 'institution', 'call']) kind!: 'everywhere' | 'institution' | 'call';
  /** Code of the institution, or id of the call. */
  @Optional() @Id() id?: string;
}

class RoleBody {
  @OneOf(grantableRoles) role!: GrantableRole;
  @Part(() => ScopeBody) scope!: ScopeBody;
}

class WithdrawRoleBody extends RoleBody {
  @Text(10, 5000) reason!: string;
}

class NewTokenBody {
  /** What it is for. */
  @Matching(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'un mot en minuscules, comme sauvegarde') label!: string;
  @Choices({ min: 1, max: 3 }, tokenScopes) scopes!: TokenScope[];
  /** How many days it is good for. */
  @Whole(1, 366) days!: number;
}

class PeopleQuery extends ListQuery {
  @Optional() @OneOf(['name', 'openedAt']) declare sort?: string;
}

@Area('People')
@Controller()
export class PeopleController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    @Inject(SERVICE) private readonly service: Service,
  ) {}

  @Get('me')
  @View('Me', 'Who you are, and everything you may do')
  @Answer(MeAnswer)
  me(@By() by: Request): Promise<MeAnswer> {
    return this.queries.execute(
      new Look(by, (views) => ({ ...personAnswer(views, by.person), organisations: membershipsOf(views, by.person) })),
    );
  }

  @Post('people')
  @Act('OpenAccount', 'Open an account for somebody: a code to sign in is sent to them', {
    scope: 'administer',
    roles: viewRoles.People,
  })
  @ApiCreatedResponse({ type: Made })
  async open(@Body() body: DetailsBody, @By() by: Request): Promise<Made> {
    if (!roleThatAllows(viewRoles.People, by, { institutions: 'any' })) {
      throw new Problem(403, 'NotAllowed', "Demandez à un administrateur d'ouvrir ce compte.");
    }
    const id = newId(by, 'person');
    await this.change(id, { type: 'OpenAccount', ...body, invitation: newId(by, 'invitation') }, by);
    return { id };
  }

  @Get('people')
  @View(
    'People',
    'People: all for the operator, those of the institution for its administrators. JSON, or CSV with Accept: text/csv',
    { operation: 'ListPeople' },
  )
  @Answer(PeopleAnswer)
  async list(
    @Query() query: PeopleQuery,
    @By() by: Request,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PeopleAnswer | string> {
    const where = [peopleSeenBy(by.grants), ...(query.q === undefined ? [] : [containing('search', query.q)])];
    const found = await this.queries.execute(
      new Look(by, (views) => page<PersonRow>(views, peopleList, pageOf(query, request, where, 'name'))),
    );
    return sendList(found, PersonRowAnswer, request, reply);
  }

  @Get('people/:id')
  @View('Person', 'One person, with their roles')
  @Answer(PersonAnswer)
  one(@Param('id') id: string, @By() by: Request): Promise<PersonAnswer> {
    return this.queries.execute(new Look(by, (views) => personAnswer(views, this.visible(views, id, by))));
  }

  @Post('people/:id/change-details')
  @HttpCode(204)
  @Act('ChangeDetails', 'Change your name or address')
  changeDetails(@Param('id') id: string, @Body() body: DetailsBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'ChangeDetails', ...body }, by);
  }

  @Post('people/:id/grant-role')
  @HttpCode(204)
  @Act('GrantRole', 'Grant a role on an institution, a call or everywhere', { scope: 'administer' })
  grantRole(@Param('id') id: string, @Body() body: RoleBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'GrantRole', role: body.role, scope: scopeOf(body) }, by);
  }

  @Post('people/:id/withdraw-role')
  @HttpCode(204)
  @Act('WithdrawRole', 'Withdraw a role, with a reason', { scope: 'administer' })
  withdrawRole(@Param('id') id: string, @Body() body: WithdrawRoleBody, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'WithdrawRole', role: body.role, scope: scopeOf(body), reason: body.reason }, by);
  }

  @Post('people/:id/issue-token')
  @Act('IssueToken', 'Make a token; its secret is shown once', { scope: 'administer' })
  @ApiCreatedResponse({ type: TokenAnswer })
  async issueToken(@Param('id') person: string, @Body() body: NewTokenBody, @By() by: Request): Promise<TokenAnswer> {
    const { secret, ...token } = newToken(by, this.service.folder.secret, body);
    const { events } = await this.commands.execute(new ChangeAccount(person, { type: 'IssueToken', ...token }, by));
    const issued = events.find((event) => event.type === 'TokenIssued');
    if (!issued) throw new Error('A token is a fact.');
    return { person, id: issued.token, token: secret, expiresAt: issued.expiresAt };
  }

  @Get('people/:id/tokens')
  @View('Tokens', 'The tokens of a person, never their secrets')
  @Answer(TokensAnswer)
  tokens(@Param('id') id: string, @By() by: Request): Promise<TokensAnswer> {
    return this.queries.execute(
      new Look(by, (views) => ({
        items: tokensOf(views, this.visible(views, id, by, viewRoles.Tokens)).map((row) => ({
          ...row,
          scopes: [...row.scopes],
        })),
      })),
    );
  }

  @Post('people/:id/tokens/:token/revoke')
  @HttpCode(204)
  @Act('RevokeToken', 'Revoke a token', { scope: 'administer' })
  revokeToken(@Param('id') id: string, @Param('token') token: string, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'RevokeToken', token }, by);
  }

  @Get('people/:id/notices')
  @View('Notices', 'What was sent to a person, and about which fact')
  @Answer(NoticesAnswer)
  notices(@Param('id') id: string, @By() by: Request): Promise<NoticesAnswer> {
    return this.queries.execute(
      new Look(by, (views) => ({ items: noticesTo(views, this.visible(views, id, by, viewRoles.Notices)) })),
    );
  }

  @Post('people/:id/forget')
  @HttpCode(202)
  @Act('ForgetPerson', 'Have a person forgotten: their name and address are deleted everywhere, the facts stay', {
    scope: 'administer',
  })
  forget(@Param('id') id: string, @By() by: Request): Promise<void> {
    return this.change(id, { type: 'ForgetPerson' }, by);
  }

  /** The id again, if this person may know of it. */
  private visible(
    views: Views,
    id: string,
    by: Request,
    roles: readonly ('self' | 'operator' | 'administrator')[] = viewRoles.Person,
  ): string {
    const known = personOf(views, id);
    const institutions = grantsOf(views, id).flatMap(({ scope }) => (scope.kind === 'institution' ? [scope.id] : []));
    if (!known || !roleThatAllows(roles, by, { person: id, institutions })) {
      throw new Problem(404, 'PersonUnknown', "Cette personne n'a pas de compte.");
    }
    return id;
  }

  private async change(id: string, command: Incoming<AccountCommand>, by: Request): Promise<void> {
    await this.commands.execute(new ChangeAccount(id, command, by));
  }
}

function personAnswer(views: Views, id: string): PersonAnswer {
  const known = personOf(views, id);
  if (!known) throw new Problem(404, 'PersonUnknown', "Cette personne n'a pas de compte.");
  return { ...known, grants: grantsOf(views, id) };
}

function scopeOf({ scope: { kind, id } }: RoleBody): GrantScope {
  if (kind === 'everywhere') return { kind };
  if (id !== undefined) return { kind, id };
  throw new Problem(400, 'InvalidInput', 'La requête ne peut pas être lue : corrigez les champs signalés.', [
    { field: 'scope.id', code: 'isDefined', message: "Indiquez l'institution ou l'appel." },
  ]);
}
