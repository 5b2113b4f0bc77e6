import { describe, expect, it } from '@jest/globals';
import type { CommissionEvent } from './commission-facts.js';
import {
  ARS_CHAIR,
  attended,
  by,
  CAF,
  came,
  casting,
  convoked,
  DREETS_CHAIR,
  given,
  inSession,
  NOT_OPEN,
  recused,
  SESSION,
  sitting,
  voted,
} from './fixtures.js';

const one = { session: SESSION, application: 'file-1' } as const;
const give = (favourable: boolean) => ({ type: 'GiveCastingVote', ...one, favourable }) as const;
const tie = voted('file-1', 'tie');
const alone = { ...tie, chairs: [ARS_CHAIR] };
const settled = (result: 'favourable' | 'unfavourable') => ({ type: 'TieSettled', ...one, result }) as const;
const unsettled = { type: 'TieUnsettled', ...one } as const;
const resultAfter = (...history: CommissionEvent[]) =>
  given(...sitting, ...history).state.sessions[SESSION]?.items[0]?.result;

describe('a tie', () => {
  it.each([
    [true, 'favourable'],
    [false, 'unfavourable'],
  ] as const)('is settled at once by the only chair: favourable is %s', (favourable, result) =>
    given(...sitting, alone)
      .when(give(favourable), inSession)
      .then(casting(ARS_CHAIR, favourable), settled(result)),
  );
  it('waits for the other co-chair', () =>
    given(...sitting, tie)
      .when(give(true), inSession)
      .then(casting(ARS_CHAIR, true)));
  it.each([
    [true, 'favourable'],
    [false, 'unfavourable'],
  ] as const)('is settled by co-chairs who agree: favourable is %s', (favourable, result) =>
    given(...sitting, tie, casting(ARS_CHAIR, favourable))
      .when(give(favourable), by(DREETS_CHAIR, 'chair'))
      .then(casting(DREETS_CHAIR, favourable), settled(result)),
  );
  it('is not settled by co-chairs who disagree', () =>
    given(...sitting, tie, casting(ARS_CHAIR, true))
      .when(give(false), by(DREETS_CHAIR, 'chair'))
      .then(casting(DREETS_CHAIR, false), unsettled));
  it('goes from undecided to its end', () => {
    expect(resultAfter()).toBe('undecided');
    expect(resultAfter(tie)).toBe('tie');
    expect(resultAfter(tie, unsettled)).toBe('unsettled');
    expect(resultAfter(tie, settled('unfavourable'))).toBe('unfavourable');
  });
});

describe('a casting vote', () => {
  const NO_TIE = "La voix prépondérante ne s'exerce qu'en cas de partage égal des voix.";

  it('is refused twice', () =>
    given(...sitting, tie, casting(ARS_CHAIR, true))
      .when(give(true), inSession)
      .thenRefused('AlreadyVoted', 'Cette voix a déjà voté sur ce dossier.'));
  it('is refused to a chair who was recused', () =>
    given(...sitting, recused(DREETS_CHAIR), alone)
      .when(give(true), by(DREETS_CHAIR, 'chair'))
      .thenRefused('MemberRecused', 'Un membre déporté ne vote pas sur ce dossier (CRPA R133-12).'));
  it('is refused to a chair who did not sit at the vote, though they came since', () =>
    given(...sitting, alone, attended(came(DREETS_CHAIR)))
      .when(give(true), by(DREETS_CHAIR, 'chair'))
      .thenRefused(
        'MemberAbsent',
        "Ce membre n'est ni présent, ni à distance, ni représenté : sa voix ne compte pas.",
      ));
  it('stays with a chair who left after the vote', () =>
    given(...sitting, alone, attended(came(ARS_CHAIR, 'absent')))
      .when(give(true), inSession)
      .then(casting(ARS_CHAIR, true), settled('favourable')));
  it.each([
    ['that is not voted', []],
    ['with a majority', [voted('file-1', 'favourable')]],
    ['that is settled', [alone, casting(ARS_CHAIR, true), settled('favourable')]],
    ['on which co-chairs disagreed', [tie, casting(ARS_CHAIR, true), casting(DREETS_CHAIR, false), unsettled]],
  ])('is refused on an item %s', (_, history) =>
    given(...sitting, ...history)
      .when(give(true), inSession)
      .thenRefused('NoTie', NO_TIE),
  );
  it('is refused on what is not on the agenda', () =>
    given(...sitting)
      .when({ ...give(true), application: CAF }, inSession)
      .thenRefused('NotOnAgenda', "Ce dossier n'est pas à l'ordre du jour de cette séance."));
  it('is refused while the session does not sit', () =>
    given(...convoked)
      .when(give(true), inSession)
      .thenRefused('SessionNotOpen', NOT_OPEN));
});
