import { describe, expect, it } from '@jest/globals';
import { invalid } from '../decider.js';
import {
  APPLICANT,
  association,
  attached,
  budget,
  callAfter,
  callCancelled,
  callWith,
  content,
  contents,
  DEADLINE,
  document,
  extended,
  filed,
  FILE_UNKNOWN,
  forgotten,
  FORGOTTEN,
  given,
  ready,
  revisedContent,
  saved,
  started,
  submission,
  submitted,
  withdrawn,
} from './fixtures.js';

const revised = { type: 'DraftSaved', content: revisedContent } as const;
const unbalanced = {
  field: 'budget',
  code: 'BudgetNotBalanced',
  message: "Le budget n'est pas équilibré : 27 000,00 € de charges, 25 000,00 € de produits.",
};
const spendMore = {
  ...contents,
  budget: {
    charges: [...budget.charges, { account: '61', label: 'Loyer', amountCents: 200_000 }],
    products: budget.products,
  },
};

describe('submitting a file', () => {
  const submit = { type: 'SubmitApplication' } as const;
  const receipt = 'AR-CQ92-7Q04-HE17-V2QH';

  it('gives a receipt for the draft as last saved', () =>
    given(...ready)
      .when(submit)
      .then({ ...submitted, receipt }));
  it('takes what is sent with it rather than the draft', () =>
    given(started, attached)
      .when({ ...submit, contents, content }, {}, { draft: {} })
      .then({ ...submitted, receipt }));
  it('keeps the deadline that this applicant had', () =>
    given(...ready)
      .when(submit, {}, { call: callAfter(extended) })
      .then({ ...submitted, receipt, deadline: '2021-08-20T14:00:00Z' }));
  it('submits the file', () =>
    expect(given(...filed).state).toEqual({
      status: 'submitted',
      call: 'call-1',
      organisation: APPLICANT,
      number: 1,
      draft: content,
      written: 0,
      documents: [document],
      submissions: [submission],
      papers: 0,
      sharedWith: [],
      forgotten: false,
      completions: 0,
      stoppedMs: 0,
    }));
  it('is refused twice', () =>
    given(...filed)
      .when(submit)
      .thenRefused('AlreadySubmitted', 'Ce dossier est déjà déposé : remplacez le dépôt si vous voulez le modifier.'));
  it('may follow a withdrawal, under the next number', () =>
    given(...filed, withdrawn)
      .when(submit)
      .then({ ...submitted, submission: 2, receipt: 'AR-YZCC-DGSK-DHP7-991C' }));
  it('answers a fault with its field, and refuses as invalid', () =>
    expect(given(...ready).when(submit, {}, { draft: spendMore }).result).toEqual(
      invalid('ApplicationIncomplete', "Le dossier ne peut pas être déposé en l'état.", [unbalanced]),
    ));
  it('is refused without a document that the call asks for', () =>
    given(started, saved)
      .when(submit)
      .thenFaults('ApplicationIncomplete', [
        { field: 'documents.statuts', code: 'DocumentMissing', message: 'Pièce obligatoire manquante : Statuts.' },
      ]));
  it('is refused over the ceiling of the call', () =>
    given(...ready)
      .when(submit, {}, { call: callWith({ ceilingCents: 1_999_999 }) })
      .thenFaults('ApplicationIncomplete', [
        {
          field: 'requestedCents',
          code: 'OverCeiling',
          message: 'Le montant demandé (20 000,00 €) dépasse le plafond de 19 999,99 €.',
        },
      ]));
  it('is refused to an association without the republican contract', () =>
    given(...ready)
      .when(submit, {}, { draft: { ...contents, attestations: { accurate: true, upToDate: true } } })
      .thenFaults('ApplicationIncomplete', [
        {
          field: 'attestations.republicanContract',
          code: 'RepublicanContractMissing',
          message: "Une association souscrit le contrat d'engagement républicain (décret 2021-1947).",
        },
      ]));
  it('asks no republican contract of a public body', () =>
    given(...ready)
      .when(
        submit,
        {},
        {
          draft: { ...contents, attestations: { accurate: true, upToDate: true } },
          organisation: { ...association, legalForm: 'public' },
        },
      )
      .then({ ...submitted, receipt }));
  it('is refused where nothing was ever written, all faults at once', () =>
    given(started)
      .when(submit, {}, { draft: undefined, call: callWith({ compulsoryDocuments: [] }) })
      .thenFaults('ApplicationIncomplete', [
        { field: 'title', code: 'Missing', message: "L'intitulé du projet est obligatoire." },
        { field: 'objectives', code: 'Missing', message: 'Les objectifs sont obligatoires.' },
        { field: 'description', code: 'Missing', message: 'La description est obligatoire.' },
        { field: 'startsOn', code: 'Missing', message: 'La date de début est obligatoire.' },
        { field: 'endsOn', code: 'Missing', message: 'La date de fin est obligatoire.' },
        { field: 'contact', code: 'Missing', message: 'Un contact est obligatoire.' },
        { field: 'budget', code: 'Missing', message: 'Le budget prévisionnel est obligatoire.' },
        { field: 'requestedCents', code: 'Missing', message: 'Le montant demandé est obligatoire.' },
        {
          field: 'attestations.accurate',
          code: 'AttestationMissing',
          message: "Attestez l'exactitude des informations.",
        },
        {
          field: 'attestations.upToDate',
          code: 'AttestationMissing',
          message: 'Attestez être à jour de vos obligations sociales et fiscales.',
        },
        {
          field: 'attestations.republicanContract',
          code: 'RepublicanContractMissing',
          message: "Une association souscrit le contrat d'engagement républicain (décret 2021-1947).",
        },
      ]));
});

