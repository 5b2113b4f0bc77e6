import {
  type Attendance,
  type CommissionEvent,
  frenchLists,
  type Member,
  type Presence,
  type Quorum,
  type RankedApplication,
  type Totals,
} from '../commission/commission-facts.js';
import { amountOf, euros } from '../money.js';
import { counted } from '../texts.js';
import { frenchNatures, frenchOpinions } from './french.js';
import { type Narration, type Narrations, told } from './narration.js';

/** A vote as it is told to the applicant: its result, and nobody's voice. */
export type ResultAlone = Pick<Extract<CommissionEvent, { type: 'VoteRecorded' }>, 'type' | 'application' | 'result'>;

const COMPOSITION = "Composition fixée par l'appel, ou par le CASF (R313-1)";
const INTEREST = 'Un membre intéressé ne délibère pas (CRPA R133-12 ; CASF R313-2-5)';
const CONVENED = 'Convocation 5 jours avant, sauf urgence (CRPA R133-8), ou 15 jours avant (CASF R313-2-2)';
const QUORUM = 'Quorum de la moitié, non exigé à la seconde réunion qui le dit (CRPA R133-10 ; CASF R313-2-2)';
const MAJORITY = 'Majorité des membres présents ou représentés (CRPA R133-11 ; CASF R313-2-3)';
const CASTING = 'Voix prépondérante de la présidence, conjointe en cas de coprésidence (CRPA R133-11 ; CASF R313-2-3)';
const MINUTES = 'Procès-verbal signé par chaque président (CRPA R133-13 ; CASF R313-2-2)';

/** Every fact of a commission, as a person reads it. */
export const commissionNarrations: Narrations<CommissionEvent> & {
  readonly VoteRecorded: (fact: ResultAlone & { readonly totals?: Totals }) => Narration;
} = {
  CommissionMemberAppointed: (fact) => told(`Membre désigné pour ${fact.sitsFor} : ${seat(fact)}.`, COMPOSITION),
  CommissionMemberRemoved: (fact) => told(`Membre déchargé. Motif : ${fact.reason}`, COMPOSITION),
  MemberInterestsDeclared: (fact) =>
    told(
      fact.conflicts.length === 0
        ? 'Un membre déclare ses intérêts : aucun conflit.'
        : `Un membre déclare ses intérêts : ${counted(fact.conflicts.length, 'conflit')}.`,
      INTEREST,
    ),
  SessionPlanned: (fact, calendar) =>
    told(
      `${fact.reconvenes === undefined ? 'Séance' : 'Nouvelle séance'} prévue le ${calendar.say(fact.at)}, ${fact.place}.`,
      CONVENED,
    ),
  SessionConvened: (fact) =>
    told(
      `Séance convoquée : ${counted(fact.agenda.length, 'dossier')} à l'ordre du jour${fact.noQuorumRequired ? ', sans condition de quorum' : ''}.${fact.urgency === undefined ? '' : ` Urgence : ${fact.urgency}`}`,
      CONVENED,
    ),
  SessionMoved: (fact, calendar) =>
    told(
      `Séance déplacée du ${calendar.say(fact.from)} au ${calendar.say(fact.to)} : elle se convoque à nouveau. Motif : ${fact.reason}`,
      CONVENED,
    ),
  AttendanceRecorded: (fact) =>
    told(`Présences relevées : ${presences(fact.attendance)}.`, 'Un mandat au plus par membre (CRPA R133-9)'),
  SessionOpened: (fact) => told(`Séance ouverte : ${counting(fact.quorum)}.`, QUORUM),
  SessionAdjourned: (fact) => told(`Séance ajournée faute de quorum : ${counting(fact.quorum)}.`, QUORUM),
  MemberRecused: (fact) =>
    told(
      `Déport d'un membre sur le dossier ${fact.application} (${frenchNatures[fact.nature]})${fact.substitute === undefined ? '' : ' ; son suppléant siège'}.`,
      INTEREST,
    ),
  ApplicantHeard: (fact) =>
    told(`Porteur du dossier ${fact.application} entendu.`, 'La commission entend les candidats (CASF R313-2-4)'),
  // Who voted is said beside; how, nowhere before the count.
  BallotCast: (fact) => told(`Un bulletin déposé sur le dossier ${fact.application}.`, MAJORITY),
  VoteRecorded: (fact) =>
    told(
      `Vote sur le dossier ${fact.application} : ${fact.result === 'tie' ? 'partage des voix' : frenchOpinions[fact.result]}${fact.totals ? ` (${votes(fact.totals)})` : ''}.`,
      MAJORITY,
    ),
  CastingVoteGiven: (fact) =>
    told(`Voix prépondérante sur le dossier ${fact.application} : ${fact.favourable ? 'pour' : 'contre'}.`, CASTING),
  TieSettled: (fact) =>
    told(`Partage des voix tranché sur le dossier ${fact.application} : ${frenchOpinions[fact.result]}.`, CASTING),
  TieUnsettled: (fact) =>
    told(
      `Partage des voix non tranché sur le dossier ${fact.application} : pas de classement.`,
      'Sans accord des coprésidents sur un partage des voix, aucun classement (CASF R313-2-3)',
    ),
  RankingAdopted: (fact) =>
    told(
      `Classement adopté : ${ranked(fact.ranking)}.`,
      "Le classement est un avis, publié comme l'avis d'appel (CASF R313-6-2)",
    ),
  MinutesDrafted: (fact) => told(`Procès-verbal rédigé (version ${fact.version}).`, MINUTES),
  MinutesCommented: (fact) => told(`Observation sur le procès-verbal (version ${fact.version}).`, MINUTES),
  MinutesSigned: (fact) => told(`Procès-verbal signé par un président (version ${fact.version}).`, MINUTES),
};

const seat = ({ voice, chair, substitute, qualified }: Member): string =>
  [
    voice === 'voting' ? 'voix délibérative' : 'voix consultative',
    ...(chair ? ['préside'] : []),
    ...(qualified ? ['personnalité qualifiée'] : []),
    ...(substitute === undefined ? [] : ['avec un suppléant']),
  ].join(', ');

const frenchPresences: Record<Presence, string> = {
  present: 'présent',
  remote: 'à distance',
  represented: 'représenté',
  absent: 'absent',
};
const presences = (attendance: readonly Attendance[]): string =>
  (Object.keys(frenchPresences) as Presence[])
    .map((as) => [as, attendance.filter((one) => one.as === as).length] as const)
    .filter(([, count]) => count > 0)
    .map(([as, count]) => (as === 'remote' ? `${count} à distance` : counted(count, frenchPresences[as])))
    .join(', ');

const counting = ({ members, present, needed, required }: Quorum): string =>
  `${present} sur ${counted(members, 'membre')}, ${required ? `quorum de ${needed}` : 'sans condition de quorum'}`;

const votes = (totals: Totals): string =>
  `${totals.for} pour, ${totals.against} contre, ${counted(totals.abstain, 'abstention')}`;

/** One file with its place; several as they add up. */
function ranked(ranking: readonly RankedApplication[]): string {
  const [only] = ranking;
  if (only && ranking.length === 1) {
    return `dossier ${only.application} au rang ${only.rank}, ${frenchLists[only.list]}, ${euros(only.amountCents)}`;
  }
  const [main, reserve] = (['main', 'reserve'] as const).map((list) => ranking.filter((one) => one.list === list)) as [
    RankedApplication[],
    RankedApplication[],
  ];
  return `${counted(main.length, 'dossier')} en liste principale pour ${euros(amountOf(main))}, ${reserve.length} en liste complémentaire`;
}
