import { describe, expect, it } from '@jest/globals';
import { absent } from '../decider.js';
import {
  appointed,
  assigned,
  atWork,
  callApproved,
  callCancelled,
  callSealed,
  callUnsuccessful,
  confirmed,
  declared,
  declaredOn,
  declined,
  dismissed,
  drafting,
  elsewhere,
  admissible as filedFile,
  FILE,
  given,
  noFile,
  OTHER_FILE,
  PERSON,
  self,
  withdrawn,
} from './fixtures.js';
import type { ReviewerCommand } from './reviewer-facts.js';

const appoint: ReviewerCommand = {
  type: 'AppointReviewer',
  call: 'call-1',
  person: PERSON,
  expertise: ['parentalité'],
};
const dismiss = { type: 'DismissReviewer', reason: 'Indisponible.' } as const;
const declare = (...files: string[]) =>
  ({
    type: 'DeclareInterests',
    conflicts: files.map((application) => ({ application, nature: 'employment' as const })),
  }) as const;
const confirm = {
  type: 'ConfirmConflict',
  conflict: { application: FILE, nature: 'family' },
  because: 'Sœur de la présidente.',
} as const;
const UNKNOWN = "Cette personne n'est pas évaluateur de cet appel.";
const SEALED = 'Les candidatures sont encore scellées : les noms ne sont connus de personne.';

describe('appointing a reviewer', () => {
  it('is a fact with what they know well', () => given().when(appoint).then(appointed));
  it('is theirs to begin with: interests not declared, nothing assigned', () =>
    expect(given(appointed).state).toEqual({
      status: 'appointed',
      call: 'call-1',
      person: PERSON,
      declared: false,
      conflicts: {},
      assignments: {},
    }));
  it('may be done before anything is unsealed', () => given().when(appoint, {}, { call: callSealed }).then(appointed));
  it('is refused twice', () =>
    given(appointed).when(appoint).thenRefused('AlreadyReviewer', 'Cette personne est déjà évaluateur de cet appel.'));
  it('may be done again after a dismissal: interests are declared anew, conflicts hold', () => {
    const again = given(appointed, declaredOn(OTHER_FILE), dismissed);
    again.when(appoint).then(appointed);
    expect(given(appointed, declaredOn(OTHER_FILE), dismissed, appointed).state).toMatchObject({
      status: 'appointed',
      declared: false,
      conflicts: { [OTHER_FILE]: 'employment' },
    });
  });
  it.each([
    ['without an account', { status: 'absent' } as const],
    ['who was forgotten', { status: 'forgotten' } as const],
  ])('is refused for somebody %s', (_, person) =>
    given().when(appoint, {}, { person }).thenRefused('PersonUnknown', "Cette personne n'a pas de compte."),
  );
  it('is refused on a call that does not exist', () =>
    given()
      .when(appoint, {}, { call: { status: 'absent' } })
      .thenRefused('CallUnknown', "Cet appel n'existe pas."));
});

describe('dismissing a reviewer', () => {
  it('takes from them what they have not submitted', () =>
    given(...atWork)
      .when(dismiss)
      .then(dismissed, withdrawn('Indisponible.')));
  it('lets stand what they have submitted', () =>
    given(...atWork)
      .when(dismiss, {}, { reviews: [{ status: 'submitted', application: FILE }] })
      .then(dismissed));
  it('takes nothing that had left them already', () =>
    given(...atWork, declined('overload'))
      .when(dismiss)
      .then(dismissed));
  it('is refused twice, as not found', () =>
    expect(given(appointed, dismissed).when(dismiss).result).toEqual(absent('ReviewerUnknown', UNKNOWN)));
});

