import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { accepted, type Answer, Client } from '#client/client.js';
import { grantableRoles, type Reach, roleThatAllows } from '#domain/roles.js';
import { unsubscribeToken } from '#reactors/mail/unsubscribe-token.js';
import { type TableLine, tableLines } from '#server/role-table.js';
import { type Actor, secretTitle, someDocument, type Theatre, theatreOf } from './actors.js';
import { Documented } from './documented.js';
import { Examples, type Schema } from './examples.js';
import { session } from './late-stages.js';
import { expectRefused } from './refusals.js';
import { World } from './world.js';

const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as OpenAPIObject;
const examples = new Examples(document);
const documented = new Documented(document);
/** What ends a thing comes last, so that it is there for the others. */
const last = [
  ...['WithdrawAssignment', 'DeclineAssignment', 'ConfirmConflict', 'DismissReviewer', 'RecuseMember'],
  ...['RemoveCommissionMember', 'AnswerAppeal', 'DeclineAward', 'CloseFile', 'RefuseBeforehand'],
  'DeleteWebhook',
  ...['CancelCall', 'DeclareUnsuccessful', 'WithdrawApplication', 'ForgetContents', 'ForgetPerson'],
];
const rankOf = ({ kind, operation }: TableLine) => (kind === 'view' ? -2 : last.indexOf(operation));
const lines = tableLines(document).sort((a, b) => rankOf(a) - rankOf(b));

let world: World;
let theatre: Theatre;
let webhook: string;
let calendar: string;
beforeAll(async () => {
  world = await World.open('2021-05-12T08:00:00Z');
  theatre = await theatreOf(world);
  const told = { institution: 'ARS-PDL', url: 'https://ars.example.org/convergence', facts: ['ContentsResealed'] };
  webhook = accepted(await theatre.cast.ars.admin.post<{ id: string }>('/api/webhooks', told)).id;
  const { url } = accepted(await theatre.bystander.post<{ url: string }>('/api/me/calendar'));
  calendar = new URL(url).pathname.split('/').at(-1) ?? '';
});
afterAll(() => world.close());

const leads = ['ARS-PDL', 'DREETS-PDL'];

type Asking = Pick<Actor, 'client' | 'under'> & Partial<Actor>;
const holds = ({ grants = [] }: Partial<Actor>, ...roles: readonly string[]): boolean =>
  grants.some(({ role }) => roles.includes(role));

/** Which call a route is walked on, or the call of its file. */
function callOf({ path, area }: TableLine): string {
  const { secretCall, openCall, unsealedCall } = theatre;
  if (
    /questions|question$|calls\/\{id\}\/(story|schedule|schedule\/history)$|start-application|register-paper|calls\/\{id\}(\/calendar\.ics)?$/.test(
      path,
    )
  )
    return openCall;
  const late = ['Reviews', 'Commission', 'Awards', 'Payments'].includes(area) || !path.startsWith('/api/calls/');
  return late ? unsealedCall : secretCall;
}

/** Where a grant must lie for this route, as the table means it. */
function reachOf(line: TableLine, actor: Actor): Reach {
  const { path, operation, entry } = line;
  const { organisation, concerned } = theatre;
  if (operation === 'AnswerPartnerInvitation') return { institutions: ['CAF-44'] };
  if (operation === 'CommentPreparation' || entry === 'Preparation') return { institutions: [...leads, 'CAF-44'] };
  if (path.startsWith('/api/organisations')) return { organisations: [organisation], institutions: 'any' };
  if (path === '/api/me/calendar') return { person: actor.person };
  if (path.startsWith('/api/people/')) return { person: concerned.id, institutions: ['ARS-PDL'] };
  if (['/api/people', '/api/deadlines'].includes(path) || entry === 'MessagePreview') return { institutions: 'any' };
  const ofFunder = ['ApprovePayment', 'RecordPayment'].includes(operation);
  const body = bodyOf(operation, actor);
  const ofOne = /^\/api\/(institutions|webhooks)/.test(path) || 'institution' in body || 'party' in body || ofFunder;
  return { institutions: ofOne ? ['ARS-PDL'] : leads, organisations: [organisation], call: callOf(line) };
}

