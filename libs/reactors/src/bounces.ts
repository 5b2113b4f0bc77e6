import { system } from '#commands/asking.js';
import type { Clock } from '#commands/clock.js';
import type { Handler } from '#commands/handler.js';
import { notice as subject } from '#commands/subjects.js';
import { noticeRules } from '#domain/notice/notice-rules.js';
import type { EventStore, RecordedEvent } from '#event-store/event-store.js';
import { callOf } from '#read-models/calls.js';
import { holdersOf, holdersOfAny, personOf } from '#read-models/identity.js';
import { noticeOf, type NoticeRow, statusOfNotice, unsubscribedFrom } from '#read-models/notices.js';
import type { Projector } from '#read-models/projector.js';
import { idOf } from '#read-models/read-model.js';
import type { Views } from '#read-models/views.js';
import { type About, aboutOf } from './about.js';
import { unique } from './audiences.js';
import { factsUpTo } from './happened.js';
import { issue, noticeId } from './issuing.js';
import type { Reaction } from './reactor.js';
import { withoutConflict } from './recipients.js';

export interface BouncesOptions {
  readonly store: EventStore;
  readonly handler: Handler;
  readonly projector: Projector;
  readonly clock: Clock;
}

const PATIENCE_MS = 10_000;

/**
 * A message that an address refuses goes to the second contact: another member of the organisation, or another referent
 * of the call. Where there is none, it stays in the list of what reached nobody.
 */
export class Bounces implements Reaction {
  readonly name = 'bounces';
  readonly from = 'now';
  readonly types = ['NoticeBounced'] as const;

  constructor(private readonly options: BouncesOptions) {}

  async react(event: RecordedEvent): Promise<void> {
    const { store, handler, projector, clock } = this.options;
    await projector.reached(event.position, PATIENCE_MS);
    const { views } = projector;
    const id = idOf(event.stream);
    const row = noticeOf(views, id);
    if (!row || noticeRules[row.kind].personal) return;
    const history = await factsUpTo(store, row.stream, row.fact);
    const fact = history?.at(-1);
    if (!history || !fact) return;
    const about = aboutOf(row.stream, fact, history, views);
    const to = secondContact(views, row, about);
    if (to === undefined) return;
    const { kind, fact: told, stream } = row;
    const { call, file } = about;
    await issue(handler, clock, {
      kind,
      to,
      about: { fact: told, stream, ...(call !== undefined && { call }), ...(file !== undefined && { file }) },
      insteadOf: id,
    });
    const command = { type: 'PassOnNotice', to, notice: noticeId(told, kind, to) } as const;
    await handler.change(subject, id, command, system(clock.now(), `pass-on-${event.id}`, event.id));
  }
}

/** Undefined where nobody else may be told, or can be reached. */
function secondContact(views: Views, { to, kind, fact }: NoticeRow, about: About): string | undefined {
  const refusing = noticeRules[kind].compulsory ? new Set<string>() : unsubscribedFrom(views, kind);
  return withoutConflict(contactsBeside(views, to, about), about, views).find((person) => {
    if (person === to || refusing.has(person) || !personOf(views, person)?.email) return false;
    const told = statusOfNotice(views, noticeId(fact, kind, person));
    return told === undefined || told === 'waiting' || told === 'delivered';
  });
}

/** Of the applicant's side, those who may file first; of those who run the call, its referents. */
function contactsBeside(views: Views, person: string, { call, organisation }: About): readonly string[] {
  if (organisation !== undefined) {
    const members = unique([
      ...holdersOf(views, 'organisation', organisation, ['submitter']),
      ...holdersOf(views, 'organisation', organisation, ['preparer']),
    ]);
    if (members.includes(person)) return members;
  }
  const known = call === undefined ? undefined : callOf(views, call)?.call;
  if (!known) return [];
  const referents = unique(Object.values(known.referents).map((referent) => referent.person));
  const staff = holdersOfAny(views, 'institution', known.heading.leads, [
    'administrator',
    'signatory',
    'delegate',
    'case-officer',
    'finance-officer',
  ]);
  return referents.includes(person) || staff.includes(person) ? referents : [];
}
