import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse } from '@nestjs/swagger';
import { compactIban } from '#domain/identifiers.js';
import { viewRoles } from '#domain/permissions.js';
import { roleThatAllows } from '#domain/roles.js';
import { grantsOn } from '#domain/visibility.js';
import { agreementOf, stateOf } from '#read-models/agreements.js';
import { contentsForgotten, visibleFile } from '../applications/visible.js';
import { traceReading } from '../applications/contents.controller.js';
import { factOf } from '../change.js';
import { By, type Request } from '../http/by.js';
import { utc } from '../http/instants.js';
import { Problem } from '../http/problem.js';
import { Act, Answer, Area, View } from '../http/route.js';
import { Look } from '../look.js';
import type { Service } from '../service.js';
import { SERVICE } from '../tokens.js';
import { AgreementAnswer, BankAccountAnswer, BankAccountGivenAnswer, FileClosedAnswer } from './agreements.answers.js';
import {
  BankAccountBody,
  CheckBankAccountBody,
  DraftAgreementBody,
  ExtendSignatureBody,
  instalmentsOf,
  PlanInstalmentsBody,
  SignAgreementBody,
} from './agreements.bodies.js';
import { ChangeAgreement } from './change-agreement.js';
import { bankAccountWritten, observationsWritten } from './contents.js';
import { visibleAgreement, type VisibleAgreement } from './visible.js';

@Area('Agreements')
@Controller('applications/:id')
export class AgreementsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    @Inject(SERVICE) private readonly service: Service,
  ) {}

  @Post('draft-agreement')
  @HttpCode(204)
  @Act('DraftAgreement', 'Draft the agreement or the order of an award; again, until somebody has signed')
  async draft(@Param('id') id: string, @Body() body: DraftAgreementBody, @By() by: Request): Promise<void> {
    const { call, organisation } = await this.queries.execute(
      new Look(by, (views) => {
        const drafted = agreementOf(views, id);
        return drafted && !by.conflicts?.includes(id) ? drafted.state : visibleFile(views, id, by).file;
      }),
    );
    await this.commands.execute(new ChangeAgreement(id, { type: 'DraftAgreement', call, organisation, ...body }, by));
  }

  @Post('sign-agreement')
  @HttpCode(204)
  @Act('SignAgreement', 'Sign what you have read for one of its parties; the last signature concludes it', {
    ifMatch: true,
  })
  async sign(@Param('id') id: string, @Body() body: SignAgreementBody, @By() by: Request): Promise<void> {
    await this.commands.execute(new ChangeAgreement(id, { type: 'SignAgreement', ...body }, by));
  }

  @Post('extend-signature')
  @HttpCode(204)
  @Act('ExtendSignature', 'Give the parties of one file more time to sign, with a reason')
  async extendSignature(
    @Param('id') id: string,
    @Body() { until, reason }: ExtendSignatureBody,
    @By() by: Request,
  ): Promise<void> {
    await this.commands.execute(new ChangeAgreement(id, { type: 'ExtendSignature', until: utc(until), reason }, by));
  }

  @Post('plan-instalments')
  @HttpCode(204)
  @Act('PlanInstalments', 'Plan the instalments, each with its condition; those requested stay as they are', {
    ifMatch: true,
  })
  async plan(
    @Param('id') id: string,
    @Body() { institution, instalments }: PlanInstalmentsBody,
    @By() by: Request,
  ): Promise<void> {
    const planned = instalmentsOf(instalments);
    await this.commands.execute(
      new ChangeAgreement(id, { type: 'PlanInstalments', institution, instalments: planned }, by),
    );
  }

  @Post('give-bank-account')
  @HttpCode(200)
  @Act('GiveBankAccount', 'Give the account to pay to, or another: nothing is paid before its check')
  @ApiOkResponse({ type: BankAccountGivenAnswer })
  async giveBankAccount(
    @Param('id') id: string,
    @Body() { iban, holder }: BankAccountBody,
    @By() by: Request,
  ): Promise<BankAccountGivenAnswer> {
    const command = { type: 'GiveBankAccount' as const, iban: compactIban(iban), holder };
    const changed = await this.commands.execute(new ChangeAgreement(id, command, by));
    const { account, ending } = factOf(changed, 'BankAccountGiven');
    return { account, ending };
  }

  @Post('check-bank-account')
  @HttpCode(204)
  @Act('CheckBankAccount', 'Say that the account is the one on the statement of the bank')
  async checkBankAccount(
    @Param('id') id: string,
    @Body() body: CheckBankAccountBody,
    @By() by: Request,
  ): Promise<void> {
    await this.commands.execute(new ChangeAgreement(id, { type: 'CheckBankAccount', ...body }, by));
  }

  @Post('close')
  @HttpCode(200)
  @Act('CloseFile', 'Close the file, once everything is paid, recovered and reported')
  @ApiOkResponse({ type: FileClosedAnswer })
  async close(@Param('id') id: string, @By() by: Request): Promise<FileClosedAnswer> {
    const changed = await this.commands.execute(new ChangeAgreement(id, { type: 'CloseFile' }, by));
    const { paidCents, recoveredCents } = factOf(changed, 'FileClosed');
    return { paidCents, recoveredCents };
  }

  @Get('agreement')
  @View('Agreement', 'The agreement or the order of a file, its signatures, instalments and recoveries')
  @Answer(AgreementAnswer)
  one(@Param('id') id: string, @By() by: Request): Promise<AgreementAnswer> {
    return this.queries.execute(
      new Look(by, async (views) => {
        const found = visibleAgreement(views, id, by);
        by.answer.version = found.version;
        const texts = new Map<number, string | null>();
        for (const { recovery, observed } of found.state.recoveries) {
          texts.set(recovery, observed ? await observationsWritten(this.service.store, id, observed) : null);
        }
        return answerOf(id, found, texts);
      }),
    );
  }

  @Get('agreement/bank-account')
  @View('BankAccount', 'The whole IBAN: for finance officers, traced, and for the beneficiary')
  @Answer(BankAccountAnswer)
  bankAccount(@Param('id') id: string, @By() by: Request): Promise<BankAccountAnswer> {
    return this.queries.execute(
      new Look(by, async (views) => {
        const { state, leads } = visibleAgreement(views, id, by);
        const { organisation, bank } = state;
        const reader = roleThatAllows(
          viewRoles.BankAccount,
          { ...by, grants: grantsOn(id, by) },
          {
            institutions: leads,
            organisations: [organisation],
          },
        );
        if (!reader) {
          throw new Problem(
            403,
            'NotAllowed',
            "L'IBAN entier se lit par le bénéficiaire et par les gestionnaires financiers des autorités pilotes.",
          );
        }
        if (!bank) throw new Problem(404, 'BankAccountUnknown', "Aucun compte bancaire n'est donné pour ce dossier.");
        const { account, checked } = bank;
        if (reader.role === 'finance-officer')
          await traceReading(this.service, { id, call: state.call }, `bank-account:${account}`, by);
        const written = await bankAccountWritten(this.service.store, id, bank.content);
        if (!written) throw contentsForgotten();
        return { account, ...written, checked };
      }),
    );
  }
}

