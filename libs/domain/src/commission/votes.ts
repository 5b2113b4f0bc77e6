import { type Decision, forbid, Refusal, refuse } from '../decider.js';
import { own } from '../same.js';
import { counted } from '../texts.js';
import type { Ballot, Commission, CommissionContext, CommissionEvent, Item, Of, Totals } from './commission-facts.js';
import { itemOf, notMember, openItemOf, quorumNotMet, rulesIn } from './guards.js';
import {
  chairsOn,
  type CountedVoice,
  type Hall,
  hallOf,
  isQuorumMet,
  quorumOf,
  seatOf,
  type Voice,
  voiceOf,
  voicesOn,
} from './seats.js';

export function hear(command: Of<'HearApplicant'>, state: Commission): Decision<CommissionEvent> {
  const found = openItemOf(state, command);
  if (found instanceof Refusal) return found;
  const { session, application } = command;
  if (found.item.heard) return refuse('AlreadyHeard', 'Le porteur de ce dossier a déjà été entendu.');
  return [{ type: 'ApplicantHeard', session, application }];
}

export function cast(command: Of<'CastBallot'>, state: Commission): Decision<CommissionEvent> {
  const found = openItemOf(state, command);
  if (found instanceof Refusal) return found;
  const { item } = found;
  const hall = hallOf(state, found.session);
  const { session, application, choice, by } = command;
  const seat = command.for ?? seatOf(hall.members, by)?.person;
  if (seat === undefined || !own(hall.members, seat)) return notMember();
  if (own(item.recused, by)) return silence('recused');
  const voice = voiceOf(hall, seat, item.recused);
  if (!voice.counts) return silence(voice.because);
  if (voice.by !== by) return seat === by ? silence('absent') : otherVoice();
  if (isCast(item, voice)) return alreadyVoted();
  return [{ type: 'BallotCast', session, application, member: seat, choice, by }];
}

/** A ballot counts while who cast it sits in that seat. */
const isCast = ({ ballots }: Item, { seat, by }: CountedVoice): boolean => own(ballots, seat)?.by === by;

const otherVoice = () => forbid('NotYourVoice', "Cette voix n'est pas la vôtre, et vous n'en avez pas le mandat.");
const alreadyVoted = () => refuse('AlreadyVoted', 'Cette voix a déjà voté sur ce dossier.');

function silence(because: Extract<Voice, { counts: false }>['because']): Refusal {
  switch (because) {
    case 'consultative':
      return refuse('ConsultativeVoice', 'Une voix consultative ne vote pas.');
    case 'recused':
      return refuse('MemberRecused', 'Un membre déporté ne vote pas sur ce dossier (CRPA R133-12).');
    case 'absent':
      return refuse(
        'MemberAbsent',
        "Ce membre n'est ni présent, ni à distance, ni représenté : sa voix ne compte pas.",
      );
  }
}

/** Closes the vote on an item: whoever comes, leaves or is recused later, it isn't judged again. */
export function recordVote(
  command: Of<'RecordVote'>,
  state: Commission,
  context: CommissionContext,
): Decision<CommissionEvent> {
  const found = openItemOf(state, command);
  if (found instanceof Refusal) return found;
  const { item, session } = found;
  const hall = hallOf(state, session);
  const rules = rulesIn(context);
  const quorum = quorumOf(hall, rules, !session.noQuorumRequired, item.recused);
  if (!isQuorumMet(quorum)) return quorumNotMet(quorum, ' pour ce dossier', rules);
  const voices = voicesOn(hall, item.recused);
  if (voices.length === 0) return refuse('NobodyVotes', "Aucune voix ne compte sur ce dossier : il n'est pas voté.");
  const counts = command.totals ? byTotals(command, item, voices) : byName(command, hall, item, voices);
  if (counts instanceof Refusal) return counts;
  const { application } = item;
  const { totals } = counts;
  const result = totals.for > totals.against ? 'favourable' : totals.for < totals.against ? 'unfavourable' : 'tie';
  const chairs = chairsOn(hall, item.recused);
  const of = { session: session.session, application };
  const vote: CommissionEvent = {
    type: 'VoteRecorded',
    ...of,
    how: command.totals ? 'totals' : 'name',
    ...counts,
    quorum,
    result,
    ...(result === 'tie' && { chairs }),
  };
  // What has no majority isn't adopted, where nobody holds a casting vote.
  return result === 'tie' && chairs.length === 0
    ? [vote, { type: 'TieSettled', ...of, result: 'unfavourable' }]
    : [vote];
}

