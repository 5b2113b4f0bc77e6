import { describe, expect, it } from '@jest/globals';
import type { Account } from '../account/account.js';
import { account, ARS, DREETS } from '../call/fixtures.js';
import { refusalGrounds } from './admissibility-facts.js';
import {
  admissible,
  callCancelled,
  callNeverPublished,
  callOpen,
  callWith,
  CALL_CANCELLED,
  CALL_UNKNOWN,
  completed,
  completing,
  DUE,
  examining,
  filed,
  FILE_UNKNOWN,
  forgotten,
  FORGOTTEN,
  OFFICER,
  onPaper,
  OVERDUE,
  ready,
  refused,
  started,
  withdrawn,
} from './fixtures.js';

const DECIDED = 'La recevabilité de ce dossier est déjà décidée : corrigez-la avec son motif.';
const PENDING =
  "Le porteur de projet a jusqu'au 15 septembre 2021 à 18 h 00 (heure de Paris) pour compléter ce dossier.";
const LATE = 'Ce pli est arrivé après la date limite : il ne peut être que refusé.';
const IN_TIME = 'Ce dossier est arrivé dans le délai : il ne peut pas être refusé comme tardif.';
const latePaper = [started, { ...onPaper, arrivedAt: '2021-08-13T14:00:01Z', late: true }];

const declare = { type: 'DeclareAdmissible', institution: ARS } as const;
const refuse = {
  type: 'RefuseBeforehand',
  grounds: refused.grounds,
  reasons: refused.reasons,
  institution: ARS,
} as const;
const correct = {
  type: 'CorrectAdmissibility',
  now: { verdict: 'refused', grounds: ['irregular'], reasons: "L'association est dissoute." },
  reason: "La dissolution n'était pas connue.",
  institution: ARS,
} as const;
const handOver = { type: 'HandOverFile', to: 'officer-2', reason: 'Congé de maternité.' } as const;

describe('declaring a file admissible', () => {
  it('is said by one of the leads', () => {
    examining(...filed)
      .when(declare)
      .then(admissible);
    examining(...filed)
      .when({ ...declare, institution: DREETS })
      .then({ ...admissible, institution: DREETS });
    expect(examining(...filed, admissible).state).toMatchObject({ admissibility: { verdict: 'admissible' } });
  });
  it('is said of a filing on paper, and of a file that was completed', () => {
    examining(started, onPaper).when(declare).then(admissible);
    examining(...completing, completed)
      .when(declare)
      .then(admissible);
  });
  it('waits until the applicant has answered, or the delay is over', () => {
    examining(...completing)
      .when(declare, { at: DUE })
      .thenRefused('CompletionPending', PENDING);
    examining(...completing)
      .when(declare, { at: OVERDUE })
      .then(admissible);
    expect(examining(...completing, admissible).state).not.toHaveProperty('completion');
  });
  it('is refused for a filing that came late', () =>
    examining(...latePaper)
      .when(declare)
      .thenRefused('FiledLate', LATE));
  it.each([
    ['twice', admissible],
    ['of a file that was refused', refused],
  ])('is refused %s', (_, decided) =>
    examining(...filed, decided)
      .when(declare)
      .thenRefused('AdmissibilityDecided', DECIDED),
  );
});