describe('replacing a submission', () => {
  const replace = { type: 'ReplaceSubmission' } as const;
  const replaced = {
    ...submission,
    type: 'SubmissionReplaced',
    replaces: submission.receipt,
    submission: 2,
    receipt: 'AR-HSPT-X938-B2SK-CQJB',
    submittedAt: '2021-07-02T08:00:00Z',
    content: revisedContent,
  } as const;
  const nextDay = { at: '2021-07-02T08:00:00Z' };

  it('gives its own receipt, and names the one it replaces', () =>
    given(...filed, revised)
      .when(replace, nextDay)
      .then(replaced));
  it('takes what is sent with it rather than the draft', () =>
    given(...filed)
      .when({ ...replace, contents, content: revisedContent }, nextDay, { draft: {} })
      .then(replaced));
  it('counts a document that was added', () =>
    given(...filed, { ...attached, document: 'doc-2', code: 'other' })
      .when(replace, nextDay)
      .then({
        ...replaced,
        receipt: 'AR-3P3Y-56S6-SX0E-4HJA',
        content,
        documents: [document, { ...document, document: 'doc-2', code: 'other' }],
      }));
  it('keeps every version, each with its receipt', () =>
    expect(given(...filed, revised, replaced).state).toEqual({
      ...given(...filed, revised).state,
      submissions: [
        submission,
        {
          ...submission,
          submission: 2,
          receipt: 'AR-HSPT-X938-B2SK-CQJB',
          submittedAt: '2021-07-02T08:00:00Z',
          content: revisedContent,
        },
      ],
      papers: 0,
    }));
  it('may be replaced again', () =>
    given(...filed, revised, replaced, saved)
      .when(replace, { at: DEADLINE })
      .then({
        ...replaced,
        replaces: 'AR-HSPT-X938-B2SK-CQJB',
        submission: 3,
        receipt: 'AR-8FWG-HFV2-E1J0-NHDA',
        submittedAt: DEADLINE,
        content,
      }));
  it('is refused where nothing changed', () =>
    given(...filed)
      .when(replace)
      .thenRefused('NothingChanged', "Rien n'a changé depuis le dernier dépôt, qui reste valable."));
  it('is refused twice', () =>
    given(...filed, revised, replaced)
      .when(replace, nextDay)
      .thenRefused('NothingChanged', "Rien n'a changé depuis le dernier dépôt, qui reste valable."));
  it('is refused where nothing was submitted', () =>
    given(...ready)
      .when(replace)
      .thenRefused('NotSubmitted', "Ce dossier n'est pas déposé : il n'y a rien à remplacer."));
  it('is refused once withdrawn', () =>
    given(...filed, withdrawn)
      .when(replace)
      .thenRefused('NotSubmitted', "Ce dossier n'est pas déposé : il n'y a rien à remplacer."));
  it('leaves the last submission standing when the next one is at fault', () =>
    given(...filed, revised)
      .when(replace, nextDay, { draft: spendMore })
      .thenFaults('ApplicationIncomplete', [unbalanced]));
});

describe('withdrawing a file', () => {
  const withdraw = { type: 'WithdrawApplication', reason: 'Le projet est reporté.' } as const;
  const nothing = "Ce dossier n'est pas déposé : il n'y a rien à retirer.";

  it('is a fact with its reason', () =>
    given(...filed)
      .when(withdraw)
      .then(withdrawn));
  it('keeps what was submitted', () =>
    expect(given(...filed, withdrawn).state).toEqual({ ...given(...filed).state, status: 'withdrawn' }));
  it('is possible after the deadline', () =>
    given(...filed)
      .when(withdraw, { at: '2021-09-01T08:00:00Z' })
      .then(withdrawn));
  it('is possible once the call has ended', () =>
    given(...filed)
      .when(withdraw, {}, { call: callCancelled })
      .then(withdrawn));
  it('is refused twice', () =>
    given(...filed, withdrawn)
      .when(withdraw)
      .thenRefused('NotSubmitted', nothing));
  it('is refused for a draft', () =>
    given(...ready)
      .when(withdraw)
      .thenRefused('NotSubmitted', nothing));
  it('is refused once the contents are forgotten', () =>
    given(...filed, withdrawn, forgotten)
      .when(withdraw)
      .thenRefused('ContentsForgotten', FORGOTTEN));
  it('is refused for a file that does not exist', () =>
    given().when(withdraw).thenRefused('ApplicationUnknown', FILE_UNKNOWN));
});
