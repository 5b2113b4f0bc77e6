import { describe, expect, it } from '@jest/globals';
import * as file from '#domain/application/fixtures.js';
import * as call from '#domain/call/fixtures.js';
import type { Fact } from '#domain/facts.js';
import { CALL, FILE, on } from '#read-models/fixtures.js';
import { told } from './fixtures.js';

const members = ['preparer', 'submitter'];
const concerned = [
  'ars-administrator',
  'ars-officer',
  'ars-signatory',
  'caf-administrator',
  'caf-partner',
  'chair',
  'dreets-administrator',
  'dreets-officer',
  'dreets-signatory',
  'member',
  'other-submitter',
  'preparer',
  'referent',
  'reviewer',
  'submitter',
  'substitute',
];
const leaders = ['ars-administrator', 'ars-signatory', 'dreets-administrator', 'dreets-signatory'];
const ofCall = `call-${CALL}`;
const ofFile = `application-${FILE}`;
const answer = { call: CALL, question: 'Q', answer: 'R' };

describe('who is told', () => {
  it.each<[string, string, Fact, string, string[]]>([
    ['members of the applicant', ofFile, { type: 'ApplicationSubmitted', ...file.submission }, 'receipt', members],
    [
      'members of the applicant',
      ofFile,
      { type: 'SubmissionReplaced', replaces: 'AR', ...file.submission },
      'replacement-receipt',
      members,
    ],
    [
      'members of the applicant',
      ofFile,
      {
        type: 'PaperFilingRegistered',
        arrivedAt: file.DEADLINE,
        medium: 'paper',
        reference: 'R',
        pieces: 1,
        receipt: 'AP',
        late: false,
      },
      'paper-receipt',
      members,
    ],
    ['members of the applicant', ofFile, file.withdrawn, 'withdrawal', members],
    [
      'those who answer for the partner',
      ofCall,
      { type: 'PartnerInvited', institution: 'CAF-44', presence: 'expected' },
      'partner-invited',
      ['caf-administrator', 'caf-partner'],
    ],
    [
      'those who answer for the other leads',
      ofCall,
      call.shiftProposed,
      'shift-proposed',
      ['dreets-administrator', 'dreets-signatory'],
    ],
    [
      'members of the applicant',
      `application-${FILE}`,
      { type: 'DatesAsked', earliest: '2021-11-15' },
      'dates-to-confirm',
      ['preparer', 'submitter'],
    ],
    [
      'the finance officers of the leads',
      ofCall,
      { type: 'PaymentYearAsked', proposal: 1, year: 2021, closesOn: '2021-12-15' },
      'payments-asked',
      ['ars-finance', 'dreets-finance'],
    ],
    [
      'those who answer for every lead',
      ofCall,
      { type: 'ShiftExpired', proposal: 1, expiredAt: file.DEADLINE, because: 'Date passée' },
      'shift-expired',
      leaders,
    ],
    [
      'those who answer for every lead',
      ofCall,
      { type: 'OutageLeftUnratified', number: 1, institutions: [call.DREETS], ratifyBy: file.DEADLINE },
      'outage-unratified',
      leaders,
    ],
    ['everybody concerned', ofCall, call.scheduleShifted, 'schedule-shifted', concerned],
    [
      'everybody concerned',
      ofCall,
      {
        type: 'OutageExtensionGranted',
        number: 1,
        outage: { from: file.DEADLINE, until: file.DEADLINE, description: 'Panne' },
        before: call.schedule,
        after: call.laterSchedule,
        institution: call.ARS,
        capacity: { kind: 'office' },
      },
      'outage-extension',
      concerned,
    ],
    ['everybody concerned', ofCall, { type: 'CallCancelled', reason: 'Gel' }, 'call-cancelled', concerned],
    [
      'everybody concerned',
      ofCall,
      { type: 'CallDeclaredUnsuccessful', reason: 'Vide' },
      'call-unsuccessful',
      concerned,
    ],
    [
      'members of that applicant',
      ofCall,
      { type: 'ExtensionGranted', institution: call.ARS, organisation: 'W2', until: file.DEADLINE, reason: 'Crue' },
      'extension-granted',
      ['other-submitter'],
    ],
    [
      'who asked, and those with a file',
      'question-q1',
      { type: 'QuestionAnswered', ...answer, late: false },
      'question-answered',
      ['asker', 'other-submitter', ...members],
    ],
    [
      'who asked, and those with a file',
      'question-q1',
      { type: 'AnswerCorrected', ...answer, reason: 'Oubli' },
      'answer-corrected',
      ['asker', 'other-submitter', ...members],
    ],
    [
      'the person',
      'organisation-W1',
      { type: 'ClaimConfirmed', person: 'claimant', power: 'submit' },
      'claim-confirmed',
      ['claimant'],
    ],
    [
      'the person',
      'organisation-W1',
      { type: 'ClaimRejected', person: 'claimant', reason: 'Inconnu' },
      'claim-rejected',
      ['claimant'],
    ],
    [
      'the person',
      'organisation-W1',
      { type: 'ColleagueInvited', person: 'colleague', power: 'submit' },
      'colleague-invited',
      ['colleague'],
    ],
    [
      'the person',
      'account-p1',
      { type: 'SignInInvited', invitation: 'i', expiresAt: file.DEADLINE },
      'sign-in',
      ['p1'],
    ],
  ])('%s, on %s', async (_, stream, fact, kind, to) => {
    expect(await told(stream, fact)).toEqual({ kind, to });
  });

  it('nobody of an invitation that the operator passes on', async () => {
    const invited = { type: 'SignInInvited', invitation: 'i', expiresAt: file.DEADLINE } as const;
    expect(await told('account-p1', invited, 'system')).toEqual({ kind: 'sign-in', to: [] });
  });

  const agreed = {
    type: 'EndingAgreed',
    institution: call.ARS,
    capacity: { kind: 'office' },
    ending: 'cancelled',
    reason: 'Gel',
  } as const;

  it('the other leads of an ending that waits for them', async () => {
    expect(await told(ofCall, agreed, 'somebody', on(ofCall, agreed))).toEqual({
      kind: 'ending-proposed',
      to: ['dreets-administrator', 'dreets-signatory'],
    });
  });

  it('nobody of an ending that waits for nobody any more', async () => {
    expect(await told(ofCall, agreed)).toEqual({ kind: 'ending-proposed', to: [] });
  });

  it('each once, who asked with a file too', async () => {
    const asked = { type: 'QuestionAsked', call: CALL, content: { version: 0, hash: 'a' } } as const;
    const answered = await told(
      'question-q2',
      { type: 'QuestionAnswered', ...answer, late: false },
      'officer',
      on('question-q2', asked, { by: 'submitter' }),
    );
    expect(answered?.to).toEqual(['other-submitter', ...members]);
  });

  const registered = {
    type: 'WebhookRegistered',
    institution: call.ARS,
    url: 'https://ars.example.org/convergence',
    facts: ['ScheduleShifted'],
  } as const;
  it.each([
    [
      'those who may resume a webhook that accepts nothing',
      { because: 'failing', failingSince: file.DEADLINE },
      ['ars-administrator'],
    ],
    ['nobody of a webhook that one of them paused', { because: 'asked' }, []],
  ] as const)('%s', async (_, how, to) => {
    const paused = { type: 'WebhookPaused', ...how } as const;
    expect(await told('webhook-w1', paused, 'system', on('webhook-w1', registered))).toEqual({
      kind: 'webhook-paused',
      to,
    });
  });

  it('nobody of anything else', async () => {
    expect(await told(ofFile, file.saved)).toBeUndefined();
  });
});
