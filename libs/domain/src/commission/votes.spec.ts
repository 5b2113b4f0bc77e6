import { describe, expect, it } from '@jest/globals';
import { forbid } from '../decider.js';
import type { Ballot, CommissionCommand } from './commission-facts.js';
import {
  ADVISER,
  ARS_CHAIR,
  attended,
  ballot,
  by,
  CAF,
  CAF_SUBSTITUTE,
  came,
  convened,
  convoked,
  DREETS_CHAIR,
  everybody,
  fullQuorum,
  given,
  inSession,
  NOT_MEMBER,
  NOT_OPEN,
  opened,
  QUALIFIED,
  ranked,
  RANKED,
  recused,
  SESSION,
  sitting,
  sittingWith,
  STRANGER,
  voted,
} from './fixtures.js';

const RECUSED = 'Un membre déporté ne vote pas sur ce dossier (CRPA R133-12).';
const ABSENT = "Ce membre n'est ni présent, ni à distance, ni représenté : sa voix ne compte pas.";
const VOTED = 'Cette voix a déjà voté sur ce dossier.';
const CLOSED = 'Le vote sur ce dossier est clos.';
const STRAY = "Ce dossier n'est pas à l'ordre du jour de cette séance.";
const one = { session: SESSION, application: 'file-1' } as const;

describe('casting a ballot', () => {
  const vote = { type: 'CastBallot', ...one, choice: 'for' } as const;
  const withMandate = sittingWith(came(ARS_CHAIR), came(CAF, 'represented', { by: ARS_CHAIR }), came(QUALIFIED));
  const substituted = sittingWith(came(ARS_CHAIR), came(CAF, 'remote', { substituted: true }));
  const both = sittingWith(came(ARS_CHAIR), came(CAF, 'present', { withSubstitute: true }));

  it('is done by a member, for their own seat', () =>
    given(...sitting)
      .when(vote, by(CAF))
      .then(ballot(CAF, 'for')));
  it('is done by the substitute who sits', () =>
    given(...substituted)
      .when(vote, by(CAF_SUBSTITUTE))
      .then(ballot(CAF, 'for', CAF_SUBSTITUTE)));
  it('is done by the substitute of a member who is recused', () =>
    given(...both, recused(CAF))
      .when(vote, by(CAF_SUBSTITUTE))
      .then(ballot(CAF, 'for', CAF_SUBSTITUTE)));
  it('is done by the holder of a mandate, who names the seat', () =>
    given(...withMandate, ballot(ARS_CHAIR, 'against'))
      .when({ ...vote, for: CAF }, by(ARS_CHAIR, 'chair'))
      .then(ballot(CAF, 'for', ARS_CHAIR)));
  it('is done anew by the substitute where the member was recused after voting', () =>
    given(...both, ballot(CAF, 'against'), recused(CAF))
      .when(vote, by(CAF_SUBSTITUTE))
      .then(ballot(CAF, 'for', CAF_SUBSTITUTE)));
  it('is refused to a recused member', () =>
    given(...both, recused(CAF))
      .when(vote, by(CAF))
      .thenRefused('MemberRecused', RECUSED));
  it('is refused to a recused substitute', () =>
    given(...substituted, recused(CAF_SUBSTITUTE))
      .when(vote, by(CAF_SUBSTITUTE))
      .thenRefused('MemberRecused', RECUSED));
  it('is refused under the mandate of a recused member', () =>
    given(...withMandate, recused(CAF))
      .when({ ...vote, for: CAF }, by(ARS_CHAIR, 'chair'))
      .thenRefused('MemberRecused', RECUSED));
  it('is refused under a mandate to a recused holder', () =>
    given(...withMandate, recused(ARS_CHAIR))
      .when({ ...vote, for: CAF }, by(ARS_CHAIR, 'chair'))
      .thenRefused('MemberRecused', RECUSED));
  it.each([
    ['who is absent', sittingWith(came(ARS_CHAIR), came(CAF, 'absent'))],
    ['of whom nothing is recorded', sittingWith(came(ARS_CHAIR))],
    ['whose substitute sits', substituted],
  ])('is refused to a member %s', (_, history) =>
    given(...history)
      .when(vote, by(CAF))
      .thenRefused('MemberAbsent', ABSENT),
  );
  it('is refused to a consultative voice', () =>
    given(...sitting)
      .when(vote, by(ADVISER))
      .thenRefused('ConsultativeVoice', 'Une voix consultative ne vote pas.'));
  it.each([
    ['a substitute whose member sits', both, CAF_SUBSTITUTE, {}],
    ['who holds no mandate', sitting, QUALIFIED, { for: CAF }],
    ['a colleague of who holds the mandate', withMandate, QUALIFIED, { for: CAF }],
  ])('is refused to %s', (_, history, person, seat) =>
    expect(given(...history).when({ ...vote, ...seat }, by(person)).result).toEqual(
      forbid('NotYourVoice', "Cette voix n'est pas la vôtre, et vous n'en avez pas le mandat."),
    ),
  );
  it('is refused to a member who gave their mandate', () =>
    given(...withMandate)
      .when(vote, by(CAF))
      .thenRefused('MemberAbsent', ABSENT));
  it('is refused to who has no seat', () =>
    given(...sitting)
      .when(vote, by(STRANGER))
      .thenRefused('NotMember', NOT_MEMBER));
  it('is refused for a seat that nobody has', () =>
    given(...sitting)
      .when({ ...vote, for: 'constructor' }, by(CAF))
      .thenRefused('NotMember', NOT_MEMBER));
  it('is refused twice', () =>
    given(...sitting, ballot(CAF, 'against'))
      .when(vote, by(CAF))
      .thenRefused('AlreadyVoted', VOTED));
  it('is refused once the vote is closed', () =>
    given(...sitting, voted('file-1', 'tie'))
      .when(vote, by(CAF))
      .thenRefused('VoteClosed', CLOSED));
  it('is refused on what is not on the agenda', () =>
    given(...sitting)
      .when({ ...vote, application: 'file-9' }, by(CAF))
      .thenRefused('NotOnAgenda', STRAY));
  it.each([
    ['does not sit yet', convoked, 'SessionNotOpen', NOT_OPEN],
    ['is over', ranked, 'SessionOver', RANKED],
  ])('is refused in a session that %s', (_, history, code, sentence) =>
    given(...history)
      .when(vote, by(CAF))
      .thenRefused(code, sentence),
  );
});

