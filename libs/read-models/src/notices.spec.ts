import { describe, expect, it } from '@jest/globals';
import type { Notice, NoticeKind } from '#domain/notice/notice.js';
import { CALL, CAMILLE, FILE, given, NOW, on, OTHER_CALL, SACHA } from './fixtures.js';
import {
  noticeOf,
  noticesAbout,
  noticesTo,
  noticesWaiting,
  noticeWaiting,
  statusOfNotice,
  undeliveredAnywhere,
  undeliveredOf,
  unsubscribedBy,
  unsubscribedFrom,
} from './notices.js';

const FACT = 'fact-1';
const issued = (id: string, to: string, at = NOW) =>
  on(
    `notice-${id}`,
    { type: 'NoticeIssued', kind: 'receipt', to, about: { fact: FACT, stream: 'application-1' }, messageId: `<${id}>` },
    { at },
  );
const row = (id: string, to: string, issuedAt = NOW) => ({
  id,
  kind: 'receipt',
  to,
  fact: FACT,
  stream: 'application-1',
  messageId: `<${id}>`,
  issuedAt,
  deliveredAt: null,
  bounced: null,
  givenUp: null,
});
const issuedOf = (id: string, changes: Partial<Notice>) =>
  on(`notice-${id}`, {
    type: 'NoticeIssued',
    kind: 'receipt',
    to: CAMILLE,
    about: { fact: FACT, stream: 'application-1' },
    messageId: `<${id}>`,
    ...changes,
  });
const bounced = (id: string) => on(`notice-${id}`, { type: 'NoticeBounced', code: 550, attempt: 1, address: 'first' });
const delivered = (id: string) =>
  on(`notice-${id}`, { type: 'NoticeDelivered', through: 'file', deliveredAt: '2021-07-01T08:00:07Z' });

describe('notices', () => {
  it('are shown to whom they went, the newest first', async () => {
    const { views } = await given(
      issued('n1', CAMILLE),
      issued('n2', SACHA),
      issued('n3', CAMILLE, '2021-07-02T08:00:00Z'),
    );
    expect(noticesTo(views, CAMILLE)).toEqual([row('n3', CAMILLE, '2021-07-02T08:00:00Z'), row('n1', CAMILLE)]);
  });

  it('are shown with what they tell of, the oldest first', async () => {
    const { views } = await given(issued('n3', CAMILLE, '2021-07-02T08:00:00Z'), issued('n2', SACHA));
    expect(noticesAbout(views, 'application-1')).toEqual([
      row('n2', SACHA),
      row('n3', CAMILLE, '2021-07-02T08:00:00Z'),
    ]);
    expect(noticesAbout(views, 'application-2')).toEqual([]);
  });

  it('say when they were delivered', async () => {
    const { views } = await given(issued('n1', CAMILLE), delivered('n1'));
    expect(noticesTo(views, CAMILLE)).toEqual([{ ...row('n1', CAMILLE), deliveredAt: '2021-07-01T08:00:07Z' }]);
  });

  it('say why they were given up', async () => {
    const { views } = await given(
      issued('n1', CAMILLE),
      on('notice-n1', { type: 'NoticeGivenUp', because: 'Effacé.' }),
    );
    expect(noticesTo(views, CAMILLE)).toEqual([{ ...row('n1', CAMILLE), givenUp: 'Effacé.' }]);
  });

  it('wait until delivered, refused or given up, in the order they were decided', async () => {
    const { views } = await given(
      ...['n6', 'n5', 'n4', 'n3', 'n2', 'n1'].map((id) => issued(id, CAMILLE)),
      delivered('n1'),
      on('notice-n2', { type: 'NoticeGivenUp', because: 'Effacé.' }),
      bounced('n3'),
    );
    expect(noticesWaiting(views, false, 0, 10).map(({ id }) => id)).toEqual(['n6', 'n5', 'n4']);
    expect(noticesWaiting(views, false, 1, 1)).toEqual([{ seq: 2, ...row('n5', CAMILLE) }]);
    expect(noticeWaiting(views, 'n4')).toEqual({ seq: 3, ...row('n4', CAMILLE) });
    expect(noticeWaiting(views, 'n3')).toBeUndefined();
    expect(noticeOf(views, 'n3')).toEqual({ ...row('n3', CAMILLE), bounced: 550 });
    expect(['n1', 'n2', 'n3', 'n4', 'n9'].map((id) => statusOfNotice(views, id))).toEqual([
      'delivered',
      'erased',
      'bounced',
      'waiting',
      undefined,
    ]);
  });

  it('wait in a line of their own to sign in', async () => {
    const { views } = await given(issued('n1', CAMILLE), issuedOf('n2', { kind: 'sign-in' }));
    expect(noticesWaiting(views, true, 0, 10).map(({ id }) => id)).toEqual(['n2']);
    expect(noticesWaiting(views, false, 0, 10).map(({ id }) => id)).toEqual(['n1']);
  });

  it('sent again go to the end of those that wait', async () => {
    const { views } = await given(
      issued('n1', CAMILLE),
      bounced('n1'),
      issued('n2', SACHA),
      on('notice-n1', { type: 'NoticeResent' }),
    );
    expect(noticesWaiting(views, false, 0, 10)).toEqual([
      { seq: 2, ...row('n2', SACHA) },
      { seq: 3, ...row('n1', CAMILLE) },
    ]);
  });
});

