import { describe, expect, it } from '@jest/globals';
import { absent } from '../decider.js';
import {
  ADMINISTRATOR,
  admissible,
  appointed,
  atWork,
  callApproved,
  callCancelled,
  callCancelledSealed,
  callSealed,
  callUnsuccessful,
  callWith,
  callWithoutEnd,
  CLOSED,
  confirmed,
  content,
  contents,
  declared,
  declaredOn,
  declined,
  dismissed,
  drafting,
  elsewhere,
  END,
  FILE,
  laterContent,
  noFile,
  PERSON,
  refused,
  reviewerAfter,
  saved,
  scored,
  submitted,
  TOO_LATE,
  withdrawn,
  withdrawnFile,
  write,
  writing,
} from './fixtures.js';

const SUBMITTED = 'Votre évaluation est déjà déposée : modifiez-la si elle doit changer.';
const fault = (field: string, code: string, message: string) => ({ field, code, message });
const PERTINENCE_SCALE = '« Pertinence » se note par un entier de 0 à 5, ou « sans objet ».';
const MISSING = 'Notez le critère « Partenariat », ou marquez-le « sans objet ».';
const COMMENT = 'Le critère « Pertinence » demande un commentaire.';

describe('saving a draft', () => {
  it('refers to what was written and holds none of it', () => writing().when(write('SaveReview')).then(saved));
  it('may lack scores and comments', () =>
    writing()
      .when(write('SaveReview', { scores: [] }))
      .then(saved));
  it('is known as saved', () =>
    expect(writing(saved).state).toEqual({
      status: 'saved',
      call: 'call-1',
      application: FILE,
      person: PERSON,
      written: content,
    }));
  it('is a fact again when it changes', () =>
    writing(saved)
      .when(write('SaveReview', {}, laterContent))
      .then({ ...saved, content: laterContent }));
  it('says nothing new when it is repeated', () => writing(saved).when(write('SaveReview')).then());
  it('is refused once the review is submitted', () =>
    writing(submitted).when(write('SaveReview')).thenRefused('AlreadySubmitted', SUBMITTED));
  it('is told what can never be right', () =>
    writing()
      .when(write('SaveReview', { scores: [{ criterion: 'pertinence', score: 6 }] }))
      .thenFaults('ReviewInvalid', [fault('scores[0].score', 'ScoreOutsideScale', PERTINENCE_SCALE)]));
});