describe('declaring interests', () => {
  it('names the files of the conflict', () =>
    given(appointed).when(declare(OTHER_FILE), self).then(declaredOn(OTHER_FILE)));
  it('is a fact without any conflict too', () => given(appointed).when(declare(), self).then(declared));
  it('is known as declared, with its conflicts', () =>
    expect(given(appointed, declaredOn(OTHER_FILE)).state).toMatchObject({
      declared: true,
      conflicts: { [OTHER_FILE]: 'employment' },
    }));
  it('adds to an earlier declaration', () =>
    given(appointed, declaredOn(OTHER_FILE))
      .when(declare(OTHER_FILE, FILE), self, { applications: [filedFile, filedFile] })
      .then(declaredOn(FILE)));
  it('says nothing new when it is repeated', () =>
    given(appointed, declaredOn(OTHER_FILE)).when(declare(OTHER_FILE), self).then());
  it('ends the assignment of a file it names later', () =>
    given(...atWork)
      .when(declare(FILE), self)
      .then(declaredOn(FILE), withdrawn("Conflit d'intérêts déclaré.")));
  it('answers all faults at once: files that are not of the call, drafts among them, and one named twice', () =>
    given(appointed)
      .when(declare('a', 'b', 'c', FILE, FILE), self, {
        applications: [noFile, elsewhere, drafting, filedFile, filedFile],
      })
      .thenFaults('InterestsInvalid', [
        ...[0, 1, 2].map((index) => ({
          field: `conflicts[${index}].application`,
          code: 'ApplicationUnknown',
          message: "Ce dossier n'est pas de cet appel.",
        })),
        { field: 'conflicts[4].application', code: 'ConflictTwice', message: 'Ce dossier figure déjà plus haut.' },
      ]));
  it('is refused while names are sealed', () =>
    given(appointed).when(declare(), self, { call: callSealed }).thenRefused('ContentsSealed', SEALED));
  it('is nobody else’s to do, as not found', () =>
    expect(given(appointed).when(declare()).result).toEqual(absent('ReviewerUnknown', UNKNOWN)));
});

describe('confirming a conflict', () => {
  it('keeps its reason', () => given(appointed).when(confirm).then(confirmed));
  it('ends the assignment of the file', () =>
    given(...atWork)
      .when(confirm)
      .then(confirmed, withdrawn("Conflit d'intérêts confirmé.")));
  it('holds like a declared one', () =>
    expect(given(appointed, declared, confirmed).state).toMatchObject({ conflicts: { [FILE]: 'family' } }));
  it('is no declaration', () => expect(given(appointed, confirmed).state).toMatchObject({ declared: false }));
  it('is refused where it is known', () =>
    given(appointed, declaredOn(FILE))
      .when(confirm)
      .thenRefused('ConflictKnown', "Ce conflit d'intérêts est déjà enregistré."));
  it('is refused while names are sealed', () =>
    given(appointed).when(confirm, {}, { call: callSealed }).thenRefused('ContentsSealed', SEALED));
  it.each([
    ['that does not exist', noFile],
    ['of another call', elsewhere],
    ['that was never filed', drafting],
  ])('is refused on a file %s, as not found', (_, file) =>
    expect(given(appointed).when(confirm, {}, { applications: [file] }).result).toEqual(
      absent('ApplicationUnknown', "Ce dossier n'existe pas."),
    ),
  );
});

const commands: [string, ReviewerCommand, Parameters<ReturnType<typeof given>['when']>[1]?][] = [
  ['appointing', appoint],
  ['dismissing', dismiss],
  ['declaring interests', declare(), self],
  ['confirming a conflict', confirm],
  ['assigning', { type: 'AssignReview', application: OTHER_FILE }],
  ['declining', { type: 'DeclineAssignment', application: FILE, reason: 'overload' }, self],
  ['withdrawing an assignment', { type: 'WithdrawAssignment', application: FILE, reason: 'Par erreur.' }],
];

describe.each(commands)('%s', (what, command, asked = {}) => {
  const before = what === 'appointing' ? [] : [appointed, declared, assigned];
  it.each([
    ['before publication', callApproved, 'NotPublished', "Cet appel n'est pas encore publié."],
    ['once the call was cancelled', callCancelled, 'CallEnded', 'Cet appel a été annulé.'],
    ['once the call was unsuccessful', callUnsuccessful, 'CallEnded', 'Cet appel a été déclaré infructueux.'],
  ])('is refused %s', (_, call, code, sentence) =>
    given(...before)
      .when(command, asked, { call })
      .thenRefused(code, sentence),
  );
  if (what === 'appointing') return;
  it('is refused for somebody who is no reviewer of the call, as not found', () =>
    expect(given().when(command, asked).result).toEqual(absent('ReviewerUnknown', UNKNOWN)));
});