describe('refusing a file beforehand', () => {
  it('says on which grounds, and for which reasons', () => {
    examining(...filed)
      .when(refuse, { actingAs: 'signatory' })
      .then(refused);
    expect(examining(...filed, refused).state).toMatchObject({
      admissibility: { verdict: 'refused', grounds: ['off-topic'], reasons: refused.reasons },
    });
  });
  it('may rest on several grounds', () =>
    examining(...filed)
      .when({ ...refuse, grounds: ['irregular', 'over-budget'] })
      .then({ ...refused, grounds: ['irregular', 'over-budget'] }));
  it('is what becomes of a filing that came late', () =>
    examining(...latePaper)
      .when({ ...refuse, grounds: ['late'] })
      .then({ ...refused, grounds: ['late'] }));
  it.each([
    ['without a ground', [], 'GroundMissing', 'Indiquez au moins un cas de refus.'],
    [
      'with the same ground twice',
      ['irregular', 'irregular'] as const,
      'GroundTwice',
      "Un même cas de refus ne s'indique qu'une fois.",
    ],
    ['as late where it came in time', ['irregular', 'late'] as const, 'NotLate', IN_TIME],
  ])('is refused %s', (_, grounds, code, sentence) =>
    examining(...filed)
      .when({ ...refuse, grounds })
      .thenRefused(code, sentence),
  );
  it('is refused without reasons', () =>
    examining(...filed)
      .when({ ...refuse, reasons: ' ' })
      .thenRefused('ReasonsMissing', 'Un refus est motivé : dites pourquoi.'));
  it('waits until the applicant has answered, or the delay is over', () => {
    examining(...completing)
      .when(refuse, { at: DUE })
      .thenRefused('CompletionPending', PENDING);
    examining(...completing)
      .when(refuse, { at: OVERDUE })
      .then(refused);
  });
  it.each([
    ['twice', refused],
    ['of a file that is admissible', admissible],
  ])('is refused %s', (_, decided) =>
    examining(...filed, decided)
      .when(refuse)
      .thenRefused('AdmissibilityDecided', DECIDED),
  );
});

describe('correcting what was decided', () => {
  const { type: _, ...said } = correct;
  const corrected = { type: 'AdmissibilityCorrected', ...said } as const;

  it('supersedes it, with its reason', () => {
    examining(...filed, admissible)
      .when(correct)
      .then(corrected);
    expect(examining(...filed, admissible, corrected).state).toMatchObject({ admissibility: correct.now });
  });
  it('may turn a refusal round, and be corrected again', () => {
    const now = { verdict: 'admissible' } as const;
    examining(...filed, refused)
      .when({ ...correct, now })
      .then({ ...corrected, now });
    examining(...filed, refused, { ...corrected, now })
      .when(correct)
      .then(corrected);
  });
  it('may give a refusal other grounds or reasons', () =>
    examining(...filed, refused)
      .when(correct)
      .then(corrected));
  it.each([
    ['admissible', admissible, { verdict: 'admissible' } as const],
    ['refused', refused, { verdict: 'refused', grounds: refused.grounds, reasons: refused.reasons } as const],
  ])('is refused where it says the same: %s', (_, decided, now) =>
    examining(...filed, decided)
      .when({ ...correct, now })
      .thenRefused('NothingChanged', 'Cette correction ne change rien.'),
  );
  it.each([
    ['nothing was decided', filed],
    ['a completion is awaited', completing],
  ])('is refused where %s', (_, history) =>
    examining(...history)
      .when(correct)
      .thenRefused(
        'AdmissibilityUndecided',
        "La recevabilité de ce dossier n'est pas encore décidée : il n'y a rien à corriger.",
      ),
  );
  it('is refused to a filing that came late, which stays refused', () =>
    examining(...latePaper, refused)
      .when({ ...correct, now: { verdict: 'admissible' } })
      .thenRefused('FiledLate', LATE));
  it.each([
    ['without a ground', [], 'GroundMissing', 'Indiquez au moins un cas de refus.'],
    ['as late where it came in time', ['late'] as const, 'NotLate', IN_TIME],
  ])('is refused %s', (_, grounds, code, sentence) =>
    examining(...filed, admissible)
      .when({ ...correct, now: { ...correct.now, grounds } })
      .thenRefused(code, sentence),
  );
  it('is refused without reasons where it refuses', () =>
    examining(...filed, admissible)
      .when({ ...correct, now: { ...correct.now, reasons: '' } })
      .thenRefused('ReasonsMissing', 'Un refus est motivé : dites pourquoi.'));
});

