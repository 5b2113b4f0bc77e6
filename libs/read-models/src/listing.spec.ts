import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { afterwards, newFolder } from './fixtures.js';
import { anyOf, type Asked, BadCursor, containing, type Listing, oneOf, page, type Way } from './listing.js';
import { Views } from './views.js';

interface Thing {
  readonly id: string;
  readonly rank: number;
  readonly name: string;
}
const things: Listing = {
  select: 'id, rank, name',
  from: 'things',
  id: 'things.id',
  sorts: { rank: 'rank', name: "COALESCE(name, '')" },
};

function viewsOf(rows: readonly Thing[]): Views {
  const model = { tables: 'CREATE TABLE things (id TEXT PRIMARY KEY, rank INTEGER, name TEXT)', handlers: () => ({}) };
  const views = Views.fresh(`${newFolder()}/views-1.db`, { logId: 'log' }, [model]);
  afterwards(() => views.close());
  const insert = views.db.prepare('INSERT INTO things VALUES (?, ?, ?)');
  for (const { id, rank, name } of rows) insert.run(id, rank, name);
  return views;
}

const thing = (id: string, rank: number, name = id): Thing => ({ id, rank, name });
const five = [thing('a', 2), thing('b', 1), thing('c', 2), thing('d', 3), thing('e', 2)];
const asked = (changes: Partial<Asked> = {}): Asked => ({
  where: [],
  sort: 'rank',
  descending: false,
  limit: 2,
  ...changes,
});

function allPages(views: Views, changes: Partial<Asked> = {}, listing = things): string[][] {
  const pages: string[][] = [];
  for (let cursor: string | undefined; ;) {
    const { items, next } = page<Thing>(views, listing, asked({ ...changes, ...(cursor !== undefined && { cursor }) }));
    pages.push(items.map(({ id }) => id));
    if (next === undefined) return pages;
    cursor = next;
  }
}

describe('a page', () => {
  it('has its rows as selected, and says where the next one starts', () => {
    const { items, next } = page<Thing>(viewsOf(five), things, asked());
    expect(items).toEqual([thing('b', 1), thing('a', 2)]);
    expect(next).toEqual(expect.any(String));
  });

  it('is the same where its list is one of long pages', () => {
    const views = viewsOf([...five, thing('f', 4, 'Élan « vital » \\ "\n')]);
    views.db.exec("INSERT INTO things VALUES ('g', 9007199254740991, NULL)");
    for (const changes of [{ limit: 10 }, {}, { limit: 10, descending: true, sort: 'name' }])
      expect(page(views, { ...things, long: true }, asked(changes))).toEqual(page(views, things, asked(changes)));
    expect(page(viewsOf([]), { ...things, long: true }, asked())).toEqual({ items: [] });
  });

  it('is the last where nothing follows, full or not', () => {
    const views = viewsOf(five);
    expect(page(views, things, asked({ limit: 5 }))).not.toHaveProperty('next');
    expect(page(views, things, asked({ limit: 10 }))).not.toHaveProperty('next');
    expect(page(viewsOf([]), things, asked())).toEqual({ items: [] });
  });

  it('follows the one before, equal keys in the order of ids', () => {
    expect(allPages(viewsOf(five))).toEqual([['b', 'a'], ['c', 'e'], ['d']]);
  });

  it('follows the one before downwards too', () => {
    expect(allPages(viewsOf(five), { descending: true })).toEqual([['d', 'e'], ['c', 'a'], ['b']]);
  });

  it('has only what meets every condition', () => {
    const where = [oneOf('rank', [2, 3]), { sql: "id <> 'c' OR 0", values: [] }];
    expect(allPages(viewsOf(five), { where })).toEqual([['a', 'e'], ['d']]);
  });

  it('skips nothing and repeats nothing when rows come while pages are turned', () => {
    const views = viewsOf(five);
    const { next = '' } = page<Thing>(views, things, asked());
    views.db.exec("INSERT INTO things VALUES ('0', 1, 'before'), ('d2', 2, 'after')");
    expect(page<Thing>(views, things, asked({ cursor: next, limit: 10 })).items.map(({ id }) => id)).toEqual([
      'c',
      'd2',
      'e',
      'd',
    ]);
  });
});

