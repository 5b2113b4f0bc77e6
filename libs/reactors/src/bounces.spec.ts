import { describe, expect, it } from '@jest/globals';
import { paris } from '#calendar/paris.js';
import { digest } from '#commands/canonical.js';
import { SetClock } from '#commands/clock.js';
import { Handler } from '#commands/handler.js';
import * as call from '#domain/call/fixtures.js';
import type { Fact } from '#domain/facts.js';
import type { NoticeKind } from '#domain/notice/notice.js';
import type { RecordedEvent } from '#event-store/event-store.js';
import { CALL, FILE, given, type Happened, on, onStream, reached } from '#read-models/fixtures.js';
import { noticesAbout, statusOfNotice, undeliveredOf } from '#read-models/notices.js';
import { Bounces } from './bounces.js';
import { grant, member } from './fixtures.js';
import { issue, noticeId } from './issuing.js';

const NOW = '2021-07-01T08:00:00Z';
const described = (person: string): Happened[] => [
  on(`account-${person}`, { type: 'AccountOpened', content: { version: 0, hash: 'a' } }),
  on(`person-${person}`, { type: 'PersonDescribed', name: person, email: `${person}@asso.example` }),
];
const everybody = ['camille', 'preparer', 'submitter', 'referent', 'second-referent', 'officer', 'reviewer'];
const before: Happened[] = [
  ...everybody.flatMap(described),
  ...onStream(
    `call-${CALL}`,
    ...call.preparing,
    { type: 'ReferentNamed', institution: call.ARS, person: 'referent', duty: 'pilotage' },
    { type: 'ReferentNamed', institution: call.DREETS, person: 'second-referent', duty: 'pilotage' },
    ...call.open.slice(call.preparing.length),
  ),
  grant('officer', 'case-officer', call.ARS),
  member('camille', 'W1'),
  member('preparer', 'W1', 'prepare'),
  member('submitter', 'W1'),
  on(`application-${FILE}`, { type: 'ApplicationStarted', call: CALL, organisation: 'W1', number: 1 }),
];
const withdrawn: [string, Fact] = [`application-${FILE}`, { type: 'ApplicationWithdrawn', reason: 'Reporté.' }];
const cancelled: [string, Fact] = [`call-${CALL}`, { type: 'CallCancelled', reason: 'Crédits gelés.' }];

/** A notice of that fact to somebody, which their address refuses. */
async function world(to: string, kind: NoticeKind, [stream, fact]: [string, Fact], ...more: readonly Happened[]) {
  const told = await given(...before, ...more, on(stream, fact));
  const { store, projector, andThen } = told;
  const handler = new Handler(store, { calendar: paris, digest }, { secret: 'secret' });
  const clock = new SetClock(NOW);
  const about = { fact: (await last()).id, stream, call: CALL };
  const bounces = new Bounces({ store, handler, projector, clock });
  const refuse = async (person: string) => {
    await issue(handler, clock, { kind, to: person, about });
    await andThen(
      on(`notice-${noticeId(about.fact, kind, person)}`, {
        type: 'NoticeBounced',
        code: 550,
        attempt: 1,
        address: 'first',
      }),
    );
    const event = await last();
    await bounces.react(event);
    await reached(projector, store);
    return event;
  };
  async function last(): Promise<RecordedEvent> {
    return (await store.readAll(undefined, 10_000)).at(-1) as RecordedEvent;
  }
  const event = await refuse(to);
  return {
    ...told,
    event,
    refuse,
    bounces,
    idOf: (person: string) => noticeId(about.fact, kind, person),
    people: () =>
      noticesAbout(projector.views, stream)
        .map((row) => row.to)
        .sort(),
    inVain: () => undeliveredOf(projector.views, CALL, [], 10).map((row) => row.to),
    issueTo: (person: string) => issue(handler, clock, { kind, to: person, about }),
  };
}

