import { describe, expect, it } from '@jest/globals';
import type { Fact } from '#domain/facts.js';
import type { NoticeKind } from '#domain/notice/notice.js';
import type { FactOf } from './about.js';
import { noticeOf, sent, TITLE } from './fixtures.js';
import { letter } from './letter.js';
import { fundingTemplates } from './templates/funding.js';

const PAGE = 'Dossier : https://convergence.example/api/applications/file-1';
const call = 'call-1';
const content = { version: 0, hash: 'a' };
const notified: Fact = {
  type: 'AwardNotified',
  call,
  institution: 'ARS-PDL',
  notifiedOn: '2021-10-05',
  appealUntil: '2021-12-05',
};
const granted = {
  type: 'AwardGranted',
  call,
  attempt: 1,
  organisation: 'W1',
  lines: [{ line: 1, amountCents: 2_000_000 }],
  amountCents: 2_000_000,
  requestedCents: 2_000_000,
} satisfies Fact;
const ways = [
  'Lettre : https://convergence.example/api/applications/file-1/award/letter',
  "Voies de recours : recours gracieux auprès de ARS-PDL jusqu'au 5 décembre 2021 inclus ; recours devant le tribunal administratif dans le même délai.",
  PAGE,
];
const capacity = { kind: 'office' } as const;
const answered: FactOf<'AppealAnswered'> = {
  type: 'AppealAnswered',
  call,
  institution: 'ARS-PDL',
  upheld: true,
  reasons: 'Pièce retrouvée.',
  capacity,
  lines: [],
  attempt: 1,
};
const drafted: Fact = {
  type: 'AgreementDrafted',
  call,
  organisation: 'W1',
  form: 'agreement',
  object: 'Café des parents',
  parties: [
    { kind: 'institution', id: 'ARS-PDL' },
    { kind: 'organisation', id: 'W1' },
  ],
  lines: [
    { line: 1, amountCents: 2_000_000, funder: 'ARS-PDL', programme: 'FIR', year: 2021 },
    { line: 2, amountCents: 1_000_000, funder: 'DREETS-PDL', programme: 'BOP 304', year: 2021 },
  ],
  yearly: [],
  startsOn: '2021-11-01',
  endsOn: '2022-10-31',
};
const planned: Fact = {
  type: 'InstalmentsPlanned',
  instalments: [{ number: 1, kind: 'advance', line: 2, amountCents: 1_000_000, condition: { kind: 'signature' } }],
};
const concluded: Fact = {
  type: 'AgreementConcluded',
  call,
  organisation: 'W1',
  concludedOn: '2021-11-05',
  amountCents: 3_000_000,
  endsOn: '2022-10-31',
  publishBefore: '2022-02-05',
};
const recovery = { recovery: 1, amountCents: 500_000, reasons: 'Action non réalisée.' };

