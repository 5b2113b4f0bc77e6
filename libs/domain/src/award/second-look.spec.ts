import { describe, expect, it } from '@jest/globals';
import { filed, withdrawn } from '../application/fixtures.js';
import { byHolder, cancelled, delegating, known, underD1 } from '../call/fixtures.js';
import {
  after,
  answered,
  appealContent,
  appealed,
  ARS,
  arsDecided,
  bop,
  byApplicant,
  callFacts,
  callWith,
  declined,
  DREETS,
  dreetsDecided,
  fileAfter,
  fir,
  given,
  granted,
  lines,
  notifiedFact,
  onReserve,
  pending,
  refusedOutcome,
  told,
  underway,
} from './fixtures.js';

const reason = 'Un porteur a renoncé à son aide.';
const callUp = { type: 'CallUpFromReserve', institution: ARS, reason } as const;
const calledUp = {
  type: 'CalledUpFromReserve',
  call: 'call-1',
  institution: ARS,
  reason,
  capacity: { kind: 'office' },
} as const;
const NOT_DECIDED = "Aucune décision n'a été prise sur ce dossier.";

describe('calling a file up from the reserve list', () => {
  it('has the leads decide again', () => {
    given(...onReserve)
      .when(callUp)
      .then(calledUp);
    expect(after(...onReserve, notifiedFact, calledUp)).toEqual({
      status: 'deciding',
      call: 'call-1',
      decisions: {},
      attempts: 0,
      calledUp: true,
    });
  });
  it('is signed under a delegation', () =>
    given(...onReserve)
      .when({ ...callUp, under: 'd-1' }, byHolder, delegating({ acts: ['award'] }))
      .then({ ...calledUp, capacity: underD1 }));
  it('waits for the files before it on that list', () => {
    const sentence =
      'Un dossier mieux classé attend encore sur la liste complémentaire : appelez les dossiers dans son ordre.';
    given(...onReserve)
      .when(callUp, {}, { before: [after(...onReserve, calledUp), after(...onReserve)] })
      .thenRefused('ReserveOrder', sentence);
  });
  it('passes over those that were called up, granted, declined or never decided', () =>
    given(...onReserve)
      .when(
        callUp,
        {},
        {
          before: [after(...onReserve, calledUp), after(...granted), after(...told, declined), after()],
        },
      )
      .then(calledUp));
  it('is refused for a file that is not on it', () => {
    const sentence = "Ce dossier n'est pas sur la liste complémentaire.";
    given(...refusedOutcome)
      .when(callUp)
      .thenRefused('NotOnReserve', sentence);
    given(...onReserve, calledUp)
      .when(callUp)
      .thenRefused('NotOnReserve', sentence);
    given().when(callUp).thenRefused('NotDecided', NOT_DECIDED);
  });
  it('is refused to a lead without an envelope', () =>
    given(...onReserve)
      .when({ ...callUp, institution: DREETS }, {}, { call: callWith({ lines: lines.slice(0, 1) }) })
      .thenRefused('NotYourEnvelope', "Votre institution n'a pas d'enveloppe dans cet appel."));
  it('is refused for a file that was withdrawn, and once the call has ended', () => {
    given(...onReserve)
      .when(callUp, {}, { application: fileAfter(...filed, withdrawn) })
      .thenRefused('NotSubmitted', "Ce dossier n'est pas déposé, ou il a été retiré.");
    given(...onReserve)
      .when(callUp, {}, { call: known(...callFacts(), cancelled) })
      .thenRefused('CallEnded', 'Cet appel a été annulé.');
  });
});

const lodge = { type: 'LodgeAppeal', text: 'Nous contestons.', content: appealContent } as const;
const inTime = { ...byApplicant, at: '2021-11-02T09:00:00Z' };

