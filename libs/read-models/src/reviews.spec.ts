import { describe, expect, it } from '@jest/globals';
import * as file from '#domain/application/fixtures.js';
import * as told from '#domain/call/fixtures.js';
import type { Fact } from '#domain/facts.js';
import { CALL, CAMILLE, FILE, given, NOW, on, onStream, OTHER_CALL, OTHER_FILE, SACHA } from './fixtures.js';
import { page } from './listing.js';
import {
  callOfFile,
  conflictsIn,
  judgedBy,
  namesIn,
  namesList,
  ownReview,
  progressOf,
  type ReviewedFileRow,
  reviewedFiles,
  reviewerList,
  reviewersOfCall,
  reviewsOf,
  suspectedConflicts,
  toReview,
} from './review-queries.js';
import type { Views } from './views.js';

const anybody = { grants: [] };
const without = (...conflicts: string[]) => ({ grants: [], conflicts });
const asked = (sort: string, descending = false) => ({ sort, descending, limit: 10 });

const person = (id: string, name: string, email: string) => [
  on(`person-${id}`, { type: 'PersonDescribed', name, email }),
  on(`account-${id}`, { type: 'AccountOpened', content: { version: 0, hash: 'a' } }),
];
const filed = (id: string, organisation: string, name: string, title: string) => [
  on(`organisation-${organisation}`, { type: 'OrganisationRegistered', name, legalForm: 'association' }),
  on(`application-${id}`, { ...file.started, call: CALL, organisation }),
  on(`content-application-${id}`, { type: 'ApplicationWritten', contents: { title } }),
  on(`application-${id}`, { ...file.submitted, receipt: `AR-${id}` }),
  on(`application-${id}`, { type: 'DeclaredAdmissible', institution: told.ARS }),
];
const reviewerFacts = (id: string, ...applications: string[]): Fact[] => [
  { type: 'ReviewerAppointed', call: CALL, person: id, expertise: ['parentalité'] },
  { type: 'InterestsDeclared', call: CALL, person: id, conflicts: [] },
  ...applications.map((application): Fact => ({ type: 'ReviewAssigned', call: CALL, person: id, application })),
];
const written = (application: string, id: string, version: number): Fact => ({
  type: 'ReviewSaved',
  ...{ call: CALL, application, person: id, content: { version, hash: 'a' } },
});
const scored = (application: string, id: string, meanHundredths: number, review = 1): Fact => ({
  type: review === 1 ? 'ReviewSubmitted' : 'ReviewAmended',
  ...{ call: CALL, application, person: id, review, meanHundredths },
  scores: [{ criterion: 'pertinence', score: 4 }],
  content: { version: review, hash: 'b' },
  submittedAt: NOW,
});
const stage = [
  ...onStream(`call-${CALL}`, ...told.open, told.unsealed),
  ...person(CAMILLE, 'Camille Élie', 'camille@chu.example'),
  ...person(SACHA, 'Sacha Roy', 'sacha@univ.example'),
  ...filed(FILE, 'W1', 'Les Petits Pas', 'Ateliers'),
  ...filed(OTHER_FILE, 'W2', 'Grandir', 'Balades'),
  ...onStream('reviewer-1', ...reviewerFacts(CAMILLE, FILE, OTHER_FILE)),
  ...onStream('reviewer-2', ...reviewerFacts(SACHA, FILE)),
];
const shown = (views: Views, looking: Parameters<typeof toReview>[1] = anybody, sort = 'organisation') =>
  page<ReviewedFileRow>(views, reviewedFiles, {
    ...asked(sort, sort !== 'organisation'),
    where: toReview(CALL, looking),
  }).items;