function bodyOf(operation: string, actor: Partial<Actor>): Record<string, unknown> {
  const content = Object.values(document.paths)
    .flatMap((methods) => Object.values(methods as object) as { operationId: string; requestBody?: object }[])
    .find(({ operationId }) => operationId === operation)?.requestBody as
    { content: Record<string, { schema: Schema }> } | undefined;
  const schema = content?.content['application/json']?.schema;
  const body = schema ? (examples.of(schema) as Record<string, unknown>) : {};
  const { bystander, organisation, file } = theatre;
  const known: Record<string, unknown> = {
    institution: operation === 'AnswerPartnerInvitation' ? 'CAF-44' : 'ARS-PDL',
    partner: 'CD-44',
    leads,
    person: bystander.id,
    holder: bystander.id,
    to: bystander.id,
    member: holds(actor, 'member', 'chair') ? actor.person : bystander.id,
    application: file,
    agenda: [file],
    organisation,
    party: holds(actor, 'preparer', 'submitter')
      ? { kind: 'organisation', id: organisation }
      : { kind: 'institution', id: 'ARS-PDL' },
    scope: { kind: 'institution', id: 'ARS-PDL' },
    role: 'case-officer',
  };
  const meant = Object.fromEntries(Object.entries(body).map(([field, value]) => [field, known[field] ?? value]));
  const { under } = actor;
  if (schema && under !== undefined && 'under' in (examples.resolve(schema).properties ?? {})) meant['under'] = under;
  return meant;
}

/** Another call or file than the one meant. */
interface Elsewhere {
  readonly call?: string;
  readonly file?: string;
}

function addressOf(line: TableLine, { call = callOf(line), file: elsewhere }: Elsewhere): string {
  const { path, area, operation, kind } = line;
  const { draft, file, concerned, bystander, organisation } = theatre;
  const forOthers = ['GrantRole', 'WithdrawRole'].includes(operation);
  const filing = ['Applications', 'Documents'].includes(area) && kind === 'act' && operation !== 'ForgetContents';
  const ids: [RegExp, string][] = [
    [/calls\/\{id\}/, `calls/${call}`],
    [/applications\/\{id\}/, `applications/${elsewhere ?? (filing || operation === 'DryRun' ? draft : file)}`],
    [/organisations\/\{id\}/, `organisations/${organisation}`],
    [/people\/\{id\}/, `people/${forOthers ? bystander.id : concerned.id}`],
    [/\{person\}/, concerned.id],
    [/questions\/\{id\}/, `questions/${theatre.question}`],
    [/reports\/\{id\}/, `reports/${theatre.report}`],
    [/webhooks\/\{id\}/, `webhooks/${webhook}`],
    [/\{token\}\.ics/, calendar],
    [/\{session\}/, session],
    [/\{code\}/, 'ARS-PDL'],
    [/\{receipt\}/, theatre.receipt],
    [/\{document\}/, kind === 'act' ? bystander.id : theatre.document],
    [/\{notice\}/, theatre.notice],
    [/\{kind\}/, 'receipt'],
    [/unsubscribe\/\{token\}/, `unsubscribe/${unsubscribing()}`],
    [/\{token\}|\{event\}/, bystander.id],
  ];
  const address = ids.reduce((text, [form, id]) => text.replace(form, id), path);
  if (operation === 'ReadDuties') return `${address}?kind=reports`;
  return operation === 'AttachDocument' ? `${address}?filename=piece.pdf` : address;
}

/** The link of a message that somebody may refuse. */
const unsubscribing = (): string =>
  unsubscribeToken(world.server.service.folder.secret, theatre.bystander.id, 'question-answered');

function knock(line: TableLine, actor: Asking, elsewhere: Elsewhere = {}) {
  const { client } = actor;
  const address = addressOf(line, elsewhere);
  if (line.method === 'GET') return client.get<Problem>(address);
  if (line.method === 'DELETE') return client.delete<Problem>(address);
  if (line.method === 'PUT') return client.put<Problem>(address, someDocument());
  return client.post<Problem>(address, bodyOf(line.operation, actor), { ifMatch: '"0"' });
}

interface Problem {
  readonly code?: string;
  readonly instance?: string;
  readonly items?: unknown[];
}

const unknown = '00000000-0000-4000-8000-00000000c0de';
/** What an answer tells, but the number of its request. */
const heard = ({ status, body: { instance: _, ...problem } }: Answer<Problem>) => ({ status, problem });

const absences =
  /^(Call|Application|Person|Organisation|Institution|Question|Reviewer|Award|Agreement|Report|Notice|Webhook)Unknown$/;
const isNo = ({ status, body }: Answer<Problem>): boolean =>
  status === 401 ||
  (status === 403 && body.code === 'NotAllowed') ||
  (status === 404 && absences.test(body.code ?? ''));

