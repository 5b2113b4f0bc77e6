/** What the specifications of the notices share: who there is, and what is told of. */
import { join } from 'node:path';
import { paris } from '#calendar/paris.js';
import { digest } from '#commands/canonical.js';
import { SetClock } from '#commands/clock.js';
import { Handler } from '#commands/handler.js';
import * as file from '#domain/application/fixtures.js';
import * as call from '#domain/call/fixtures.js';
import type { Fact } from '#domain/facts.js';
import type { NoticeKind } from '#domain/notice/notice.js';
import type { GrantableRole } from '#domain/roles.js';
import type { RecordedEvent } from '#event-store/event-store.js';
import {
  afterwards,
  CALL,
  eventOf,
  FILE,
  given,
  type Happened,
  on,
  onStream,
  reached,
  seat,
} from '#read-models/fixtures.js';
import { noticeOf as rowOf, type NoticeRow } from '#read-models/notices.js';
import { Composing } from './composing.js';
import { Ledger } from './ledger.js';
import type { Transport } from './mail/transport.js';
import { Postman, type PostmanOptions } from './postman.js';
import { Sole } from './sole.js';
import { tellings } from './recipients.js';
import type { Told } from './told.js';

export const grant = (person: string, role: GrantableRole, institution: string): Happened =>
  on(`account-${person}`, { type: 'RoleGranted', role, scope: { kind: 'institution', id: institution } });
export const member = (person: string, organisation: string, power: 'prepare' | 'submit' = 'submit'): Happened =>
  on(`organisation-${organisation}`, { type: 'ColleagueJoined', person, power });
const started = (id: string, organisation: string): Happened =>
  on(`application-${id}`, { ...file.started, call: CALL, organisation });

/** Everybody there is: who is told, and who must not be. */
export const world: Happened[] = [
  grant('ars-administrator', 'administrator', call.ARS),
  grant('ars-signatory', 'signatory', call.ARS),
  grant('ars-officer', 'case-officer', call.ARS),
  grant('ars-finance', 'finance-officer', call.ARS),
  grant('dreets-administrator', 'administrator', call.DREETS),
  grant('dreets-signatory', 'signatory', call.DREETS),
  grant('caf-partner', 'partner', 'CAF-44'),
  grant('caf-administrator', 'administrator', 'CAF-44'),
  grant('cd-partner', 'partner', 'CD-44'),
  grant('dreets-officer', 'case-officer', call.DREETS),
  grant('dreets-finance', 'finance-officer', call.DREETS),
  grant('other-officer', 'case-officer', 'DRAC-PDL'),
  ...onStream(
    `call-${CALL}`,
    ...call.preparing,
    { type: 'ReferentNamed', institution: call.ARS, person: 'referent', duty: 'pilotage' },
    { type: 'PartnerInvited', institution: 'CAF-44', presence: 'expected' },
    { type: 'PartnerInvitationAnswered', institution: 'CAF-44', accepted: true },
    { type: 'PartnerInvited', institution: 'CD-44', presence: 'optional' },
    ...call.open.slice(call.preparing.length),
  ),
  member('submitter', 'W1'),
  member('preparer', 'W1', 'prepare'),
  member('other-submitter', 'W2'),
  member('withdrawn-submitter', 'W3'),
  started(FILE, 'W1'),
  started('file-2', 'W2'),
  started('file-3', 'W3'),
  on('application-file-3', file.withdrawn),
  seat('chair', { chair: true }),
  seat('member', { substitute: 'substitute' }),
  on('reviewer-r1', { type: 'ReviewerAppointed', call: CALL, person: 'reviewer', expertise: [] }),
  on('question-q1', { type: 'QuestionAsked', call: CALL, content: { version: 0, hash: 'a' } }, { by: 'asker' }),
];

/** Who is told of a fact, and by which notice. */
export async function told(stream: string, fact: Fact, by = 'somebody', ...before: readonly Happened[]) {
  const { views } = await given(...world, ...before);
  const event: RecordedEvent = { ...eventOf(on(stream, fact, { by })), stream, version: 0, position: '1' };
  const history = before.filter((one) => one.stream === stream).map((one) => one.fact);
  const telling = tellings(event, views, [...history, fact]);
  return telling && { kind: telling.kind, to: [...telling.to].sort() };
}