describe('the files under review', () => {
  it('are shown with every review asked for, begun or submitted', async () => {
    const { views } = await given(
      ...stage,
      on('review-1', scored(FILE, CAMILLE, 7200)),
      on('review-2', written(FILE, SACHA, 0)),
    );
    const [first, second] = shown(views).map(({ reviews, ...row }) => ({
      ...row,
      reviews: JSON.parse(reviews) as unknown,
    }));
    const camille = { person: CAMILLE, name: 'Camille Élie', recommendedCents: null };
    expect(first).toEqual({
      application: FILE,
      organisation: 'W1',
      organisationName: 'Les Petits Pas',
      title: 'Ateliers',
      reviews: [
        { ...camille, status: 'submitted', meanHundredths: 7200 },
        { person: SACHA, name: 'Sacha Roy', status: 'draft', meanHundredths: null, recommendedCents: null },
      ],
    });
    expect(second).toMatchObject({
      application: OTHER_FILE,
      reviews: [{ ...camille, status: 'assigned', meanHundredths: null }],
    });
  });
  it('can be ordered by their means', async () => {
    const { views } = await given(
      ...stage,
      on('review-1', scored(FILE, CAMILLE, 4000)),
      on('review-2', scored(FILE, SACHA, 6000)),
      on('review-3', scored(OTHER_FILE, CAMILLE, 7000)),
    );
    expect(shown(views, anybody, 'mean').map(({ application }) => application)).toEqual([OTHER_FILE, FILE]);
    expect(shown(views, anybody, 'submitted').map(({ application }) => application)).toEqual([FILE, OTHER_FILE]);
  });
  it('leave out those somebody has a conflict on', async () => {
    const { views } = await given(...stage);
    expect(shown(views, without(FILE)).map(({ application }) => application)).toEqual([OTHER_FILE]);
    const own = { ...asked('organisation'), where: [...toReview(CALL, anybody), judgedBy(SACHA)] };
    expect(page<ReviewedFileRow>(views, reviewedFiles, own).items.map(({ application }) => application)).toEqual([
      FILE,
    ]);
  });
  it('are those declared admissible, and those assigned before they no longer were', async () => {
    const { views } = await given(
      ...stage.slice(0, -2),
      ...filed('b0000000-0000-4000-8000-000000000003', 'W3', 'Autre', 'C').slice(0, -1),
      on(`application-${FILE}`, {
        type: 'AdmissibilityCorrected',
        now: { verdict: 'refused', grounds: ['off-topic'], reasons: 'Hors sujet.' },
        reason: 'Erreur.',
        institution: told.ARS,
      }),
    );
    expect(shown(views).map(({ application }) => application)).toEqual([FILE, OTHER_FILE]);
  });
});

describe('the reviews of a file', () => {
  it('are the last that each reviewer submitted', async () => {
    const { views } = await given(
      ...stage,
      ...onStream('review-1', written(FILE, CAMILLE, 0), scored(FILE, CAMILLE, 7200), scored(FILE, CAMILLE, 8400, 2)),
      on('review-2', written(FILE, SACHA, 0)),
    );
    expect(reviewsOf(views, FILE)).toEqual([
      {
        person: CAMILLE,
        name: 'Camille Élie',
        review: 2,
        contentVersion: 2,
        scores: [{ criterion: 'pertinence', score: 4 }],
        meanHundredths: 8400,
        recommendedCents: null,
        submittedAt: NOW,
      },
    ]);
    expect(ownReview(views, FILE, CAMILLE)).toMatchObject({ status: 'submitted', version: 2, review: 2 });
    expect(ownReview(views, FILE, SACHA)).toMatchObject({
      status: 'draft',
      version: 0,
      review: 0,
      meanHundredths: null,
    });
    expect(ownReview(views, OTHER_FILE, SACHA)).toBeUndefined();
  });
  it('count no more once the assignment has ended', async () => {
    const ended: Fact = {
      type: 'AssignmentWithdrawn',
      call: CALL,
      person: CAMILLE,
      application: FILE,
      reason: 'Conflit.',
    };
    const { views } = await given(...stage, on('review-1', scored(FILE, CAMILLE, 7200)), on('reviewer-1', ended));
    expect(reviewsOf(views, FILE)).toEqual([]);
    expect(shown(views)[0]?.reviews).not.toContain(CAMILLE);
  });
  it('belong to a file, which has one call', async () => {
    const { views } = await given(...stage);
    expect([callOfFile(views, FILE), callOfFile(views, 'none')]).toEqual([CALL, undefined]);
  });
});

