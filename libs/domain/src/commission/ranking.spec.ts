import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { known, open, unsealed } from '../call/fixtures.js';
import type { CallEvent } from '../call/call-facts.js';
import { Refusal } from '../decider.js';
import type { CommissionEvent, RankedApplication } from './commission-facts.js';
import {
  adopted,
  ARS_CHAIR,
  convened,
  convoked,
  decided,
  FILES,
  file,
  given,
  inSession,
  NOT_OPEN,
  planned,
  ranked,
  ranking,
  sitting,
  SESSION,
  voted,
} from './fixtures.js';

const adopt = (...files: RankedApplication[]) => ({ type: 'AdoptRanking', session: SESSION, ranking: files }) as const;
const two = { ...inSession };
const [first, second] = ranking as [RankedApplication, RankedApplication];

describe('adopting the ranking', () => {
  it('ranks every file with a favourable opinion, the main list before the reserve', () =>
    given(...decided)
      .when(adopt(...ranking), two)
      .then(adopted));
  it('has its ranks in order, whatever the order they come in', () =>
    given(...decided)
      .when(adopt(second, first), two)
      .then(adopted));
  it('may be of a reserve list alone, and of nothing where no opinion is favourable', () => {
    const reserve = [{ ...first, list: 'reserve' as const }, second];
    given(...decided)
      .when(adopt(...reserve), two)
      .then({ ...adopted, ranking: reserve });
    given(...sitting, ...FILES.map((each) => voted(each, 'unfavourable')))
      .when(adopt(), two)
      .then({ ...adopted, ranking: [] });
  });
  it('keeps the opinion on each file, with its place', () =>
    expect(given(...ranked).state.opinions).toEqual({
      'file-1': { opinion: 'favourable', ranked: second },
      'file-2': { opinion: 'favourable', ranked: first },
      'file-3': { opinion: 'unfavourable' },
    }));
  it('closes the session', () => expect(given(...ranked).state.sessions[SESSION]?.status).toBe('ranked'));
  it('is refused twice', () =>
    given(...ranked)
      .when(adopt(...ranking), two)
      .thenRefused('AlreadyRanked', 'Cette séance a déjà adopté son classement.'));
  it('is refused while the session does not sit', () =>
    given(...convoked)
      .when(adopt(), two)
      .thenRefused('SessionNotOpen', NOT_OPEN));
  it('is refused while an item is undecided, naming it', () =>
    given(...sitting, voted('file-1', 'favourable'), voted('file-2', 'tie'))
      .when(adopt({ ...second, rank: 1 }), two)
      .thenRefused('ItemUndecided', "La commission ne s'est pas encore prononcée sur 2 dossiers : file-2, file-3."));
  it('is refused where co-chairs disagree on a tie: no ranking', () =>
    given(...decided.slice(0, -1), voted('file-3', 'tie'), {
      type: 'TieUnsettled',
      session: SESSION,
      application: 'file-3',
    })
      .when(adopt(...ranking), two)
      .thenRefused(
        'ChairsDisagree',
        'Les coprésidents ne se sont pas accordés sur un partage égal des voix : aucun classement ne peut être adopté.',
      ));
  it.each(['file-3', 'file-9'])('is refused with a file that has no favourable opinion: %s', (application) =>
    given(...decided)
      .when(adopt(...ranking, { ...second, application, rank: 3 }), two)
      .thenRefused('NotFavourable', `Ces dossiers n'ont pas d'avis favorable de cette séance : ${application}.`),
  );
  it('is refused with a file twice', () =>
    given(...decided)
      .when(adopt(...ranking, { ...second, rank: 3 }), two)
      .thenRefused('RankedTwice', 'Un dossier figure deux fois au classement.'));
  it('is refused without a file that has a favourable opinion, naming it', () =>
    given(...decided)
      .when(adopt(first), two)
      .thenRefused(
        'FavourableUnranked',
        "Tout dossier à l'avis favorable est classé, sur l'une des deux listes ; il manque : file-1.",
      ));
  it.each([
    ['a gap', 3],
    ['a rank twice', 1],
  ])('is refused with %s', (_, rank) =>
    given(...decided)
      .when(adopt(first, { ...second, rank }), two)
      .thenRefused('RanksBroken', 'Les rangs vont de 1 à 2, sans trou ni doublon.'),
  );
  it('is refused with the reserve before the main list', () =>
    given(...decided)
      .when(adopt({ ...first, list: 'reserve' }, { ...second, list: 'main' }), two)
      .thenRefused('ReserveFirst', 'La liste complémentaire vient après la liste principale.'));
  it('may propose all that was requested, and not a cent more', () => {
    given(...decided)
      .when(adopt({ ...first, amountCents: 2_000_001 }, second), two)
      .thenRefused(
        'AmountOutOfBounds',
        'Le montant proposé pour file-2 est supérieur à zéro et ne dépasse pas la demande (20 000,00 €) : 20 000,01 €.',
      );
  });
  it('is refused with an amount of nothing', () =>
    given(...decided)
      .when(adopt(first, { ...second, amountCents: 0 }), two)
      .thenRefused(
        'AmountOutOfBounds',
        'Le montant proposé pour file-1 est supérieur à zéro et ne dépasse pas la demande (20 000,00 €) : 0,00 €.',
      ));
  it('has no bound but zero for a file on paper, whose amount the service does not know', () => {
    const paper = file.status === 'absent' ? file : { ...file, submissions: [] };
    const dear = { ...first, amountCents: 9_000_000 };
    given(...decided)
      .when(adopt(dear, second), two, { applications: [paper, file] })
      .then({ ...adopted, ranking: [dear, second] });
    given(...decided)
      .when(adopt({ ...first, amountCents: 0 }, second), two, { applications: [paper, file] })
      .thenRefused('AmountOutOfBounds', 'Le montant proposé pour file-2 est supérieur à zéro : 0,00 €.');
  });
});

