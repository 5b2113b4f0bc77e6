import { describe, it, expect } from '@jest/globals';
import { unsealed } from '../call/fixtures.js';
import {
  admissible,
  ASKED,
  callAfter,
  callCancelled,
  callNeverPublished,
  callOpen,
  callUnsuccessful,
  callWith,
  CALL_CANCELLED,
  CALL_UNKNOWN,
  CALL_UNSUCCESSFUL,
  completed,
  completing,
  DUE,
  examining,
  filed,
  FILE_UNKNOWN,
  forgotten,
  FORGOTTEN,
  onPaper,
  OVERDUE,
  ready,
  refused,
  requested,
  started,
  submitted,
  withdrawn,
} from './fixtures.js';

const SEALED = "Les dossiers de cet appel sont scellés : ils s'examinent après leur ouverture.";
const NOTHING_TO_EXAMINE = "Ce dossier n'est pas déposé : il n'y a rien à examiner.";
const NONE_OPEN = "Aucune demande de compléments n'est ouverte sur ce dossier.";
const openToOfficers = callWith({ sealing: 'open-to-officers' });

describe('requesting a completion', () => {
  const { type: _, request: __, requestedAt: ___, ...named } = requested;
  const ask = { type: 'RequestCompletion', ...named } as const;

  it('names the fields and documents that reopen, and until when', () =>
    examining(...filed)
      .when(ask)
      .then(requested));
  it('stops the clock', () =>
    expect(examining(...completing).state).toMatchObject({
      completion: { request: 1, dueAt: DUE, stoppedSince: ASKED },
      completions: 1,
      stoppedMs: 0,
    }));
  it('may name fields alone, or documents alone, each once', () => {
    examining(...filed)
      .when({ ...ask, fields: ['title', 'title'], documents: [] })
      .then({ ...requested, fields: ['title'], documents: [] });
    examining(...filed)
      .when({ ...ask, fields: [], documents: ['other', 'other'] })
      .then({ ...requested, fields: [], documents: ['other'] });
  });
  it('follows another once that is answered', () =>
    examining(...completing, completed)
      .when({ ...ask, dueAt: '2021-09-30T16:00:00Z' }, { at: '2021-09-20T08:00:00Z' })
      .then({ ...requested, request: 2, requestedAt: '2021-09-20T08:00:00Z', dueAt: '2021-09-30T16:00:00Z' }));
  it.each([
    ['open', ASKED],
    ['overdue', OVERDUE],
  ])('is refused while another is %s', (_, at) =>
    examining(...completing)
      .when({ ...ask, dueAt: '2021-10-01T16:00:00Z' }, { at })
      .thenRefused(
        'CompletionPending',
        'Une demande de compléments est déjà ouverte : attendez la réponse, ou prolongez son délai.',
      ),
  );
  it.each([
    ['admissible', admissible],
    ['refused beforehand', refused],
  ])('is refused for a file that is %s', (_, decided) =>
    examining(...filed, decided)
      .when(ask)
      .thenRefused(
        'AdmissibilityDecided',
        'La recevabilité de ce dossier est décidée : plus rien ne reste à compléter.',
      ),
  );
  it('is refused where nothing is named', () =>
    examining(...filed)
      .when({ ...ask, fields: [], documents: [] })
      .thenRefused('NothingNamed', 'Nommez au moins un champ ou une pièce à compléter.'));
  it('is refused for a document that the call does not ask for', () =>
    examining(...filed)
      .when({ ...ask, documents: ['statuts', 'rib'] })
      .thenRefused('DocumentCodeUnknown', "L'appel ne demande pas de pièce « rib » : demandez-la comme « other »."));
  it.each([ASKED, '2021-08-31T08:00:00Z'])('is refused with a delay that ends at once or before: %s', (dueAt) =>
    examining(...filed)
      .when({ ...ask, dueAt })
      .thenRefused('DateInPast', "Le délai pour compléter doit se terminer dans l'avenir."),
  );
  it('may name what is missing in a filing on paper', () => examining(started, onPaper).when(ask).then(requested));
  it('is refused for a filing that came late', () =>
    examining(started, { ...onPaper, late: true })
      .when(ask)
      .thenRefused('FiledLate', 'Ce pli est arrivé après la date limite : il ne peut être que refusé.'));
  it.each([
    ['a draft', ready],
    ['a file that was withdrawn', [...filed, withdrawn]],
  ])('is refused for %s', (_, history) =>
    examining(...history)
      .when(ask)
      .thenRefused('NotSubmitted', NOTHING_TO_EXAMINE),
  );
  it('is refused before contents may be read', () =>
    examining(...filed)
      .when(ask, {}, { call: callOpen })
      .thenRefused('ContentsSealed', SEALED));
  it('is refused once they are sealed again', () =>
    examining(...filed)
      .when(ask, {}, { call: callAfter(unsealed, { type: 'ContentsResealed', windowEnd: DUE }) })
      .thenRefused('ContentsSealed', SEALED));
  it('is open to a case officer on filing, where the call chose so', () =>
    examining(...filed)
      .when(ask, {}, { call: openToOfficers })
      .then(requested));
  it('is not there for an administrator then, who sees no file yet', () =>
    examining(...filed)
      .when(ask, { actingAs: 'administrator' }, { call: openToOfficers })
      .thenRefused('ApplicationUnknown', FILE_UNKNOWN));
  it.each([
    ['was cancelled', callCancelled, 'CallEnded', CALL_CANCELLED],
    ['was declared unsuccessful', callUnsuccessful, 'CallEnded', CALL_UNSUCCESSFUL],
    ['was never published', callNeverPublished, 'CallUnknown', CALL_UNKNOWN],
  ])('is refused in a call that %s', (_, call, code, sentence) =>
    examining(...filed)
      .when(ask, {}, { call })
      .thenRefused(code, sentence),
  );
  it('is refused where there is no file', () => examining().when(ask).thenRefused('ApplicationUnknown', FILE_UNKNOWN));
  it('is refused once the contents were erased', () =>
    examining(...filed, forgotten)
      .when(ask)
      .thenRefused('ContentsForgotten', FORGOTTEN));
});