/** What one answer tells, where it isn't what the table says. */
function wrong(line: TableLine, actor: Actor, answer: Answer<Problem>): string[] {
  const allowed = roleThatAllows(line.roles, actor, reachOf(line, actor)) !== undefined;
  const told = `${line.method} ${line.path} as ${actor.name}: ${answer.status} ${answer.text.slice(0, 300)}`;
  if (answer.status >= 500) return [told];
  if (answer.status < 300) {
    const faults = documented.faultsOf(line.method, line.path, answer);
    if (faults.length > 0) return faults.map((fault) => `not as documented: ${fault}, ${told}`);
  }
  if (allowed) {
    const good = line.kind === 'view' && line.method === 'GET' ? answer.status === 200 : !isNo(answer);
    return good ? [] : [`should be allowed, ${told}`];
  }
  const leaks = theatre.secrets
    .filter((secret) => answer.text.includes(secret))
    .map((secret) => `leaks ${secret}, ${told}`);
  // A list shows each person what is theirs: to those whom it concerns in nothing, nothing.
  const refused = isNo(answer) || (line.operation.startsWith('List') && answer.body.items?.length === 0);
  return refused ? leaks : [`should be refused, ${told}`, ...leaks];
}

describe('every role at', () => {
  it.each(lines.map((line): [string, TableLine] => [`${line.method} ${line.path}`, line]))(
    '%s',
    async (_, line) => {
      const faults: string[] = [];
      for (const actor of theatre.actors) faults.push(...wrong(line, actor, await knock(line, actor)));
      expect(faults).toEqual([]);
    },
    60_000,
  );
});

describe('the table', () => {
  it('has every role that somebody may be granted, among those who knock', () => {
    const appointed = ['reviewer', 'member', 'chair'];
    const held = new Set(theatre.actors.flatMap(({ grants }) => grants.map(({ role }) => role)));
    expect([...held].sort()).toEqual([...grantableRoles, ...appointed, 'delegate', 'preparer', 'submitter'].sort());
  });

  it('is asked of every route: one without a line is no route', () => {
    const [path = ''] = Object.keys(document.paths);
    const without = { ...document, paths: { [path]: { get: { operationId: 'Unlisted', responses: {} } } } };
    expect(() => tableLines(without)).toThrow(`GET ${path} stands in no line of the table of roles.`);
  });
});

describe('a call in preparation', () => {
  it("doesn't exist for those outside it, on any route", async () => {
    const outside = theatre.actors.filter(
      ({ grants }) =>
        !grants.some(
          ({ scope, role }) =>
            role === 'auditor' || (scope.kind === 'institution' && [...leads, 'CAF-44'].includes(scope.id)),
        ),
    );
    expect(outside.length).toBeGreaterThan(12);
    for (const line of lines.filter(({ path }) => path.startsWith('/api/calls/{id}'))) {
      for (const actor of outside) {
        const [secret, none] = [
          await knock(line, actor, { call: theatre.secretCall }),
          await knock(line, actor, { call: unknown }),
        ];
        expect([line.path, actor.name, heard(secret)]).toEqual([line.path, actor.name, heard(none)]);
        expect(secret.text.includes(secretTitle)).toBe(false);
      }
    }
    for (const actor of outside) {
      const { text } = await actor.client.get('/api/calls?limit=200');
      expect(text.includes(secretTitle) || text.includes(theatre.secretCall)).toBe(false);
    }
  }, 120_000);
});

describe('a file that is sealed', () => {
  it("doesn't exist but for its applicant, on any route", async () => {
    const { actors, sealed } = theatre;
    const told: unknown[] = [];
    // An administrator erases what a person asks to be erased, sealed or not.
    const walked = ({ path, operation }: TableLine) =>
      path.startsWith('/api/applications/{id}') && operation !== 'ForgetContents';
    for (const line of lines.filter(walked)) {
      for (const actor of actors) {
        const [known, none] = [await knock(line, actor, { file: sealed }), await knock(line, actor, { file: unknown })];
        if (!isDeepStrictEqual(heard(known), heard(none)))
          told.push(`${line.path} as ${actor.name}: ${known.status} ${known.text}, ${none.text}`);
      }
    }
    expect(told).toEqual([]);
  }, 120_000);
});

describe('the scope of a token', () => {
  it.each(['read', 'write', 'administer'])(
    'keeps a token for « %s » to it',
    async (scope) => {
      const { id } = await world.person(`Jeton ${scope}`, ['operator', 'everywhere']);
      const { token } = accepted(
        await world.operator.post<{ token: string }>(`/api/people/${id}/issue-token`, {
          label: 'essai',
          scopes: [scope],
          days: 1,
        }),
      );
      const client = new Client(world.server.url, token);
      for (const line of lines.filter(({ path }) => path !== '/api/openapi.json' && !path.startsWith('/health'))) {
        const answer = await knock(line, { client });
        if (line.scope === scope) expect([line.path, answer.body.code]).not.toEqual([line.path, 'TokenScope']);
        else
          expectRefused(
            answer,
            403,
            'TokenScope',
            `Ce jeton ne permet pas cela : il lui faut la portée « ${line.scope} ».`,
          );
      }
    },
    60_000,
  );
});