describe('submitting a review', () => {
  it('records scores, mean and amount, without a comment', () =>
    writing(saved).when(write('SubmitReview')).then(submitted));
  it('needs no draft', () => writing().when(write('SubmitReview')).then(submitted));
  it('is known as submitted', () =>
    expect(writing(submitted).state).toEqual({
      status: 'submitted',
      call: 'call-1',
      application: FILE,
      person: PERSON,
      written: content,
      submitted: scored,
    }));
  it('may recommend no amount', () => {
    const { recommendedCents: _, ...rest } = contents;
    const { recommendedCents: __, ...without } = submitted;
    writing()
      .when({ ...write('SubmitReview'), contents: rest })
      .then(without);
  });
  it('leaves a criterion marked N/A out of the mean, its weight shared by the others', () =>
    writing()
      .when(
        write('SubmitReview', {
          scores: [
            { criterion: 'pertinence', score: null, comment: 'Sans objet pour ce public.' },
            { criterion: 'partenariat', score: 3 },
          ],
        }),
      )
      .then({
        ...submitted,
        scores: [
          { criterion: 'pertinence', score: null },
          { criterion: 'partenariat', score: 3 },
        ],
        meanHundredths: 6000,
      }));
  it('keeps the scores in the order of the rubric', () =>
    writing()
      .when(write('SubmitReview', { scores: [...contents.scores].reverse() }))
      .then(submitted));
  it('is refused twice', () =>
    writing(submitted).when(write('SubmitReview')).thenRefused('AlreadySubmitted', SUBMITTED));
  it('answers every fault at once, each with its field', () =>
    writing()
      .when(
        write('SubmitReview', {
          scores: [
            { criterion: 'pertinence', score: 6 },
            { criterion: 'originalite', score: 1 },
            { criterion: 'pertinence', score: 2.5, comment: 'Encore.' },
          ],
          recommendedCents: 2_000_001,
        }),
      )
      .thenFaults('ReviewInvalid', [
        fault('scores[0].score', 'ScoreOutsideScale', PERTINENCE_SCALE),
        fault('scores[1].criterion', 'CriterionUnknown', "Le critère « originalite » n'est pas à la grille."),
        fault('scores[2].criterion', 'CriterionTwice', 'Le critère « Pertinence » figure déjà plus haut.'),
        fault('scores[2].score', 'ScoreOutsideScale', PERTINENCE_SCALE),
        fault('scores[0].comment', 'CommentMissing', COMMENT),
        fault('scores.partenariat', 'CriterionMissing', MISSING),
        fault('recommendedCents', 'OverRequested', 'Le montant proposé dépasse le montant demandé (20 000,00 €).'),
      ]));
  it.each([
    ['below', -1],
    ['above', 6],
    ['between two points of', 2.5],
  ])('is refused with a score %s the scale', (_, score) =>
    writing()
      .when(
        write('SubmitReview', { scores: [{ criterion: 'pertinence', score, comment: 'Oui.' }, scores.partenariat] }),
      )
      .thenFaults('ReviewInvalid', [fault('scores[0].score', 'ScoreOutsideScale', PERTINENCE_SCALE)]),
  );
  it.each([
    ['a score', 4],
    ['N/A', null],
  ])('is refused without a required comment, for %s too', (_, score) =>
    writing()
      .when(write('SubmitReview', { scores: [{ criterion: 'pertinence', score, comment: ' ' }, scores.partenariat] }))
      .thenFaults('ReviewInvalid', [fault('scores[0].comment', 'CommentMissing', COMMENT)]),
  );
  it('is refused where nothing is scored', () =>
    writing()
      .when(
        write('SubmitReview', {
          scores: [
            { criterion: 'pertinence', score: null, comment: 'Sans objet.' },
            { criterion: 'partenariat', score: null },
          ],
        }),
      )
      .thenFaults('ReviewInvalid', [fault('scores', 'NothingScored', 'Notez au moins un critère.')]));
  it('may recommend all that is requested', () =>
    writing()
      .when(write('SubmitReview', { recommendedCents: 2_000_000 }))
      .then({ ...submitted, recommendedCents: 2_000_000 }));
  it('may recommend any amount for what came on paper', () =>
    writing()
      .when(
        write('SubmitReview', { recommendedCents: 9_000_000 }),
        {},
        { application: { ...admissible, submissions: [] } },
      )
      .then({ ...submitted, recommendedCents: 9_000_000 }));
});
const scores = { partenariat: { criterion: 'partenariat', score: 3 } } as const;

describe('amending a review', () => {
  const better = [{ criterion: 'pertinence', score: 5, comment: 'Mieux lu.' }, scores.partenariat];
  const amended = {
    ...submitted,
    type: 'ReviewAmended',
    review: 2,
    scores: [
      { criterion: 'pertinence', score: 5 },
      { criterion: 'partenariat', score: 3 },
    ],
    meanHundredths: 8400,
    content: laterContent,
    submittedAt: '2021-08-21T08:00:00Z',
  } as const;

  it('is a version of its own', () =>
    writing(submitted)
      .when(write('AmendReview', { scores: better }, laterContent), { at: '2021-08-21T08:00:00Z' })
      .then(amended));
  it('is the one that counts', () =>
    expect(writing(submitted, amended).state).toMatchObject({ submitted: { review: 2, meanHundredths: 8400 } }));
  it('says nothing new when it is repeated', () => writing(submitted).when(write('AmendReview')).then());
  it('is checked like a submission', () =>
    writing(submitted)
      .when(write('AmendReview', { scores: better.slice(0, 1) }))
      .thenFaults('ReviewInvalid', [fault('scores.partenariat', 'CriterionMissing', MISSING)]));
  it.each([
    ['was begun', []],
    ['was submitted', [saved]],
  ])('is refused before the review %s', (_, history) =>
    writing(...history)
      .when(write('AmendReview'))
      .thenRefused('NotSubmitted', "Cette évaluation n'est pas déposée : il n'y a rien à modifier."),
  );
});

