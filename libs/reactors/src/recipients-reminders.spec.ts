import { describe, expect, it } from '@jest/globals';
import * as call from '#domain/call/fixtures.js';
import * as file from '#domain/application/fixtures.js';
import type { DeadlineKind } from '#domain/reminder/deadlines.js';
import type { Audience, Channel } from '#domain/reminder/policy.js';
import type { Fact } from '#domain/facts.js';
import { CALL, FILE, type Happened, on } from '#read-models/fixtures.js';
import { member, noticeOf, told } from './fixtures.js';
import { letter } from './letter.js';

const round = (
  kind: DeadlineKind,
  changes: { to?: Audience; channel?: Channel; about?: string; days?: number } = {},
): Extract<Fact, { type: 'ReminderRoundOpened' }> => {
  const { to = 'responsible', channel = 'mail', about, days = -7 } = changes;
  const deadline = [kind, CALL, ...(about === undefined ? [] : [about])].join(':');
  return {
    type: 'ReminderRoundOpened',
    round: `${deadline}|J-7|${to}|2021-08-13T14:00:00Z`,
    deadline,
    kind,
    call: CALL,
    ...(about !== undefined && { about }),
    step: { days, to, channel },
    merges: [],
    dueAt: '2021-08-13T14:00:00Z',
    plannedFor: '2021-08-06T07:00:00Z',
  };
};
const whoIsTold = async (fact: ReturnType<typeof round>, ...before: Happened[]): Promise<string[] | undefined> =>
  (await told('round-1', fact, 'system', ...before))?.to;
const ofFile = `application-${FILE}`;
const leads = ['ars-administrator', 'ars-signatory', 'dreets-administrator', 'dreets-signatory'];
const officers = ['ars-administrator', 'ars-officer', 'dreets-administrator', 'dreets-officer'];

/** The schedule with one more milestone, so that there is such a deadline. */
const withMilestone = (kind: 'reviewsDue' | 'answersBy' | 'decision', at: string): Happened =>
  on(`call-${CALL}`, {
    ...call.scheduleShifted,
    after: { milestones: [...call.schedule.milestones, { kind, at }] },
  });
const reviewsDue = withMilestone('reviewsDue', '2021-09-10T16:00:00Z');
const answersDue = withMilestone('answersBy', '2021-08-06T16:00:00Z');
const decisionDue = withMilestone('decision', '2021-10-15T16:00:00Z');
const moreTimeFor = (organisation: string): Happened =>
  on(`call-${CALL}`, {
    type: 'ExtensionGranted',
    institution: call.ARS,
    organisation,
    until: '2021-08-20T14:00:00Z',
    reason: 'Inondation.',
  });

