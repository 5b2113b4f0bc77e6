import type { Metadata } from '#commands/asking.js';
import { reportId } from '#commands/ids.js';
import type { FactType } from '#domain/facts.js';
import { reportKinds } from '#domain/report/report-facts.js';
import type { Documents } from '#documents/documents.js';
import type { EventStore, RecordedEvent } from '#event-store/event-store.js';
import { personOf } from '#read-models/identity.js';
import { noticesTo } from '#read-models/notices.js';
import type { Projector } from '#read-models/projector.js';
import { idOf } from '#read-models/read-model.js';
import { streamsWrittenBy } from '#read-models/writings.js';
import type { FolderOutbox } from './mail/outbox.js';
import type { Reaction } from './reactor.js';

const PATIENCE_MS = 10_000;
const MOST_REMEMBERED = 5000;

/** Forgetting is recorded first; then everything that was written goes, everywhere, however often it is resumed. */
export class Erasure implements Reaction {
  readonly name = 'erasure';
  readonly from = 'start';
  readonly types: readonly FactType[] = [
    'PersonForgotten',
    'ContentsForgotten',
    'CommentWritten',
    'QuestionWritten',
    'ReviewWritten',
  ];

  /** Writers who were not forgotten, as far as the views have come. */
  private readonly here = new Set<string>();
  private readonly changed = (types: ReadonlySet<string>): void => {
    if (types.has('PersonForgotten') || types.has('*')) this.here.clear();
  };

  constructor(
    private readonly store: EventStore,
    private readonly projector: Projector,
    private readonly documents: Documents,
    private readonly outbox: Pick<FolderOutbox, 'remove'>,
    /** Removes view files that no process uses. */
    private readonly sweepViews: () => void,
  ) {
    projector.changes.add(this.changed);
  }

  close(): void {
    this.projector.changes.delete(this.changed);
  }

  async react(event: RecordedEvent): Promise<void> {
    await this.projector.reached(event.position, PATIENCE_MS, true);
    const id = idOf(event.stream);
    if (event.type !== 'PersonForgotten' && event.type !== 'ContentsForgotten') {
      // On its way when its writer was forgotten.
      if (this.isForgotten((event.metadata as Metadata).by)) await this.store.deleteStream(event.stream);
      return;
    }
    if (event.type === 'ContentsForgotten') {
      await this.store.deleteStream(`content-application-${id}`);
      for (const kind of reportKinds) await this.store.deleteStream(`content-report-${reportId(id, kind)}`);
      await this.store.deleteStream(`content-agreement-${id}`);
      await this.store.deleteStream(`content-award-${id}`);
      await this.documents.forget(id);
    } else {
      await this.forgetPerson(id);
    }
    this.sweepViews();
  }

  private isForgotten(person: string): boolean {
    if (this.here.has(person)) return false;
    if (personOf(this.projector.views, person)?.forgottenAt) return true;
    if (this.here.size >= MOST_REMEMBERED) this.here.clear();
    this.here.add(person);
    return false;
  }

  private async forgetPerson(person: string): Promise<void> {
    for (const stream of streamsWrittenBy(this.projector.views, person)) await this.store.deleteStream(stream);
    await this.store.deleteStream(`person-${person}`);
    for (const { id, kind, issuedAt } of noticesTo(this.projector.views, person)) {
      await this.outbox.remove({ id, kind, at: issuedAt });
    }
  }
}
