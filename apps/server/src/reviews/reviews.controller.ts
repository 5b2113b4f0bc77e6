import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Changed } from '#commands/handler.js';
import { reviewerId, reviewId } from '#commands/ids.js';
import type { ReviewCommand, ReviewEvent } from '#domain/review/review-facts.js';
import type { ReviewerCommand } from '#domain/review/reviewer-facts.js';
import { callOfFile } from '#read-models/review-queries.js';
import { applicationUnknown, visibleFile } from '../applications/visible.js';
import { factOf } from '../change.js';
import { By, type Request } from '../http/by.js';
import { Act, Area } from '../http/route.js';
import { Look } from '../look.js';
import type { Service } from '../service.js';
import { SERVICE } from '../tokens.js';
import { ChangeReview, ChangeReviewer } from './change-review.js';
import { ScoredAnswer } from './reviews.answers.js';
import { AssignReviewBody, DeclineAssignmentBody, ReviewBody, WithdrawAssignmentBody } from './reviews.bodies.js';

const MOST_REMEMBERED = 5000;

@Area('Reviews')
@Controller('applications/:id')
export class ReviewsController {
  private readonly callsOfFiles = new Map<string, string>();

  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    @Inject(SERVICE) private readonly service: Service,
  ) {}

  @Post('assign-review')
  @HttpCode(204)
  @Act('AssignReview', 'Give the file to a reviewer who declared their interests and has none in it')
  async assign(
    @Param('id') application: string,
    @Body() { person }: AssignReviewBody,
    @By() by: Request,
  ): Promise<void> {
    await this.change(application, person, { type: 'AssignReview', application }, by);
  }

  @Post('decline-assignment')
  @HttpCode(204)
  @Act('DeclineAssignment', 'Decline a file that was assigned to you; a conflict holds from then on')
  async decline(
    @Param('id') application: string,
    @Body() { reason }: DeclineAssignmentBody,
    @By() by: Request,
  ): Promise<void> {
    await this.change(application, by.person, { type: 'DeclineAssignment', application, reason }, by);
  }

  @Post('withdraw-assignment')
  @HttpCode(204)
  @Act('WithdrawAssignment', 'Take the file back from a reviewer who has not submitted their review')
  async withdraw(
    @Param('id') application: string,
    @Body() { person, reason }: WithdrawAssignmentBody,
    @By() by: Request,
  ): Promise<void> {
    await this.change(application, person, { type: 'WithdrawAssignment', application, reason }, by);
  }

  @Post('save-review')
  @HttpCode(204)
  @Act('SaveReview', 'Save the draft of your review, whole or not', { ifMatch: true })
  async save(@Param('id') id: string, @Body() contents: ReviewBody, @By() by: Request): Promise<void> {
    await this.write('SaveReview', id, contents, by);
  }

  @Post('submit-review')
  @HttpCode(200)
  @Act('SubmitReview', 'Submit your review: every fault is answered at once')
  @ApiOkResponse({ type: ScoredAnswer })
  async submit(@Param('id') id: string, @Body() contents: ReviewBody, @By() by: Request): Promise<ScoredAnswer> {
    return scoredAnswer(await this.write('SubmitReview', id, contents, by));
  }

  @Post('amend-review')
  @HttpCode(204)
  @Act('AmendReview', 'Amend what you submitted, while the phase lasts; earlier versions stay in the record', {
    ifMatch: true,
  })
  async amend(@Param('id') id: string, @Body() contents: ReviewBody, @By() by: Request): Promise<void> {
    await this.write('AmendReview', id, contents, by);
  }

  /** Of a reviewer, on a file that exists for who asks. */
  private async change(id: string, person: string, command: ReviewerCommand, by: Request): Promise<void> {
    const call = await this.queries.execute(new Look(by, (views) => visibleFile(views, id, by).call.id));
    await this.commands.execute(new ChangeReviewer(reviewerId(call, person), command, by));
  }

  /** The ETag of a review counts its facts, so that one nobody has begun has one too: "0". */
  private async write(
    type: ReviewCommand['type'],
    application: string,
    contents: ReviewBody,
    by: Request,
  ): Promise<Changed<ReviewEvent>> {
    const { person, ifMatch } = by;
    const seen = { ...by, ...(ifMatch !== undefined && { ifMatch: ifMatch - 1 }) };
    const call = await this.callOf(application, by);
    const command = { type, call, application, person, contents };
    const changed = await this.commands.execute(new ChangeReview(reviewId(application, person), command, seen));
    by.answer.changed = { ...changed, version: changed.version + 1 };
    return changed;
  }

  /** It never changes: known at once, but for a file that was started a moment ago. */
  private async callOf(application: string, by: Request): Promise<string> {
    if (by.conflicts?.includes(application)) throw applicationUnknown();
    const known = this.callsOfFiles.get(application);
    if (known !== undefined) return known;
    const call =
      callOfFile(this.service.projector.views, application) ??
      (await this.queries.execute(new Look(by, (views) => callOfFile(views, application))));
    if (call === undefined) throw applicationUnknown();
    if (this.callsOfFiles.size >= MOST_REMEMBERED) this.callsOfFiles.clear();
    this.callsOfFiles.set(application, call);
    return call;
  }
}

function scoredAnswer(changed: Changed<ReviewEvent>): ScoredAnswer {
  const { review, meanHundredths, submittedAt } = factOf(changed, 'ReviewSubmitted');
  return { review, meanHundredths, submittedAt };
}
