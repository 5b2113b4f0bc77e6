import { describe, expect, it } from '@jest/globals';
import { readSignInCode, signInCode } from './sign-in-code.js';

const PERSON = 'c0000000-0000-4000-8000-000000000001';
const code = signInCode('secret', PERSON, 'invitation-1');

describe('a sign-in code', () => {
  it('says whose it is, and for which invitation', () => {
    expect(readSignInCode('secret', code)).toEqual({ person: PERSON, invitation: 'invitation-1' });
  });

  it('is the same when it is written again, another for each invitation, person and service', () => {
    expect(signInCode('secret', PERSON, 'invitation-1')).toBe(code);
    const macs = [
      code,
      signInCode('secret', PERSON, 'invitation-2'),
      signInCode('secret', 'another', 'invitation-1'),
      signInCode('another', PERSON, 'invitation-1'),
    ].map((text) => text.split('.')[2]);
    expect(new Set(macs).size).toBe(4);
  });

  const [person = '', invitation = '', mac = ''] = code.split('.');
  it.each([
    ['of another service', signInCode('another', PERSON, 'invitation-1')],
    ['of another person', `another.${invitation}.${mac}`],
    ['of another invitation', `${person}.invitation-2.${mac}`],
    ['with a changed end', `${code.slice(0, -1)}${code.endsWith('A') ? 'B' : 'A'}`],
    ['cut short', code.slice(0, -1)],
    ['with more behind it', `${code}.more`],
    ['without an end', `${person}.${invitation}.`],
    ['that is empty', ''],
    ['that is anything', 'bonjour'],
  ])('%s is nobody’s', (_, text) => {
    expect(readSignInCode('secret', text)).toBeUndefined();
  });
});