describe('the envelopes of the call', () => {
  /** The joint call of 2021, with so much money. */
  const with30000 = known(
    ...open.map((event): CallEvent =>
      event.type === 'EnvelopesSet'
        ? {
            ...event,
            envelopes: {
              subjectToFunds: false,
              lines: [
                { funder: 'ARS-PDL', programme: 'FIR', year: 2021, amountCents: 1_000_000 },
                { funder: 'DREETS-PDL', programme: 'BOP 304', year: 2021, amountCents: 2_000_000 },
              ],
            },
          }
        : event,
    ),
    unsealed,
  );
  const main = (amountCents: number): RankedApplication[] => [first, { ...second, list: 'main', amountCents }];

  it('bear a main list that takes all of them', () =>
    given(...decided)
      .when(adopt(...main(1_000_000)), two, { call: with30000 })
      .then({ ...adopted, ranking: main(1_000_000) }));
  it('refuse a cent more, saying what is left', () =>
    given(...decided)
      .when(adopt(...main(1_000_001)), two, { call: with30000 })
      .thenRefused(
        'OverEnvelopes',
        "La liste principale fait 30 000,01 € ; il reste 30 000,00 € sur les enveloppes de l'appel.",
      ));
  it('do not bound the reserve list', () =>
    given(...decided)
      .when(adopt(first, { ...second, amountCents: 2_000_000 }), two, { call: with30000 })
      .then({ ...adopted, ranking: [first, { ...second, amountCents: 2_000_000 }] }));
  it('count what other sessions have proposed', () => {
    const other: CommissionEvent[] = [
      { ...planned, session: 'session-2' },
      { ...convened, session: 'session-2', agenda: ['file-4'] },
      { type: 'SessionOpened', session: 'session-2', quorum: { members: 4, present: 4, needed: 2, required: true } },
      { ...voted('file-4', 'favourable'), session: 'session-2' },
    ];
    given(...ranked, ...other)
      .when(
        { ...adopt({ application: 'file-4', rank: 1, list: 'main', amountCents: 1_000_001 }), session: 'session-2' },
        two,
        { call: with30000 },
      )
      .thenRefused(
        'OverEnvelopes',
        "La liste principale fait 10 000,01 € ; il reste 10 000,00 € sur les enveloppes de l'appel.",
      );
  });
});

describe('any ranking', () => {
  const files = Array.from({ length: 6 }, (_, index) => `file-${index + 1}`);
  const history = (favourable: readonly string[]): CommissionEvent[] => [
    ...convoked.slice(0, -1),
    { ...convened, agenda: files },
    { type: 'SessionOpened', session: SESSION, quorum: { members: 4, present: 4, needed: 2, required: true } },
    ...files.map((each) => voted(each, favourable.includes(each) ? 'favourable' : 'unfavourable')),
  ];

  it('is adopted if and only if it is the favourable files, each once, with ranks that have no gap', () =>
    fc.assert(
      fc.property(
        fc.subarray(files),
        fc.array(fc.record({ application: fc.constantFrom(...files), rank: fc.integer({ min: 1, max: 7 }) }), {
          maxLength: 7,
        }),
        fc.boolean(),
        fc.array(fc.nat(), { minLength: files.length, maxLength: files.length }),
        (favourable, anything, honest, keys) => {
          const shuffled = favourable
            .map((application, index) => ({ application, key: keys[index] ?? 0 }))
            .sort((one, other) => one.key - other.key)
            .map(({ application }, index) => ({ application, rank: index + 1 }));
          const said = honest ? shuffled : anything;
          const asked = said.map((each) => ({ ...each, list: 'main' as const, amountCents: 1 }));
          const { result } = given(...history(favourable)).when(adopt(...asked), {
            ...inSession,
            by: ARS_CHAIR,
          });
          const names = said.map(({ application }) => application).sort();
          const ranks = said.map(({ rank }) => rank).sort((one, other) => one - other);
          const right =
            JSON.stringify(names) === JSON.stringify([...favourable].sort()) &&
            ranks.every((rank, index) => rank === index + 1);
          expect(result instanceof Refusal).toBe(!right);
        },
      ),
    ));
});
