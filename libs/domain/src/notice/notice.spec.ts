import { describe, expect, it } from '@jest/globals';
import { absent, type Stamp } from '../decider.js';
import { specify } from '../specification.js';
import { notice, type NoticeEvent, noticeKinds } from './notice.js';

const stamp: Stamp = { at: '2021-07-01T08:00:00Z', by: 'system', actingAs: 'system', id: 'notice-1' };
const given = specify(notice, stamp, {});

const about = { fact: '77777777-7777-4777-8777-777777777777', stream: 'application-file-1' };
const message = {
  kind: 'receipt',
  to: '44444444-4444-4444-8444-444444444444',
  about,
  messageId: 'notice-1@convergence.example',
} as const;
const issued = { type: 'NoticeIssued', ...message } satisfies NoticeEvent;
const delivered = {
  type: 'NoticeDelivered',
  through: 'file',
  deliveredAt: '2021-07-01T08:00:00Z',
} satisfies NoticeEvent;
const givenUp = { type: 'NoticeGivenUp', because: 'Adresse effacée.' } satisfies NoticeEvent;
const UNKNOWN = absent('NoticeUnknown', "Ce message n'existe pas.");

describe('issuing a notice', () => {
  const issue = { type: 'IssueNotice', ...message } as const;

  it('decides one message to one person about one fact', () => given().when(issue).then(issued));
  it.each(noticeKinds)('may tell of %s', (kind) =>
    given()
      .when({ ...issue, kind })
      .then({ ...issued, kind }),
  );
  it('waits to be delivered', () => expect(given(issued).state).toEqual({ status: 'issued' }));
  it.each([
    ['waits', [issued]],
    ['was delivered', [issued, delivered]],
    ['was given up', [issued, givenUp]],
  ])('is refused for a message that %s: it is decided once', (_, history) =>
    given(...history)
      .when(issue)
      .thenRefused('NoticeIssued', 'Ce message est déjà décidé.'),
  );
});

describe('delivering a notice', () => {
  const deliver = { type: 'RecordDelivery' } as const;

  it('is a fact with its instant', () =>
    given(issued)
      .when(deliver, { at: '2021-07-01T08:00:05Z' })
      .then({ ...delivered, deliveredAt: '2021-07-01T08:00:05Z' }));
  it('ends the message', () => expect(given(issued, delivered).state).toEqual({ status: 'delivered' }));
  it('is not a fact a second time: delivery is at least once', () => given(issued, delivered).when(deliver).then());
  it('is not a fact once given up', () => given(issued, givenUp).when(deliver).then());
  it('is refused for a message that nobody decided, as not found', () =>
    expect(given().when(deliver).result).toEqual(UNKNOWN));
});

describe('giving a notice up', () => {
  const giveUp = { type: 'GiveUpNotice', because: 'Adresse effacée.' } as const;

  it('is a fact with its cause', () => given(issued).when(giveUp).then(givenUp));
  it('ends the message', () => expect(given(issued, givenUp).state).toEqual({ status: 'given-up' }));
  it('is not a fact a second time', () => given(issued, givenUp).when(giveUp).then());
  it('is not a fact once delivered', () => given(issued, delivered).when(giveUp).then());
  it('is refused for a message that nobody decided, as not found', () =>
    expect(given().when(giveUp).result).toEqual(UNKNOWN));
});
