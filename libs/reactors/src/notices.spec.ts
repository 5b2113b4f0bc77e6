import { describe, expect, it } from '@jest/globals';
import { paris } from '#calendar/paris.js';
import { digest } from '#commands/canonical.js';
import { SetClock } from '#commands/clock.js';
import { Handler } from '#commands/handler.js';
import { idFrom } from '#commands/ids.js';
import * as call from '#domain/call/fixtures.js';
import type { RecordedEvent } from '#event-store/event-store.js';
import { CALL, CAMILLE, FILE, given, type Happened, on, onStream, reached, SACHA } from '#read-models/fixtures.js';
import { noticesAbout, noticesTo } from '#read-models/notices.js';
import { member } from './fixtures.js';
import { Notices } from './notices.js';

const NOW = '2021-07-01T08:00:00Z';
const opened = on(`account-${CAMILLE}`, { type: 'AccountOpened', content: { version: 0, hash: 'a' } });
const invited = on(`account-${CAMILLE}`, {
  type: 'SignInInvited',
  invitation: 'i-1',
  expiresAt: '2021-07-08T08:00:00Z',
});
const started = on(`application-${FILE}`, {
  type: 'ApplicationStarted',
  call: CALL,
  organisation: 'W1',
  number: 1,
});
const withdrawn = on(`application-${FILE}`, { type: 'ApplicationWithdrawn', reason: 'Reporté.' });
const answered = on('question-q1', {
  type: 'QuestionAnswered',
  call: CALL,
  question: 'Les crèches ?',
  answer: 'Oui.',
  late: false,
});

async function world(...happened: readonly Happened[]) {
  const told = await given(...happened);
  const { store, projector } = told;
  const clock = new SetClock(NOW);
  const handler = new Handler(store, { calendar: paris, digest }, { secret: 'secret' });
  const event = (await store.readAll(undefined, 10_000)).at(-1) as RecordedEvent;
  const rows = async (person = CAMILLE) => {
    await reached(projector, store);
    return noticesTo(projector.views, person);
  };
  return { ...told, clock, event, rows, notices: new Notices({ store, handler, projector, clock }) };
}

describe('a notice', () => {
  it('is decided as a fact, with what it is about, and waits', async () => {
    const { notices, event, rows, store } = await world(member(CAMILLE, 'W1'), started, withdrawn);
    await notices.react(event);
    const id = idFrom('notice', event.id, 'withdrawal', CAMILLE);
    expect(await rows()).toEqual([
      {
        id,
        kind: 'withdrawal',
        to: CAMILLE,
        fact: event.id,
        stream: `application-${FILE}`,
        messageId: `<${id}@convergence>`,
        issuedAt: NOW,
        deliveredAt: null,
        bounced: null,
        givenUp: null,
      },
    ]);
    const [issued] = await store.readStream(`notice-${id}`);
    expect(issued?.data).toMatchObject({
      about: { fact: event.id, stream: `application-${FILE}`, call: CALL, file: FILE },
    });
  });

  it('is not decided twice when its fact is met again, later or after a restart', async () => {
    const { notices, event, rows, clock, store, projector } = await world(opened, invited);
    await notices.react(event);
    clock.set('2021-07-02T08:00:00Z');
    await notices.react(event);
    const handler = new Handler(store, { calendar: paris, digest }, { secret: 'secret' });
    await new Notices({ store, handler, projector, clock }).react(event);
    expect(await rows()).toMatchObject([{ issuedAt: NOW }]);
  });

  it('that an earlier version decided in other words is left as it is', async () => {
    const { notices, event, rows, andThen } = await world(member(CAMILLE, 'W1'), started, withdrawn);
    const id = idFrom('notice', event.id, 'withdrawal', CAMILLE);
    const about = { fact: event.id, stream: event.stream };
    await andThen(
      on(`notice-${id}`, { type: 'NoticeIssued', kind: 'withdrawal', to: CAMILLE, about, messageId: '<n@c>' }),
    );
    await notices.react(event);
    expect(await rows()).toMatchObject([{ messageId: '<n@c>' }]);
  });

  it('goes to everybody concerned, hundreds of them', async () => {
    const people = Array.from({ length: 300 }, (_, n) => `person-${n}`);
    const { notices, event, projector, rows } = await world(
      ...people.map((person) => member(person, 'W1')),
      started,
      withdrawn,
    );
    await notices.react(event);
    await rows();
    const told = noticesAbout(projector.views, `application-${FILE}`).map(({ to }) => to);
    expect(told.sort()).toEqual(people.sort());
  });

  it('of a fact that nobody is told of does not exist', async () => {
    const { notices, event, rows } = await world(opened);
    await notices.react(event);
    expect(await rows()).toEqual([]);
  });
});

describe('whoever refused messages of a kind', () => {
  const published = onStream(`call-${CALL}`, ...call.open);
  const applicants = [member(CAMILLE, 'W1'), member(SACHA, 'W1'), started];
  const refused = on(`account-${CAMILLE}`, { type: 'Unsubscribed', kind: 'question-answered' });

  it('gets none of them, and others do', async () => {
    const { notices, event, rows } = await world(...published, ...applicants, refused, answered);
    await notices.react(event);
    expect(await rows(CAMILLE)).toEqual([]);
    expect(await rows(SACHA)).toMatchObject([{ kind: 'question-answered' }]);
  });

  it('gets them again once they took it back', async () => {
    const back = on(`account-${CAMILLE}`, { type: 'Resubscribed', kind: 'question-answered' });
    const { notices, event, rows } = await world(...published, ...applicants, refused, back, answered);
    await notices.react(event);
    expect(await rows(CAMILLE)).toMatchObject([{ kind: 'question-answered' }]);
  });

  it('gets what is compulsory whatever the log says', async () => {
    const forced = on(`account-${CAMILLE}`, { type: 'Unsubscribed', kind: 'withdrawal' });
    const { notices, event, rows } = await world(...applicants, forced, withdrawn);
    await notices.react(event);
    expect(await rows(CAMILLE)).toMatchObject([{ kind: 'withdrawal' }]);
  });
});
