import { describe, expect, it } from '@jest/globals';
import { paris } from '#calendar/paris.js';
import type { AgreementEvent } from '../agreement/agreement-facts.js';
import { OFFICE, office, rowsOf, type Story } from './fixtures.js';
import { narrate } from './story.js';

const COMPULSORY = 'Convention au-delà de 23 000 € par an, par autorité (loi 2000-321, art. 10), arrêté en deçà';
const CONDITIONS = 'Chaque versement a sa condition : signature, date ou compte rendu accepté';
const APPROVED = "Niveaux d'approbation selon le montant ; personne n'approuve deux fois, ni sa propre demande";
const IBAN = 'Un IBAN donné est vérifié par une seconde personne avant le versement suivant';
const HEARING = 'Reversement motivé (CRPA L211-2), après avoir entendu le bénéficiaire (CRPA L122-1)';
const SUSPENSION = 'Les versements se suspendent et reprennent par décision motivée';

const person = 'person-1';
const beneficiary = { kind: 'organisation', id: '52499120500013' } as const;
const ars = { kind: 'institution', id: 'ARS-PDL' } as const;
const drafted: Extract<AgreementEvent, { type: 'AgreementDrafted' }> = {
  type: 'AgreementDrafted',
  call: 'call-1',
  organisation: beneficiary.id,
  form: 'agreement',
  object: 'Café des parents',
  parties: [ars, beneficiary],
  lines: [{ line: 1, amountCents: 3_000_000, funder: 'ARS-PDL', programme: 'FIR', year: 2021 }],
  yearly: [
    { funder: 'ARS-PDL', year: 2021, amountCents: 3_000_000, compulsory: true, rule: 'Plus de 23 000 € en 2021' },
    { funder: 'ARS-PDL', year: 2022, amountCents: 100, compulsory: false, rule: 'Arrêté suffisant en 2022' },
  ],
  startsOn: '2021-11-01',
  endsOn: '2022-10-31',
};