describe('who is reminded', () => {
  it('of the submission: those whose draft is not filed, and not those who have filed or withdrawn', async () => {
    expect(await whoIsTold(round('submission'))).toEqual(['other-submitter', 'preparer', 'submitter']);
    const filed = on(ofFile, { type: 'ApplicationSubmitted', ...file.submission });
    expect(await whoIsTold(round('submission'), filed)).toEqual(['other-submitter']);
  });

  it('of the submission: who has more time is reminded before their own date', async () => {
    const extended = moreTimeFor('W2');
    expect(await whoIsTold(round('submission'), extended)).toEqual(['preparer', 'submitter']);
    expect(await whoIsTold(round('submission', { about: 'W2' }), extended)).toEqual(['other-submitter']);
  });

  it('of the submission: partners with whom a draft is shared, as long as it is', async () => {
    const partners = [member('partner', 'W9'), member('partner-preparer', 'W9', 'prepare')];
    const shared = on(ofFile, { type: 'FileShared', organisation: 'W9' });
    const everybody = ['other-submitter', 'partner', 'partner-preparer', 'preparer', 'submitter'];
    expect(await whoIsTold(round('submission'), ...partners)).toEqual(['other-submitter', 'preparer', 'submitter']);
    expect(await whoIsTold(round('submission'), ...partners, shared)).toEqual(everybody);
    // Who has more time is the applicant, with those who prepare its file.
    const extended = moreTimeFor('W1');
    expect(await whoIsTold(round('submission'), ...partners, shared, extended)).toEqual(['other-submitter']);
    const own = ['partner', 'partner-preparer', 'preparer', 'submitter'];
    expect(await whoIsTold(round('submission', { about: 'W1' }), ...partners, shared, extended)).toEqual(own);
    const unshared = on(ofFile, { type: 'FileUnshared', organisation: 'W9' });
    expect(await whoIsTold(round('submission'), ...partners, shared, unshared)).toEqual([
      'other-submitter',
      'preparer',
      'submitter',
    ]);
    const filed = on(ofFile, { type: 'ApplicationSubmitted', ...file.submission });
    expect(await whoIsTold(round('submission'), ...partners, shared, filed)).toEqual(['other-submitter']);
  });

  it('nobody, where the step only shows on the board', async () =>
    expect(await whoIsTold(round('submission', { channel: 'board' }))).toEqual([]));

  it('of what it escalates to: those who lead, while somebody still has something to do', async () => {
    expect(await whoIsTold(round('submission', { to: 'leads' }))).toEqual(leads);
    expect(await whoIsTold(round('submission', { to: 'case-officers' }))).toEqual(officers);
    expect(await whoIsTold(round('submission', { to: 'finance-officers' }))).toEqual(['ars-finance', 'dreets-finance']);
    const all = [
      on(ofFile, { type: 'ApplicationSubmitted', ...file.submission }),
      on('application-file-2', { type: 'ApplicationSubmitted', ...file.submission, receipt: 'AR-2' }),
    ];
    expect(await whoIsTold(round('submission', { to: 'leads' }), ...all)).toEqual([]);
  });

  it('of the convocation: those who prepare it, until it was sent', async () => {
    expect(await whoIsTold(round('convocation'))).toEqual(officers);
    const convened: Happened[] = [
      on(`commission-${CALL}`, {
        type: 'SessionPlanned',
        session: 'session-1',
        at: '2021-09-30T07:30:00Z',
        place: 'Nantes',
      }),
      on(`commission-${CALL}`, {
        type: 'SessionConvened',
        session: 'session-1',
        agenda: [],
        documents: [],
        noQuorumRequired: false,
        convenedAt: '2021-09-10T08:00:00Z',
      }),
    ];
    expect(await whoIsTold(round('convocation'), ...convened)).toEqual([]);
  });

  it('of a proposal: the leads that have not answered it', async () => {
    const proposed = on(`call-${CALL}`, call.shiftProposed);
    expect(await whoIsTold(round('shift-answer', { about: '1' }), proposed)).toEqual([
      'dreets-administrator',
      'dreets-signatory',
    ]);
  });

  it('of a proposal: who holds a delegation for it too', async () => {
    const delegation = (holder: string, changes: object = {}): Happened =>
      on(`institution-${call.DREETS}`, {
        type: 'DelegationGranted',
        delegation: `d-${holder}`,
        holder,
        acts: ['agree-to-shift'],
        from: '2021-01-01',
        until: '2021-12-31',
        reference: 'Arrêté 17',
        ...changes,
      });
    const delegations = [
      delegation('holder'),
      delegation('other-act', { acts: ['award'] }),
      delegation('holder-of-before', { until: '2021-04-30' }),
    ];
    const proposed = on(`call-${CALL}`, call.shiftProposed);
    const asked = ['dreets-administrator', 'dreets-signatory', 'holder'];
    expect(await whoIsTold(round('shift-answer', { about: '1' }), ...delegations, proposed)).toEqual(asked);
    expect((await told(`call-${CALL}`, call.shiftProposed, 'somebody', ...delegations))?.to).toEqual(asked);
  });

  it('of an extension to ratify: who may sign for the leads that have not, a holder of the delegation too', async () => {
    const granted = on(`call-${CALL}`, {
      type: 'OutageExtensionGranted',
      number: 1,
      outage: { from: '2021-08-13T12:00:00Z', until: '2021-08-13T13:30:00Z', description: 'Panne' },
      ratifyBy: '2021-08-14T13:35:00Z',
      before: call.schedule,
      after: call.closing('2021-08-16T14:00:00Z'),
      institution: call.ARS,
      capacity: { kind: 'office' },
    });
    const delegation = on(`institution-${call.DREETS}`, {
      type: 'DelegationGranted',
      ...{ delegation: 'd-1', holder: 'holder', acts: ['outage-extension'], reference: 'Arrêté 17' },
      ...{ from: '2021-01-01', until: '2021-12-31' },
    });
    const due = round('ratification', { about: '1' });
    expect(await whoIsTold(due, delegation, granted)).toEqual(['dreets-signatory', 'holder']);
    const ratified = on(`call-${CALL}`, {
      type: 'OutageExtensionRatified',
      number: 1,
      institution: call.DREETS,
      capacity: { kind: 'office' },
    });
    expect(await whoIsTold(due, delegation, granted, ratified)).toEqual([]);
  });

  it('of interests: reviewers and members who have not declared theirs, nor were dismissed', async () => {
    expect(await whoIsTold(round('interests'), reviewsDue)).toEqual(['chair', 'member', 'reviewer']);
    const done: Happened[] = [
      on('reviewer-r1', { type: 'InterestsDeclared', call: CALL, person: 'reviewer', conflicts: [] }),
      on(`commission-${CALL}`, { type: 'MemberInterestsDeclared', member: 'chair', conflicts: [] }),
    ];
    expect(await whoIsTold(round('interests'), reviewsDue, ...done)).toEqual(['member']);
    expect(await whoIsTold(round('interests', { to: 'case-officers' }), reviewsDue, ...done)).toEqual(officers);
  });

  it('of reviews: reviewers with a file whose review is not submitted', async () => {
    const assigned: Happened[] = [
      on('reviewer-r1', { type: 'InterestsDeclared', call: CALL, person: 'reviewer', conflicts: [] }),
      on('reviewer-r1', { type: 'ReviewAssigned', call: CALL, person: 'reviewer', application: FILE }),
    ];
    expect(await whoIsTold(round('reviews'), reviewsDue)).toEqual([]);
    expect(await whoIsTold(round('reviews'), reviewsDue, ...assigned)).toEqual(['reviewer']);
    const submitted = on('review-r1', {
      type: 'ReviewSubmitted',
      ...{ call: CALL, person: 'reviewer', application: FILE, review: 1, scores: [] },
      content: { version: 0, hash: 'a' },
      meanHundredths: 8000,
      submittedAt: '2021-08-01T08:00:00Z',
    });
    expect(await whoIsTold(round('reviews'), reviewsDue, ...assigned, submitted)).toEqual([]);
    expect(await whoIsTold(round('reviews', { to: 'case-officers' }), reviewsDue, ...assigned, submitted)).toEqual([]);
  });

  it('of answers: those who examine, while a question waits', async () => {
    expect(await whoIsTold(round('answers'), answersDue)).toEqual(officers);
    const answered = on('question-q1', {
      type: 'QuestionAnswered',
      call: CALL,
      question: 'Un collectif peut-il déposer ?',
      answer: 'Oui, par un de ses membres.',
      late: false,
    });
    expect(await whoIsTold(round('answers'), answersDue, answered)).toEqual([]);
  });

  it('of decisions: those who answer for the leads, while an admissible file waits for one', async () => {
    const decide = (institution: string, waitingFor: string[]): Happened =>
      on(`award-${FILE}`, {
        type: 'AwardDecided',
        ...{ call: CALL, outcome: 'refused', departs: false, institution, lines: [], waitingFor },
        reasons: 'Hors champ.',
        capacity: { kind: 'office' },
      });
    const admissible = [
      on(ofFile, { type: 'ApplicationSubmitted', ...file.submission }),
      on(ofFile, { type: 'DeclaredAdmissible', institution: call.ARS }),
    ];
    expect(await whoIsTold(round('decisions'), decisionDue)).toEqual([]);
    expect(await whoIsTold(round('decisions'), decisionDue, ...admissible)).toEqual(leads);
    const half = decide(call.ARS, [call.DREETS]);
    expect(await whoIsTold(round('decisions'), decisionDue, ...admissible, half)).toEqual(leads);
    expect(await whoIsTold(round('decisions'), decisionDue, ...admissible, half, decide(call.DREETS, []))).toEqual([]);
  });

  it('of signatures: who may sign for the parties that have not', async () => {
    const drafted = on(`agreement-${FILE}`, {
      type: 'AgreementDrafted',
      ...{ call: CALL, organisation: 'W1', form: 'agreement', object: 'Café des parents', lines: [], yearly: [] },
      parties: [
        { kind: 'institution', id: call.ARS },
        { kind: 'organisation', id: 'W1' },
      ],
      startsOn: '2021-11-01',
      endsOn: '2022-10-31',
    });
    const due = { ...round('signatures', { about: FILE }), deadline: `signatures:${FILE}` };
    expect(await whoIsTold(due, drafted)).toEqual(['ars-signatory', 'submitter']);
    const signed = (party: { kind: 'institution' | 'organisation'; id: string }): Happened =>
      on(`agreement-${FILE}`, { type: 'AgreementSigned', party, capacity: { kind: 'office' } });
    expect(await whoIsTold(due, drafted, signed({ kind: 'institution', id: call.ARS }))).toEqual(['submitter']);
    const concluded = on(`agreement-${FILE}`, {
      type: 'AgreementConcluded',
      ...{ call: CALL, organisation: 'W1', concludedOn: '2021-11-20', amountCents: 1 },
      ...{ endsOn: '2022-10-31', publishBefore: '2022-02-20' },
    });
    expect(await whoIsTold(due, drafted, concluded)).toEqual([]);
  });

  it('of a report: its beneficiary, then case officers, then finance officers, until it is handed in', async () => {
    const ofReport = (fact: Fact): Happened => on('reports-W1', fact);
    const expected = ofReport({
      type: 'ReportExpected',
      ...{ report: 'report-1', kind: 'financial', application: FILE, call: CALL, dueOn: '2022-06-30' },
      leads: [call.ARS, call.DREETS],
    });
    const content = { version: 0, hash: 'a' };
    const submitted = ofReport({ type: 'ReportSubmitted', report: 'report-1', version: 1, content });
    const returned = ofReport({
      type: 'ReportReturned',
      ...{ report: 'report-1', comments: 'Les factures manquent.', dueOn: '2022-07-31' },
    });
    const due = (to: Audience = 'responsible') => ({
      ...round('reports', { about: 'report-1', to }),
      deadline: 'reports:report-1',
    });
    expect(await whoIsTold(due(), expected)).toEqual(['preparer', 'submitter']);
    expect(await whoIsTold(due('case-officers'), expected)).toEqual(officers);
    expect(await whoIsTold(due('finance-officers'), expected)).toEqual(['ars-finance', 'dreets-finance']);
    expect(await whoIsTold(due(), expected, submitted)).toEqual([]);
    expect(await whoIsTold(due('finance-officers'), expected, submitted)).toEqual([]);
    expect(await whoIsTold(due(), expected, submitted, returned)).toEqual(['preparer', 'submitter']);
  });

  it('of a completion: the applicant, until the file is complete or decided on', async () => {
    const requested = on(ofFile, {
      type: 'CompletionRequested',
      request: 1,
      fields: [],
      documents: ['statuts'],
      reason: 'Les statuts manquent.',
      dueAt: '2021-09-01T21:59:59Z',
      requestedAt: '2021-08-20T08:00:00Z',
      institution: call.ARS,
    });
    const asked = { ...round('completion', { about: FILE }), deadline: `completion:${FILE}:1` };
    const submitted = on(ofFile, { type: 'ApplicationSubmitted', ...file.submission });
    expect(await whoIsTold(asked, submitted, requested)).toEqual(['preparer', 'submitter']);
    const admissible = on(ofFile, { type: 'DeclaredAdmissible', institution: call.ARS });
    expect(await whoIsTold(asked, submitted, requested, admissible)).toEqual([]);
  });
});

