import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { reviewerId, reviewId } from '#commands/ids.js';
import { reaches } from '#domain/roles.js';
import { reportsOf, type StoryReader, tellsOfFile } from '#domain/story/file-story.js';
import type { RecordedEvent } from '#event-store/event-store.js';
import { reviewersOfFile } from '#read-models/review-queries.js';
import type { Views } from '#read-models/views.js';
import { StoryAnswer } from '../calls/calls.answers.js';
import { StoryQuery } from '../calls/calls.controller.js';
import { By, type Request } from '../http/by.js';
import { utc } from '../http/instants.js';
import { Answer, Area, View } from '../http/route.js';
import { Look } from '../look.js';
import type { Service } from '../service.js';
import { happenedOn, stepOf, storyFactOf } from '../story.js';
import { SERVICE } from '../tokens.js';
import { visibleFile, type VisibleFile } from './visible.js';

@Area('Applications')
@Controller('applications/:id')
export class StoryController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(SERVICE) private readonly service: Service,
  ) {}

  @Get('story')
  @View(
    'ApplicationStory',
    'Why it is so: each step of the file, of its examination and of its money, with what of the call moved it',
  )
  @Answer(StoryAnswer)
  story(@Param('id') id: string, @Query() { asOf }: StoryQuery, @By() by: Request): Promise<StoryAnswer> {
    return this.queries.execute(
      new Look(by, async (views) => {
        const seen = visibleFile(views, id, by);
        const at = asOf === undefined ? by.at : utc(asOf);
        const events = await happenedOn(this.service.store, streamsOf(views, seen), at);
        const facts = events.map(storyFactOf);
        const { organisation } = seen.file;
        const file = { id, organisation, reports: reportsOf(facts, id) };
        const reader = { person: by.person, roles: rolesOn(seen, by) };
        const notified = events.findLastIndex(({ type }) => type === 'AwardNotified');
        const steps = facts.flatMap((fact, index) => {
          const told = tellsOfFile(fact, file, { ...reader, notified: index <= notified });
          return told ? [stepOf(views, events[index] as RecordedEvent, told)] : [];
        });
        return { asOf: at, status: statusOf(events), steps };
      }),
    );
  }
}

const streamsOf = (views: Views, { file: { id, call, organisation } }: VisibleFile): string[] => [
  `application-${id}`,
  `call-${call}`,
  `commission-${call}`,
  `award-${id}`,
  `agreement-${id}`,
  `reports-${organisation}`,
  ...reviewersOfFile(views, call, id).flatMap((person) => [
    `reviewer-${reviewerId(call, person)}`,
    `review-${reviewId(id, person)}`,
  ]),
];

function rolesOn({ file, call }: VisibleFile, { grants }: Request): StoryReader['roles'] {
  const reach = {
    institutions: call.call.heading.leads,
    organisations: [file.organisation, ...file.sharedWith],
    call: call.id,
  };
  return grants.filter((grant) => reaches(grant, reach)).map(({ role }) => role);
}

function statusOf(events: readonly RecordedEvent[]): VisibleFile['file']['status'] {
  const last = events.findLast(({ type }) => type in statuses);
  return last ? (statuses[last.type] ?? 'draft') : 'draft';
}
const statuses: Readonly<Record<string, VisibleFile['file']['status']>> = {
  ApplicationStarted: 'draft',
  ApplicationSubmitted: 'submitted',
  SubmissionReplaced: 'submitted',
  PaperFilingRegistered: 'submitted',
  ApplicationWithdrawn: 'withdrawn',
};