export const TITLE = 'Appel à projets commun ARS/DREETS – 1000 premiers jours';

/** A notice to Camille, of the file of Les Petits Pas in the joint call. */
export const noticeOf = (kind: NoticeKind, fact: Fact, changes: Partial<Told> = {}): Told => ({
  kind,
  fact,
  history: [fact],
  name: 'Camille Élie',
  call: { id: 'call-1', title: TITLE, documents: [{ code: 'statuts', label: 'Statuts signés' }] },
  organisation: 'Les Petits Pas',
  url: 'https://convergence.example',
  calendar: paris,
  ...changes,
});

/** A whole text, as it is sent to Camille. */
export const sent = (...lines: readonly string[]): string =>
  `Bonjour Camille Élie,\n\n${lines.join('\n')}\n\n--\nConvergence, message automatique : ne pas répondre.\n`;

export const SECRET = 'secret';
const ISSUED = '2021-07-01T08:00:00Z';

/** Somebody with an address, and so many notices to them of one fact: `<name>-1`, `<name>-2`… */
export function writtenTo(person: string, name: string, count = 1, kind: NoticeKind = 'call-cancelled'): Happened[] {
  return [
    on(`person-${person}`, { type: 'PersonDescribed', name, email: `${name.toLowerCase()}@asso.example` }),
    on(`account-${person}`, { type: 'AccountOpened', content: { version: 0, hash: 'a' } }),
    ...Array.from({ length: count }, (_, index) => waiting(`${name}-${index + 1}`, person, kind)),
  ];
}

/** A notice of the last fact on the stream of the call; see `postOffice`. */
export const waiting = (id: string, to: string, kind: NoticeKind = 'call-cancelled'): Happened =>
  on(
    `notice-${id}`,
    {
      type: 'NoticeIssued',
      kind,
      to,
      about: { fact: TOLD, stream: `call-${CALL}`, call: CALL },
      messageId: `<${id}@convergence>`,
    },
    { at: ISSUED },
  );

/** The id of the fact that those notices tell of. */
const TOLD = 'd0000000-0000-4000-8000-000000000001';

/** A log with a cancelled call and these facts, and a postman who delivers what waits in it. */
export async function postOffice(
  transport: Transport | ((folder: string) => Transport),
  happened: readonly Happened[],
  options: Partial<PostmanOptions> = {},
) {
  const world = await given(...onStream(`call-${CALL}`, ...call.open));
  const { store, projector, folder } = world;
  const cancelled: Fact = { type: 'CallCancelled', reason: 'Crédits gelés.' };
  await store.append(`call-${CALL}`, 'any', [{ ...eventOf(on(`call-${CALL}`, cancelled)), id: TOLD }]);
  await world.andThen(...happened);
  const clock = new SetClock(ISSUED);
  const handler = new Handler(store, { calendar: paris, digest }, { secret: SECRET });
  const errors: Error[] = [];
  const employ = (changes: Partial<PostmanOptions> = {}) => {
    const ledger = new Ledger(join(folder, 'reactors.db'), store);
    const made = new Postman({
      store,
      handler,
      projector,
      ledger,
      clock,
      transport: typeof transport === 'function' ? transport(folder) : transport,
      composing: new Composing({ store, projector, calendar: paris, secret: SECRET, url: 'https://c.example' }),
      sole: new Sole(join(folder, 'postman.lock')),
      onError: (error) => errors.push(error),
      pauseMs: 1,
      ...options,
      ...changes,
    });
    let closed: Promise<void> | undefined;
    const close = () => (closed ??= made.close().finally(() => ledger.close()));
    afterwards(close);
    made.start();
    return { close, ledger };
  };
  const row = async (id: string): Promise<NoticeRow | undefined> => {
    await reached(projector, store);
    return rowOf(projector.views, id);
  };
  return { ...world, clock, handler, errors, employ, row };
}
