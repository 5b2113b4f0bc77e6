import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import type { OpenAPIObject } from '@nestjs/swagger';
import { review, reviewer } from '#commands/review-subjects.js';
import { reports } from '#commands/report-subjects.js';
import { commission } from '#commands/commission-subjects.js';
import { award } from '#commands/award-subjects.js';
import { application } from '#commands/application-subject.js';
import { account, call, institution, notice, organisation, question, reminders } from '#commands/subjects.js';
import { webhook } from '#commands/webhook-subject.js';
import { DatesController } from './applications/dates.controller.js';
import { AdmissibilityController } from './applications/admissibility.controller.js';
import { agreement } from '#commands/agreement-subjects.js';
import { AgreementsController } from './agreements/agreements.controller.js';
import { ChangeAgreement } from './agreements/change-agreement.js';
import { PaymentsController } from './agreements/payments.controller.js';
import { RecoveriesController } from './agreements/recoveries.controller.js';
import { ApplicationsController } from './applications/applications.controller.js';
import { ChangeApplication } from './applications/change-application.js';
import { ContentsController } from './applications/contents.controller.js';
import { DocumentsController } from './applications/documents.controller.js';
import { PaperController } from './applications/paper.controller.js';
import { AwardViewsController } from './awards/award-views.controller.js';
import { AwardsController } from './awards/awards.controller.js';
import { ChangeAward } from './awards/change-award.js';
import { StoryController } from './applications/story.controller.js';
import { CalendarsController } from './calendars/calendars.controller.js';
import { CallsController } from './calls/calls.controller.js';
import { ChangeCall } from './calls/change-call.js';
import { PreparationController } from './calls/preparation.controller.js';
import { ChangeQuestion, QuestionsController } from './calls/questions.controller.js';
import { ScheduleController } from './calls/schedule.controller.js';
import { ShiftPreviewController } from './calls/shift-preview.controller.js';
import { ShiftsController } from './calls/shifts.controller.js';
import { handlerOf } from './change.js';
import { ChangeCommission } from './commission/change-commission.js';
import { CommissionController } from './commission/commission.controller.js';
import { SessionsController } from './commission/sessions.controller.js';
import { ChangeReminders } from './deadlines/change-reminders.js';
import { DeadlinesController } from './deadlines/deadlines.controller.js';
import { HealthController } from './health.controller.js';
import { ProblemDetailsFilter } from './http/problem-details.filter.js';
import { ValidationPipe } from './http/validation.js';
import { SignInGuard } from './identity/sign-in.guard.js';
import { ChangeInstitution, InstitutionsController } from './institutions/institutions.controller.js';
import { LookHandler } from './look.js';
import { ChangeOrganisation, OrganisationsController } from './organisations/organisations.controller.js';
import { ChangeAccount } from './people/change-account.js';
import { PreviewsController } from './mail/previews.controller.js';
import { SubscriptionsController } from './mail/subscriptions.controller.js';
import { ChangeNotice, UndeliveredController } from './mail/undelivered.controller.js';
import { PeopleController } from './people/people.controller.js';
import { ChangeReview, ChangeReviewer } from './reviews/change-review.js';
import { ReviewersController } from './reviews/reviewers.controller.js';
import { ReviewsController } from './reviews/reviews.controller.js';
import { ReviewsReadController } from './reviews/reviews-read.controller.js';
import { SignInsController } from './people/sign-ins.controller.js';
import { ChangeReports, ReportsController } from './reports/reports.controller.js';
import type { Service } from './service.js';
import { SetAsideController } from './set-aside.controller.js';
import { DOCUMENT, SERVICE } from './tokens.js';
import { ChangeWebhook } from './webhooks/change-webhook.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';

/** The routes over one service. One line for each decider. */
@Module({})
export class AppModule {
  static over(service: Service, document: () => OpenAPIObject): DynamicModule {
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot()],
      controllers: [
        HealthController,
        SetAsideController,
        UndeliveredController,
        PreviewsController,
        SubscriptionsController,
        SignInsController,
        PeopleController,
        InstitutionsController,
        OrganisationsController,
        CallsController,
        PreparationController,
        ShiftsController,
        ShiftPreviewController,
        ScheduleController,
        QuestionsController,
        DeadlinesController,
        ApplicationsController,
        ContentsController,
        DocumentsController,
        PaperController,
        ReviewersController,
        ReviewsController,
        ReviewsReadController,
        AdmissibilityController,
        DatesController,
        ReportsController,
        CommissionController,
        SessionsController,
        AgreementsController,
        PaymentsController,
        RecoveriesController,
        AwardsController,
        AwardViewsController,
        StoryController,
        WebhooksController,
        CalendarsController,
      ],
      providers: [
        { provide: SERVICE, useValue: service },
        { provide: DOCUMENT, useValue: document },
        { provide: APP_GUARD, useClass: SignInGuard },
        { provide: APP_PIPE, useClass: ValidationPipe },
        { provide: APP_FILTER, useClass: ProblemDetailsFilter },
        LookHandler,
        handlerOf(ChangeAccount, account),
        handlerOf(ChangeNotice, notice),
        handlerOf(ChangeInstitution, institution),
        handlerOf(ChangeOrganisation, organisation),
        handlerOf(ChangeCall, call),
        handlerOf(ChangeQuestion, question),
        handlerOf(ChangeReminders, reminders),
        handlerOf(ChangeApplication, application),
        handlerOf(ChangeReviewer, reviewer),
        handlerOf(ChangeReview, review),
        handlerOf(ChangeReports, reports),
        handlerOf(ChangeCommission, commission),
        handlerOf(ChangeAgreement, agreement),
        handlerOf(ChangeAward, award),
        handlerOf(ChangeWebhook, webhook),
      ],
    };
  }
}
