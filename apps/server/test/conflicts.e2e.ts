import { beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { readFileSync } from 'node:fs';
import { accepted, type Client } from '#client/client.js';
import { reviewerId } from '#commands/ids.js';
import type { CommissionEvent } from '#domain/commission/commission-facts.js';
import { euros } from '#domain/money.js';
import { contents } from './applicants.js';
import { type Awarded, call, cast, pay, payableFile, world } from './awarded.js';
import { Examples, type Parameter, queriesOf, type Schema } from './examples.js';
import { happened } from './happened.js';
import { type Person, until } from './world.js';

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}
const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as OpenAPIObject;
const examples = new Examples(document);
const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods as Record<string, Operation>).map(([method, { parameters, requestBody }]) => ({
    path,
    parameters,
    method: method.toUpperCase(),
    schema: requestBody?.content['application/json']?.schema,
  })),
);
/** Where files are; organisations, people and receipts stay whoever has a conflict on what. */
const looked = routes.filter(
  ({ path, method }) => method === 'GET' && /^\/api\/(calls|applications|reports|deadlines)/.test(path),
);

const NOBODYS = '00000000-0000-4000-8000-000000000000';
const TITLE = 'Le dossier dont on se déporte';
let a: Awarded;
let b: Awarded;
let reports: string[];
let conflicted: readonly [said: string, person: Person][];
let words: string[];
let attached: string;

const ofCommission = (...facts: CommissionEvent[]) => happened(world, `commission-${call}`, ...facts);
const quorum = { members: 2, present: 2, needed: 1, required: true };

/** Erika instructs and reviews, Fabien pays and sits in the commission, Paule administers and chairs it. */
async function peopleInConflict(): Promise<typeof conflicted> {
  const staff = (name: string, role: string) => world.person(name, [role, 'institution', 'ARS-PDL']);
  const erika = await staff('Erika Instructrice', 'case-officer');
  const fabien = await staff('Fabien Financier', 'finance-officer');
  const paule = await staff('Paule Présidente', 'administrator');
  const of = { call, person: erika.id };
  const conflicts = [{ application: b.id, nature: 'governance' as const }];
  await happened(
    world,
    `reviewer-${reviewerId(call, erika.id)}`,
    { type: 'ReviewerAppointed', ...of, expertise: [] },
    { type: 'ReviewAssigned', ...of, application: a.id },
    { type: 'ReviewAssigned', ...of, application: b.id },
    { type: 'InterestsDeclared', ...of, conflicts },
  );
  for (const [{ id: person }, chair] of [[fabien, false] as const, [paule, true] as const])
    await ofCommission(
      { type: 'CommissionMemberAppointed', person, sitsFor: 'ARS-PDL', voice: 'voting', chair },
      { type: 'MemberInterestsDeclared', member: person, conflicts },
    );
  return [
    ['case officer and reviewer', erika],
    ['finance officer and member', fabien],
    ['administrator and chair', paule],
  ];
}

/** Two sessions on both files: one with its ranking and its minutes, the other open. */
async function deliberated(member: Person): Promise<void> {
  const on = (session: string, application: string): CommissionEvent[] => [
    { type: 'ApplicantHeard', session, application },
    {
      type: 'VoteRecorded',
      ...{ session, application, how: 'totals', totals: { for: 2, against: 0, abstain: 0 }, quorum },
      result: 'favourable',
    },
  ];
  const ranked = ({ id: application }: Awarded, rank: number, amountCents: number) =>
    ({ application, rank, list: 'main', amountCents }) as const;
  for (const session of ['s1', 's2'])
    await ofCommission(
      { type: 'SessionPlanned', session, at: '2021-11-15T08:00:00Z', place: 'Nantes' },
      {
        type: 'SessionConvened',
        ...{
          session,
          agenda: [a.id, b.id],
          documents: [],
          noQuorumRequired: false,
          convenedAt: '2021-11-01T08:00:00Z',
        },
      },
      { type: 'SessionOpened', session, quorum },
    );
  await ofCommission(
    { type: 'MemberRecused', session: 's1', application: b.id, member: member.id, nature: 'governance' },
    ...on('s1', a.id),
    ...on('s1', b.id),
    { type: 'RankingAdopted', session: 's1', ranking: [ranked(a, 1, 3_000_000), ranked(b, 2, 1_888_800)] },
  );
  accepted(await cast.ars.officer.post(`/api/calls/${call}/sessions/s1/draft-minutes`));
}

