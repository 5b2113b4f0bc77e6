import { describe, expect, it } from '@jest/globals';
import { paris } from '#calendar/paris.js';
import type { CommissionEvent } from '../commission/commission-facts.js';
import { rowsOf, type Story } from './fixtures.js';
import { narrate } from './story.js';

const COMPOSITION = "Composition fixée par l'appel, ou par le CASF (R313-1)";
const INTEREST = 'Un membre intéressé ne délibère pas (CRPA R133-12 ; CASF R313-2-5)';
const CONVENED = 'Convocation 5 jours avant, sauf urgence (CRPA R133-8), ou 15 jours avant (CASF R313-2-2)';
const QUORUM = 'Quorum de la moitié, non exigé à la seconde réunion qui le dit (CRPA R133-10 ; CASF R313-2-2)';
const MAJORITY = 'Majorité des membres présents ou représentés (CRPA R133-11 ; CASF R313-2-3)';
const CASTING = 'Voix prépondérante de la présidence, conjointe en cas de coprésidence (CRPA R133-11 ; CASF R313-2-3)';
const MINUTES = 'Procès-verbal signé par chaque président (CRPA R133-13 ; CASF R313-2-2)';
const RANKED = "Le classement est un avis, publié comme l'avis d'appel (CASF R313-6-2)";

const session = 'session-1';
const item = { session, application: 'file-1' } as const;
const quorum = { members: 12, present: 8, needed: 6, required: true };
const member = { person: 'person-1', sitsFor: 'la CAF 44', voice: 'voting', chair: false } as const;
const convened: Extract<CommissionEvent, { type: 'SessionConvened' }> = {
  type: 'SessionConvened',
  session,
  agenda: ['file-1', 'file-2'],
  documents: [],
  noQuorumRequired: false,
  convenedAt: '2021-09-10T08:00:00Z',
};
const vote = { type: 'VoteRecorded', ...item, how: 'totals', quorum } as const;
const first = { application: 'file-1', rank: 1, list: 'main', amountCents: 2_000_000 } as const;
const second = { application: 'file-2', rank: 2, list: 'main', amountCents: 1_000_000 } as const;
const third = { application: 'file-3', rank: 3, list: 'reserve', amountCents: 500_000 } as const;