function byTotals({ ballots, totals }: Of<'RecordVote'>, item: Item, voices: readonly CountedVoice[]) {
  if (!totals || ballots) return refuse('TotalsOrBallots', 'Un vote se relève par noms ou par totaux, pas les deux.');
  if (voices.some((voice) => isCast(item, voice))) {
    return refuse('BallotsCast', 'Des voix ont déjà voté en leur nom : complétez le vote par noms.');
  }
  const given = totals.for + totals.against + totals.abstain;
  if (given === voices.length) return { totals };
  return refuse('TotalsDontMatch', `Les totaux font ${given} voix ; ${voices.length} comptent sur ce dossier.`);
}

function byName({ ballots = [] }: Of<'RecordVote'>, hall: Hall, item: Item, voices: readonly CountedVoice[]) {
  const all = new Map<string, Ballot>();
  for (const voice of voices) {
    const ballot = item.ballots[voice.seat];
    if (ballot && isCast(item, voice)) all.set(voice.seat, { member: voice.seat, choice: ballot.choice });
  }
  for (const { member, choice } of ballots) {
    if (!own(hall.members, member)) return notMember();
    const voice = voiceOf(hall, member, item.recused);
    if (!voice.counts) return silence(voice.because);
    if (all.has(member)) return alreadyVoted();
    all.set(member, { member, choice });
  }
  const missing = voices.length - all.size;
  if (missing > 0) {
    return refuse('BallotsMissing', `Le vote n'est pas complet : il manque ${counted(missing, 'bulletin')}.`);
  }
  const cast = voices.flatMap(({ seat }) => all.get(seat) ?? []);
  return { ballots: cast, totals: totalsOf(cast) };
}

const totalsOf = (ballots: readonly Ballot[]): Totals => ({
  for: ballots.filter(({ choice }) => choice === 'for').length,
  against: ballots.filter(({ choice }) => choice === 'against').length,
  abstain: ballots.filter(({ choice }) => choice === 'abstain').length,
});

// CRPA R133-11: the casting vote is the chair's; co-chairs hold it together, and must agree.
export function giveCastingVote(command: Of<'GiveCastingVote'>, state: Commission): Decision<CommissionEvent> {
  const { session, application, by: chair, favourable } = command;
  const found = itemOf(state, command);
  if (found instanceof Refusal) return found;
  const { item } = found;
  if (item.result !== 'tie' || !item.vote) {
    return refuse('NoTie', "La voix prépondérante ne s'exerce qu'en cas de partage égal des voix.");
  }
  if (!item.vote.chairs.includes(chair)) return silence(own(item.recused, chair) ? 'recused' : 'absent');
  if (Object.hasOwn(item.casting, chair)) return alreadyVoted();
  const of = { session, application };
  const casting = { ...item.casting, [chair]: favourable };
  const given: CommissionEvent = { type: 'CastingVoteGiven', ...of, chair, favourable };
  const said = item.vote.chairs.map((each) => casting[each]);
  if (said.includes(undefined)) return [given];
  if (said.every((each) => each === favourable)) {
    return [given, { type: 'TieSettled', ...of, result: favourable ? 'favourable' : 'unfavourable' }];
  }
  return [given, { type: 'TieUnsettled', ...of }];
}