function answerOf(
  application: string,
  { state, due, parties, lines, draftedAt, changedAt }: VisibleAgreement,
  observations: ReadonlyMap<number, string | null>,
): AgreementAnswer {
  const { call, organisation, status, form, object, startsOn, endsOn, bank } = state;
  return {
    application,
    call,
    organisation,
    status,
    form,
    object,
    startsOn,
    endsOn,
    signatureDue: due ?? null,
    signatureExtension: state.signatureExtension ?? null,
    concludedOn: state.concludedOn ?? null,
    publishBefore: state.publishBefore ?? null,
    parties: parties.map((party) => ({ ...party })),
    yearly: state.yearly.map((one) => ({ ...one })),
    lines: lines.map((line) => ({ ...line })),
    instalments: state.instalments.map((one) => ({
      number: one.number,
      kind: one.kind,
      line: one.line,
      amountCents: one.amountCents,
      condition: {
        kind: one.condition.kind,
        on: one.condition.kind === 'date' ? one.condition.on : null,
        report: one.condition.kind === 'report' ? one.condition.report : null,
      },
      state: stateOf(one),
      approvals: one.approvedBy.length,
      paidOn: one.paid?.on ?? null,
      commitment: one.paid?.commitment ?? null,
    })),
    suspended: state.suspended ?? null,
    bank: bank ? { account: bank.account, ending: bank.ending, checked: bank.checked } : null,
    recoveries: state.recoveries.map(({ received, observed, titles, ...one }) => ({
      ...one,
      observed: observed !== undefined,
      observations: observations.get(one.recovery) ?? null,
      titles: titles.map((title) => ({ ...title })),
      paidOn: received?.on ?? null,
      reference: received?.reference ?? null,
    })),
    draftedAt,
    changedAt,
  };
}