describe('what reached nobody', () => {
  const about = (call: string, file?: string) => ({ fact: FACT, stream: 'application-1', call, ...(file && { file }) });
  const gone = (id: string) => on(`notice-${id}`, { type: 'NoticeGivenUp', because: 'En vain.', attempts: 22 });
  const passedOn = (id: string, notice: string) => on(`notice-${id}`, { type: 'NoticePassedOn', to: SACHA, notice });
  const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

  it('is what bounced or was tried in vain, by call and in all', async () => {
    const { views } = await given(
      issuedOf('n1', { about: about(CALL, FILE) }),
      issuedOf('n2', { about: about(CALL) }),
      issuedOf('n3', { about: about(OTHER_CALL) }),
      issuedOf('n4', { about: { fact: FACT, stream: `commission-${CALL}` } }),
      issuedOf('n5', { about: about(CALL) }),
      bounced('n1'),
      gone('n2'),
      bounced('n3'),
      bounced('n4'),
      on('notice-n5', { type: 'NoticeGivenUp', because: 'Effacé.' }),
    );
    expect(undeliveredOf(views, CALL, [], 10)).toEqual([
      { ...row('n1', CAMILLE), bounced: 550, call: CALL, file: FILE, endedAt: NOW },
      { ...row('n2', CAMILLE), givenUp: 'En vain.', call: CALL, file: null, endedAt: NOW },
      { ...row('n4', CAMILLE), stream: `commission-${CALL}`, bounced: 550, call: CALL, file: null, endedAt: NOW },
    ]);
    expect(ids(undeliveredAnywhere(views, 10))).toEqual(['n1', 'n2', 'n3', 'n4']);
    expect(ids(undeliveredAnywhere(views, 2))).toEqual(['n1', 'n2']);
    expect(ids(undeliveredOf(views, CALL, [FILE], 10))).toEqual(['n2', 'n4']);
  });

  it('leaves out what a second contact has or waits for, until that fails too', async () => {
    const { views, andThen } = await given(
      issuedOf('n1', { about: about(CALL) }),
      bounced('n1'),
      issuedOf('n2', { to: SACHA, about: about(CALL), insteadOf: 'n1' }),
      passedOn('n1', 'n2'),
    );
    expect(undeliveredOf(views, CALL, [], 10)).toEqual([]);
    await andThen(bounced('n2'));
    expect(ids(undeliveredOf(views, CALL, [], 10))).toEqual(['n1', 'n2']);
  });

  it('leaves out what was sent again', async () => {
    const { views } = await given(
      issuedOf('n1', { about: about(CALL) }),
      bounced('n1'),
      on('notice-n1', { type: 'NoticeResent' }),
    );
    expect(undeliveredOf(views, CALL, [], 10)).toEqual([]);
  });
});

describe('messages that somebody refuses', () => {
  const refused = (person: string, kind: NoticeKind) => on(`account-${person}`, { type: 'Unsubscribed', kind });

  it('are known by person and by kind, until they take it back', async () => {
    const { views, andThen } = await given(
      refused(CAMILLE, 'report-submitted'),
      refused(CAMILLE, 'question-answered'),
      refused(SACHA, 'question-answered'),
    );
    expect(unsubscribedBy(views, CAMILLE)).toEqual(['question-answered', 'report-submitted']);
    expect(unsubscribedFrom(views, 'question-answered')).toEqual(new Set([CAMILLE, SACHA]));
    await andThen(on(`account-${CAMILLE}`, { type: 'Resubscribed', kind: 'question-answered' }));
    expect(unsubscribedBy(views, CAMILLE)).toEqual(['report-submitted']);
    expect(unsubscribedFrom(views, 'question-answered')).toEqual(new Set([SACHA]));
  });

  it('are forgotten with them', async () => {
    const { views } = await given(
      refused(CAMILLE, 'report-submitted'),
      on(`account-${CAMILLE}`, { type: 'PersonForgotten' }),
    );
    expect(unsubscribedBy(views, CAMILLE)).toEqual([]);
  });
});
