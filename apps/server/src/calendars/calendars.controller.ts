import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { digest } from '#commands/canonical.js';
import { entriesOf, entriesOfCall } from '#read-models/calendar.js';
import { calendarGenerationOf } from '#read-models/calendar-dates.js';
import { conflictsOf, grantsOf } from '#read-models/identity.js';
import type { Views } from '#read-models/views.js';
import { visibleCall } from '../calls/visible.js';
import { By, type Request } from '../http/by.js';
import { Problem } from '../http/problem.js';
import { Act, Area, View } from '../http/route.js';
import { Look } from '../look.js';
import { ChangeAccount } from '../people/change-account.js';
import type { Service } from '../service.js';
import { SERVICE } from '../tokens.js';
import { calendarToken, isToken, personOfToken } from './address.js';
import { icsOf } from './ics.js';

class CalendarAddressAnswer {
  /** For a calendar program to subscribe to: whoever has it reads. */
  url!: string;
}

const Ics = (): MethodDecorator =>
  ApiOkResponse({ content: { 'text/calendar': { schema: { type: 'string' } } }, description: 'iCalendar, RFC 5545' });

@Area('Calendars')
@Controller()
export class CalendarsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    @Inject(SERVICE) private readonly service: Service,
  ) {}

  @Post('me/calendar')
  @Act('RenewCalendarToken', 'A new address for your calendar; the one before leads nowhere from now on')
  @ApiCreatedResponse({ type: CalendarAddressAnswer })
  async renew(@By() by: Request): Promise<CalendarAddressAnswer> {
    const { events } = await this.commands.execute(new ChangeAccount(by.person, { type: 'RenewCalendarToken' }, by));
    const renewed = events.find((event) => event.type === 'CalendarTokenRenewed');
    if (!renewed) throw new Error('A new address is a fact.');
    const token = calendarToken(this.service.folder.secret, by.person, renewed.generation);
    return { url: `${this.service.url}/api/calendars/${token}.ics` };
  }

  @Get('calendars/:token.ics')
  @View('Calendar', 'The dates that concern the person whose address this is', { operation: 'ReadCalendar' })
  @Ics()
  async mine(
    @Param('token') token: string,
    @By() by: Request,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const ics = await this.queries.execute(
      new Look(by, (views) => {
        const person = this.ownerOf(views, token);
        const owner = { person, grants: grantsOf(views, person), conflicts: conflictsOf(views, person) };
        return icsOf('Convergence', entriesOf(views, owner), this.service.url);
      }),
    );
    return send(ics, request, reply);
  }

  @Get('calls/:id/calendar.ics')
  @View('Call', 'The dates of one call, for a calendar program', { operation: 'ReadCallCalendar' })
  @Ics()
  async ofCall(
    @Param('id') id: string,
    @By() by: Request,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const ics = await this.queries.execute(
      new Look(by, (views) => {
        const { row, sight } = visibleCall(views, id, by);
        const entries = sight === 'invitation' ? [] : entriesOfCall(views, row);
        return icsOf(row.call.heading.title, entries, this.service.url);
      }),
    );
    return send(ics, request, reply);
  }

  /** @throws Problem where it is no address, or not the last one */
  private ownerOf(views: Views, token: string): string {
    const person = personOfToken(token);
    const generation = person === undefined ? undefined : calendarGenerationOf(views, person);
    const known = person !== undefined && generation !== undefined;
    if (known && isToken(token, calendarToken(this.service.folder.secret, person, generation))) return person;
    throw new Problem(404, 'CalendarUnknown', "Ce calendrier n'existe pas, ou son adresse a été renouvelée.");
  }
}

/** The calendar with the hash of its bytes, or nothing where the program has those already. */
function send(ics: string, request: FastifyRequest, reply: FastifyReply): string {
  const etag = `"${digest(ics).slice(0, HASH)}"`;
  void reply.header('etag', etag).header('cache-control', 'private, no-cache');
  const known = (request.headers['if-none-match'] ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  if (known.includes(etag)) {
    void reply.status(304);
    return '';
  }
  void reply.header('content-type', 'text/calendar; charset=utf-8');
  return ics;
}

const HASH = 32;