const cases: [what: string, kind: NoticeKind, history: readonly Fact[], subject: string, ...lines: string[]][] = [
  [
    'an award as it was requested',
    'award-notified',
    [granted, notified],
    `Décision sur votre dossier — ${TITLE}`,
    `Issue du dossier de Les Petits Pas pour « ${TITLE} » : décision favorable, 20 000,00 € accordés sur 20 000,00 € demandés.`,
    ...ways,
  ],
  [
    'an award of less than was requested',
    'award-notified',
    [{ ...granted, requestedCents: 2_500_000 }, notified],
    `Décision sur votre dossier — ${TITLE}`,
    `Issue du dossier de Les Petits Pas pour « ${TITLE} » : décision favorable, 20 000,00 € accordés sur 25 000,00 € demandés.`,
    'Le montant est réduit : acceptez-le avec un budget révisé, ou déclinez-le.',
    ...ways,
  ],
  [
    'a refusal',
    'award-notified',
    [{ type: 'AwardSettled', call, outcome: 'refused', reasons: 'Projet déjà financé.' }, notified],
    `Décision sur votre dossier — ${TITLE}`,
    `Issue du dossier de Les Petits Pas pour « ${TITLE} » : refus.`,
    'Motifs : Projet déjà financé.',
    ...ways,
  ],
  [
    'a place on the reserve list, the last decision counting',
    'award-notified',
    [granted, { type: 'AwardSettled', call, outcome: 'reserve' }, notified],
    `Décision sur votre dossier — ${TITLE}`,
    `Issue du dossier de Les Petits Pas pour « ${TITLE} » : liste complémentaire.`,
    ...ways,
  ],
  [
    'a decision that is said elsewhere',
    'award-notified',
    [notified],
    `Décision sur votre dossier — ${TITLE}`,
    `La décision sur l'issue du dossier de Les Petits Pas pour « ${TITLE} » vous est notifiée.`,
    ...ways,
  ],
  [
    'an envelope that is short, with what is left',
    'award-failed',
    [
      {
        type: 'AwardFailed',
        call,
        attempt: 1,
        line: 2,
        askedCents: 800_000,
        leftCents: 120_000,
        institutions: ['ARS-PDL', 'DREETS-PDL'],
      },
    ],
    `Crédits insuffisants — ${TITLE}`,
    'La ligne 2 ne suffit pas pour le dossier de Les Petits Pas : 8 000,00 € demandés, il reste 1 200,00 €.',
    "Rien n'est accordé et rien ne reste réservé. Les décisions sont à reprendre (ARS-PDL, DREETS-PDL).",
    PAGE,
  ],
  [
    'an award that was declined, without the words of the applicant',
    'award-declined',
    [{ type: 'AwardDeclined', call, reason: 'Mots du porteur.', lines: [{ line: 1, amountCents: 5000 }], attempt: 1 }],
    `Décision déclinée — ${TITLE}`,
    `Les Petits Pas décline la décision sur son dossier pour « ${TITLE} ».`,
    'Crédits rendus : ligne 1 : 50,00 €',
    PAGE,
  ],
  [
    'a declined place on the reserve list',
    'award-declined',
    [{ type: 'AwardDeclined', call, reason: 'Mots du porteur.', lines: [], attempt: 0 }],
    `Décision déclinée — ${TITLE}`,
    `Les Petits Pas décline la décision sur son dossier pour « ${TITLE} ».`,
    PAGE,
  ],
  [
    'a file that is called up',
    'called-up',
    [{ type: 'CalledUpFromReserve', call, institution: 'ARS-PDL', reason: 'Un lauréat renonce.', capacity }],
    `Dossier appelé de la liste complémentaire — ${TITLE}`,
    'ARS-PDL appelle le dossier de Les Petits Pas. Motif : Un lauréat renonce.',
    'Chaque autorité pilote décide de nouveau.',
    PAGE,
  ],
  [
    'an appeal',
    'appeal-lodged',
    [{ type: 'AppealLodged', call, content, lodgedAt: '2021-11-02T09:00:00Z' }],
    `Recours gracieux — ${TITLE}`,
    'Les Petits Pas a formé un recours gracieux le 2 novembre 2021 à 10 h 00 (heure de Paris).',
    'Deux mois de silence valent rejet (CRPA L231-4).',
    PAGE,
  ],
  [
    'an appeal that is upheld',
    'appeal-answered',
    [{ ...answered, upheld: true }],
    `Réponse à votre recours — ${TITLE}`,
    'Le recours gracieux de Les Petits Pas est accueilli par ARS-PDL.',
    'Motifs : Pièce retrouvée.',
    PAGE,
  ],
  [
    'an appeal that is rejected',
    'appeal-answered',
    [{ ...answered, upheld: false }],
    `Réponse à votre recours — ${TITLE}`,
    'Le recours gracieux de Les Petits Pas est rejeté par ARS-PDL.',
    'Motifs : Pièce retrouvée.',
    PAGE,
  ],
  [
    'an agreement to sign',
    'agreement-drafted',
    [drafted],
    `Convention à signer — ${TITLE}`,
    'Pour le dossier de Les Petits Pas : 30 000,00 €, du 1er novembre 2021 au 31 octobre 2022.',
    'Parties : ARS-PDL, Les Petits Pas',
    'La signature de chacune est attendue.',
    PAGE,
  ],
  [
    'more time to sign',
    'signature-extended',
    [drafted, { type: 'SignatureExtended', until: '2021-12-20T11:00:00Z', reason: 'Le conseil se réunit le 15.' }],
    `Délai de signature prolongé — ${TITLE}`,
    "La signature de la convention ou de l'arrêté du dossier de Les Petits Pas est attendue jusqu'au 20 décembre 2021 à 12 h 00 (heure de Paris). Motif : Le conseil se réunit le 15.",
    PAGE,
  ],
  [
    'an agreement that all have signed',
    'agreement-concluded',
    [drafted, concluded],
    `Convention : signatures complètes — ${TITLE}`,
    "Toutes les parties ont signé pour le dossier de Les Petits Pas : 30 000,00 €, jusqu'au 31 octobre 2022.",
    PAGE,
  ],
  [
    'a payment that is requested',
    'payment-requested',
    [planned, { type: 'PaymentRequested', instalment: 1, person: 'person-1' }],
    `Versement demandé — ${TITLE}`,
    'Le versement n° 1 du dossier de Les Petits Pas est demandé : 10 000,00 € sur la ligne 2.',
    PAGE,
  ],
  [
    'a payment',
    'payment-recorded',
    [
      {
        type: 'PaymentRecorded',
        instalment: 1,
        amountCents: 1_000_000,
        paidOn: '2021-11-20',
        commitment: '1234567890',
      },
    ],
    `Versement payé — ${TITLE}`,
    'Le versement n° 1 du dossier de Les Petits Pas a été payé le 20 novembre 2021 : 10 000,00 €.',
    "Numéro d'engagement : 1234567890",
    PAGE,
  ],
  [
    'payments that stop',
    'payments-suspended',
    [{ type: 'PaymentsSuspended', reason: 'Compte rendu en retard.' }],
    `Versements suspendus — ${TITLE}`,
    'Les versements du dossier de Les Petits Pas sont suspendus. Motif : Compte rendu en retard.',
    PAGE,
  ],
  [
    'payments that go on',
    'payments-resumed',
    [{ type: 'PaymentsResumed', reason: 'Compte rendu reçu.' }],
    `Versements repris — ${TITLE}`,
    'Les versements du dossier de Les Petits Pas reprennent. Motif : Compte rendu reçu.',
    PAGE,
  ],
  [
    'a bank account, by its ending alone',
    'bank-account-given',
    [{ type: 'BankAccountGiven', account: 1, ending: '0189', content, person: 'person-1' }],
    `Compte bancaire à vérifier — ${TITLE}`,
    'Les Petits Pas a donné un compte bancaire finissant par 0189.',
    'Il est vérifié par une seconde personne avant le versement suivant.',
    PAGE,
  ],
  [
    'a recovery that is heard first',
    'recovery-announced',
    [{ type: 'RecoveryAnnounced', ...recovery, observationsUntil: '2022-12-01' }],
    `Reversement envisagé — ${TITLE}`,
    'Il est envisagé de demander à Les Petits Pas de reverser 5 000,00 €.',
    'Motifs : Action non réalisée.',
    "Vos observations sont attendues jusqu'au 1er décembre 2022 inclus.",
    PAGE,
  ],
  [
    'a recovery that is ordered',
    'recovery-ordered',
    [
      {
        type: 'RecoveryOrdered',
        ...recovery,
        titles: [{ line: 1, kind: 'recettes', amountCents: 500_000 }],
        institution: 'ARS-PDL',
        capacity: { kind: 'office' },
      },
    ],
    `Reversement ordonné — ${TITLE}`,
    'Les Petits Pas doit reverser 5 000,00 €, par décision de ARS-PDL :',
    '- ligne 1, titre de recettes : 5 000,00 €',
    'Motifs : Action non réalisée.',
    'Un recours gracieux est possible dans les deux mois.',
    PAGE,
  ],
  [
    'a recovery that is dropped',
    'recovery-dropped',
    [{ type: 'RecoveryDropped', recovery: 1, reasons: 'Justificatifs reçus.' }],
    `Reversement abandonné — ${TITLE}`,
    "Il n'est plus demandé à Les Petits Pas de reverser de l'argent (reversement n° 1).",
    'Motifs : Justificatifs reçus.',
    PAGE,
  ],
];

const lastIn = (history: readonly Fact[]): Fact => history.at(-1) as Fact;

describe('a letter of the money', () => {
  it.each(cases)('tells of %s', (_, kind, history, subject, ...lines) =>
    expect(letter(noticeOf(kind, lastIn(history), { file: 'file-1', history }))).toMatchObject({
      subject,
      text: sent(...lines),
    }),
  );

  it('is specified for every template', () =>
    expect(new Set<string>(cases.map(([, , history]) => lastIn(history).type))).toEqual(
      new Set(Object.keys(fundingTemplates)),
    ));
});
