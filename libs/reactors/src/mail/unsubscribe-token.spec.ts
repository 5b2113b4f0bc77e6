import { describe, expect, it } from '@jest/globals';
import { readUnsubscribeToken, unsubscribeToken } from './unsubscribe-token.js';

const PERSON = '33333333-3333-4333-8333-333333333333';
const token = unsubscribeToken('secret', PERSON, 'question-answered');
const [person = '', kind = '', mac = ''] = token.split('.');

describe('the token of a link to refuse messages', () => {
  it('says whose it is and which messages', () =>
    expect(readUnsubscribeToken('secret', token)).toEqual({ person: PERSON, kind: 'question-answered' }));
  it('fits in an address', () => expect(token).toMatch(/^[\w.-]{1,200}$/));

  it.each([
    ['of another service', unsubscribeToken('other', PERSON, 'question-answered')],
    ['for somebody else', [PERSON.replace('3', '4'), kind, mac].join('.')],
    ['for other messages', [person, 'report-submitted', mac].join('.')],
    ['for messages that can not be refused', unsubscribeToken('secret', PERSON, 'receipt')],
    ['for messages that are none', unsubscribeToken('secret', PERSON, 'nothing' as never)],
    ['cut short', token.slice(0, -1)],
    ['with more to it', `${token}.x`],
    ['without a signature', `${person}.${kind}.`],
    ['that is empty', ''],
  ])('is nothing where it is one %s', (_, given) => expect(readUnsubscribeToken('secret', given)).toBeUndefined());
});
