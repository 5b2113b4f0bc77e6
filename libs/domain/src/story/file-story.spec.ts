import { describe, expect, it } from '@jest/globals';
import { attached, saved, started, submitted } from '../application/fixtures.js';
import { cancelled, drafted, published, schedule, scheduled, unsealed } from '../call/fixtures.js';
import type { Role } from '../roles.js';
import { tellsOfFile, reportsOf } from './file-story.js';
import type { StoryFact } from './story.js';

const FILE = 'file-1';
const APPLICANT = '52499120500013';
const file = { id: FILE, organisation: APPLICANT, reports: ['report-1'] };
const office = { kind: 'office' } as const;
const content = { version: 0, hash: 'a' };
const quorum = { members: 12, present: 8, needed: 6, required: true };

/** What the story tells somebody with these roles: the fact itself, a part of it, nothing. */
const tells = (fact: StoryFact, roles: readonly Role[], { notified = false, person = 'reader' } = {}) => {
  const told = tellsOfFile(fact, file, { person, roles, notified });
  return told === undefined ? 'nothing' : told === fact ? 'all' : told;
};
const whole: readonly Role[] = ['administrator', 'signatory', 'delegate', 'case-officer', 'auditor'];
const everybody: readonly Role[] = [
  ...whole,
  'finance-officer',
  'reviewer',
  'member',
  'chair',
  'preparer',
  'submitter',
];
/** The roles that are told all of it, of everybody's. */
const toldTo = (fact: StoryFact, options = {}) => everybody.filter((role) => tells(fact, [role], options) === 'all');

describe('of its call, the story of a file tells', () => {
  const shift = { proposal: 1, reason: 'Été.', before: schedule, after: schedule };
  const outage = {
    type: 'OutageExtensionGranted',
    number: 1,
    institution: 'ARS-PDL',
    capacity: office,
    outage: { from: '2021-08-13T12:00:00Z', until: '2021-08-13T13:00:00Z', description: 'Panne du réseau.' },
    before: schedule,
    after: schedule,
  } as const;
  const extension = {
    type: 'ExtensionGranted',
    institution: 'ARS-PDL',
    organisation: APPLICANT,
    until: '2021-08-20T14:00:00Z',
    reason: 'Inondation.',
  } as const;
  const moving: StoryFact[] = [
    published,
    { type: 'RectifyingNoticePublished', number: 1, notice: 'Avis rectificatif' },
    { type: 'ScheduleShifted', ...shift },
    outage,
    unsealed,
    { type: 'ContentsResealed', windowEnd: '2021-08-27T14:00:00Z' },
    cancelled,
    { type: 'CallDeclaredUnsuccessful', reason: 'Aucun dossier recevable.' },
    extension,
  ];
  it.each(moving.map((fact) => [fact.type, fact] as const))('%s', (_, fact) => expect(toldTo(fact)).toEqual(everybody));

  const staying: StoryFact[] = [
    drafted,
    scheduled,
    { type: 'ShiftRefused', proposal: 1, institution: 'ARS-PDL', reason: 'Trop tard.' },
    { type: 'EndingAgreed', ending: 'cancelled', institution: 'ARS-PDL', reason: 'Gel.', capacity: office },
    { type: 'OutageExtensionRatified', number: 1, institution: 'DREETS-PDL', capacity: office },
    { ...extension, organisation: 'W322216459' },
  ];
  it.each(staying.map((fact) => [fact.type, fact] as const))('not %s', (_, fact) => expect(toldTo(fact)).toEqual([]));
});

describe('of the file itself, its story tells', () => {
  const admissible: StoryFact = { type: 'DeclaredAdmissible', institution: 'ARS-PDL' };
  it.each([started, submitted, admissible].map((fact) => [fact.type, fact] as const))('%s', (_, fact) =>
    expect(toldTo(fact)).toEqual(everybody),
  );
  const draft: StoryFact[] = [saved, attached, { type: 'DocumentRemoved', document: 'doc-1' }];
  it.each(draft.map((fact) => [fact.type, fact] as const))('%s to the applicant alone', (_, fact) =>
    expect(toldTo(fact)).toEqual(['preparer', 'submitter']),
  );
});

