import { describe, expect, it } from '@jest/globals';
import {
  admissible,
  answering,
  attached,
  callCancelled,
  CALL_CANCELLED,
  callOpen,
  CLOSED,
  completed,
  completing,
  contents,
  DEADLINE,
  document,
  DUE,
  filed,
  OVERDUE,
  onPaper,
  requested,
  revisedContent,
  started,
  submission,
  submitted,
  withdrawn,
} from './fixtures.js';

const OVER = 'Le délai pour compléter ce dossier est passé : 15 septembre 2021 à 18 h 00 (heure de Paris).';
const content = { version: 2, hash: 'd'.repeat(64) };
const attach = {
  type: 'AttachDocument',
  ...document,
  document: 'doc-2',
  sha256: 'e'.repeat(64),
  filename: 'Statuts signés.pdf',
  content,
} as const;
const { filename: _, ...kept } = attach;
const signed = { ...kept, type: 'DocumentAttached' } as const;
const save = { type: 'SaveDraft', contents, content: revisedContent } as const;

describe('while a completion is open', () => {
  it('a document that was asked for is attached', () =>
    answering(...completing)
      .when(attach, { at: DUE })
      .then(signed));
  it('a document that was asked for is removed', () =>
    answering(...completing)
      .when({ type: 'RemoveDocument', document: 'doc-1' }, { at: DUE })
      .then({ type: 'DocumentRemoved', document: 'doc-1' }));
  it.each([{ ...attach, code: 'other' } as const, { type: 'RemoveDocument', document: 'doc-4' } as const])(
    'no other document is: $type',
    (command) =>
      answering(...filed, { ...attached, document: 'doc-4', code: 'other' }, requested)
        .when(command)
        .thenRefused('DocumentNotReopened', 'La demande de compléments ne porte pas sur la pièce « other ».'),
  );
  it('the draft is saved, and judged only when the file is completed', () =>
    answering(...completing)
      .when(save, { at: DUE })
      .then({ type: 'DraftSaved', content: revisedContent }));
  it('a document that nobody knows is not removed', () =>
    answering(...completing)
      .when({ type: 'RemoveDocument', document: 'doc-9' })
      .thenRefused('DocumentUnknown', "Cette pièce n'est pas jointe au dossier."));
  it('a filing on paper takes every document', () =>
    answering(started, onPaper, { ...requested, documents: [] })
      .when(attach)
      .then(signed));
  it('sharing and replacing stay closed', () => {
    answering(...completing)
      .when({ type: 'ShareFile', organisation: '38033590100027' })
      .thenRefused('CallClosed', CLOSED);
    answering(...completing)
      .when({ type: 'ReplaceSubmission' })
      .thenRefused('CallClosed', CLOSED);
  });
  it('the file may be withdrawn, and nothing stays asked for', () => {
    answering(...completing)
      .when({ type: 'WithdrawApplication', reason: 'Projet abandonné.' })
      .then({ type: 'ApplicationWithdrawn', reason: 'Projet abandonné.' });
    expect(answering(...completing, withdrawn).state).not.toHaveProperty('completion');
  });
});

describe('the draft after the deadline', () => {
  const remove = { type: 'RemoveDocument', document: 'doc-1' } as const;
  it.each([attach, remove, save])('is closed once the delay of the completion is over: $type', (command) =>
    answering(...completing)
      .when(command, { at: OVERDUE })
      .thenRefused('CompletionClosed', OVER),
  );
  it.each([attach, remove, save])('is closed again once the file is completed: $type', (command) =>
    answering(...completing, completed)
      .when(command)
      .thenRefused('CallClosed', CLOSED),
  );
  it('is closed where the call ended', () =>
    answering(...completing)
      .when(save, {}, { call: callCancelled })
      .thenRefused('CallEnded', CALL_CANCELLED));
  it('is open whole until the deadline, whatever is asked for', () =>
    answering(...completing)
      .when({ ...attach, code: 'other' }, { at: DEADLINE }, { call: callOpen })
      .then({ ...signed, code: 'other' }));
});

describe('filing again', () => {
  const again = { ...submission, submission: 2, receipt: 'AR-0000-0000-0000-0003' };

  it.each([
    ['a replacement', [{ type: 'SubmissionReplaced', replaces: submission.receipt, ...again } as const]],
    ['a submission after a withdrawal', [withdrawn, { ...submitted, ...again }]],
    ['a filing on paper after a withdrawal', [withdrawn, onPaper]],
  ])('%s is examined afresh', (_, more) => {
    for (const history of [completing, [...completing, completed], [...filed, admissible]]) {
      const { state } = answering(...history, ...more);
      expect(state).toMatchObject({ status: 'submitted', stoppedMs: 0 });
      for (const gone of ['completion', 'admissibility', 'completed']) expect(state).not.toHaveProperty(gone);
    }
  });
  it('counts the requests on', () =>
    expect(answering(...completing, withdrawn, submitted).state).toMatchObject({ completions: 1 }));
});
