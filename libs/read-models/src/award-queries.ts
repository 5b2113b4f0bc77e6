import type { KnownAward } from '#domain/award/award-facts.js';
import { envelopeId } from '#domain/award/envelope-facts.js';
import type { EnvelopeLine } from '#domain/call/call-contents.js';
import type { ShortLine, ToldOutcome } from './awards.js';
import type { Looking } from '#domain/visibility.js';
import type { Listing } from './listing.js';
import type { Views } from './views.js';

export interface AwardRow {
  readonly version: number;
  readonly changedAt: string;
  readonly award: KnownAward;
  readonly waitingFor: readonly string[];
  readonly short: ShortLine | null;
  readonly told: ToldOutcome | null;
  /** Versions of what the applicant wrote, in the content stream of the award. */
  readonly budgetVersion: number | null;
  readonly appealVersion: number | null;
}

interface StoredRow {
  readonly version: number;
  readonly changed_at: string;
  readonly state: string;
  readonly waiting: string;
  readonly short: string | null;
  readonly told: string | null;
  readonly budget_version: number | null;
  readonly appeal_version: number | null;
}

const oneAward =
  'SELECT version, changed_at, state, waiting, short, told, budget_version, appeal_version FROM awards WHERE application = ?';

export function awardOf(views: Views, application: string): AwardRow | undefined {
  const row = views.get<StoredRow>(oneAward, application);
  if (!row) return undefined;
  return {
    version: row.version,
    changedAt: row.changed_at,
    award: JSON.parse(row.state) as KnownAward,
    waitingFor: JSON.parse(row.waiting) as string[],
    short: row.short === null ? null : (JSON.parse(row.short) as ShortLine),
    told: row.told === null ? null : (JSON.parse(row.told) as ToldOutcome),
    budgetVersion: row.budget_version,
    appealVersion: row.appeal_version,
  };
}

export interface AwardListRow {
  readonly application: string;
  readonly organisation: string;
  readonly organisationName: string | null;
  readonly receipt: string | null;
  readonly status: string;
  readonly decided: number;
  readonly requestedCents: number | null;
  readonly amountCents: number | null;
  readonly accepted: number;
  readonly notifiedOn: string | null;
  readonly appealUntil: string | null;
  readonly appeal: string | null;
  readonly changedAt: string;
}

export const awardList: Listing = {
  select:
    'awards.application, organisation, organisations.name AS organisationName, receipt, awards.status, decided, requested_cents AS requestedCents, amount_cents AS amountCents, accepted, notified_on AS notifiedOn, appeal_until AS appealUntil, appeal, awards.changed_at AS changedAt',
  from: 'awards JOIN applications ON applications.id = awards.application LEFT JOIN organisations ON organisations.id = organisation',
  id: 'awards.application',
  sorts: {
    changedAt: 'awards.changed_at',
    organisation: 'organisation',
    amountCents: 'COALESCE(amount_cents, -1)',
    status: 'awards.status',
  },
};

export interface EnvelopeRow extends EnvelopeLine {
  /** 1 is the first. */
  readonly line: number;
  readonly reservedCents: number;
  readonly leftCents: number;
  /** How many awards hold money of it. */
  readonly awards: number;
}

const reserved =
  'SELECT COALESCE(SUM(reserved_cents), 0) AS reservedCents, COALESCE(SUM(awards), 0) AS awards FROM held_funds WHERE envelope = ? AND application NOT IN (SELECT value FROM json_each(?))';

/** What each line has left, as if nothing were held for the files that somebody has a conflict on. */
export const envelopesOf = (
  views: Views,
  call: string,
  lines: readonly EnvelopeLine[],
  { conflicts = [] }: Looking,
): EnvelopeRow[] =>
  lines.map((line, index) => {
    const hidden = JSON.stringify(conflicts);
    const id = envelopeId(call, index + 1);
    const held = views.get<{ reservedCents: number; awards: number }>(reserved, id, hidden) ?? {
      reservedCents: 0,
      awards: 0,
    };
    return { line: index + 1, ...line, ...held, leftCents: line.amountCents - held.reservedCents };
  });
