import { describe, expect, it } from '@jest/globals';
import { absent } from '../decider.js';
import {
  appointed,
  assigned,
  atWork,
  CLOSED,
  confirmed,
  declared,
  declaredOn,
  declined,
  elsewhere,
  END,
  FILE,
  given,
  noFile,
  notExamined,
  refused,
  self,
  TOO_LATE,
  withdrawn,
  withdrawnFile,
} from './fixtures.js';

const NOT_ASSIGNED = "Ce dossier n'est pas confié à cet évaluateur.";
const STANDS = "Cette évaluation est déposée : seul un conflit d'intérêts l'écarte.";
const standing = { reviews: [{ status: 'submitted', application: FILE }] };

describe('assigning a file to a reviewer', () => {
  const assign = { type: 'AssignReview', application: FILE } as const;

  it('is a fact', () => given(appointed, declared).when(assign).then(assigned));
  it('is refused twice', () =>
    given(...atWork)
      .when(assign)
      .thenRefused('AlreadyAssigned', 'Ce dossier est déjà confié à cet évaluateur.'));
  it('may be done again after they declined for want of time', () =>
    given(...atWork, declined('overload'))
      .when(assign)
      .then(assigned));
  it('is refused before they declared their interests', () =>
    given(appointed)
      .when(assign)
      .thenRefused('InterestsNotDeclared', "Cet évaluateur n'a pas encore déclaré ses intérêts."));
  it.each([
    ['declared', [appointed, declaredOn(FILE)]],
    ['confirmed', [appointed, declared, confirmed]],
    ['said when declining', [...atWork, declined('conflict')]],
  ])('is refused with a conflict that was %s', (_, history) =>
    given(...history)
      .when(assign)
      .thenRefused('ConflictDeclared', "Cet évaluateur a un conflit d'intérêts sur ce dossier."),
  );
  it.each([
    ['was not examined yet', notExamined],
    ['was refused beforehand', refused],
    ['was withdrawn', withdrawnFile],
  ])('is refused where the file %s', (_, file) =>
    given(appointed, declared)
      .when(assign, {}, { applications: [file] })
      .thenRefused('ApplicationNotAdmissible', "Ce dossier n'est pas déclaré recevable."),
  );
  it.each([
    ['does not exist', noFile],
    ['is of another call', elsewhere],
  ])('is refused where the file %s, as not found', (_, file) =>
    expect(given(appointed, declared).when(assign, {}, { applications: [file] }).result).toEqual(
      absent('ApplicationUnknown', "Ce dossier n'existe pas."),
    ),
  );
  it('is in time at the second the phase ends', () =>
    given(appointed, declared).when(assign, { at: END }).then(assigned));
  it('is refused a second later', () =>
    given(appointed, declared).when(assign, { at: TOO_LATE }).thenRefused('ReviewsClosed', CLOSED));
});

describe('declining a file', () => {
  const decline = (reason: 'conflict' | 'overload') =>
    ({ type: 'DeclineAssignment', application: FILE, reason }) as const;

  it('is a fact with its reason', () =>
    given(...atWork)
      .when(decline('overload'), self)
      .then(declined('overload')));
  it('for a conflict closes the file to them from then on', () => {
    given(...atWork)
      .when(decline('conflict'), self)
      .then(declined('conflict'));
    expect(given(...atWork, declined('conflict')).state).toMatchObject({
      conflicts: { [FILE]: 'other' },
      assignments: { [FILE]: 'declined' },
    });
  });
  it('for want of time closes nothing', () =>
    expect(given(...atWork, declined('overload')).state).toMatchObject({ conflicts: {} }));
  it('is refused twice', () =>
    given(...atWork, declined('overload'))
      .when(decline('overload'), self)
      .thenRefused('NotAssigned', NOT_ASSIGNED));
  it('is refused where nothing was assigned', () =>
    given(appointed, declared).when(decline('overload'), self).thenRefused('NotAssigned', NOT_ASSIGNED));
  it('is refused once the review is submitted', () =>
    given(...atWork)
      .when(decline('overload'), self, standing)
      .thenRefused('AlreadySubmitted', STANDS));
  it('is possible for a conflict even then', () =>
    given(...atWork)
      .when(decline('conflict'), self, standing)
      .then(declined('conflict')));
  it('is nobody else’s to do, as not found', () =>
    expect(given(...atWork).when(decline('overload')).result).toEqual(
      absent('ReviewerUnknown', "Cette personne n'est pas évaluateur de cet appel."),
    ));
});

describe('withdrawing an assignment', () => {
  const withdraw = { type: 'WithdrawAssignment', application: FILE, reason: 'Confié par erreur.' } as const;

  it('is a fact with its reason', () =>
    given(...atWork)
      .when(withdraw)
      .then(withdrawn('Confié par erreur.')));
  it('is refused twice', () =>
    given(...atWork, withdrawn('Confié par erreur.'))
      .when(withdraw)
      .thenRefused('NotAssigned', NOT_ASSIGNED));
  it('is refused once the review is submitted: nobody takes an opinion out of the mean', () =>
    given(...atWork)
      .when(withdraw, {}, standing)
      .thenRefused('AlreadySubmitted', STANDS));
});