/** Every fact of an agreement, as a person reads it. */
const told: Story<AgreementEvent> = {
  AgreementDrafted: [
    [
      drafted,
      'Convention en projet entre ARS-PDL, 52499120500013, du 1er novembre 2021 au 31 octobre 2022 ' +
        '(ligne 1 : 30 000,00 €). Objet : Café des parents.',
      'Plus de 23 000 € en 2021 ; Arrêté suffisant en 2022',
    ],
    [
      { ...drafted, form: 'order', yearly: [] },
      'Arrêté en projet entre ARS-PDL, 52499120500013, du 1er novembre 2021 au 31 octobre 2022 ' +
        '(ligne 1 : 30 000,00 €). Objet : Café des parents.',
      COMPULSORY,
    ],
  ],
  AgreementSigned: [
    [{ type: 'AgreementSigned', party: ars, capacity: office }, 'Signature : ARS-PDL.', OFFICE],
    [
      { type: 'AgreementSigned', party: beneficiary, capacity: { kind: 'beneficiary' } },
      'Signature : 52499120500013.',
      'Le bénéficiaire signe par qui peut déposer pour lui',
    ],
  ],
  SignatureExtended: [
    [
      { type: 'SignatureExtended', until: '2021-12-20T11:00:00Z', reason: 'Le conseil se réunit le 15.' },
      "Délai de signature prolongé jusqu'au 20 décembre 2021 à 12 h 00 (heure de Paris). Motif : Le conseil se réunit le 15.",
      'Un délai individuel est possible pour une convention',
    ],
  ],
  AgreementConcluded: [
    [
      {
        type: 'AgreementConcluded',
        call: 'call-1',
        organisation: beneficiary.id,
        concludedOn: '2021-11-05',
        amountCents: 3_000_000,
        endsOn: '2022-10-31',
        publishBefore: '2022-02-05',
      },
      "Signatures complètes le 5 novembre 2021 : 30 000,00 € jusqu'au 31 octobre 2022, " +
        'données essentielles à publier avant le 5 février 2022.',
      `${COMPULSORY} ; données essentielles dans les 3 mois de la signature (décret 2017-779)`,
    ],
  ],
  InstalmentsPlanned: [
    [
      {
        type: 'InstalmentsPlanned',
        instalments: [
          { number: 1, kind: 'advance', line: 1, amountCents: 1_000_000, condition: { kind: 'signature' } },
          { number: 2, kind: 'interim', line: 1, amountCents: 500_000, condition: { kind: 'date', on: '2022-03-01' } },
          {
            number: 3,
            kind: 'interim',
            line: 1,
            amountCents: 500_000,
            condition: { kind: 'report', report: 'activity' },
          },
          {
            number: 4,
            kind: 'balance',
            line: 2,
            amountCents: 1_000_000,
            condition: { kind: 'report', report: 'financial' },
          },
        ],
      },
      'Versements prévus : n° 1, avance de 10 000,00 € sur la ligne 1, à la signature ; ' +
        'n° 2, acompte de 5 000,00 € sur la ligne 1, le 1er mars 2022 ; ' +
        "n° 3, acompte de 5 000,00 € sur la ligne 1, au bilan d'activité accepté ; " +
        'n° 4, solde de 10 000,00 € sur la ligne 2, au compte rendu financier accepté.',
      CONDITIONS,
    ],
  ],
  PaymentRequested: [[{ type: 'PaymentRequested', instalment: 1, person }, 'Versement n° 1 demandé.', CONDITIONS]],
  ServiceCertified: [
    [
      { type: 'ServiceCertified', instalment: 1, person },
      'Service fait certifié pour le versement n° 1.',
      "L'instructeur certifie le service fait, le comptable paie",
    ],
  ],
  PaymentApproved: [
    [
      { type: 'PaymentApproved', instalment: 1, level: 1, last: false, person },
      'Versement n° 1 approuvé au niveau 1, une autre approbation est attendue.',
      APPROVED,
    ],
    [
      { type: 'PaymentApproved', instalment: 1, level: 2, last: true, person },
      'Versement n° 1 approuvé au niveau 2.',
      APPROVED,
    ],
  ],
  PaymentRecorded: [
    [
      {
        type: 'PaymentRecorded',
        instalment: 1,
        amountCents: 1_000_000,
        paidOn: '2021-11-20',
        commitment: '1234567890',
      },
      'Versement n° 1 payé le 20 novembre 2021 : 10 000,00 €, engagement 1234567890.',
      "Un paiement garde son numéro d'engagement",
    ],
  ],
  PaymentsSuspended: [
    [
      { type: 'PaymentsSuspended', reason: 'Compte rendu en retard.' },
      'Versements suspendus. Motif : Compte rendu en retard.',
      SUSPENSION,
    ],
  ],
  PaymentsResumed: [
    [
      { type: 'PaymentsResumed', reason: 'Compte rendu reçu.' },
      'Versements repris. Motif : Compte rendu reçu.',
      SUSPENSION,
    ],
  ],
  BankAccountGiven: [
    [
      { type: 'BankAccountGiven', account: 1, ending: '0189', content: { version: 0, hash: 'a' }, person },
      'Compte bancaire n° 1 donné, finissant par 0189.',
      IBAN,
    ],
  ],
  BankAccountChecked: [[{ type: 'BankAccountChecked', account: 1 }, 'Compte bancaire n° 1 vérifié.', IBAN]],
  RecoveryAnnounced: [
    [
      {
        type: 'RecoveryAnnounced',
        recovery: 1,
        amountCents: 500_000,
        reasons: 'Action non réalisée.',
        observationsUntil: '2022-12-01',
      },
      "Reversement n° 1 envisagé : 5 000,00 € ; observations attendues jusqu'au 1er décembre 2022. " +
        'Motifs : Action non réalisée.',
      HEARING,
    ],
  ],
  RecoveryObserved: [
    [
      { type: 'RecoveryObserved', recovery: 1, content: { version: 0, hash: 'a' } },
      'Observations du bénéficiaire sur le reversement n° 1.',
      HEARING,
    ],
  ],
  RecoveryOrdered: [
    [
      {
        type: 'RecoveryOrdered',
        institution: 'ARS-PDL',
        capacity: office,
        recovery: 1,
        amountCents: 500_000,
        reasons: 'Action non réalisée.',
        titles: [
          { line: 1, kind: 'recettes', amountCents: 300_000 },
          { line: 2, kind: 'perception', amountCents: 200_000 },
        ],
      },
      'Reversement n° 1 ordonné par ARS-PDL : 5 000,00 € (ligne 1, titre de recettes : 3 000,00 € ; ' +
        'ligne 2, titre de perception : 2 000,00 €). Motifs : Action non réalisée.',
      `${OFFICE} ; ${HEARING} ; titre de perception (État) ou de recettes (ARS)`,
    ],
  ],
  RecoveryDropped: [
    [
      { type: 'RecoveryDropped', recovery: 1, reasons: 'Justificatifs reçus.' },
      'Reversement n° 1 abandonné. Motifs : Justificatifs reçus.',
      HEARING,
    ],
  ],
  RecoveryPaid: [
    [
      { type: 'RecoveryPaid', recovery: 1, paidOn: '2023-01-15', reference: 'Titre 2023-7' },
      'Reversement n° 1 payé le 15 janvier 2023 (Titre 2023-7).',
      'Titre de perception (État) ou de recettes (ARS)',
    ],
  ],
  FileClosed: [
    [
      { type: 'FileClosed', call: 'call-1', organisation: beneficiary.id, paidCents: 3_000_000, recoveredCents: 0 },
      'Dossier soldé : 30 000,00 € versés, 0,00 € reversés.',
      'Un dossier se solde quand rien ne reste dû',
    ],
  ],
};

describe('the story of an agreement and of its payments', () => {
  it.each(rowsOf<AgreementEvent>(told))('tells %s: %s', (_type, sentence, fact, rule) =>
    expect(narrate(fact, paris)).toEqual({ sentence, rule }),
  );
});