describe('closing the vote on an item', () => {
  const close = { type: 'RecordVote', ...one } satisfies CommissionCommand;
  const totals = (yes: number, no: number, abstain = 0) => ({ for: yes, against: no, abstain });
  const all = (...choices: Ballot['choice'][]): Ballot[] =>
    [ARS_CHAIR, DREETS_CHAIR, CAF, QUALIFIED].flatMap((member, index) => {
      const choice = choices[index];
      return choice ? [{ member, choice }] : [];
    });
  const vote = { type: 'VoteRecorded', ...one, quorum: fullQuorum } as const;

  it('is by totals', () =>
    given(...sitting)
      .when({ ...close, totals: totals(3, 1) }, inSession)
      .then({ ...vote, how: 'totals', totals: totals(3, 1), result: 'favourable' }));
  it('is by name, for all at once', () => {
    const ballots = all('for', 'against', 'against', 'abstain');
    given(...sitting)
      .when({ ...close, ballots: [...ballots].reverse() }, inSession)
      .then({ ...vote, how: 'name', ballots, totals: totals(1, 2, 1), result: 'unfavourable' });
  });
  it('adds names to the ballots that were cast', () =>
    given(...sitting, ballot(ARS_CHAIR, 'for'), ballot(CAF, 'for'))
      .when(
        {
          ...close,
          ballots: [
            { member: DREETS_CHAIR, choice: 'against' },
            { member: QUALIFIED, choice: 'for' },
          ],
        },
        inSession,
      )
      .then({
        ...vote,
        how: 'name',
        ballots: all('for', 'against', 'for', 'for'),
        totals: totals(3, 1),
        result: 'favourable',
      }));
  it('needs no more once everybody has cast theirs', () =>
    given(...sitting, ...[ARS_CHAIR, DREETS_CHAIR, CAF, QUALIFIED].map((member) => ballot(member, 'for')))
      .when(close, inSession)
      .then({
        ...vote,
        how: 'name',
        ballots: all('for', 'for', 'for', 'for'),
        totals: totals(4, 0),
        result: 'favourable',
      }));
  it('leaves abstentions out of the majority', () =>
    given(...sitting)
      .when({ ...close, totals: totals(1, 0, 3) }, inSession)
      .then({ ...vote, how: 'totals', totals: totals(1, 0, 3), result: 'favourable' }));
  it('may end in a tie, and says who hold the casting vote', () =>
    given(...sitting)
      .when({ ...close, totals: totals(2, 2) }, inSession)
      .then({ ...vote, how: 'totals', totals: totals(2, 2), result: 'tie', chairs: [ARS_CHAIR, DREETS_CHAIR] }));
  it('gives no casting vote to a chair who is recused', () =>
    given(...sitting, recused(ARS_CHAIR))
      .when({ ...close, totals: totals(1, 1, 1) }, inSession)
      .then({
        ...vote,
        how: 'totals',
        totals: totals(1, 1, 1),
        quorum: { ...fullQuorum, present: 3 },
        result: 'tie',
        chairs: [DREETS_CHAIR],
      }));
  it('is unfavourable on a tie that no chair may settle', () =>
    given(...sitting, recused(ARS_CHAIR), recused(DREETS_CHAIR))
      .when({ ...close, totals: totals(1, 1) }, inSession)
      .then(
        {
          ...vote,
          how: 'totals',
          totals: totals(1, 1),
          quorum: { ...fullQuorum, present: 2 },
          result: 'tie',
          chairs: [],
        },
        { type: 'TieSettled', ...one, result: 'unfavourable' },
      ));
  it('leaves out a ballot whose voice was recused since', () =>
    given(...sitting, ballot(CAF, 'against'), recused(CAF))
      .when({ ...close, ballots: all('for', 'for').concat({ member: QUALIFIED, choice: 'for' }) }, inSession)
      .then({
        ...vote,
        how: 'name',
        ballots: [...all('for', 'for'), { member: QUALIFIED, choice: 'for' }],
        totals: totals(3, 0),
        quorum: { ...fullQuorum, present: 3 },
        result: 'favourable',
      }));
  it('is refused without the quorum for that item', () =>
    given(...sitting, recused(ARS_CHAIR), recused(DREETS_CHAIR), recused(CAF))
      .when({ ...close, totals: totals(1, 0) }, inSession)
      .thenRefused(
        'QuorumNotMet',
        "Le quorum n'est pas atteint pour ce dossier : 1 voix présente ou représentée sur 4, il en faut 2 (CRPA R133-10).",
      ));
  it('keeps the quorum with the substitute of who is recused', () =>
    given(
      ...sittingWith(came(ARS_CHAIR), came(CAF, 'present', { withSubstitute: true })),
      recused(CAF, { substitute: CAF_SUBSTITUTE }),
    )
      .when({ ...close, totals: totals(2, 0) }, inSession)
      .then({
        ...vote,
        how: 'totals',
        totals: totals(2, 0),
        quorum: { ...fullQuorum, present: 2 },
        result: 'favourable',
      }));
  it('needs no quorum at a second meeting that said so', () =>
    given(...convoked, { ...convened, noQuorumRequired: true }, attended(came(QUALIFIED)), opened)
      .when({ ...close, totals: totals(1, 0) }, inSession)
      .then({
        ...vote,
        how: 'totals',
        totals: totals(1, 0),
        quorum: { members: 4, present: 1, needed: 2, required: false },
        result: 'favourable',
      }));
  it('is refused where no voice counts, quorum or not', () =>
    given(...convoked, { ...convened, noQuorumRequired: true }, attended(came(QUALIFIED)), opened, recused(QUALIFIED))
      .when({ ...close, totals: totals(0, 0) }, inSession)
      .thenRefused('NobodyVotes', "Aucune voix ne compte sur ce dossier : il n'est pas voté."));
  it('is refused with totals that are not as many as the voices', () =>
    given(...sitting)
      .when({ ...close, totals: totals(3, 0) }, inSession)
      .thenRefused('TotalsDontMatch', 'Les totaux font 3 voix ; 4 comptent sur ce dossier.'));
  it('is refused while a voice is missing', () =>
    given(...sitting, ballot(CAF, 'for'))
      .when({ ...close, ballots: all('for') }, inSession)
      .thenRefused('BallotsMissing', "Le vote n'est pas complet : il manque 2 bulletins."));
  it('is refused both by name and by totals', () =>
    given(...sitting)
      .when({ ...close, ballots: [], totals: totals(4, 0) }, inSession)
      .thenRefused('TotalsOrBallots', 'Un vote se relève par noms ou par totaux, pas les deux.'));
  it('is refused by totals once somebody has voted in their name', () =>
    given(...sitting, ballot(CAF, 'for'))
      .when({ ...close, totals: totals(4, 0) }, inSession)
      .thenRefused('BallotsCast', 'Des voix ont déjà voté en leur nom : complétez le vote par noms.'));
  it.each([
    ['a voice that has voted', [ballot(CAF, 'for')], CAF, 'AlreadyVoted', VOTED],
    ['a recused member', [recused(CAF)], CAF, 'MemberRecused', RECUSED],
    ['an absent member', [attended(came(CAF, 'absent'))], CAF, 'MemberAbsent', ABSENT],
    ['a consultative member', [], ADVISER, 'ConsultativeVoice', 'Une voix consultative ne vote pas.'],
    ['who is no member', [], STRANGER, 'NotMember', NOT_MEMBER],
  ])('is refused with a ballot of %s', (_, history, member, code, sentence) =>
    given(...sitting, ...history)
      .when({ ...close, ballots: [{ member, choice: 'for' }] }, inSession)
      .thenRefused(code, sentence),
  );
  it('is refused with a ballot twice', () =>
    given(...sitting)
      .when({ ...close, ballots: [...all('for'), ...all('against')] }, inSession)
      .thenRefused('AlreadyVoted', VOTED));
  it('is refused twice', () =>
    given(...sitting, voted('file-1', 'favourable'))
      .when({ ...close, totals: totals(4, 0) }, inSession)
      .thenRefused('VoteClosed', CLOSED));
  it('is refused on what is not on the agenda', () =>
    given(...sitting)
      .when({ ...close, application: 'file-9', totals: totals(4, 0) }, inSession)
      .thenRefused('NotOnAgenda', STRAY));
  it('is refused while the session does not sit', () =>
    given(...convoked, attended(...everybody))
      .when({ ...close, totals: totals(4, 0) }, inSession)
      .thenRefused('SessionNotOpen', NOT_OPEN));
});