describe('the reviewers of a call', () => {
  it('are shown with how far they are', async () => {
    const { views } = await given(
      ...stage,
      on('review-1', scored(FILE, CAMILLE, 7200)),
      on('review-3', written(OTHER_FILE, CAMILLE, 0)),
      on('reviewer-2', {
        type: 'AssignmentDeclined',
        call: CALL,
        person: SACHA,
        application: FILE,
        reason: 'overload',
      }),
    );
    expect(page(views, reviewerList, { ...asked('name'), where: [reviewersOfCall(CALL)] }).items).toEqual([
      {
        ...{ person: CAMILLE, name: 'Camille Élie', expertise: '["parentalité"]' },
        ...{ appointedAt: NOW, dismissedAt: null, declared: 1 },
      },
      expect.objectContaining({ person: SACHA }),
    ]);
    expect(page(views, reviewerList, { ...asked('name'), where: [reviewersOfCall(OTHER_CALL)] }).items).toEqual([]);
    expect(progressOf(views, CALL, CAMILLE, anybody)).toEqual({ assigned: 2, drafts: 1, submitted: 1, declined: 0 });
    expect(progressOf(views, CALL, SACHA, anybody)).toEqual({ assigned: 0, drafts: 0, submitted: 0, declined: 1 });
    expect(progressOf(views, OTHER_CALL, CAMILLE, anybody)).toMatchObject({ assigned: 0 });
    expect(progressOf(views, CALL, CAMILLE, without(FILE))).toMatchObject({ assigned: 1, submitted: 0 });
  });
  it('have conflicts, in this call, as far as those files exist for who looks', async () => {
    const conflict = (application: string) => ({ application, nature: 'employment' as const });
    const declared: Fact = {
      type: 'InterestsDeclared',
      ...{ call: CALL, person: CAMILLE, conflicts: [conflict(FILE), conflict(OTHER_FILE)] },
    };
    const { views } = await given(...stage, on('reviewer-1', declared));
    expect(conflictsIn(views, CALL, CAMILLE, without(FILE))).toEqual([conflict(OTHER_FILE)]);
    expect(conflictsIn(views, CALL, CAMILLE, anybody)).toEqual([conflict(FILE), conflict(OTHER_FILE)]);
    expect(conflictsIn(views, OTHER_CALL, CAMILLE, anybody)).toEqual([]);
  });
});

describe('names', () => {
  it('are those of everything filed, but what somebody has a conflict on', async () => {
    const { views } = await given(...stage, on('application-f9', { ...file.started, call: CALL, organisation: 'W9' }));
    const names = (looking: Parameters<typeof namesIn>[1]) =>
      page(views, namesList, { ...asked('organisation'), where: namesIn(CALL, looking) }).items;
    expect(names(without(OTHER_FILE))).toEqual([
      { application: FILE, organisation: 'W1', organisationName: 'Les Petits Pas', title: 'Ateliers' },
    ]);
    expect(names(anybody)).toHaveLength(2);
  });
});

describe('suspected conflicts', () => {
  const member = [
    ...person('p-9', 'Paul ELIE', 'paul@chu.example'),
    on('organisation-W1', { type: 'ClaimConfirmed', person: 'p-9', power: 'submit' }),
    on('organisation-W3', { type: 'ClaimConfirmed', person: SACHA, power: 'prepare' }),
    on(`application-${OTHER_FILE}`, { type: 'FileShared', organisation: 'W3' }),
  ];
  const ties = (views: Views, looking: Parameters<typeof suspectedConflicts>[2] = anybody) =>
    suspectedConflicts(views, CALL, looking).items.map(({ person: who, application, reason }) => [
      who,
      application,
      reason,
    ]);

  it('tie reviewers to the members of applicants and partners', async () => {
    const { views } = await given(...stage, ...member);
    expect(ties(views)).toEqual([
      [CAMILLE, FILE, 'same-domain'],
      [CAMILLE, FILE, 'same-name'],
      [SACHA, OTHER_FILE, 'same-organisation'],
    ]);
    expect(ties(views, without(FILE))).toEqual([[SACHA, OTHER_FILE, 'same-organisation']]);
  });
  it('are suspected no more once declared, nor of who was dismissed', async () => {
    const { views } = await given(
      ...stage,
      ...member,
      on('reviewer-1', {
        type: 'ConflictConfirmed',
        ...{ call: CALL, person: CAMILLE, because: 'Frère et sœur.' },
        conflict: { application: FILE, nature: 'family' },
      }),
      on('reviewer-2', { type: 'ReviewerDismissed', call: CALL, person: SACHA, reason: 'Indisponible.' }),
    );
    expect(ties(views)).toEqual([]);
  });
});