/** Every fact of a commission, as a person reads it. */
const told: Story<CommissionEvent> = {
  CommissionMemberAppointed: [
    [
      { type: 'CommissionMemberAppointed', ...member },
      'Membre désigné pour la CAF 44 : voix délibérative.',
      COMPOSITION,
    ],
    [
      { type: 'CommissionMemberAppointed', ...member, chair: true, substitute: 'person-2' },
      'Membre désigné pour la CAF 44 : voix délibérative, préside, avec un suppléant.',
      COMPOSITION,
    ],
    [
      { type: 'CommissionMemberAppointed', ...member, voice: 'consultative', qualified: true },
      'Membre désigné pour la CAF 44 : voix consultative, personnalité qualifiée.',
      COMPOSITION,
    ],
  ],
  CommissionMemberRemoved: [
    [
      { type: 'CommissionMemberRemoved', person: 'person-1', reason: 'Mutation.' },
      'Membre déchargé. Motif : Mutation.',
      COMPOSITION,
    ],
  ],
  MemberInterestsDeclared: [
    [
      { type: 'MemberInterestsDeclared', member: 'person-1', conflicts: [] },
      'Un membre déclare ses intérêts : aucun conflit.',
      INTEREST,
    ],
    [
      {
        type: 'MemberInterestsDeclared',
        member: 'person-1',
        conflicts: [
          { application: 'file-1', nature: 'family' },
          { application: 'file-2', nature: 'other' },
        ],
      },
      'Un membre déclare ses intérêts : 2 conflits.',
      INTEREST,
    ],
  ],
  SessionPlanned: [
    [
      { type: 'SessionPlanned', session, at: '2021-09-30T07:30:00Z', place: 'Nantes, salle 3' },
      'Séance prévue le 30 septembre 2021 à 9 h 30 (heure de Paris), Nantes, salle 3.',
      CONVENED,
    ],
    [
      { type: 'SessionPlanned', session, at: '2021-10-07T07:30:00Z', place: 'Nantes', reconvenes: 'session-0' },
      'Nouvelle séance prévue le 7 octobre 2021 à 9 h 30 (heure de Paris), Nantes.',
      CONVENED,
    ],
  ],
  SessionConvened: [
    [convened, "Séance convoquée : 2 dossiers à l'ordre du jour.", CONVENED],
    [
      { ...convened, agenda: ['file-1'], noQuorumRequired: true, urgency: 'Crédits à engager.' },
      "Séance convoquée : 1 dossier à l'ordre du jour, sans condition de quorum. Urgence : Crédits à engager.",
      CONVENED,
    ],
  ],
  SessionMoved: [
    [
      {
        type: 'SessionMoved',
        session,
        from: '2021-09-30T07:30:00Z',
        to: '2021-10-14T07:30:00Z',
        reason: 'La salle est fermée.',
      },
      'Séance déplacée du 30 septembre 2021 à 9 h 30 (heure de Paris) au 14 octobre 2021 à 9 h 30 (heure de Paris) : elle se convoque à nouveau. Motif : La salle est fermée.',
      CONVENED,
    ],
  ],
  AttendanceRecorded: [
    [
      {
        type: 'AttendanceRecorded',
        session,
        attendance: [
          { member: 'person-1', as: 'present' },
          { member: 'person-2', as: 'present' },
          { member: 'person-3', as: 'remote' },
          { member: 'person-4', as: 'represented', by: 'person-1' },
          { member: 'person-5', as: 'absent' },
        ],
      },
      'Présences relevées : 2 présents, 1 à distance, 1 représenté, 1 absent.',
      'Un mandat au plus par membre (CRPA R133-9)',
    ],
  ],
  SessionOpened: [
    [{ type: 'SessionOpened', session, quorum }, 'Séance ouverte : 8 sur 12 membres, quorum de 6.', QUORUM],
    [
      { type: 'SessionOpened', session, quorum: { ...quorum, present: 3, required: false } },
      'Séance ouverte : 3 sur 12 membres, sans condition de quorum.',
      QUORUM,
    ],
  ],
  SessionAdjourned: [
    [
      { type: 'SessionAdjourned', session, because: 'quorum', quorum: { ...quorum, present: 5 } },
      'Séance ajournée faute de quorum : 5 sur 12 membres, quorum de 6.',
      QUORUM,
    ],
  ],
  MemberRecused: [
    [
      { type: 'MemberRecused', ...item, member: 'person-1', nature: 'employment' },
      "Déport d'un membre sur le dossier file-1 (emploi).",
      INTEREST,
    ],
    [
      { type: 'MemberRecused', ...item, member: 'person-1', nature: 'financial', substitute: 'person-2' },
      "Déport d'un membre sur le dossier file-1 (intérêt financier) ; son suppléant siège.",
      INTEREST,
    ],
  ],
  ApplicantHeard: [
    [
      { type: 'ApplicantHeard', ...item },
      'Porteur du dossier file-1 entendu.',
      'La commission entend les candidats (CASF R313-2-4)',
    ],
  ],
  BallotCast: [
    [
      { type: 'BallotCast', ...item, member: 'person-1', by: 'person-2', choice: 'against' },
      'Un bulletin déposé sur le dossier file-1.',
      MAJORITY,
    ],
  ],
  VoteRecorded: [
    [
      { ...vote, totals: { for: 7, against: 0, abstain: 1 }, result: 'favourable' },
      'Vote sur le dossier file-1 : avis favorable (7 pour, 0 contre, 1 abstention).',
      MAJORITY,
    ],
    [
      { ...vote, totals: { for: 2, against: 4, abstain: 2 }, result: 'unfavourable' },
      'Vote sur le dossier file-1 : avis défavorable (2 pour, 4 contre, 2 abstentions).',
      MAJORITY,
    ],
    [
      { ...vote, totals: { for: 4, against: 4, abstain: 0 }, result: 'tie' },
      'Vote sur le dossier file-1 : partage des voix (4 pour, 4 contre, 0 abstention).',
      MAJORITY,
    ],
  ],
  CastingVoteGiven: [
    [
      { type: 'CastingVoteGiven', ...item, chair: 'person-1', favourable: true },
      'Voix prépondérante sur le dossier file-1 : pour.',
      CASTING,
    ],
    [
      { type: 'CastingVoteGiven', ...item, chair: 'person-1', favourable: false },
      'Voix prépondérante sur le dossier file-1 : contre.',
      CASTING,
    ],
  ],
  TieSettled: [
    [
      { type: 'TieSettled', ...item, result: 'favourable' },
      'Partage des voix tranché sur le dossier file-1 : avis favorable.',
      CASTING,
    ],
  ],
  TieUnsettled: [
    [
      { type: 'TieUnsettled', ...item },
      'Partage des voix non tranché sur le dossier file-1 : pas de classement.',
      'Sans accord des coprésidents sur un partage des voix, aucun classement (CASF R313-2-3)',
    ],
  ],
  RankingAdopted: [
    [
      { type: 'RankingAdopted', session, ranking: [first, second, third] },
      'Classement adopté : 2 dossiers en liste principale pour 30 000,00 €, 1 en liste complémentaire.',
      RANKED,
    ],
    [
      { type: 'RankingAdopted', session, ranking: [first] },
      'Classement adopté : dossier file-1 au rang 1, liste principale, 20 000,00 €.',
      RANKED,
    ],
    [
      { type: 'RankingAdopted', session, ranking: [third] },
      'Classement adopté : dossier file-3 au rang 3, liste complémentaire, 5 000,00 €.',
      RANKED,
    ],
  ],
  MinutesDrafted: [
    [
      { type: 'MinutesDrafted', session, version: 2, hash: 'a', text: 'Texte.' },
      'Procès-verbal rédigé (version 2).',
      MINUTES,
    ],
  ],
  MinutesCommented: [
    [
      {
        type: 'MinutesCommented',
        session,
        version: 1,
        comment: 'c-1',
        by: 'person-1',
        content: { version: 0, hash: 'a' },
      },
      'Observation sur le procès-verbal (version 1).',
      MINUTES,
    ],
  ],
  MinutesSigned: [
    [
      { type: 'MinutesSigned', session, version: 2, hash: 'a', chair: 'person-1' },
      'Procès-verbal signé par un président (version 2).',
      MINUTES,
    ],
  ],
};

describe('the story of a commission', () => {
  it.each(rowsOf<CommissionEvent>(told))('tells %s: %s', (_type, sentence, fact, rule) =>
    expect(narrate(fact, paris)).toEqual({ sentence, rule }),
  );

  it('tells the applicant the result of a vote without its count', () =>
    expect(narrate({ type: 'VoteRecorded', application: 'file-1', result: 'favourable' }, paris).sentence).toBe(
      'Vote sur le dossier file-1 : avis favorable.',
    ));
});
