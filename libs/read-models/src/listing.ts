import { searchable } from './read-model.js';
import { named } from './named.js';
import type { Views } from './views.js';

export type SqlValue = string | number | null;
export interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** What a list can be asked, all of it fixed in code: only values come from outside. */
export interface Listing {
  readonly select: string;
  readonly from: string;
  /** A column that is unique, last in every order. */
  readonly id: string;
  /** Name people sort by → expression that is never null. */
  readonly sorts: Readonly<Record<string, string>>;
  /** Its pages are long, and hold texts and whole numbers alone. */
  readonly long?: true;
}

export interface Page<Row> {
  readonly items: Row[];
  /** Where the next page starts; absent on the last. */
  readonly next?: string;
}

/** How some of the rows are reached. A row that is reached in several ways is there once. */
export interface Way extends Condition {
  /** A query for `one`: the way is gone for each value alone, so that an index has its rows in order. */
  readonly each?: Condition;
}

export interface Asked {
  readonly where: readonly Condition[];
  /** Only rows that one of these reaches; all of them where it is left out. */
  readonly ways?: readonly Way[];
  readonly sort: string;
  readonly descending: boolean;
  /** 1 to 200. */
  readonly limit: number;
  readonly cursor?: string;
}

/** The cursor isn't one of ours, or belongs to another order. */
export class BadCursor extends Error {
  override readonly name = 'BadCursor';
}

/** One page, found by its key and not by counting, so that the last costs what the first does. */
export function page<Row>(views: Views, listing: Listing, asked: Asked): Page<Row> {
  const column = listing.sorts[asked.sort] ?? listing.id;
  const [direction, beyond] = asked.descending ? ['DESC', '<'] : ['ASC', '>'];
  const after = asked.cursor === undefined ? undefined : readCursor(asked.cursor, asked);
  const where = [
    ...asked.where,
    ...(after ? [{ sql: `(${column}, ${listing.id}) ${beyond} (?, ?)`, values: after }] : []),
  ];
  const most = asked.limit + 1;
  const shownWhere = asked.ways ? [reached(listing, asked.ways, where, { column, direction, most })] : where;
  const sql =
    `SELECT ${listing.select}, ${column} AS sort_key, ${listing.id} AS sort_id FROM ${listing.from}` +
    (shownWhere.length > 0 ? ` WHERE ${shownWhere.map(({ sql }) => `(${sql})`).join(' AND ')}` : '') +
    ` ORDER BY ${column} ${direction}, ${listing.id} ${direction} LIMIT ?`;
  const values = [...shownWhere.flatMap(({ values }) => values), most];
  const { columns, rows } = listing.long ? asOneText(views, sql, values) : views.rows(sql, ...values);
  const shown = rows.slice(0, asked.limit);
  const [key, id] = (shown.at(-1)?.slice(-2) as [SqlValue, string] | undefined) ?? [];
  const next = rows.length > asked.limit && id !== undefined ? writeCursor(asked, key ?? null, id) : undefined;
  const listed = columns.slice(0, -2);
  const items = shown.map((row) => named(listed, row) as Row);
  return next === undefined ? { items } : { items, next };
}

/** A thousand rows are handed over as one text in two thirds of the time. Fractions would lose their last digits. */
function asOneText(views: Views, sql: string, values: readonly unknown[]): ReturnType<Views['rows']> {
  const columns = views.columnsOf(sql);
  const row = columns.map((name) => `"${name}"`).join();
  const [text] = views.rows(`SELECT json_group_array(json_array(${row})) FROM (${sql})`, ...values).rows[0] as [string];
  return { columns, rows: JSON.parse(text) as unknown[][] };
}

/** The first rows of all ways together: they are among the first of each. */
function reached(
  { id, from }: Listing,
  ways: readonly Way[],
  where: readonly Condition[],
  { column, direction, most }: { column: string; direction: string; most: number },
): Condition {
  const first = `ORDER BY sort_key ${direction}, sort_id ${direction} LIMIT ?`;
  const found = ways.map(({ each, ...way }): Condition => {
    const conditions = [way, ...where].map(({ sql }) => `(${sql})`).join(' AND ');
    const values = [...[way, ...where].flatMap((condition) => condition.values), most];
    const rows = `SELECT ${id} AS sort_id, ${column} AS sort_key FROM ${from} WHERE ${conditions} ${first}`;
    if (!each) return { sql: `SELECT sort_id, sort_key FROM (${rows})`, values };
    const [table = ''] = id.split('.');
    return {
      sql: `SELECT ${id}, ${column} FROM (${each.sql}) AS every CROSS JOIN ${table} WHERE ${id} IN (SELECT sort_id FROM (${rows}))`,
      values: [...each.values, ...values],
    };
  });
  return {
    sql: `${id} IN (SELECT sort_id FROM (${found.map(({ sql }) => sql).join(' UNION ')} ${first}))`,
    values: [...found.flatMap(({ values }) => values), most],
  };
}

const writeCursor = ({ sort, descending }: Asked, key: SqlValue, id: string): string =>
  Buffer.from(JSON.stringify([sort, descending, key, id])).toString('base64url');

function readCursor(cursor: string, { sort, descending }: Asked): [SqlValue, string] {
  try {
    const [ofSort, ofDirection, key, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    const scalar = typeof key === 'string' || typeof key === 'number';
    if (ofSort === sort && ofDirection === descending && scalar && typeof id === 'string') return [key, id];
  } catch {
    // Falls through: whatever it was, it isn't a cursor of this list.
  }
  throw new BadCursor('Not a cursor of this list.');
}

/** `column IN (…)`, and nothing at all for no value. */
export const oneOf = (column: string, values: readonly SqlValue[]): Condition =>
  values.length === 0 ? { sql: '0', values: [] } : { sql: `${column} IN (${values.map(() => '?').join()})`, values };

/** Every word of what was typed, anywhere in a `searchable` text. */
export function containing(column: string, typed: string): Condition {
  const words = searchable(typed).split(/\s+/).filter(Boolean);
  return { sql: words.map(() => `instr(${column}, ?) > 0`).join(' AND ') || '1', values: words };
}

export const anyOf = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0
    ? { sql: '0', values: [] }
    : { sql: conditions.map(({ sql }) => `(${sql})`).join(' OR '), values: conditions.flatMap(({ values }) => values) };
