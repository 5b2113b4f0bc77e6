import { describe, expect, it } from '@jest/globals';
import { CAMILLE, given, NOW, on, SACHA } from './fixtures.js';
import { noticesAbout, noticesTo, noticesWaiting } from './notices.js';

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
  givenUp: null,
});
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

  it('wait until delivered or given up', async () => {
    const { views } = await given(
      issued('n1', CAMILLE),
      issued('n2', CAMILLE),
      issued('n3', SACHA),
      delivered('n1'),
      on('notice-n2', { type: 'NoticeGivenUp', because: 'Effacé.' }),
    );
    expect(noticesWaiting(views)).toEqual([row('n3', SACHA)]);
  });
});
