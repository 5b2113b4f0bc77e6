import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { paris } from '#calendar/paris.js';
import { reviewId } from '#commands/ids.js';
import type { KnownCall } from '#domain/call/call-state.js';
import { insidersOf, viewRoles } from '#domain/permissions.js';
import { type Spread, spreadOf } from '#domain/review/mean.js';
import { reviewsEnd } from '#domain/review/phase.js';
import type { ReviewContents } from '#domain/review/review-facts.js';
import { roleThatAllows } from '#domain/roles.js';
import { grantsOn, sealOf } from '#domain/visibility.js';
import { partsIn } from '#read-models/file-readers.js';
import { page } from '#read-models/listing.js';
import {
  judgedBy,
  ownReview,
  type ReviewedFileRow,
  reviewedFiles,
  type ReviewOfFile,
  reviewsOf,
  toReview,
} from '#read-models/review-queries.js';
import { visibleFile } from '../applications/visible.js';
import { By, type Request } from '../http/by.js';
import { OneOf, Optional } from '../http/fields.js';
import { ListQuery, pageOf, searching, sendList } from '../http/lists.js';
import { Problem } from '../http/problem.js';
import { Answer, Area, View } from '../http/route.js';
import { Look } from '../look.js';
import type { Service } from '../service.js';
import { SERVICE } from '../tokens.js';
import { written } from '../written.js';
import { allowedOn } from './reviewers.controller.js';
import {
  FileReviewsAnswer,
  ReviewAnswer,
  ReviewedFileAnswer,
  ReviewedFilesAnswer,
  type SubmittedReviewAnswer,
} from './reviews.answers.js';

class ReviewsQuery extends ListQuery {
  @Optional() @OneOf(['organisation', 'mean', 'submitted']) declare sort?: string;
}

@Area('Reviews')
@Controller()
export class ReviewsReadController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(SERVICE) private readonly service: Service,
  ) {}

  @Get('calls/:id/reviews')
  @View(
    'Reviews',
    'Files with their reviews, mean and spread; a reviewer sees what is assigned to them. JSON, or CSV with Accept: text/csv',
    { operation: 'ListReviews' },
  )
  @Answer(ReviewedFilesAnswer)
  async list(
    @Param('id') id: string,
    @Query() query: ReviewsQuery,
    @By() by: Request,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReviewedFilesAnswer | string> {
    const found = await this.queries.execute(
      new Look(by, (views) => {
        const { call } = allowedOn(views, id, viewRoles.Reviews, by);
        const all = isInsider(call, by);
        const where = [
          ...toReview(id, by),
          ...(sealOf(call).unsealed ? [] : [{ sql: '0', values: [] }]),
          ...(all ? [] : [judgedBy(by.person)]),
          ...searching('organisations.search', query.q),
        ];
        const { items, ...rest } = page<ReviewedFileRow>(
          views,
          reviewedFiles,
          pageOf(query, request, where, 'organisation'),
        );
        const rows = items.map((row): ReviewedFileAnswer => {
          const whole = all || seesAll(partsIn(views, row.application, by.person), call, by);
          return reviewedFile(row, whole, by.person);
        });
        return { items: rows, ...rest };
      }),
    );
    return sendList(found, ReviewedFileAnswer, request, reply);
  }

  @Get('applications/:id/reviews')
  @View('Reviews', 'The reviews of one file, score by score; a reviewer sees their own alone while the phase lasts', {
    operation: 'ReadReviewsOfFile',
  })
  @Answer(FileReviewsAnswer)
  ofFile(@Param('id') id: string, @By() by: Request): Promise<FileReviewsAnswer> {
    return this.queries.execute(
      new Look(by, async (views) => {
        const { call } = visibleFile(views, id, by);
        const parts = partsIn(views, id, by.person);
        const staff = isInsider(call.call, { ...by, grants: grantsOn(id, by) });
        if (!staff && parts.length === 0) throw notYours();
        const whole = staff || seesAll(parts, call.call, by);
        const submitted = reviewsOf(views, id);
        const shown = whole ? submitted : submitted.filter(({ person }) => person === by.person);
        const labels = new Map(call.call.criteria?.map(({ code, label }) => [code, label]));
        const items = await Promise.all(
          shown.map(async ({ contentVersion, scores, ...review }): Promise<SubmittedReviewAnswer> => {
            const contents = await this.contentsOf(reviewId(id, review.person), contentVersion);
            const commentOn = (criterion: string) =>
              contents?.scores.find((one) => one.criterion === criterion)?.comment ?? null;
            return {
              ...review,
              scores: scores.map(({ criterion, score }) => ({
                criterion,
                label: labels.get(criterion) ?? criterion,
                score,
                comment: commentOn(criterion),
              })),
              comment: contents?.comment ?? null,
            };
          }),
        );
        return { items, ...figures(whole ? submitted.map(({ meanHundredths }) => meanHundredths) : []) };
      }),
    );
  }

  @Get('applications/:id/review')
  @View('Review', 'Your own review, draft or submitted; its ETag goes with what you write next')
  @Answer(ReviewAnswer)
  own(@Param('id') id: string, @By() by: Request): Promise<ReviewAnswer> {
    return this.queries.execute(
      new Look(by, async (views) => {
        const { call } = visibleFile(views, id, by);
        if (!partsIn(views, id, by.person).includes('reviewer')) throw notYours();
        const own = ownReview(views, id, by.person);
        by.answer.version = own ? own.version + 1 : 0;
        const contents = own ? await this.contentsOf(reviewId(id, by.person), own.contentVersion) : undefined;
        const closesAt = endOf(call.call) ?? null;
        return {
          status: own?.status ?? 'none',
          review: own?.review ?? 0,
          contents: (contents as ReviewAnswer['contents'] | undefined) ?? null,
          meanHundredths: own?.meanHundredths ?? null,
          submittedAt: own?.submittedAt ?? null,
          closesAt,
          closesSaid: closesAt && paris.say(closesAt),
        };
      }),
    );
  }

  /** Comments, while they haven't been forgotten. */
  private async contentsOf(review: string, version: number): Promise<ReviewContents | undefined> {
    const stream = `content-review-${review}` as const;
    return (await written<{ contents: ReviewContents }>(this.service.store, stream, version))?.contents;
  }
}

const notYours = (): Problem =>
  new Problem(403, 'NotAllowed', 'Les évaluations de ce dossier ne vous sont pas ouvertes.');

const isInsider = ({ heading }: KnownCall, by: Request): boolean =>
  roleThatAllows(insidersOf('Reviews'), by, { institutions: heading.leads }) !== undefined;

const endOf = ({ schedule }: KnownCall) => schedule && reviewsEnd({ schedule });

/** Members see every review of what they are to judge; reviewers those of others once nobody can write any more. */
function seesAll(parts: readonly string[], call: KnownCall, { at }: Request): boolean {
  const end = endOf(call);
  return parts.includes('member') || (end !== undefined && at > end);
}

function reviewedFile({ reviews: json, ...row }: ReviewedFileRow, whole: boolean, person: string): ReviewedFileAnswer {
  const reviews = JSON.parse(json) as ReviewOfFile[];
  const means = reviews.flatMap(({ meanHundredths }) => meanHundredths ?? []);
  return {
    ...row,
    assigned: whole ? reviews.length : null,
    submitted: whole ? means.length : null,
    ...figures(whole ? means : []),
    reviews: whole ? reviews : reviews.filter((review) => review.person === person),
  };
}

function figures(means: readonly number[]): { [name in keyof Spread]: number | null } {
  return spreadOf(means) ?? { meanHundredths: null, spreadHundredths: null, deviationHundredths: null };
}
