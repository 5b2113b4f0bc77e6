import { describe, expect, it } from '@jest/globals';
import {
  ASKED,
  association,
  attached,
  budget,
  callCancelled,
  callUnsealed,
  CALL_CANCELLED,
  completed,
  completing,
  completion,
  content,
  contents,
  DUE,
  answering,
  filed,
  onPaper,
  OVERDUE,
  ready,
  requested,
  revisedContent,
  started,
  submission,
  withdrawn,
} from './fixtures.js';

const NONE_OPEN = "Aucune demande de compléments n'est ouverte sur ce dossier.";

describe('completing a file', () => {
  const clearer = { ...contents, objectives: 'Accueillir quarante familles par an.' };
  const complete = { type: 'CompleteFile', contents: clearer, content: revisedContent } as const;
  const receipt = 'AR-RECEIPT';
  /** All but the number of the receipt, which its own specification proves. */
  const numbered = (outcome: { result: unknown }) =>
    (outcome.result as { receipt?: string }[]).map((event) => ({ ...event, receipt }));
  const other = { ...attached, document: 'doc-2', code: 'other', sha256: 'e'.repeat(64) };
  const newStatutes = { ...attached, document: 'doc-3', sha256: 'f'.repeat(64) };
  const { type: _, content: __, ...signed } = newStatutes;

  it('is a new version with a receipt of its own; the earlier stays', () => {
    const outcome = answering(...completing).when(complete);
    expect(numbered(outcome)).toEqual([{ ...completed, receipt }]);
    expect(outcome.result).toMatchObject([{ receipt: expect.stringMatching(/^AR(-[0-9A-HJKMNP-TV-Z]{4}){4}$/) }]);
    expect(answering(...completing, completed).state).toMatchObject({ submissions: [submission, completion] });
  });
  it('answers the request, and the clock goes on', () => {
    const { state } = answering(...completing, completed);
    expect(state).toMatchObject({
      status: 'submitted',
      draft: revisedContent,
      completed: 2,
      stoppedMs: Date.parse(completion.submittedAt) - Date.parse(ASKED),
    });
    expect(state).not.toHaveProperty('completion');
  });
  it('is in time at the end of the delay, to the second', () =>
    expect(numbered(answering(...completing).when(complete, { at: DUE }))).toEqual([
      { ...completed, receipt, submittedAt: DUE },
    ]));
  it('is refused a second later', () =>
    answering(...completing)
      .when(complete, { at: OVERDUE })
      .thenRefused(
        'CompletionClosed',
        'Le délai pour compléter ce dossier est passé : 15 septembre 2021 à 18 h 00 (heure de Paris).',
      ));
  it('is refused a field that was not asked for, all of them at once and with every other fault', () =>
    answering(...completing)
      .when({
        ...complete,
        contents: { ...clearer, title: 'Autre projet', publics: 'Familles', endsOn: '2021-01-01' },
      })
      .thenFaults('ApplicationIncomplete', [
        {
          field: 'title',
          code: 'FieldNotReopened',
          message: 'La demande de compléments ne porte pas sur ce champ (intitulé) : laissez-le tel que déposé.',
        },
        {
          field: 'publics',
          code: 'FieldNotReopened',
          message: 'La demande de compléments ne porte pas sur ce champ (publics) : laissez-le tel que déposé.',
        },
        {
          field: 'endsOn',
          code: 'FieldNotReopened',
          message: 'La demande de compléments ne porte pas sur ce champ (date de fin) : laissez-le tel que déposé.',
        },
        { field: 'endsOn', code: 'PeriodReversed', message: 'La fin du projet précède son début.' },
      ]));
  it('is refused where a field that was not asked for is left out', () => {
    const { contact: _, ...silent } = clearer;
    expect(answering(...completing).when({ ...complete, contents: silent }).result).toMatchObject({
      kind: 'invalid',
      sentence: "Le dossier ne peut pas être complété en l'état.",
      faults: [
        { field: 'contact', code: 'FieldNotReopened' },
        { field: 'contact', code: 'Missing' },
      ],
    });
  });
  it('takes a field that was asked for whole', () =>
    expect(
      numbered(
        answering(...completing).when({
          ...complete,
          contents: { ...contents, budget: { ...budget, charges: [...budget.charges].reverse() } },
        }),
      ),
    ).toEqual([{ ...completed, receipt }]));
  it('takes what was last submitted where no contents are sent', () =>
    expect(
      numbered(answering(...completing, newStatutes).when({ type: 'CompleteFile' }, {}, { draft: { title: 'Égaré' } })),
    ).toEqual([{ ...completed, receipt, content, documents: [submission.documents[0], signed] }]));
  it('takes the draft saved since the request where no contents are sent', () =>
    expect(
      numbered(
        answering(...completing, { type: 'DraftSaved', content: revisedContent }).when(
          { type: 'CompleteFile' },
          {},
          { draft: clearer },
        ),
      ),
    ).toEqual([{ ...completed, receipt }]));
  it('leaves a draft aside that was saved before the request', () =>
    answering(...filed, { type: 'DraftSaved', content: revisedContent }, requested)
      .when({ type: 'CompleteFile' }, {}, { draft: { title: 'Jamais déposé' } })
      .thenRefused('NothingChanged', "Rien n'a changé depuis le dernier dépôt : les compléments restent attendus."));
  it('replaces the documents that were asked for', () =>
    expect(
      numbered(
        answering(...completing, { type: 'DocumentRemoved', document: 'doc-1' }, newStatutes).when({
          type: 'CompleteFile',
        }),
      ),
    ).toEqual([{ ...completed, receipt, content, documents: [signed] }]));
  it('keeps every other document as it was submitted', () =>
    expect(
      numbered(
        answering(
          ...filed,
          other,
          { type: 'DocumentRemoved', document: 'doc-1' },
          {
            ...requested,
            documents: [],
          },
        ).when(complete),
      ),
    ).toEqual([{ ...completed, receipt }]));
  it('is refused without a compulsory document', () =>
    answering(...completing, { type: 'DocumentRemoved', document: 'doc-1' })
      .when(complete)
      .thenFaults('ApplicationIncomplete', [
        { field: 'documents.statuts', code: 'DocumentMissing', message: 'Pièce obligatoire manquante : Statuts.' },
      ]));
  it('is judged by the rules of the call', () =>
    answering(...completing)
      .when(
        complete,
        {},
        { organisation: association, call: callUnsealed, submitted: { ...contents, attestations: {} } },
      )
      .thenFaults('ApplicationIncomplete', [
        {
          field: 'attestations',
          code: 'FieldNotReopened',
          message: 'La demande de compléments ne porte pas sur ce champ (attestations) : laissez-le tel que déposé.',
        },
      ]));
  it('is refused where nothing changes', () =>
    answering(...completing)
      .when({ ...complete, contents, content })
      .thenRefused('NothingChanged', "Rien n'a changé depuis le dernier dépôt : les compléments restent attendus."));
  it('is refused twice', () =>
    answering(...completing, completed)
      .when(complete)
      .thenRefused('NoCompletionPending', NONE_OPEN));
  it('is refused where nothing was asked for', () =>
    answering(...filed)
      .when(complete)
      .thenRefused('NoCompletionPending', NONE_OPEN));
  it.each([
    ['a draft', ready],
    ['a file that was withdrawn', [...completing, withdrawn]],
  ])('is refused for %s', (_, history) =>
    answering(...history)
      .when(complete)
      .thenRefused('NotSubmitted', "Ce dossier n'est pas déposé : il n'y a rien à compléter."),
  );
  it('is refused in a call that ended', () =>
    answering(...completing)
      .when(complete, {}, { call: callCancelled })
      .thenRefused('CallEnded', CALL_CANCELLED));

  describe('that came on paper', () => {
    const paper = [started, onPaper, { ...requested, fields: ['title' as const], documents: [] }];

    it('takes the whole file in writing, every field and document of it', () =>
      expect(numbered(answering(...paper, attached).when({ ...complete, contents, content: revisedContent }))).toEqual([
        { ...completed, receipt, submission: 1, replaces: onPaper.receipt },
      ]));
    it('is refused where the whole is not sent', () =>
      expect(answering(...paper, attached).when({ ...complete, contents: { title: 'Café' } }).result).toMatchObject({
        faults: expect.arrayContaining([expect.objectContaining({ field: 'budget', code: 'Missing' })]),
      }));
    it('is then held to what was sent', () =>
      expect(
        answering(...paper, attached, { ...completed, submission: 1 }, { ...requested, request: 2 }).when({
          ...complete,
          contents: { ...contents, title: 'Autre' },
        }).result,
      ).toMatchObject({ faults: [{ field: 'title', code: 'FieldNotReopened' }] }));
    it('is not held to what was submitted and withdrawn before it', () =>
      expect(
        numbered(
          answering(...filed, withdrawn, onPaper, requested).when({
            ...complete,
            contents: { ...contents, title: 'Autre' },
          }),
        ),
      ).toEqual([{ ...completed, receipt, replaces: onPaper.receipt }]));
  });
});
