import type { Clock } from '#commands/clock.js';
import type { Instant } from '#domain/decider.js';
import { noticesWaiting, noticeWaiting, type WaitingNotice } from '#read-models/notices.js';
import type { Projector } from '#read-models/projector.js';
import type { Deferred, Deliveries } from './deliveries.js';

const PAGE = 200;

/** Notices of one sort in the order they were decided, read by pages; each comes once, until the line begins anew. */
class Line {
  private rows: WaitingNotice[] = [];
  private after = 0;
  private more = true;

  constructor(private readonly read: (after: number, most: number) => WaitingNotice[]) {}

  grew(): void {
    this.more = true;
  }

  beginAnew(): void {
    this.rows = [];
    this.after = 0;
    this.more = true;
  }

  next(): WaitingNotice | undefined {
    if (this.rows.length === 0 && this.more) {
      this.rows = this.read(this.after, PAGE);
      this.after = this.rows.at(-1)?.seq ?? this.after;
      this.more = this.rows.length === PAGE;
    }
    return this.rows.shift();
  }
}

/** What waits to be delivered: codes to sign in, what is due again, the others, the oldest first. */
export class Waiting {
  private readonly signIns: Line;
  private readonly others: Line;
  /** When the first of what was tried in vain is due; undefined where there is none. */
  private dueAt: Instant | undefined;

  constructor(
    private readonly projector: Projector,
    private readonly deliveries: Deliveries,
    private readonly clock: Clock,
    private readonly underWay: Pick<ReadonlyMap<string, unknown>, 'has' | 'size'>,
  ) {
    this.signIns = new Line((after, most) => noticesWaiting(projector.views, true, after, most));
    this.others = new Line((after, most) => noticesWaiting(projector.views, false, after, most));
  }

  /** There may be new ones at the end. */
  grew(): void {
    this.signIns.grew();
    this.others.grew();
  }

  beginAnew(): void {
    this.signIns.beginAnew();
    this.others.beginAnew();
  }

  signIn(): WaitingNotice | undefined {
    return this.fresh(this.signIns);
  }

  other(): WaitingNotice | undefined {
    return this.due() ?? this.fresh(this.others);
  }

  /** When something that isn't yet will be due; what is already waits for a free connection. */
  nextDue(): Instant | undefined {
    return this.dueAt !== undefined && this.dueAt > this.clock.now() ? this.dueAt : undefined;
  }

  defer(deferred: Deferred, cause: string): void {
    this.deliveries.defer(deferred, cause);
    this.look();
  }

  /** It has ended. */
  settle(id: string): void {
    if (this.dueAt === undefined) return;
    this.deliveries.settle(id);
    this.look();
  }

  look(): void {
    this.dueAt = this.deliveries.next();
  }

  /** The next that was never tried: the others have an instant of their own. */
  private fresh(line: Line): WaitingNotice | undefined {
    for (let row = line.next(); row; row = line.next()) {
      if (this.underWay.has(row.id)) continue;
      if (this.dueAt === undefined || this.deliveries.attemptsOf(row.id) === 0) return row;
    }
    return undefined;
  }

  private due(): WaitingNotice | undefined {
    const now = this.clock.now();
    while (this.dueAt !== undefined && this.dueAt <= now) {
      const found = this.deliveries.dueAt(now, this.underWay.size + 1).find(({ id }) => !this.underWay.has(id));
      if (!found) return undefined;
      const row = noticeWaiting(this.projector.views, found.id);
      if (row) return row;
      this.settle(found.id);
    }
    return undefined;
  }
}
