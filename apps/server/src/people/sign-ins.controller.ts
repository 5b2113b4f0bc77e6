import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse } from '@nestjs/swagger';
import { readSignInCode } from '#reactors/sign-in-code.js';
import { personByEmail } from '#read-models/identity.js';
import { By, newId, type Request } from '../http/by.js';
import { AnEmail, Optional, Text } from '../http/fields.js';
import { Problem } from '../http/problem.js';
import { Act, Area } from '../http/route.js';
import { newToken } from '../identity/new-token.js';
import { Look } from '../look.js';
import type { Service } from '../service.js';
import { SERVICE } from '../tokens.js';
import { ChangeAccount } from './change-account.js';

class RegistrationBody {
  @Text(2, 200) name!: string;
  @AnEmail() email!: string;
  @Optional() @Text(4, 40) phone?: string;
}

class EmailBody {
  @AnEmail() email!: string;
}

class CodeBody {
  /** The code from the message. */
  @Text(10, 300) code!: string;
}

export class TokenAnswer {
  person!: string;
  /** Id of the token, to revoke it. */
  id!: string;
  /** The secret, shown here and never again: send it as `Authorization: Bearer …`. */
  token!: string;
  expiresAt!: string;
}

@Area('Sign-in')
@Controller()
export class SignInsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    @Inject(SERVICE) private readonly service: Service,
  ) {}

  @Post('registrations')
  @HttpCode(202)
  @Act('OpenAccount', 'Register: a code to sign in is sent to the address', { operation: 'Register' })
  async register(@Body() body: RegistrationBody, @By() by: Request): Promise<void> {
    await this.invite(body.email, by, body);
  }

  @Post('sign-in-links')
  @HttpCode(202)
  @Act('InviteToSignIn', 'Have a new code sent; the answer is the same whether the address is known or not')
  async link(@Body() { email }: EmailBody, @By() by: Request): Promise<void> {
    await this.invite(email, by);
  }

  @Post('sign-ins')
  @Act('SignIn', 'Turn a code into a token')
  @ApiCreatedResponse({ type: TokenAnswer })
  async signIn(@Body() { code }: CodeBody, @By() by: Request): Promise<TokenAnswer> {
    const read = readSignInCode(this.service.folder.secret, code);
    if (!read) throw new Problem(403, 'InvitationUnknown', "Ce code de connexion n'est pas valable.");
    const { person, invitation } = read;
    const { secret, ...token } = newToken(by, this.service.folder.secret, {
      label: 'connexion',
      scopes: ['read', 'write', 'administer'],
      days: 30,
    });
    const { events } = await this.commands.execute(
      new ChangeAccount(person, { type: 'SignIn', invitation, ...token }, by),
    );
    const issued = events.find((event) => event.type === 'TokenIssued');
    if (!issued) throw new Error('A token is a fact.');
    return { person, id: issued.token, token: secret, expiresAt: issued.expiresAt };
  }

  /** A known address gets a code for its own account: nobody learns here that it is known. */
  private async invite(email: string, by: Request, details?: RegistrationBody): Promise<void> {
    const known = await this.queries.execute(new Look(by, (views) => personByEmail(views, email)));
    const [person, invitation] = [newId(by, 'person'), newId(by, 'invitation')];
    if (known && !(details && known === person))
      await this.commands.execute(new ChangeAccount(known, { type: 'InviteToSignIn', invitation }, by));
    else if (details)
      await this.commands.execute(new ChangeAccount(person, { type: 'OpenAccount', ...details, invitation }, by));
    by.answer = {};
  }
}
