import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { accepted, type Client } from '#client/client.js';
import { type Theatre, theatreOf } from './actors.js';
import { siret } from './applicants.js';
import { all, holderOf, idOf, type Page, type Row } from './listed.js';
import { heading } from './stage.js';
import { World } from './world.js';

let world: World;
let theatre: Theatre;
beforeAll(async () => {
  world = await World.open('2021-05-12T08:00:00Z');
  theatre = await theatreOf(world);
  const { cast, unsealedCall } = theatre;
  const { officer, admin } = cast.ars;
  for (const [index, name] of names.entries()) {
    world.clock.set(`2021-07-02T08:00:${String(index % 4).padStart(2, '0')}Z`);
    accepted(await officer.post('/api/organisations', { name, legalForm: 'company', siret: siret(500 + index) }));
    accepted(
      await officer.post(`/api/calls/${unsealedCall}/register-paper-filing`, {
        organisation: siret(500 + index),
        arrivedAt: '2021-06-30T10:00:00+02:00',
        medium: index % 2 === 0 ? 'paper' : 'mail',
        reference: `Pli ${index}`,
        pieces: 1,
      }),
    );
    accepted(await admin.post('/api/calls', { ...heading, title: `${name} – appel`, kind: index % 3 ? 'AAP' : 'AMI' }));
  }
});
afterAll(() => world.close());

const names = [
  "Épicerie sociale de l'Île",
  'Association Zèbre',
  '=HYPERLINK("http://example.org";"ici")',
  '+33 2 40 00 00 00',
  '-2+3',
  '@SOMME(A1:A9)',
  '\tTabulée',
  'Retour\nà la ligne',
  'Avec "guillemets", virgules; et points-virgules',
  'abeille',
  'Abeille',
  'élan',
  'Zoé',
];

const lists: Readonly<Record<string, readonly string[]>> = {
  calls: ['closesAt', 'publishedAt', 'title', 'changedAt'],
  applications: ['submittedAt', 'organisation', 'requestedCents', 'startedAt', 'changedAt'],
  organisations: ['name', 'id', 'registeredAt'],
  institutions: ['code', 'name'],
  people: ['name', 'openedAt'],
};
/** Somebody for whom each list is long. */
const readerOf = (list: string): Client =>
  list === 'people' ? world.operator : list === 'applications' ? auditor() : theatre.cast.ars.admin;
const auditor = (): Client => holderOf(theatre, 'auditor');

async function* pagesOf(client: Client, path: string): AsyncGenerator<readonly Row[]> {
  let pages = 0;
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    if (pages++ > 200) throw new Error(`${path} never ends.`);
    const page: Page = accepted(await client.get<Page>(`${path}${cursor && `&cursor=${cursor}`}`));
    yield page.items;
    cursor = page.next;
  }
}

const asked = fc.constantFrom(...Object.keys(lists)).chain((list) =>
  fc.record({
    list: fc.constant(list),
    sort: fc.constantFrom(...(lists[list] ?? [])),
    order: fc.constantFrom('asc', 'desc'),
    limit: fc.integer({ min: 1, max: 9 }),
  }),
);