describe('handing a file over', () => {
  const officer = account as Extract<Account, { status: 'open' }>;
  const person = { ...officer, grants: [`case-officer@institution:${DREETS}`] };
  const handed = { type: 'FileHandedOver', to: 'officer-2', reason: 'Congé de maternité.' } as const;

  it('names the officer, and who it was before', () => {
    examining(...filed)
      .when(handOver, {}, { person })
      .then(handed);
    examining(...filed, handed)
      .when({ ...handOver, to: OFFICER }, {}, { person })
      .then({ ...handed, to: OFFICER, from: 'officer-2' });
    expect(examining(...filed, handed).state).toMatchObject({ officer: 'officer-2' });
  });
  it('goes on once the file is decided on', () =>
    examining(...filed, admissible)
      .when(handOver, {}, { person })
      .then(handed));
  it('is open to a case officer on filing, where the call chose so', () =>
    examining(...filed)
      .when(handOver, {}, { person, call: callWith({ sealing: 'open-to-officers' }) })
      .then(handed));
  it('is refused to the officer who has it', () =>
    examining(...filed, handed)
      .when(handOver, {}, { person })
      .thenRefused('AlreadyOfficer', 'Cette personne instruit déjà ce dossier.'));
  it.each([
    ['has no account', { status: 'absent' } as const],
    ['was forgotten', { status: 'forgotten' } as const],
    ['was not read', undefined],
  ])('is refused to somebody who %s', (_, nobody) =>
    examining(...filed)
      .when(handOver, {}, { person: nobody })
      .thenRefused('PersonUnknown', "Cette personne n'a pas de compte."),
  );
  it.each([[[]], [['case-officer@institution:CAF-44']], [[`signatory@institution:${ARS}`]]])(
    'is refused to somebody who examines nothing for the leads: %s',
    (grants) =>
      examining(...filed)
        .when(handOver, {}, { person: { ...officer, grants } })
        .thenRefused('NotAnOfficer', "Cette personne n'est pas instructeur d'une autorité pilote de cet appel."),
  );
});

describe.each([declare, refuse, correct, handOver])('$type', (command) => {
  it.each([
    ['before contents may be read', filed, callOpen, 'ContentsSealed'],
    ['in a call that was cancelled', filed, callCancelled, 'CallEnded'],
    ['in a call that was never published', filed, callNeverPublished, 'CallUnknown'],
  ])('is refused %s', (_, history, call, code) => {
    const sentence = {
      ContentsSealed: "Les dossiers de cet appel sont scellés : ils s'examinent après leur ouverture.",
      CallEnded: CALL_CANCELLED,
      CallUnknown: CALL_UNKNOWN,
    }[code];
    examining(...history)
      .when(command, {}, { call })
      .thenRefused(code, sentence ?? '');
  });
  it.each([
    ['a draft', ready],
    ['a file that was withdrawn', [...filed, withdrawn]],
  ])('is refused for %s', (_, history) =>
    examining(...history)
      .when(command)
      .thenRefused('NotSubmitted', "Ce dossier n'est pas déposé : il n'y a rien à examiner."),
  );
  it('is refused where there is no file, or it was erased', () => {
    examining().when(command).thenRefused('ApplicationUnknown', FILE_UNKNOWN);
    examining(...filed, forgotten)
      .when(command)
      .thenRefused('ContentsForgotten', FORGOTTEN);
  });
});

describe.each([declare, refuse, correct])('$type on filing', (command) => {
  it('waits for the unsealing, though the call is open to its officers', () =>
    examining(...filed)
      .when(command, {}, { call: callWith({ sealing: 'open-to-officers' }) })
      .thenRefused('ContentsSealed', "Les dossiers de cet appel sont scellés : ils s'examinent après leur ouverture."));
});

it('the grounds of a prior refusal are those of the law', () =>
  expect(refusalGrounds).toEqual(['late', 'irregular', 'off-topic', 'over-budget']));