describe.each([
  ['saving', write('SaveReview'), []],
  ['submitting', write('SubmitReview'), []],
  ['amending', write('AmendReview', {}, laterContent), [submitted]],
])('%s', (_what, command, history) => {
  const by = writing(...history);

  it('is refused before interests are declared', () =>
    by
      .when(command, {}, { reviewer: reviewerAfter(appointed) })
      .thenRefused('InterestsNotDeclared', "Déclarez d'abord vos intérêts : les dossiers s'ouvrent ensuite."));
  it.each([
    ['declared', [...atWork, declaredOn(FILE), withdrawn('')]],
    ['confirmed', [...atWork, confirmed, withdrawn('')]],
    ['said when declining', [...atWork, declined('conflict')]],
    ['confirmed before anything was declared', [appointed, confirmed]],
  ])('is refused with a conflict that was %s', (_, reviewer) =>
    by
      .when(command, {}, { reviewer: reviewerAfter(...reviewer) })
      .thenRefused('ConflictDeclared', "Vous avez un conflit d'intérêts sur ce dossier."),
  );
  it.each([
    ['was never assigned', [appointed, declared]],
    ['was declined', [...atWork, declined('overload')]],
    ['was taken back', [...atWork, withdrawn('Par erreur.')]],
  ])('is refused on a file that %s', (_, reviewer) =>
    by
      .when(command, {}, { reviewer: reviewerAfter(...reviewer) })
      .thenRefused('NotAssigned', 'Ce dossier ne vous est pas confié.'),
  );
  it.each([
    ['was withdrawn', withdrawnFile],
    ['is no longer admissible', refused],
  ])('is refused on a file that %s', (_, application) =>
    by.when(command, {}, { application }).thenRefused('ApplicationNotAdmissible', "Ce dossier n'est plus à évaluer."),
  );
  it.each([
    ['does not exist', { application: noFile }],
    ['is of another call', { application: elsewhere }],
    ['was never filed', { application: drafting }],
    ['is sealed', { call: callSealed }],
    ['is of a call not published yet', { call: callApproved }],
    ['is of no call', { call: { status: 'absent' } as const }],
    ['was sealed when its call was cancelled', { call: callCancelledSealed }],
  ])('is refused on a file that %s, as not found', (_, seen) =>
    expect(by.when(command, {}, seen).result).toEqual(absent('ApplicationUnknown', "Ce dossier n'existe pas.")),
  );
  it.each([
    ['by somebody who was dismissed', {}, { reviewer: reviewerAfter(...atWork, dismissed) }],
    ['in the name of another', { by: ADMINISTRATOR }, {}],
  ])('is refused %s, as not found', (_, asked, seen) =>
    expect(by.when(command, asked, seen).result).toEqual(
      absent('ReviewerUnknown', "Cette personne n'est pas évaluateur de cet appel."),
    ),
  );
  it('is in time at the second of the commission', () => expect(by.when(command, { at: END }).result).toHaveLength(1));
  it('is refused a second after the phase', () =>
    by.when(command, { at: TOO_LATE }).thenRefused('ReviewsClosed', CLOSED));
  it('ends with its own milestone where the calendar has one', () => {
    const call = callWith({ kind: 'reviewsDue', at: '2021-09-10T16:00:00Z' });
    expect(by.when(command, { at: '2021-09-10T16:00:00Z' }, { call }).result).toHaveLength(1);
    by.when(command, { at: '2021-09-10T16:00:01Z' }, { call }).thenRefused(
      'ReviewsClosed',
      "La phase d'évaluation est close depuis le 10 septembre 2021 à 18 h 00 (heure de Paris).",
    );
  });
  it('never ends where the calendar says nothing', () =>
    expect(by.when(command, { at: '2031-01-01T00:00:00Z' }, { call: callWithoutEnd }).result).toHaveLength(1));
  it.each([
    ['was cancelled', callCancelled, 'Cet appel a été annulé.'],
    ['was unsuccessful', callUnsuccessful, 'Cet appel a été déclaré infructueux.'],
  ])('is refused where the call %s', (_, call, sentence) =>
    by.when(command, {}, { call }).thenRefused('CallEnded', sentence),
  );
});
