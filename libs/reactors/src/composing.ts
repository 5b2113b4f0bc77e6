import type { Calendar } from '#domain/decider.js';
import type { Fact } from '#domain/facts.js';
import type { RoundFacts } from '#domain/reminder/round.js';
import { noticeRules } from '#domain/notice/notice-rules.js';
import type { EventStore } from '#event-store/event-store.js';
import { type CallRow, callOf } from '#read-models/calls.js';
import { dueWith, fileOf } from '#read-models/deadline-queries.js';
import { dutiesOf } from '#read-models/duties.js';
import { personOf } from '#read-models/identity.js';
import type { NoticeRow } from '#read-models/notices.js';
import { organisationOf } from '#read-models/organisations.js';
import type { Projector } from '#read-models/projector.js';
import type { Views } from '#read-models/views.js';
import { aboutOf, ofFile } from './about.js';
import { factsUpTo } from './happened.js';
import { letter } from './letter.js';
import type { Message } from './mail/message.js';
import { unsubscribeToken } from './mail/unsubscribe-token.js';
import { withoutConflict } from './recipients.js';
import { dueOf } from './recipients-reminders.js';
import { signInCode } from './sign-in-code.js';
import type { Told } from './told.js';
import { datesTold } from './told-of-dates.js';

export interface ComposingOptions {
  readonly store: EventStore;
  readonly projector: Projector;
  readonly calendar: Calendar;
  readonly secret: string;
  /** Where people reach the service. */
  readonly url: string;
}

const MOST_KEPT = 32;

/** Makes messages of notices: who they go to, and the words for what they tell. */
export class Composing {
  /** Thousands of messages may tell of one fact: what its stream held is read once for those that go out together. */
  private readonly kept = new Map<string, Promise<Fact[] | undefined>>();

  constructor(private readonly options: ComposingOptions) {}

  /** Undefined where the person or the fact is gone. */
  async message(row: NoticeRow): Promise<Message | undefined> {
    const { id, kind, messageId, issuedAt } = row;
    const person = personOf(this.options.projector.views, row.to);
    if (!person?.name || !person.email) return undefined;
    const told = await this.told(row, person.name);
    if (!told) return undefined;
    const { unsubscribe } = told;
    return {
      id,
      kind,
      messageId,
      at: issuedAt,
      to: { name: person.name, email: person.email },
      ...letter(told),
      ...(unsubscribe !== undefined && { unsubscribe }),
    };
  }

  /** Between two bursts of messages: what is read again is what is there then. */
  forget(): void {
    this.kept.clear();
  }

  private async told({ kind, to, fact: id, stream, issuedAt }: NoticeRow, name: string): Promise<Told | undefined> {
    const { projector, calendar, secret, url } = this.options;
    const history = await this.history(stream, id);
    const fact = history?.at(-1);
    if (!history || !fact) return undefined;
    const { views } = projector;
    const about = aboutOf(stream, fact, history, views);
    const call = about.call === undefined ? undefined : callOf(views, about.call);
    const organisation = about.organisation === undefined ? undefined : organisationOf(views, about.organisation)?.name;
    return {
      kind,
      fact,
      name,
      url,
      calendar,
      history,
      ...(call && { call: calledOf(call) }),
      ...(call && datesTold(fact, history, { call: call.id, person: to, at: issuedAt }, views)),
      ...(about.file !== undefined && { file: about.file }),
      ...(organisation !== undefined && { organisation }),
      ...(about.webhook !== undefined && { webhook: about.webhook }),
      ...(fact.type === 'ReminderRoundOpened' && { duties: filesDue(views, fact, to) }),
      ...(fact.type === 'SignInInvited' && { signInCode: signInCode(secret, to, fact.invitation) }),
      ...(!noticeRules[kind].compulsory && {
        unsubscribe: `${url}/api/unsubscribe/${unsubscribeToken(secret, to, kind)}`,
      }),
    };
  }

  private history(stream: string, id: string): Promise<Fact[] | undefined> {
    let found = this.kept.get(id);
    if (!found) {
      found = factsUpTo(this.options.store, stream, id);
      if (this.kept.size >= MOST_KEPT) this.kept.clear();
      this.kept.set(id, found);
      found.catch(() => this.kept.delete(id));
    }
    return found;
  }
}

/**
 * All that is due on that date, whichever of its rounds went out first: of this person, or, where it escalates, of
 * others. Drafts are named to nobody else, and no file to who has a conflict on it.
 */
function filesDue(views: Views, round: RoundFacts, person: string): string[] {
  const dues = [dueOf(round), ...dueWith(views, round)];
  const files =
    round.step.to === 'responsible'
      ? dues.flatMap((due) => dutiesOf(views, due, person)).flatMap(({ file }) => file ?? [])
      : dues.flatMap((due) => (dutiesOf(views, due).length > 0 ? (fileOf(views, due) ?? []) : []));
  // Drafts are those of one's own side, where a conflict hides nothing.
  return [...new Set(files)].filter(
    (file) => round.kind === 'submission' || withoutConflict([person], ofFile(file, views), views).length > 0,
  );
}

const calledOf = ({ id, call: { heading, specifications } }: CallRow): NonNullable<Told['call']> => ({
  id,
  title: heading.title,
  documents: specifications?.compulsoryDocuments ?? [],
});