beforeAll(async () => {
  a = await payableFile(2_000_000, 1_000_000);
  b = await payableFile(1_234_500, 765_400);
  await pay(b, 1, 'ars', 'EJ-2021-B');
  const { organisation, id } = b;
  const content = { version: 2, hash: 'b'.repeat(64) };
  const totals = { chargesCents: 3_000_000, productsCents: 3_000_000, inKindCents: 0, requestedCents: 1_717_100 };
  const { receipt = '', documents } = accepted(
    await cast.ars.officer.get<{ receipt?: string; documents: { document: string }[] }>(`/api/applications/${id}`),
  );
  attached = documents[0]?.document ?? '';
  await happened(world, `content-application-${id}`, {
    type: 'ApplicationWritten',
    contents: { ...contents, title: TITLE },
  });
  await happened(
    world,
    `application-${id}`,
    {
      type: 'SubmissionReplaced',
      ...{ replaces: receipt, submission: 2, receipt: 'AR-DEUXIEME', submittedAt: '2021-08-01T08:00:00Z', content },
      ...{ documents: [], totals, deadline: '2021-08-13T14:00:00Z' },
    },
    { type: 'DeclaredAdmissible', institution: 'ARS-PDL' },
  );
  await happened(world, `application-${a.id}`, { type: 'DeclaredAdmissible', institution: 'ARS-PDL' });
  const reserved = (application: string, amountCents: number) =>
    ({ type: 'FundsReserved', reservation: application, application, amountCents, leftCents: 0 }) as const;
  await happened(world, `envelope-${call}.1`, reserved(a.id, 2_000_000), reserved(id, 1_234_500));
  conflicted = await peopleInConflict();
  await deliberated(conflicted[1]?.[1] as Person);
  reports = await until(async () => {
    const { items } = accepted(
      await cast.ars.officer.get<{ items: { id: string }[] }>(`/api/reports?organisation=${organisation}`),
    );
    return items.length === 2 ? items.map((report) => report.id) : undefined;
  }, 'the reports that are owed');
  // Due within the year that the board looks ahead.
  const soon = { report: reports[0] ?? '', dueOn: '2022-09-30', reason: 'Bilan avancé' };
  await happened(world, `reports-${organisation}`, { type: 'ReportExtended', ...soon });
  const cents = [1_234_500, 765_400, 617_250, 382_700, 1_717_100, 1_999_900, 1_888_800, 2_000_000 + 1_234_500];
  words = [id, receipt, 'AR-DEUXIEME', TITLE, 'Association n° 702', organisation, 'EJ-2021-B', ...reports];
  words.push(...cents.flatMap((amount) => [String(amount), euros(amount)]));
});

/** Every address of this route, of the call and of the other file; as a list it is asked for the hidden one too. */
const addressesOf = ({ path, parameters }: (typeof routes)[number]): string[] => {
  const address = path
    .replace('calls/{id}', `calls/${call}`)
    .replace('applications/{id}', `applications/${a.id}`)
    .replace('reports/{id}', `reports/${NOBODYS}`)
    .replace('{session}', 's1')
    .replace('{document}', attached);
  const searches = ['Association n° 702', b.organisation].map((q) => `${address}?q=${encodeURIComponent(q)}`);
  const board = path === '/api/deadlines' ? [`${address}?days=365`] : [];
  return [...queriesOf(parameters).map((query) => `${address}${query}`), ...searches, ...board];
};

/** What of the file these routes show: each route with the words it lets out. */
async function shownTo(person: Client): Promise<[path: string, found: string[]][]> {
  const shown: [string, string[]][] = [];
  for (const route of looked) {
    for (const address of addressesOf(route)) {
      for (const accept of ['application/json', 'text/csv']) {
        const { text } = await person.get(address, { accept });
        const found = words.filter((word) => text.includes(word));
        if (found.length > 0) shown.push([`${route.path} ${accept}`, found]);
      }
    }
  }
  return shown;
}