describe('of its reviews, the story of a file tells', () => {
  const whose = { call: 'call-1', person: 'reviewer-1' };
  const which = { ...whose, application: FILE };
  const submission = {
    type: 'ReviewSubmitted',
    ...which,
    review: 1,
    scores: [],
    meanHundredths: 7250,
    content,
    submittedAt: '2021-09-01T08:00:00Z',
  } as const;
  const conflict = { application: FILE, nature: 'family' } as const;
  const told: StoryFact[] = [
    submission,
    { ...submission, type: 'ReviewAmended' },
    { type: 'ReviewAssigned', ...which },
    { type: 'AssignmentDeclined', ...which, reason: 'overload' },
    { type: 'AssignmentWithdrawn', ...which, reason: 'Charge.' },
    { type: 'InterestsDeclared', ...whose, conflicts: [conflict] },
    { type: 'ConflictConfirmed', ...whose, conflict, because: 'Siège au conseil.' },
  ];
  it.each(told.map((fact) => [fact.type, fact] as const))(
    '%s to those who run the call, and its reviewer',
    (_, fact) => {
      expect(toldTo(fact)).toEqual(['administrator', 'signatory', 'case-officer', 'auditor']);
      expect(tells(fact, ['reviewer'], { person: 'reviewer-1' })).toBe('all');
    },
  );

  it('what is not handed in to the reviewer alone', () => {
    const saving: StoryFact = { type: 'ReviewSaved', ...which, content };
    expect(toldTo(saving)).toEqual([]);
    expect(tells(saving, ['reviewer'], { person: 'reviewer-1' })).toBe('all');
  });

  it('nothing to the applicant, whoever they are and whenever', () =>
    expect(tells(submission, ['submitter', 'auditor'], { person: 'reviewer-1', notified: true })).toBe('nothing'));

  const others: StoryFact[] = [
    { ...submission, application: 'file-2' },
    { type: 'InterestsDeclared', ...whose, conflicts: [] },
    { type: 'ReviewerAppointed', call: 'call-1', person: 'reviewer-1', expertise: [] },
  ];
  it.each(others.map((fact) => [fact.type, fact] as const))('nothing that is not about it: %s', (_, fact) =>
    expect(toldTo(fact, { person: 'reviewer-1' })).toEqual([]),
  );
});

describe('of its commission, the story of a file tells', () => {
  const item = { session: 'session-1', application: FILE };
  const vote = {
    type: 'VoteRecorded',
    ...item,
    how: 'totals',
    totals: { for: 7, against: 0, abstain: 1 },
    quorum,
    result: 'favourable',
  } as const;
  const rank = { application: FILE, rank: 2, list: 'main', amountCents: 2_000_000 } as const;
  const ranking: StoryFact = {
    type: 'RankingAdopted',
    session: 'session-1',
    ranking: [{ ...rank, application: 'file-2', rank: 1 }, rank],
  };
  const inside: StoryFact[] = [
    vote,
    { type: 'MemberRecused', ...item, member: 'm-1', nature: 'family' },
    { type: 'ApplicantHeard', ...item },
    { type: 'BallotCast', ...item, member: 'm-1', by: 'm-1', choice: 'for' },
    { type: 'CastingVoteGiven', ...item, chair: 'm-1', favourable: true },
    { type: 'TieSettled', ...item, result: 'favourable' },
    { type: 'TieUnsettled', ...item },
    { type: 'MemberInterestsDeclared', member: 'm-1', conflicts: [{ application: FILE, nature: 'other' }] },
  ];
  it.each(inside.map((fact) => [fact.type, fact] as const))('%s to those who may see the commission', (_, fact) =>
    expect(toldTo(fact)).toEqual([...whole, 'member', 'chair']),
  );

  it('its own rank to those who may see the ranking', () => {
    for (const role of [...whole, 'finance-officer', 'member', 'chair'] as const) {
      expect(tells(ranking, [role])).toEqual({ ...ranking, ranking: [rank] });
    }
    expect(tells(ranking, ['reviewer'])).toBe('nothing');
  });

  it.each(['preparer', 'submitter'] as const)('nothing to the %s before the notification', (role) => {
    for (const fact of [...inside, ranking]) expect(tells(fact, [role])).toBe('nothing');
  });

  it('the result and the rank to the applicant once notified, and no voice', () => {
    const told = [...inside, ranking].map((fact) => tells(fact, ['submitter'], { notified: true }));
    expect(told).toEqual([
      { type: 'VoteRecorded', application: FILE, result: 'favourable' },
      ...['nothing', 'nothing', 'nothing', 'nothing', 'all', 'all', 'nothing'],
      { ...ranking, ranking: [rank] },
    ]);
    expect(tells({ ...vote, result: 'tie' }, ['submitter'], { notified: true })).toBe('nothing');
  });

  const others: StoryFact[] = [
    { ...vote, application: 'file-2' },
    { type: 'RankingAdopted', session: 'session-1', ranking: [{ ...rank, application: 'file-2' }] },
    { type: 'SessionOpened', session: 'session-1', quorum },
    { type: 'MemberInterestsDeclared', member: 'm-1', conflicts: [] },
  ];
  it.each(others.map((fact) => [fact.type, fact] as const))('nothing that is not about it: %s', (_, fact) => {
    expect(toldTo(fact)).toEqual([]);
    expect(tells(fact, ['submitter'], { notified: true })).toBe('nothing');
  });
});