describe('a message that the address of an applicant refuses', () => {
  it('goes to another member of the organisation, who may file, as a notice of its own', async () => {
    const { people, inVain, store, idOf, views } = await world('camille', 'withdrawal', withdrawn);
    expect(people()).toEqual(['camille', 'submitter']);
    expect(inVain()).toEqual([]);
    const [issued] = await store.readStream(`notice-${idOf('submitter')}`);
    expect(issued?.data).toMatchObject({
      kind: 'withdrawal',
      to: 'submitter',
      insteadOf: idOf('camille'),
      about: { stream: `application-${FILE}`, call: CALL, file: FILE },
    });
    expect(statusOfNotice(views, idOf('camille'))).toBe('bounced');
  });

  it('is passed on once, however often its bounce is met', async () => {
    const { people, bounces, event, store, idOf } = await world('camille', 'withdrawal', withdrawn);
    await bounces.react(event);
    expect(people()).toEqual(['camille', 'submitter']);
    const types = (await store.readStream(`notice-${idOf('camille')}`)).map(({ type }) => type);
    expect(types).toEqual(['NoticeIssued', 'NoticeBounced', 'NoticePassedOn']);
  });

  it('is not sent twice to a second contact who was told already', async () => {
    const { people, refuse, issueTo } = await world('camille', 'withdrawal', withdrawn);
    await issueTo('preparer');
    await refuse('submitter');
    expect(people().sort()).toEqual(['camille', 'preparer', 'submitter']);
  });

  it('is a task once every contact has refused it', async () => {
    const { refuse, inVain } = await world('camille', 'withdrawal', withdrawn);
    await refuse('submitter');
    expect(inVain()).toEqual([]);
    await refuse('preparer');
    expect(inVain().sort()).toEqual(['camille', 'preparer', 'submitter']);
  });

  it('is a task at once where there is nobody else, or nobody with an address', async () => {
    const { inVain, people } = await world(
      'camille',
      'withdrawal',
      withdrawn,
      on('organisation-W1', { type: 'MemberRemoved', person: 'preparer', reason: 'Départ.' }),
      on('account-submitter', { type: 'PersonForgotten' }),
    );
    expect(people()).toEqual(['camille']);
    expect(inVain()).toEqual(['camille']);
  });

  it('is not for who refuses such messages', async () => {
    const answered: Fact = { type: 'QuestionAnswered', call: CALL, question: 'Q', answer: 'R', late: false };
    const { people } = await world(
      'officer',
      'question-answered',
      ['question-q1', answered],
      on('account-referent', { type: 'Unsubscribed', kind: 'question-answered' }),
    );
    expect(people()).toEqual(['officer', 'second-referent']);
  });
});

describe('a message that the address of who runs the call refuses', () => {
  it('goes to the other referent', async () => {
    const { people } = await world('referent', 'call-cancelled', cancelled);
    expect(people()).toEqual(['referent', 'second-referent']);
  });

  it('goes to a referent where it was for a colleague', async () => {
    const { people } = await world('officer', 'call-cancelled', cancelled);
    expect(people()).toEqual(['officer', 'referent']);
  });

  it('never goes to who has a conflict on the file it is about', async () => {
    const lodged: Fact = {
      type: 'AppealLodged',
      call: CALL,
      content: { version: 0, hash: 'a' },
      lodgedAt: NOW,
    };
    const { people } = await world(
      'officer',
      'appeal-lodged',
      [`award-${FILE}`, lodged],
      on('reviewer-r1', {
        type: 'InterestsDeclared',
        call: CALL,
        person: 'referent',
        conflicts: [{ application: FILE, nature: 'other' }],
      }),
    );
    expect(people()).toEqual(['officer', 'second-referent']);
  });
});

describe('a message for one person alone', () => {
  it.each<[NoticeKind, [string, Fact]]>([
    [
      'reviewer-appointed',
      ['reviewer-r1', { type: 'ReviewerAppointed', call: CALL, person: 'officer', expertise: [] }],
    ],
    ['sign-in', ['account-officer', { type: 'SignInInvited', invitation: 'i-1', expiresAt: NOW }]],
  ])('goes to nobody else: %s', async (kind, told) => {
    const { people } = await world('officer', kind, told);
    expect(people()).toEqual(['officer']);
  });

  it('and one to who neither runs the call nor applies is a task', async () => {
    const { people, inVain } = await world('reviewer', 'call-cancelled', cancelled);
    expect(people()).toEqual(['reviewer']);
    expect(inVain()).toEqual(['reviewer']);
  });
});