describe('a reminder', () => {
  it('says what is to be done, by when, and of which files', () =>
    expect(letter(noticeOf('reminder', round('submission'), { duties: ['file-1', 'file-2'] }))).toMatchObject({
      subject: 'Rappel : dépôt du dossier — Appel à projets commun ARS/DREETS – 1000 premiers jours',
      text: [
        'Bonjour Camille Élie,',
        '',
        "C'est à faire avant le 13 août 2021 à 16 h 00 (heure de Paris).",
        "Un dossier que vous préparez est commencé et n'est pas déposé. Après cette date, il ne pourra plus l'être.",
        'Dossier : https://convergence.example/api/applications/file-1',
        'Dossier : https://convergence.example/api/applications/file-2',
        'Appel : https://convergence.example/api/calls/call-1',
        '',
        '--',
        'Convergence, message automatique : ne pas répondre.',
        '',
      ].join('\n'),
    }));

  it('says that it is late, and why somebody else is told', () => {
    const { subject, text } = letter(noticeOf('reminder', round('reports', { days: 8, to: 'case-officers' })));
    expect(subject).toBe('En retard : bilans à remettre — Appel à projets commun ARS/DREETS – 1000 premiers jours');
    expect(text).toContain("C'était à faire avant le 13 août 2021 à 16 h 00 (heure de Paris).");
    expect(text).toContain("Ce rappel vous est adressé parce que ceux qui ont à le faire ne l'ont pas encore fait.");
  });

  it('names twenty files at most', () => {
    const duties = Array.from({ length: 23 }, (_, index) => `file-${index}`);
    const { text } = letter(noticeOf('reminder', round('submission'), { duties }));
    expect(text.match(/Dossier : /g)).toHaveLength(20);
    expect(text).toContain('… et 3 autres dossiers.');
  });
});
