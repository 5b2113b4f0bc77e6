import type { Tools } from '../decider.js';
import { euros } from '../money.js';
import { own } from '../same.js';
import { counted, inNumber } from '../texts.js';
import type { Attendance, Item, Member, RankedApplication, Session } from './commission-facts.js';

/** Where names are filled in when the minutes are read: the record has none. */
export const mentions = {
  person: (id: string): string => `{personne:${id}}`,
  application: (id: string): string => `{dossier:${id}}`,
  comment: (id: string): string => `{observation:${id}}`,
} as const;
export const mention = /\{(personne|dossier|observation):([A-Za-z0-9-]{1,64})\}/g;

/** Everything the minutes say is in here: the same facts give the same text, whose hash is signed. */
export interface MinutesOf {
  readonly title: string;
  readonly session: Session;
  readonly members: Readonly<Record<string, Member>>;
  /** The comments of earlier versions are in it. */
  readonly version: number;
}

/** CRPA R133-13: members present, items, the result of each vote, mandates, and disagreement where it is asked. */
export function minutesText({ title, session, members, version }: MinutesOf, calendar: Tools['calendar']): string {
  const codes = new Map(Object.keys(members).map((person, index) => [person, `M${index + 1}`]));
  const code = (person: string): string => codes.get(person) ?? mentions.person(person);
  const comments = session.comments.filter((comment) => comment.version < version);
  return [
    'Procès-verbal de la commission de sélection',
    plain(title),
    `Séance du ${calendar.say(session.startsAt)}, ${plain(session.place)}`,
    ...(session.convenedAt ? [`Convocation du ${calendar.say(session.convenedAt)}`] : []),
    ...(session.urgency === undefined ? [] : [`Urgence : ${plain(session.urgency)}`]),
    ...(session.noQuorumRequired ? ['Nouvelle réunion sur le même ordre du jour, sans condition de quorum'] : []),
    '',
    'Membres',
    ...Object.values(members).map((member) => memberLine(member, session, code)),
    ...(session.quorum ? [quorumLine(session.quorum)] : []),
    '',
    ...(session.status === 'adjourned' ? ['La séance est ajournée faute de quorum.'] : deliberations(session, code)),
    ...(comments.length === 0 ? [] : ['', 'Observations']),
    ...comments.map(({ comment, by }) => `${mentions.person(by)} : ${mentions.comment(comment)}`),
  ].join('\n');
}

/** What somebody typed mentions nobody. */
const plain = (text: string): string => text.replaceAll('{', '(').replaceAll('}', ')');

type Code = (person: string) => string;

function memberLine(member: Member, { attendance }: Session, code: Code): string {
  const voice = member.voice === 'voting' ? 'voix délibérative' : 'voix consultative';
  const seat = [plain(member.sitsFor), voice, ...(member.chair ? ['préside'] : [])].join(', ');
  const came = cameAs(member, own(attendance, member.person), code);
  return `${code(member.person)}. ${mentions.person(member.person)}, ${seat} : ${came}`;
}

function cameAs({ substitute }: Member, attended: Attendance | undefined, code: Code): string {
  if (!attended || attended.as === 'absent') return 'absent';
  if (attended.as === 'represented') return `a donné mandat à ${code(attended.by ?? '')}`;
  const how = attended.as === 'remote' ? 'à distance' : 'présent';
  if (substitute === undefined) return how;
  if (attended.substituted) return `suppléé par ${mentions.person(substitute)}, ${how}`;
  return attended.withSubstitute ? `${how}, avec ${mentions.person(substitute)}` : how;
}

const quorumLine = ({ present, members, needed, required }: NonNullable<Session['quorum']>): string =>
  `Quorum : ${present} ${inNumber(present, 'voix présente ou représentée', 'voix présentes ou représentées')} sur ${members}, ` +
  (required ? `${needed} exigées` : 'aucun quorum exigé');

const deliberations = (session: Session, code: Code): string[] => [
  'Dossiers',
  ...session.items.map((item, index) => `${index + 1}. ${itemLine(item, code)}`),
  '',
  ...rankingLines(session),
];

function itemLine(item: Item, code: Code): string {
  return [
    mentions.application(item.application),
    ...(item.heard ? ['porteur entendu'] : []),
    ...Object.keys(item.recused).map((person) => `déport de ${code(person)}`),
    ...voteOf(item, code),
    resultOf(item),
  ].join(' ; ');
}

function voteOf({ vote, ballots, casting }: Item, code: Code): string[] {
  if (!vote) return [];
  const { totals } = vote;
  const who = (choice: string): string => {
    const seats = Object.entries(ballots).filter(([, ballot]) => ballot.choice === choice);
    return seats.length === 0 ? '' : ` (${seats.map(([seat]) => code(seat)).join(', ')})`;
  };
  const cast = Object.entries(casting).map(([chair, favourable]) => `${code(chair)} ${favourable ? 'pour' : 'contre'}`);
  return [
    `pour ${totals.for}${who('for')}, contre ${totals.against}${who('against')}, ${counted(totals.abstain, 'abstention')}${who('abstain')}`,
    ...(cast.length === 0 ? [] : [`partage égal, voix prépondérante : ${cast.join(', ')}`]),
  ];
}

function resultOf({ result, casting }: Item): string {
  switch (result) {
    case 'favourable':
      return 'avis favorable';
    case 'unfavourable':
      return 'avis défavorable';
    case 'unsettled':
      return 'les coprésidents ne se sont pas accordés';
    case 'tie':
      return Object.keys(casting).length === 0 ? 'partage égal des voix' : 'partage égal, une voix attendue';
    case 'undecided':
      return "la commission ne s'est pas prononcée";
  }
}

function rankingLines({ ranking }: Session): string[] {
  if (!ranking) return ["Aucun classement n'est établi."];
  const of = (list: RankedApplication['list']): string[] => {
    const ranked = ranking.filter((each) => each.list === list);
    const lines = ranked.map(
      ({ rank, application, amountCents }) => `${rank}. ${mentions.application(application)} : ${euros(amountCents)}`,
    );
    return lines.length === 0 ? ['Néant'] : lines;
  };
  return ['Classement', ...of('main'), '', 'Liste complémentaire', ...of('reserve')];
}
