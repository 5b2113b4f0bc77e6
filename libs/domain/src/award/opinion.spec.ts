import { describe, it } from '@jest/globals';
import type { RankedApplication } from '../commission/commission-facts.js';
import { empty as noCommission } from '../commission/evolve.js';
import {
  advised,
  arsDecided,
  ARS,
  bop,
  callWith,
  decide,
  decided,
  DREETS,
  dreetsDecided,
  FILE,
  fir,
  given,
  onReserve,
  pending,
  REASONS,
  settled,
} from './fixtures.js';

const WITHOUT = 'DepartsWithoutReasons';
const saying = (advice: string) => `Cette décision s'écarte de l'avis de la commission (${advice}) : motivez-la.`;
const MAIN = 'avis favorable, liste principale, rang 1, 15 000,00 €';
const RESERVE = 'avis favorable, liste complémentaire, rang 1, 15 000,00 €';
const seen = (place: Partial<RankedApplication> | 'unfavourable') => ({ commission: advised(place) });

describe('a decision that follows the opinion of the commission needs no reasons', () => {
  it('the amount of the main list, shared by the leads', () =>
    given(arsDecided)
      .when(decide(DREETS, 'favourable', [bop]), {}, seen({}))
      .then(dreetsDecided, pending()));
  it('a part of it, while others are awaited', () =>
    given()
      .when(decide(ARS, 'favourable', [fir]), {}, seen({}))
      .then(arsDecided));
  it('one lead that gives nothing, where the others give it all', () => {
    const all = { line: 1, amountCents: 1_500_000 };
    given(decided(ARS, 'favourable', [all], [DREETS]))
      .when(decide(DREETS, 'no-action'), {}, seen({}))
      .then(decided(DREETS, 'no-action', [], []), pending(1, all));
  });
  it('the reserve list', () =>
    given()
      .when(decide(ARS, 'reserve'), {}, seen({ list: 'reserve' }))
      .then(decided(ARS, 'reserve', [], [DREETS])));
  it('an award to a file called up from the reserve list', () =>
    given(...onReserve, {
      type: 'CalledUpFromReserve',
      call: 'call-1',
      institution: ARS,
      reason: 'Des crédits reviennent.',
      capacity: { kind: 'office' },
    })
      .when(decide(ARS, 'favourable', [fir]), {}, seen({ list: 'reserve' }))
      .then(arsDecided));
  it('no action on an unfavourable opinion', () =>
    given()
      .when(decide(ARS, 'no-action'), {}, seen('unfavourable'))
      .then(decided(ARS, 'no-action', [], [DREETS])));
  it('anything where the commission said nothing', () =>
    given()
      .when(decide(ARS, 'favourable', [fir]), {}, { commission: noCommission })
      .then(arsDecided));
});

describe('a decision that departs from the opinion of the commission', () => {
  it('is refused without reasons, where it awards what was unfavourable', () =>
    given()
      .when(decide(ARS, 'favourable', [fir]), {}, seen('unfavourable'))
      .thenRefused(WITHOUT, saying('avis défavorable')));
  it('is refused without reasons, where it reserves what was unfavourable', () =>
    given().when(decide(ARS, 'reserve'), {}, seen('unfavourable')).thenRefused(WITHOUT, saying('avis défavorable')));
  it('is refused without reasons, where it reserves what was on the main list', () =>
    given().when(decide(ARS, 'reserve'), {}, seen({})).thenRefused(WITHOUT, saying(MAIN)));
  it('is refused without reasons, where it awards what was on the reserve list', () =>
    given()
      .when(decide(ARS, 'favourable', [fir]), {}, seen({ list: 'reserve' }))
      .thenRefused(WITHOUT, saying(RESERVE)));
  it('is refused without reasons, where the total is another than the ranking’s', () => {
    const less = { line: 2, amountCents: 499_999 };
    const more = { line: 1, amountCents: 1_500_001 };
    given(arsDecided)
      .when(decide(DREETS, 'favourable', [less]), {}, seen({}))
      .thenRefused(WITHOUT, saying(MAIN));
    given()
      .when(decide(ARS, 'favourable', [more]), {}, seen({}))
      .thenRefused(WITHOUT, saying(MAIN));
  });
  it('is refused without reasons, where the last lead leaves the main list without money', () =>
    given(decided(ARS, 'no-action', [], [DREETS]))
      .when(decide(DREETS, 'no-action'), {}, seen({}))
      .thenRefused(WITHOUT, saying(MAIN)));
  it('says so with its reasons', () => {
    given()
      .when(decide(ARS, 'refused', [], REASONS), {}, seen({}))
      .then(decided(ARS, 'refused', [], [DREETS], { reasons: REASONS, departs: true }));
    given(decided(ARS, 'reserve', [], [DREETS]))
      .when(decide(DREETS, 'reserve', [], REASONS), {}, seen('unfavourable'))
      .then(decided(DREETS, 'reserve', [], [], { reasons: REASONS, departs: true }), settled('reserve', REASONS));
  });
});

describe('under the regime of authorisations a decision waits for the ranking', () => {
  const call = callWith({ regime: 'AUTHORISATION' });
  const MISSING =
    "Sous ce régime, la décision suit le classement de la commission, qui n'est pas arrêté pour ce dossier (CASF R313-6-2).";
  const unranked = { ...noCommission, opinions: { [FILE]: { opinion: 'favourable' as const } } };
  const noneAdopted = { ...noCommission, opinions: { [FILE]: { opinion: 'unfavourable' as const } } };
  it.each([
    ['where no commission met', noCommission],
    ['where the opinion is favourable and nothing is ranked', unranked],
    ['where the opinion is unfavourable and no ranking is adopted', noneAdopted],
  ])('and is refused %s', (_, commission) =>
    given()
      .when(decide(ARS, 'refused', [], REASONS), {}, { call, commission })
      .thenRefused('RankingMissing', MISSING),
  );
  it('and is taken once it is adopted', () => {
    given()
      .when(decide(ARS, 'favourable', [fir]), {}, { call, ...seen({}) })
      .then(arsDecided);
    given()
      .when(decide(ARS, 'refused', [], REASONS), {}, { call, ...seen('unfavourable') })
      .then(decided(ARS, 'refused', [], [DREETS], { reasons: REASONS }));
  });
});
