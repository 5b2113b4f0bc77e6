import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { KnownCall } from '#domain/call/call-state.js';
import { viewRoles } from '#domain/permissions.js';
import { roleThatAllows } from '#domain/roles.js';
import { fundingOf, instalmentStates, paymentList, type PaymentRow, paymentsSeenBy } from '#read-models/agreements.js';
import { oneOf, page } from '#read-models/listing.js';
import { visibleCall } from '../calls/visible.js';
import { By, type Request } from '../http/by.js';
import { OneOf, Optional } from '../http/fields.js';
import { equal, ListQuery, pageOf, searching, sendList } from '../http/lists.js';
import { Problem } from '../http/problem.js';
import { Act, Answer, Area, View } from '../http/route.js';
import { Look } from '../look.js';
import { FundingAnswer, PaymentRowAnswer, PaymentsAnswer } from './agreements.answers.js';
import { InstalmentNamedBody, PaymentsReasonBody, RecordPaymentBody } from './agreements.bodies.js';
import { ChangeAgreement } from './change-agreement.js';

class PaymentsQuery extends ListQuery {
  @Optional() @OneOf(['organisation', 'amountCents', 'paidOn', 'line']) declare sort?: string;
  @Optional() @OneOf(instalmentStates) state?: string;
}

@Area('Payments')
@Controller()
export class PaymentsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post('applications/:id/request-payment')
  @HttpCode(204)
  @Act('RequestPayment', 'Ask for an instalment whose condition is met')
  async request(@Param('id') id: string, @Body() body: InstalmentNamedBody, @By() by: Request): Promise<void> {
    await this.commands.execute(new ChangeAgreement(id, { type: 'RequestPayment', ...body }, by));
  }

  @Post('applications/:id/certify-service')
  @HttpCode(204)
  @Act('CertifyService', 'Certify that what an instalment is for has been done (service fait)')
  async certify(@Param('id') id: string, @Body() body: InstalmentNamedBody, @By() by: Request): Promise<void> {
    await this.commands.execute(new ChangeAgreement(id, { type: 'CertifyService', ...body }, by));
  }

  @Post('applications/:id/approve-payment')
  @HttpCode(204)
  @Act('ApprovePayment', 'Approve an instalment of your own institution: two people above 50 000 €')
  async approve(@Param('id') id: string, @Body() body: InstalmentNamedBody, @By() by: Request): Promise<void> {
    await this.commands.execute(new ChangeAgreement(id, { type: 'ApprovePayment', ...body }, by));
  }

  @Post('applications/:id/record-payment')
  @HttpCode(204)
  @Act('RecordPayment', 'Record what the accountant has paid, with its commitment number')
  async record(@Param('id') id: string, @Body() body: RecordPaymentBody, @By() by: Request): Promise<void> {
    await this.commands.execute(new ChangeAgreement(id, { type: 'RecordPayment', ...body }, by));
  }

  @Post('applications/:id/suspend-payments')
  @HttpCode(204)
  @Act('SuspendPayments', 'Stop everything that is still to be paid, with a reason')
  async suspend(@Param('id') id: string, @Body() body: PaymentsReasonBody, @By() by: Request): Promise<void> {
    await this.commands.execute(new ChangeAgreement(id, { type: 'SuspendPayments', ...body }, by));
  }

  @Post('applications/:id/resume-payments')
  @HttpCode(204)
  @Act('ResumePayments', 'Let payments go on, with a reason')
  async resume(@Param('id') id: string, @Body() body: PaymentsReasonBody, @By() by: Request): Promise<void> {
    await this.commands.execute(new ChangeAgreement(id, { type: 'ResumePayments', ...body }, by));
  }

  @Get('calls/:id/payments')
  @View('Agreement', 'The instalments of a call, those you may see. JSON, or CSV with Accept: text/csv', {
    operation: 'ListPayments',
  })
  @Answer(PaymentsAnswer)
  async list(
    @Param('id') id: string,
    @Query() query: PaymentsQuery,
    @By() by: Request,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PaymentsAnswer | string> {
    const { state, q } = query;
    const where = [
      oneOf('instalments.call_id', [id]),
      paymentsSeenBy(by),
      ...equal('state', state),
      ...searching('organisations.search', q),
    ];
    const found = await this.queries.execute(
      new Look(by, (views) => {
        visibleCall(views, id, by);
        return page<PaymentRow>(views, paymentList, pageOf(query, request, where, 'organisation'));
      }),
    );
    return sendList<PaymentRowAnswer>(found, PaymentRowAnswer, request, reply);
  }

  @Get('calls/:id/funding')
  @View('Funding', 'What of each line of a call is awarded, paid and recovered')
  @Answer(FundingAnswer)
  funding(@Param('id') id: string, @By() by: Request): Promise<FundingAnswer> {
    return this.queries.execute(
      new Look(by, (views) => {
        const { row } = visibleCall(views, id, by);
        const { heading, envelopes } = row.call;
        if (!roleThatAllows(viewRoles.Funding, by, { institutions: heading.leads })) {
          throw new Problem(403, 'NotAllowed', 'Seules les autorités pilotes lisent ce que deviennent les enveloppes.');
        }
        const figures = new Map(fundingOf(views, id, by).map(({ line, ...each }) => [line, each]));
        const none = { awardedCents: 0, paidCents: 0, recoveredCents: 0 };
        return {
          items: (envelopes?.lines ?? []).map(({ funder, programme, year, amountCents }, index) => ({
            line: index + 1,
            funder,
            programme,
            year,
            amountCents,
            ...(figures.get(index + 1) ?? none),
          })),
          paymentYear: paymentYearOf(row.call),
        };
      }),
    );
  }
}

function paymentYearOf(call: KnownCall): FundingAnswer['paymentYear'] {
  const asked = 'paymentYear' in call ? call.paymentYear : undefined;
  if (!asked) return null;
  const { year, closesOn, answers } = asked;
  return {
    year,
    closesOn,
    answers: Object.entries(answers).map(([institution, answer]) => ({ institution, ...answer })),
  };
}