describe('a cursor', () => {
  const views = () => viewsOf(five);
  const cursorOf = (changes: Partial<Asked>) => page(views(), things, asked(changes)).next ?? '';

  it.each<[string, string]>([
    ['of another order', cursorOfText(['name', false, 'a', 'a'])],
    ['of the other direction', cursorOfText(['rank', true, 2, 'a'])],
    ['without a key', cursorOfText(['rank', false, null, 'a'])],
    ['with an id that is none', cursorOfText(['rank', false, 2, 3])],
    ['that is no list', cursorOfText({ rank: 2 })],
    ['that is no JSON', 'bm9uZQ'],
    ['that is no base64', '%%%'],
    ['that is empty', ''],
  ])('%s is refused', (_, cursor) => {
    expect(() => page(views(), things, asked({ cursor }))).toThrow(BadCursor);
  });

  it('is refused when the list is asked for in another way than it was made for', () => {
    const cursor = cursorOf({});
    expect(() => page(views(), things, asked({ cursor, descending: true }))).toThrow(BadCursor);
    expect(() => page(views(), things, asked({ cursor, sort: 'name' }))).toThrow(BadCursor);
    expect(page(views(), things, asked({ cursor })).items).toHaveLength(2);
  });

  it('goes as it is into an address', () => {
    expect(cursorOf({ sort: 'name' })).toMatch(/^[\w-]+$/);
  });
});

describe('ways', () => {
  const ways: Way[] = [
    { sql: 'rank = ?', values: [2] },
    { sql: 'name = every.one', values: [], each: { sql: "SELECT 'b' AS one UNION SELECT ?", values: ['c'] } },
  ];

  it('reach their rows, each once, in one order', () => {
    expect(allPages(viewsOf(five), { ways })).toEqual([
      ['b', 'a'],
      ['c', 'e'],
    ]);
    expect(allPages(viewsOf(five), { ways, descending: true })).toEqual([
      ['e', 'c'],
      ['a', 'b'],
    ]);
  });

  it('reach only what meets the conditions too', () => {
    expect(allPages(viewsOf(five), { ways, where: [oneOf('id', ['b', 'e', 'd'])] })).toEqual([['b', 'e']]);
  });
});

it('all pages together are the sorted rows, whatever they are and however reached', () => {
  const row = fc.record({
    id: fc.string({ minLength: 1 }),
    rank: fc.nat(3),
    name: fc.constantFrom('x', 'y', 'é', 'Z'),
  });
  const rows = fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: 12 });
  const byRank: Way[] = [
    { sql: 'rank = 0', values: [] },
    { sql: 'rank = every.one', values: [], each: { sql: 'SELECT 0 AS one UNION SELECT 1', values: [] } },
    { sql: 'rank > ?', values: [0] },
  ];
  const compare = (a: string | number, b: string | number) =>
    typeof a === 'number' ? a - Number(b) : Buffer.compare(Buffer.from(a), Buffer.from(String(b)));
  fc.assert(
    fc.property(
      rows,
      fc.constantFrom<('rank' | 'name')[]>('rank', 'name'),
      fc.boolean(),
      fc.integer({ min: 1, max: 5 }),
      fc.boolean(),
      fc.boolean(),
      (all, sort, descending, limit, reached, long) => {
        const sorted = [...all].sort((a, b) => compare(a[sort], b[sort]) || compare(a.id, b.id)).map(({ id }) => id);
        const listing = long ? { ...things, long } : things;
        const pages = allPages(viewsOf(all), { sort, descending, limit, ...(reached && { ways: byRank }) }, listing);
        expect(pages.flat()).toEqual(descending ? sorted.reverse() : sorted);
      },
    ),
    { numRuns: 40 },
  );
});

describe('conditions', () => {
  it('find nothing among no values', () => {
    expect(allPages(viewsOf(five), { where: [oneOf('id', [])] })).toEqual([[]]);
    expect(allPages(viewsOf(five), { where: [anyOf([])] })).toEqual([[]]);
  });

  it('find what any of them finds', () => {
    expect(allPages(viewsOf(five), { where: [anyOf([oneOf('id', ['a']), oneOf('rank', [3])])] })).toEqual([['a', 'd']]);
  });

  it('find every word, in any order, accents and capitals aside', () => {
    const views = viewsOf([thing('1', 1, 'cafe des eleves'), thing('2', 2, 'cafe')]);
    expect(allPages(views, { where: [containing('name', ' Élèves CAFÉ ')] })).toEqual([['1']]);
    expect(allPages(views, { where: [containing('name', '  ')] })).toEqual([['1', '2']]);
  });
});

function cursorOfText(cursor: unknown): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}