describe('extending the delay of a completion', () => {
  const later = '2021-09-22T16:00:00Z';
  const extend = { type: 'ExtendCompletion', dueAt: later, reason: 'Assemblée générale le 20 septembre.' } as const;
  const extended = {
    type: 'CompletionExtended',
    request: 1,
    dueAt: later,
    extendedAt: ASKED,
    reason: 'Assemblée générale le 20 septembre.',
  } as const;

  it('gives more time, with its reason', () =>
    examining(...completing)
      .when(extend)
      .then(extended));
  it('also gives it after the delay ran out', () =>
    examining(...completing)
      .when(extend, { at: OVERDUE })
      .then({ ...extended, extendedAt: OVERDUE }));
  it.each([DUE, '2021-09-15T15:59:59Z'])('is refused where it does not end later: %s', (dueAt) =>
    examining(...completing)
      .when({ ...extend, dueAt })
      .thenRefused(
        'NotLater',
        "Le nouveau délai doit dépasser l'actuel : 15 septembre 2021 à 18 h 00 (heure de Paris).",
      ),
  );
  it('is refused where it would be over already', () =>
    examining(...completing)
      .when(extend, { at: later })
      .thenRefused('DateInPast', "Le délai pour compléter doit se terminer dans l'avenir."));
  it.each([
    ['nothing was asked for', filed],
    ['the file is completed', [...completing, completed]],
    ['the file is decided on', [...completing, refused]],
    ['the file was filed again after its withdrawal', [...completing, withdrawn, { ...submitted, submission: 2 }]],
  ])('is refused where %s', (_, history) =>
    examining(...history)
      .when(extend)
      .thenRefused('NoCompletionPending', NONE_OPEN),
  );
  it('is refused before contents may be read', () =>
    examining(...completing)
      .when(extend, {}, { call: callOpen })
      .thenRefused('ContentsSealed', SEALED));
});