describe('of its award, the story of a file tells', () => {
  const call = 'call-1';
  const staff: readonly Role[] = [...whole, 'finance-officer'];
  const decided: StoryFact = {
    type: 'AwardDecided',
    call,
    waitingFor: [],
    institution: 'ARS-PDL',
    outcome: 'reserve',
    lines: [],
    departs: false,
    capacity: office,
  };
  const inside: StoryFact[] = [
    decided,
    { type: 'AwardSettled', call, outcome: 'reserve' },
    { type: 'CalledUpFromReserve', call, institution: 'ARS-PDL', reason: 'Crédits rendus.', capacity: office },
  ];
  it.each(inside.map((fact) => [fact.type, fact] as const))('%s to staff and auditors', (_, fact) =>
    expect([...toldTo(fact)].sort()).toEqual([...staff].sort()),
  );
  it.each(inside.map((fact) => [fact.type, fact] as const))('%s to the applicant once notified', (_, fact) => {
    expect(tells(fact, ['submitter'], { notified: true })).toBe('all');
    expect(tells(fact, ['preparer'], { notified: true })).toBe('all');
  });

  it('nothing of it before to the applicant who is staff too', () =>
    expect(tells(decided, ['case-officer', 'preparer'])).toBe('nothing'));

  const own: StoryFact[] = [
    { type: 'ReducedAmountAccepted', call, content, totalCents: 1 },
    { type: 'AwardDeclined', call, reason: 'Projet reporté.', lines: [], attempt: 1 },
    { type: 'AppealLodged', call, content, lodgedAt: '2021-11-02T09:00:00Z' },
    {
      type: 'AppealAnswered',
      call,
      institution: 'ARS-PDL',
      upheld: false,
      reasons: 'Rien de nouveau.',
      capacity: office,
      lines: [],
      attempt: 1,
    },
  ];
  it.each(own.map((fact) => [fact.type, fact] as const))('%s to the applicant at once', (_, fact) =>
    expect(tells(fact, ['submitter'])).toBe('all'),
  );

  it('the reservations of money to staff and auditors, never to the applicant', () => {
    const reserved: StoryFact = {
      type: 'FundsReserved',
      reservation: 'r-1',
      application: FILE,
      amountCents: 1,
      leftCents: 2,
    };
    expect([...toldTo(reserved, { notified: true })].sort()).toEqual([...staff].sort());
    expect(toldTo({ ...reserved, application: 'file-2' })).toEqual([]);
  });
});

describe('of its money, the story of a file tells', () => {
  const readers = everybody.filter((role) => !['reviewer', 'member', 'chair'].includes(role));
  const expected: StoryFact = {
    type: 'ReportExpected',
    report: 'report-1',
    kind: 'activity',
    application: FILE,
    call: 'call-1',
    leads: ['ARS-PDL'],
    dueOn: '2023-06-30',
  };

  it('payments to staff, auditors and the applicant', () =>
    expect(toldTo({ type: 'PaymentRequested', instalment: 1, person: 'p-1' })).toEqual(readers));

  it('the reports that were expected of it, and no others', () => {
    expect(toldTo(expected)).toEqual(readers);
    expect(toldTo({ type: 'ReportAccepted', report: 'report-1' })).toEqual(readers);
    expect(toldTo({ type: 'ReportAccepted', report: 'report-2' })).toEqual([]);
  });

  it('whose reports those are', () =>
    expect(reportsOf([expected, { ...expected, report: 'report-2', application: 'file-2' }, started], FILE)).toEqual([
      'report-1',
    ]));
});