describe('a list', () => {
  it('page after page is the whole of it, in its order, whatever the sort and the size of pages', async () => {
    await fc.assert(
      fc.asyncProperty(asked, async ({ list, sort, order, limit }) => {
        const client = readerOf(list);
        const whole = await all(client, list, `&sort=${sort}&order=${order}`);
        expect(whole.length).toBeGreaterThan(4);
        const rows: Row[] = [];
        for await (const items of pagesOf(client, `/api/${list}?sort=${sort}&order=${order}&limit=${limit}`)) {
          expect(items.length).toBeLessThanOrEqual(limit);
          rows.push(...items);
        }
        expect(rows).toEqual(whole);
        expect(new Set(rows.map(idOf)).size).toBe(rows.length);
        const keys = rows.map((row) => row[sort] ?? (sort === 'requestedCents' ? -1 : ''));
        const ordered = keys.every((key, index) => {
          const before = keys[index - 1] ?? key;
          return order === 'asc' ? before <= key : before >= key;
        });
        expect([sort, order, ordered]).toEqual([sort, order, true]);
      }),
      { seed: 20210813, numRuns: 80 },
    );
  });

  it('in one order is the other one backwards', async () => {
    for (const [list, sorts] of Object.entries(lists)) {
      for (const sort of sorts) {
        const [up, down] = [
          await all(readerOf(list), list, `&sort=${sort}&order=asc`),
          await all(readerOf(list), list, `&sort=${sort}&order=desc`),
        ];
        expect([list, sort, [...up].reverse()]).toEqual([list, sort, down]);
      }
    }
  });

  it('shows nothing twice and misses nothing that was there, while rows are added between its pages', async () => {
    const { officer } = theatre.cast.ars;
    let number = 700;
    for (const order of ['asc', 'desc']) {
      const before = (await all(officer, 'organisations')).map(idOf);
      const seen: string[] = [];
      for await (const items of pagesOf(officer, `/api/organisations?sort=name&order=${order}&limit=3`)) {
        seen.push(...items.map(idOf));
        for (const name of ['AAAA', 'Milieu', 'zzzz', 'ÿÿÿÿ']) {
          if (number >= 760) break;
          const body = { name: `${name} ${number}`, legalForm: 'company', siret: siret(number++) };
          accepted(await officer.post('/api/organisations', body));
        }
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toEqual(expect.arrayContaining(before));
    }
  });

  it('can be filtered, by values and by words whatever their capitals and accents', async () => {
    const { admin } = theatre.cast.ars;
    const titles = async (query: string) => (await all(admin, 'calls', query)).map(({ title }) => title);
    expect(await titles('&q=ZEBRE')).toEqual(['Association Zèbre – appel']);
    expect(await titles('&q=%C3%A9lan%20APPEL')).toEqual(['élan – appel']);
    expect(await titles('&q=introuvable')).toEqual([]);
    expect((await all(admin, 'calls', '&kind=AMI')).every(({ kind }) => kind === 'AMI')).toBe(true);
    expect(await all(admin, 'calls', '&kind=AMI')).toHaveLength(5);
    expect(new Set((await all(admin, 'calls', '&status=published')).map(idOf))).toEqual(
      new Set([theatre.openCall, theatre.unsealedCall]),
    );
    expect(await all(admin, 'calls', '&region=53')).toEqual([]);
    expect(await all(admin, 'calls', '&lead=CAF-44')).toEqual([]);
    expect(await all(admin, 'calls', '&lead=DREETS-PDL&regime=AUTHORISATION')).toEqual([]);
    expect((await all(admin, 'institutions', '&q=affaires%20CULTURELLES')).map(idOf)).toEqual(['DRAC-PDL']);
    expect((await all(admin, 'institutions', '&kind=CAF')).map(idOf)).toEqual(['CAF-44']);
    expect((await all(world.operator, 'people', '&q=helene%20deleg')).length).toBe(0);
    expect((await all(world.operator, 'people', '&q=SIMPLE')).map(({ name }) => name)).toEqual(['Simple Personne']);
    expect((await all(admin, 'organisations', '&q=epicerie%20ile')).map(({ name }) => name)).toEqual([names[0]]);
    expect((await all(auditor(), 'applications', '&q=zebre')).map(({ organisationName }) => organisationName)).toEqual([
      'Association Zèbre',
    ]);
    expect((await all(auditor(), 'applications', `&organisation=${siret(501)}&status=submitted`)).length).toBe(1);
    expect(await all(auditor(), 'applications', `&call=${theatre.openCall}`)).toEqual([]);
  });
});

describe('as CSV a list', () => {
  it.each(Object.keys(lists))('has the same rows, and no cell that starts a formula: %s', async (list) => {
    const client = readerOf(list);
    const { text, headers } = await client.get(`/api/${list}`, { accept: 'text/csv' });
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const [head = [], ...rows] = parse(text);
    const whole = await all(client, list);
    expect([...head].sort()).toEqual(Object.keys(whole[0] ?? {}).sort());
    expect(rows.map((cells) => cells[0])).toEqual(whole.map(idOf));
    expect(rows.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    const said = (value: Row[string]) => (typeof value === 'boolean' ? (value ? 'oui' : 'non') : String(value ?? ''));
    const plain = rows.map((cells) => cells.map((cell) => cell.replace(/^'(?=[=+\-@\t\r])/, '')));
    expect(plain).toEqual(whole.map((row) => head.map((name) => said(row[name] ?? null))));
  });

  it('has its columns where it has no row', async () => {
    const { text } = await readerOf('calls').get('/api/calls?q=introuvable', { accept: 'text/csv' });
    expect(parse(text)).toEqual([['id', 'title', 'kind', 'regime', 'region', 'status', 'publishedAt', 'closesAt']]);
  });

  it('neutralises what a spreadsheet would run, and says where the next page is', async () => {
    const { admin } = theatre.cast.ars;
    const { text } = await admin.get('/api/organisations', { accept: 'text/csv' });
    for (const name of names.slice(2, 7)) expect(text).toContain(`'${name.replace(/"/g, '""')}`);
    const first = await admin.get('/api/organisations?limit=2', { accept: 'text/csv' });
    const [, next = ''] = /^<(.+)>; rel="next"$/.exec(first.headers.get('link') ?? '') ?? [];
    const second = await admin.get(next, { accept: 'text/csv' });
    const ids = [first, second].flatMap((page) =>
      parse(page.text)
        .slice(1)
        .map(([id]) => id),
    );
    expect(ids).toEqual((await all(admin, 'organisations')).slice(0, 4).map(idOf));
  });
});