async function said(person: Client, method: string, path: string, body?: object) {
  const sending = { ifMatch: '"0"' };
  const { status, text } = await person.send(method, path, body && JSON.stringify(body), sending);
  return { status, text: text.replace(/"instance":"[^"]*"/, '') };
}

describe('a file that somebody has a conflict on', () => {
  it('is shown to their colleagues by every route that shows files', async () => {
    const routesShowing = new Set((await shownTo(cast.ars.admin)).map(([path]) => path.split(' ')[0]));
    expect([...routesShowing].sort()).toEqual([
      '/api/applications',
      '/api/calls/{id}/awards',
      '/api/calls/{id}/deadlines',
      '/api/calls/{id}/duties',
      '/api/calls/{id}/envelopes',
      '/api/calls/{id}/funding',
      '/api/calls/{id}/names',
      '/api/calls/{id}/payments',
      '/api/calls/{id}/ranking',
      '/api/calls/{id}/reminders',
      '/api/calls/{id}/reviewers',
      '/api/calls/{id}/reviews',
      '/api/calls/{id}/sessions/{session}',
      '/api/calls/{id}/sessions/{session}/minutes',
      '/api/calls/{id}/story',
      '/api/calls/{id}/timeline',
      '/api/deadlines',
      '/api/reports',
    ]);
  });

  it('is in no answer to them: not in a list, a search, a count, a sum, a story or an export', async () => {
    for (const [role, person] of conflicted) expect([role, await shownTo(person)]).toEqual([role, []]);
  });

  it('is read by nobody of them: each answer is that of a file that never was', async () => {
    for (const [role, person] of conflicted) {
      for (const { path } of looked.filter(({ path: of }) => /(applications|reports)\/\{id\}/.test(of))) {
        const at = (id: string) => path.replace('{id}', id).replace('{document}', attached);
        const [hidden, unknown] = [path.includes('reports') ? (reports[0] ?? '') : b.id, NOBODYS];
        expect([role, path, await said(person, 'GET', at(hidden))]).toEqual([
          role,
          path,
          await said(person, 'GET', at(unknown)),
        ]);
      }
    }
  });

  it('is changed by nobody of them: each refusal is that of a file that never was', async () => {
    const acts = routes.filter(
      ({ path, method }) =>
        method !== 'GET' && /(applications|reports)\/\{id\}/.test(path) && !path.includes('documents'),
    );
    for (const [role, person] of conflicted) {
      for (const { path, method, schema } of acts) {
        const body = schema ? { ...(examples.of(schema) as object), institution: 'ARS-PDL' } : undefined;
        const hidden = path.includes('reports') ? (reports[0] ?? '') : b.id;
        const answers = [];
        for (const id of [hidden, NOBODYS]) answers.push(await said(person, method, path.replace('{id}', id), body));
        expect([role, path, answers[0]]).toEqual([role, path, answers[1]]);
      }
    }
  });

  it('is not heard, voted or settled by those who conduct the session: it is not on their agenda', async () => {
    const acts: [act: string, body: object][] = [
      ['hear', {}],
      ['record-vote', { totals: { for: 1, against: 0, abstain: 0 } }],
      ['give-casting-vote', { favourable: true }],
      ['recuse', { member: NOBODYS, nature: 'family' }],
    ];
    for (const [role, person] of conflicted) {
      for (const [act, body] of acts) {
        const on = (application: string) =>
          said(person, 'POST', `/api/calls/${call}/sessions/s2/${act}`, { ...body, application });
        expect([role, act, await on(b.id)]).toEqual([role, act, await on(NOBODYS)]);
      }
    }
    const own = { application: b.id, nature: 'governance' };
    for (const [, person] of conflicted.slice(1))
      accepted(await person.post(`/api/calls/${call}/sessions/s2/recuse`, { ...own, member: person.id }));
  });
});
