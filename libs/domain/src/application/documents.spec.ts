import { describe, expect, it } from '@jest/globals';
import {
  attached,
  callWith,
  document,
  filed,
  given,
  ready,
  saved,
  started,
  submission,
  submitted,
} from './fixtures.js';

const content = { version: 0, hash: 'd'.repeat(64) };

describe('attaching a document', () => {
  const attach = { type: 'AttachDocument', ...document, filename: 'Statuts 2019.pdf', content } as const;
  const other = { ...attach, document: 'doc-2', code: 'other', sha256: 'e'.repeat(64) };

  it('records what it is, and not its name', () => given(started).when(attach).then(attached));
  it('takes what the call does not ask for as other', () =>
    given(...ready)
      .when(other)
      .then({ ...attached, document: 'doc-2', code: 'other', sha256: 'e'.repeat(64) }));
  it('goes on after the submission, for the next one', () =>
    expect(given(...filed, { ...attached, document: 'doc-2', code: 'other' }).state).toMatchObject({
      submissions: [submission],
    }));
  it('is refused as a document the call does not ask for', () =>
    given(started)
      .when({ ...attach, code: 'rib' })
      .thenRefused('DocumentCodeUnknown', "L'appel ne demande pas de pièce « rib » : joignez-la comme « other »."));
  it('takes each document the call asks for', () =>
    given(started)
      .when(
        { ...attach, code: 'rib' },
        {},
        { call: callWith({ compulsoryDocuments: [{ code: 'rib', label: 'RIB' }] }) },
      )
      .then({ ...attached, code: 'rib' }));
  it('is refused twice', () =>
    given(started, attached)
      .when({ ...attach, document: 'doc-2' })
      .thenRefused('AlreadyAttached', 'Cette pièce est déjà jointe au dossier.'));
  it('takes the same bytes as another document', () =>
    given(started, attached)
      .when({ ...attach, document: 'doc-2', code: 'other' })
      .then({ ...attached, document: 'doc-2', code: 'other' }));
  it('takes the same document again once it was removed', () =>
    given(started, attached, { type: 'DocumentRemoved', document: 'doc-1' }).when(attach).then(attached));

  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      ...attached,
      document: `doc-${index}`,
      code: 'other',
      sha256: String(index),
    }));
  it('goes up to fifty documents', () =>
    given(started, ...many(49))
      .when(attach)
      .then(attached));
  it('is refused beyond fifty documents', () =>
    given(started, ...many(50))
      .when(attach)
      .thenRefused('TooManyDocuments', 'Un dossier compte au plus 50 pièces.'));
});

describe('removing a document', () => {
  const remove = { type: 'RemoveDocument', document: 'doc-1' } as const;
  const removed = { type: 'DocumentRemoved', document: 'doc-1' } as const;

  it('is a fact', () => given(started, attached).when(remove).then(removed));
  it('takes it out of the draft and leaves it in what was submitted', () =>
    expect(given(...filed, removed).state).toEqual({
      status: 'submitted',
      call: 'call-1',
      organisation: '52499120500013',
      number: 1,
      draft: { version: 0, hash: 'a'.repeat(64) },
      written: 0,
      documents: [],
      submissions: [{ ...submission, documents: [document] }],
      papers: 0,
      sharedWith: [],
      forgotten: false,
      completions: 0,
      stoppedMs: 0,
    }));
  it('leaves the others', () =>
    expect(given(started, attached, { ...attached, document: 'doc-2', code: 'other' }, removed).state).toMatchObject({
      documents: [{ ...document, document: 'doc-2', code: 'other' }],
    }));
  it('is refused twice', () =>
    given(started, attached, removed)
      .when(remove)
      .thenRefused('DocumentUnknown', "Cette pièce n'est pas jointe au dossier."));
  it('is refused for a document that was never attached', () =>
    given(started, saved).when(remove).thenRefused('DocumentUnknown', "Cette pièce n'est pas jointe au dossier."));
  it('makes the next submission incomplete where the call asks for it', () =>
    given(...ready, submitted, removed)
      .when({ type: 'ReplaceSubmission' })
      .thenFaults('ApplicationIncomplete', [
        { field: 'documents.statuts', code: 'DocumentMissing', message: 'Pièce obligatoire manquante : Statuts.' },
      ]));
});