describe('appealing against a decision', () => {
  it.each([
    ['a refusal', refusedOutcome],
    ['an amount', granted],
    ['a place on the reserve list', onReserve],
  ])('is open against %s', (_, history) =>
    given(...history, notifiedFact)
      .when(lodge, inTime)
      .then(appealed),
  );
  it('is open until the end of the last day, in Paris', () => {
    given(...told)
      .when(lodge, { ...byApplicant, at: '2021-12-15T22:59:59Z' })
      .then({ ...appealed, lodgedAt: '2021-12-15T22:59:59Z' });
    given(...told)
      .when(lodge, { ...byApplicant, at: '2021-12-15T23:00:00Z' })
      .thenRefused('AppealTooLate', "Le recours gracieux était ouvert jusqu'au 15 décembre 2021.");
  });
  it('happens once against one decision', () => {
    const sentence = 'Vous avez déjà formé un recours gracieux contre cette décision.';
    given(...told, appealed)
      .when(lodge, inTime)
      .thenRefused('AlreadyAppealed', sentence);
    given(...told, appealed, answered(false))
      .when(lodge, inTime)
      .thenRefused('AlreadyAppealed', sentence);
  });
  it('is open again against the decision that follows an appeal', () =>
    given(...refusedOutcome, notifiedFact, appealed, answered(true), ...granted, notifiedFact)
      .when(lodge, inTime)
      .then(appealed));
  it('is refused before the notification, whatever was decided', () => {
    const sentence = 'Aucune décision ne vous a encore été notifiée sur ce dossier.';
    given().when(lodge, inTime).thenRefused('NotNotified', sentence);
    given(...granted)
      .when(lodge, inTime)
      .thenRefused('NotNotified', sentence);
  });
  it('is refused to who has given it up', () =>
    given(...told, declined)
      .when(lodge, inTime)
      .thenRefused('AlreadyDeclined', 'Vous avez renoncé à cette attribution.'));
});

const answer = (upheld: boolean) =>
  ({ type: 'AnswerAppeal', institution: ARS, upheld, reasons: 'Après un second examen.' }) as const;

describe('answering an appeal', () => {
  it('keeps the decision where it is rejected', () => {
    given(...told, appealed)
      .when(answer(false))
      .then(answered(false));
    expect(after(...told, appealed, answered(false))).toMatchObject({ status: 'granted', appeal: 'rejected' });
  });
  it('takes a refusal back where it is upheld, and the leads decide again', () => {
    given(...refusedOutcome, notifiedFact, appealed)
      .when(answer(true))
      .then({ ...answered(true), attempt: 0 });
    expect(after(...refusedOutcome, notifiedFact, appealed, answered(true))).toMatchObject({
      status: 'deciding',
      decisions: {},
      appeal: 'upheld',
    });
  });
  it('takes an award back with its money', () => {
    given(...told, appealed)
      .when(answer(true))
      .then(answered(true, [fir, bop]));
    expect(after(...told, appealed, answered(true, [fir, bop]))).toMatchObject({
      status: 'deciding',
      freed: { attempt: 1, lines: [fir, bop], because: 'withdrawn' },
    });
  });
  it('is signed under a delegation', () =>
    given(...told, appealed)
      .when({ ...answer(false), under: 'd-1' }, byHolder, delegating({ acts: ['award'] }))
      .then({ ...answered(false), capacity: underD1 }));
  it('is refused where none waits for it', () => {
    const sentence = "Aucun recours n'attend de réponse sur ce dossier.";
    given(...told)
      .when(answer(true))
      .thenRefused('NoAppeal', sentence);
    given(...told, appealed, answered(false))
      .when(answer(false))
      .thenRefused('NoAppeal', sentence);
    given(...told, appealed, declined)
      .when(answer(true))
      .thenRefused('NoAppeal', sentence);
    given().when(answer(true)).thenRefused('NotDecided', NOT_DECIDED);
  });
  it('waits for the money that is being reserved', () =>
    given(...onReserve, notifiedFact, appealed, calledUp, ...underway)
      .when(answer(true))
      .thenRefused(
        'AwardUnderway',
        'Les crédits de ce dossier sont en cours de réservation : réessayez dans un instant.',
      ));
  it('keeps what the award held until the next attempt has given it back', () =>
    expect(after(...told, appealed, answered(true, [fir, bop]), arsDecided, dreetsDecided, pending(2))).toMatchObject({
      status: 'pending',
      freed: { attempt: 1 },
      pending: { attempt: 2 },
    }));
});
