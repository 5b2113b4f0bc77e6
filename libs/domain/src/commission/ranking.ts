import { requestedOf } from '../application/filed.js';
import { type Decision, Refusal, refuse } from '../decider.js';
import { amountOf, type Cents, euros } from '../money.js';
import { own } from '../same.js';
import { counted } from '../texts.js';
import type {
  Commission,
  CommissionContext,
  CommissionEvent,
  Item,
  Of,
  RankedApplication,
  Session,
} from './commission-facts.js';
import { openSessionOf, sessionOf } from './guards.js';

/** A consultative opinion on every item: who is to be funded, in which order and with how much, and who waits. */
export function adopt(
  command: Of<'AdoptRanking'>,
  state: Commission,
  context: CommissionContext,
): Decision<CommissionEvent> {
  const found = sessionOf(state, command);
  if (!(found instanceof Refusal) && found.status === 'ranked') {
    return refuse('AlreadyRanked', 'Cette séance a déjà adopté son classement.');
  }
  const session = openSessionOf(state, command);
  if (session instanceof Refusal) return session;
  const ranking = [...command.ranking].sort((one, other) => one.rank - other.rank).map(rankedOf);
  const refused =
    undecidedRefusal(session) ??
    membershipRefusal(session, ranking) ??
    orderRefusal(ranking) ??
    amountRefusal(command.ranking, context) ??
    envelopesRefusal(state, session, ranking, context);
  return refused ?? [{ type: 'RankingAdopted', session: session.session, ranking }];
}

const rankedOf = ({ application, rank, list, amountCents }: RankedApplication): RankedApplication => ({
  application,
  rank,
  list,
  amountCents,
});

/** Items on which the commission still has to vote, or its chair to settle a tie. */
export const undecidedOf = ({ items }: Session): readonly Item[] =>
  items.filter(({ result }) => result === 'undecided' || result === 'tie');
export const chairsDisagree = ({ items }: Session): boolean => items.some(({ result }) => result === 'unsettled');

function undecidedRefusal(session: Session) {
  // CASF R313-2-3, kept by practice for subsidies: co-chairs who disagree on a tie make no ranking.
  if (chairsDisagree(session)) {
    return refuse(
      'ChairsDisagree',
      'Les coprésidents ne se sont pas accordés sur un partage égal des voix : aucun classement ne peut être adopté.',
    );
  }
  const left = undecidedOf(session);
  if (left.length === 0) return undefined;
  return refuse(
    'ItemUndecided',
    `La commission ne s'est pas encore prononcée sur ${counted(left.length, 'dossier')} : ${named(left)}.`,
  );
}

function membershipRefusal(session: Session, ranking: readonly RankedApplication[]) {
  const favourable = new Set(
    session.items.filter(({ result }) => result === 'favourable').map(({ application }) => application),
  );
  const stray = ranking.filter(({ application }) => !favourable.has(application));
  if (stray.length > 0) {
    return refuse('NotFavourable', `Ces dossiers n'ont pas d'avis favorable de cette séance : ${named(stray)}.`);
  }
  const ranked = new Set(ranking.map(({ application }) => application));
  if (ranked.size < ranking.length) return refuse('RankedTwice', 'Un dossier figure deux fois au classement.');
  const missing = [...favourable].filter((application) => !ranked.has(application));
  if (missing.length === 0) return undefined;
  return refuse(
    'FavourableUnranked',
    `Tout dossier à l'avis favorable est classé, sur l'une des deux listes ; il manque : ${missing.join(', ')}.`,
  );
}

const named = (files: readonly { readonly application: string }[]): string =>
  files.map(({ application }) => application).join(', ');

function orderRefusal(ranking: readonly RankedApplication[]) {
  if (ranking.some(({ rank }, index) => rank !== index + 1)) {
    return refuse('RanksBroken', `Les rangs vont de 1 à ${ranking.length}, sans trou ni doublon.`);
  }
  const reserve = ranking.findIndex(({ list }) => list === 'reserve');
  return reserve >= 0 && ranking.slice(reserve).some(({ list }) => list === 'main')
    ? refuse('ReserveFirst', 'La liste complémentaire vient après la liste principale.')
    : undefined;
}

function amountRefusal(ranking: readonly RankedApplication[], { applications = [] }: CommissionContext) {
  const requestedAt = (index: number): Cents | undefined => {
    const file = applications[index];
    return file && file.status !== 'absent' ? requestedOf(file) : undefined;
  };
  const wrong = ranking.find(
    ({ amountCents }, index) => amountCents <= 0 || amountCents > (requestedAt(index) ?? Infinity),
  );
  if (!wrong) return undefined;
  const requested = requestedAt(ranking.indexOf(wrong));
  const most = requested === undefined ? '' : ` et ne dépasse pas la demande (${euros(requested)})`;
  return refuse(
    'AmountOutOfBounds',
    `Le montant proposé pour ${wrong.application} est supérieur à zéro${most} : ${euros(wrong.amountCents)}.`,
  );
}

/** What other sessions of the call have proposed on their main lists counts too. */
function envelopesRefusal(
  state: Commission,
  session: Session,
  ranking: readonly RankedApplication[],
  { call }: CommissionContext,
) {
  const lines = call && call.status !== 'absent' ? call.envelopes?.lines : undefined;
  if (!lines) return undefined;
  const elsewhere = Object.entries(state.opinions).flatMap(([application, { ranked }]) =>
    ranked && own(session.places, application) === undefined ? [ranked] : [],
  );
  const left = amountOf(lines) - mainOf(elsewhere);
  const proposed = mainOf(ranking);
  if (proposed <= left) return undefined;
  return refuse(
    'OverEnvelopes',
    `La liste principale fait ${euros(proposed)} ; il reste ${euros(left)} sur les enveloppes de l'appel.`,
  );
}

const mainOf = (ranking: readonly RankedApplication[]): Cents =>
  amountOf(ranking.filter(({ list }) => list === 'main'));
