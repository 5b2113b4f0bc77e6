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
const inVain = { type: 'NoticeGivenUp', because: 'Personne ne répond.', attempts: 23 } satisfies NoticeEvent;
const bounced = { type: 'NoticeBounced', code: 550, attempt: 1, address: 'first' } satisfies NoticeEvent;
const passedOn = { type: 'NoticePassedOn', to: message.to, notice: 'notice-2' } satisfies NoticeEvent;
const resent = { type: 'NoticeResent' } satisfies NoticeEvent;
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
  const deliver = { type: 'RecordDelivery', through: 'file' } as const;

  it('through a mail server is said to be', () =>
    given(issued)
      .when({ ...deliver, through: 'smtp' })
      .then({ ...delivered, through: 'smtp' }));

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
  it('ends the message for good, where nobody is left to write to', () =>
    expect(given(issued, givenUp).state).toEqual({ status: 'erased' }));
  it('after attempts in vain says how many, and can be taken back', () => {
    given(issued)
      .when({ ...giveUp, because: 'Personne ne répond.', attempts: 23 })
      .then(inVain);
    expect(given(issued, inVain).state).toEqual({ status: 'given-up' });
  });
  it('is not a fact a second time', () => given(issued, givenUp).when(giveUp).then());
  it('is not a fact once delivered', () => given(issued, delivered).when(giveUp).then());
  it('is refused for a message that nobody decided, as not found', () =>
    expect(given().when(giveUp).result).toEqual(UNKNOWN));
});

describe('a notice whose address refuses it', () => {
  const record = { type: 'RecordBounce', code: 550, attempt: 1 } as const;

  it('has bounced, with the code of the server and no word of it', () => given(issued).when(record).then(bounced));
  it('never counts as delivered', () => {
    expect(given(issued, bounced).state).toEqual({ status: 'bounced' });
    given(issued, bounced).when({ type: 'RecordDelivery', through: 'smtp' }).then();
  });
  it('is not a fact a second time', () => given(issued, bounced).when(record).then());
  it('is not a fact once delivered', () => given(issued, delivered).when(record).then());
  it('to the second contact says so', () =>
    given({ ...issued, insteadOf: 'notice-0' })
      .when(record)
      .then({ ...bounced, address: 'second' }));
  it('is refused for a message that nobody decided, as not found', () =>
    expect(given().when(record).result).toEqual(UNKNOWN));
});

describe('passing a notice on', () => {
  const passOn = { type: 'PassOnNotice', to: message.to, notice: 'notice-2' } as const;

  it('names who has it instead', () => given(issued, bounced).when(passOn).then(passedOn));
  it('leaves it bounced', () => expect(given(issued, bounced, passedOn).state).toEqual({ status: 'bounced' }));
  it.each([
    ['waits', [issued]],
    ['was delivered', [issued, delivered]],
    ['was sent again', [issued, bounced, resent]],
  ])('is no fact for a message that %s', (_, history) =>
    given(...history)
      .when(passOn)
      .then(),
  );
  it('is refused for a message that nobody decided, as not found', () =>
    expect(given().when(passOn).result).toEqual(UNKNOWN));
});

describe('sending a notice again', () => {
  const resend = { type: 'ResendNotice' } as const;

  it.each<[string, NoticeEvent]>([
    ['bounced', bounced],
    ['was given up after attempts in vain', inVain],
  ])('is a fact for one that %s, which then waits', (_, end) => {
    given(issued, end).when(resend).then(resent);
    expect(given(issued, end, resent).state).toEqual({ status: 'issued' });
    given(issued, end, resent).when({ type: 'RecordDelivery', through: 'file' }).then(delivered);
  });
  it('is refused while it waits', () =>
    given(issued).when(resend).thenRefused('NoticeWaiting', "Ce message attend déjà d'être remis."));
  it('is refused once delivered', () =>
    given(issued, delivered).when(resend).thenRefused('NoticeDelivered', 'Ce message a déjà été remis.'));
  it('is refused once erased', () =>
    given(issued, givenUp)
      .when(resend)
      .thenRefused('NoticeErased', 'La personne ou le fait a été effacé : ce message ne peut plus partir.'));
  it('is refused for a message that nobody decided, as not found', () =>
    expect(given().when(resend).result).toEqual(UNKNOWN));
  it('keeps the call and the file it is about', () =>
    expect(given({ ...issued, about: { ...about, call: 'call-1', file: 'file-1' } }, bounced, resent).state).toEqual({
      status: 'issued',
      call: 'call-1',
      file: 'file-1',
    }));
});
