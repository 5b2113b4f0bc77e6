import { describe, it } from '@jest/globals';
import { byHolder, cancelled, delegating, known, open, underD1, unfitSignatures } from '../call/fixtures.js';
import { filed, withdrawn } from '../application/fixtures.js';
import {
  arsDecided,
  ARS,
  bop,
  callFacts,
  callWith,
  decide,
  decided,
  DREETS,
  dreetsDecided,
  failed,
  file,
  fileAfter,
  fir,
  given,
  granted,
  lines,
  onReserve,
  ORGANISATION,
  pending,
  REASONS,
  refusedOutcome,
  settled,
  underway,
} from './fixtures.js';

const byDreets = (amountCents: number) => decide(DREETS, 'favourable', [{ line: 2, amountCents }]);

describe('deciding on a file', () => {
  it('is done by each lead for its own lines; the others are awaited', () =>
    given()
      .when(decide(ARS, 'favourable', [fir]))
      .then(arsDecided));

  it('asks for the money once the last lead has decided, line by line in their order', () =>
    given(arsDecided)
      .when(decide(DREETS, 'favourable', [{ line: 3, amountCents: 200_000 }, bop]))
      .then(
        decided(DREETS, 'favourable', [bop, { line: 3, amountCents: 200_000 }], []),
        pending(1, fir, bop, { line: 3, amountCents: 200_000 }),
      ));

  it('asks for the money of the leads that give some, though another gives none', () =>
    given(arsDecided)
      .when(decide(DREETS, 'no-action'))
      .then(decided(DREETS, 'no-action', [], []), pending(1, fir)));

  it('puts the file on the reserve list where a lead says so and none gives money', () =>
    given(decided(ARS, 'reserve', [], [DREETS]))
      .when(decide(DREETS, 'refused', [], REASONS))
      .then(decided(DREETS, 'refused', [], [], { reasons: REASONS }), settled('reserve', REASONS)));

  it('refuses the file where a lead does, with its reasons, and none gives money', () =>
    given(decided(ARS, 'no-action', [], [DREETS]))
      .when(decide(DREETS, 'refused', [], REASONS))
      .then(decided(DREETS, 'refused', [], [], { reasons: REASONS }), settled('refused', REASONS)));

  it('closes the file without action where every lead says so', () =>
    given(decided(ARS, 'no-action', [], [DREETS]))
      .when(decide(DREETS, 'no-action'))
      .then(decided(DREETS, 'no-action', [], []), settled('no-action')));

  it('asks for the money anew, under another attempt, after a line was short', () =>
    given(...underway, failed, arsDecided)
      .when(decide(DREETS, 'favourable', [bop]))
      .then(dreetsDecided, pending(2)));

  it('waits for no lead without an envelope', () =>
    given()
      .when(decide(ARS, 'favourable', [fir]), {}, { call: callWith({ lines: lines.slice(0, 1) }) })
      .then(decided(ARS, 'favourable', [fir], []), pending(1, fir)));

  it('may be favourable for a lead without an envelope, which gives nothing', () =>
    given()
      .when(decide(DREETS), {}, { call: callWith({ lines: lines.slice(0, 1) }) })
      .then(decided(DREETS, 'favourable', [], [ARS])));

  it('selects the project in a call without envelopes, once every lead agrees', () =>
    given(decided(ARS, 'favourable', [], [DREETS]))
      .when(decide(DREETS), {}, { call: callWith({ lines: [] }) })
      .then(decided(DREETS, 'favourable', [], []), {
        type: 'AwardPending',
        call: 'call-1',
        attempt: 1,
        organisation: ORGANISATION,
        requestedCents: 2_000_000,
        reservations: [],
        amountCents: 0,
      }));

  it('takes a filing on paper to ask for what it is given: it says no amount', () => {
    const paper = {
      type: 'PaperFilingRegistered',
      arrivedAt: '2021-07-01T08:00:00Z',
      medium: 'mail',
      reference: 'Courrier 2021-118',
      pieces: 4,
      receipt: 'AR-1',
      late: false,
    } as const;
    const application = fileAfter({ type: 'ApplicationStarted', call: 'call-1', organisation: 'o', number: 1 }, paper);
    const large = { line: 1, amountCents: 9_000_000 };
    given()
      .when(decide(ARS, 'favourable', [large]), {}, { application })
      .then(decided(ARS, 'favourable', [large], [DREETS]));
    given(decided(ARS, 'favourable', [large], [DREETS]))
      .when(decide(DREETS, 'no-action'), {}, { application })
      .then(decided(DREETS, 'no-action', [], []), {
        ...pending(1, large),
        organisation: 'o',
        requestedCents: 9_000_000,
      });
  });
});

describe('deciding alike', () => {
  const alike = { call: callWith({ awards: 'alike' }) };
  it('waits for every lead, one without an envelope too', () =>
    given()
      .when(decide(ARS, 'favourable', [fir]), {}, { call: callWith({ awards: 'alike', lines: lines.slice(0, 1) }) })
      .then(arsDecided));
  it('is for each lead about its own lines still', () =>
    given(arsDecided)
      .when(decide(DREETS, 'favourable', [bop]), {}, alike)
      .then(dreetsDecided, pending()));
  it.each([
    ['favourable', arsDecided, 'une attribution'],
    ['reserve', decided(ARS, 'reserve', [], [DREETS]), "l'inscription sur la liste complémentaire"],
    ['no-action', decided(ARS, 'no-action', [], [DREETS]), 'un classement sans suite'],
  ] as const)('is refused where the first lead decided otherwise: %s', (_, first, said) =>
    given(first)
      .when(decide(DREETS, 'refused', [], REASONS), {}, alike)
      .thenRefused(
        'LeadsDisagree',
        `ARS-PDL a décidé ${said} : dans cet appel, les autorités pilotes décident toutes de même.`,
      ),
  );
  it('does not bind leads that decide their own lines', () =>
    given(arsDecided)
      .when(decide(DREETS, 'refused', [], REASONS))
      .then(decided(DREETS, 'refused', [], [], { reasons: REASONS }), pending(1, fir)));
});

describe('deciding on a file is refused', () => {
  it.each([
    ['before publication', known(...open.slice(0, -1)), 'NotPublished', "Cet appel n'est pas encore publié."],
    ['once the call was cancelled', known(...callFacts(), cancelled), 'CallEnded', 'Cet appel a été annulé.'],
    [
      'while the contents are sealed',
      known(...open),
      'ContentsSealed',
      'Les dossiers sont encore scellés : aucune décision ne peut être prise.',
    ],
    ['in a call that does not exist', { status: 'absent' as const }, 'ApplicationUnknown', "Ce dossier n'existe pas."],
  ])('%s', (_, call, code, sentence) =>
    given()
      .when(decide(ARS, 'favourable', [fir]), {}, { call })
      .thenRefused(code, sentence),
  );

  it('for a file that does not exist', () =>
    given()
      .when(decide(ARS, 'favourable', [fir]), {}, { application: { status: 'absent' } })
      .thenRefused('ApplicationUnknown', "Ce dossier n'existe pas."));

  it('for a file that was withdrawn', () =>
    given()
      .when(decide(ARS, 'favourable', [fir]), {}, { application: fileAfter(...filed, withdrawn) })
      .thenRefused('NotSubmitted', "Ce dossier n'est pas déposé, ou il a été retiré."));

  it.each([
    ['that nobody has examined', undefined],
    ['that was refused beforehand', { verdict: 'refused', grounds: ['late'], reasons: 'Hors délai.' }],
  ] as const)('for a file %s', (_, admissibility) => {
    const { admissibility: __, ...unexamined } = file;
    given()
      .when(
        decide(ARS, 'favourable', [fir]),
        {},
        { application: { ...unexamined, ...(admissibility && { admissibility }) } },
      )
      .thenRefused(
        'NotAdmissible',
        "Ce dossier n'a pas été déclaré recevable : il ne peut faire l'objet d'une décision.",
      );
  });

  it('twice by a lead in a round', () =>
    given(arsDecided)
      .when(decide(ARS, 'favourable', [fir]))
      .thenRefused('AlreadyDecided', 'Votre institution a déjà décidé sur ce dossier.'));

  it('while the money is being reserved', () =>
    given(...underway)
      .when(decide(ARS, 'favourable', [fir]))
      .thenRefused(
        'AwardUnderway',
        'Les crédits de ce dossier sont en cours de réservation : réessayez dans un instant.',
      ));

  it.each([
    ['granted', granted],
    ['refused', refusedOutcome],
    ['on the reserve list', onReserve],
  ])('once it is %s', (_, history) =>
    given(...history)
      .when(decide(ARS, 'favourable', [fir]))
      .thenRefused('AlreadyDecided', 'La décision sur ce dossier est déjà arrêtée.'),
  );

  it.each([
    [
      'on the line of another',
      decide(ARS, 'favourable', [bop]),
      'NotYourEnvelope',
      'La ligne 2 est une enveloppe de DREETS-PDL : une institution ne décide que des siennes.',
    ],
    [
      'on a line that does not exist',
      decide(ARS, 'favourable', [{ line: 4, amountCents: 100 }]),
      'EnvelopeUnknown',
      "Cet appel n'a pas d'enveloppe à la ligne 4.",
    ],
    [
      'on a line that is there twice',
      decide(ARS, 'favourable', [fir, fir]),
      'LineTwice',
      'La ligne 1 figure deux fois : réunissez les deux montants.',
    ],
    [
      'with an amount of nothing',
      decide(ARS, 'favourable', [{ line: 1, amountCents: 0 }]),
      'AmountMissing',
      'Le montant de la ligne 1 doit dépasser zéro.',
    ],
    [
      'as favourable without an amount',
      decide(ARS, 'favourable'),
      'LineMissing',
      'Une décision favorable attribue un montant sur au moins une de vos enveloppes.',
    ],
    [
      'with an amount unless it is favourable',
      decide(ARS, 'reserve', [fir]),
      'LinesWithoutAward',
      'Seule une décision favorable attribue des montants.',
    ],
    [
      'as a refusal without reasons',
      decide(ARS, 'refused'),
      'ReasonsMissing',
      'Un refus est motivé (CRPA L211-2) : indiquez ses raisons.',
    ],
    [
      'as a refusal whose reasons are blanks',
      decide(ARS, 'refused', [], ' \n '),
      'ReasonsMissing',
      'Un refus est motivé (CRPA L211-2) : indiquez ses raisons.',
    ],
  ])('%s', (_, command, code, sentence) => given().when(command).thenRefused(code, sentence));

  it('above what is requested, the other leads’ amounts counted', () => {
    given(arsDecided)
      .when(byDreets(1_000_001))
      .thenRefused(
        'AboveRequested',
        'Avec les autres décisions, 20 000,01 € seraient attribués : 20 000,00 € sont demandés.',
      );
    const all = { line: 2, amountCents: 1_000_000 };
    given(arsDecided)
      .when(byDreets(1_000_000))
      .then(decided(DREETS, 'favourable', [all], []), pending(1, fir, all));
  });
});

describe('a signature under a delegation', () => {
  const under = { ...decide(ARS, 'favourable', [fir]), under: 'd-1' };
  it('is recorded with the decision', () =>
    given()
      .when(under, byHolder, delegating({ acts: ['award'], ceilingCents: 1_000_000, until: '2021-12-31' }))
      .then({ ...arsDecided, capacity: underD1 }));
  it('carries no more than its ceiling', () =>
    given()
      .when(under, byHolder, delegating({ acts: ['award'], ceilingCents: 999_999 }))
      .thenRefused(
        'DelegationCeilingExceeded',
        'Cette délégation est limitée à 9 999,99 € : vous signeriez pour 10 000,00 €.',
      ));
  it.each(unfitSignatures('award', "de décider des attributions d'un appel à projets"))(
    'does not decide %s',
    (_, { under: named, asked, seen, code, sentence }) =>
      given()
        .when({ ...decide(ARS, 'favourable', [fir]), ...(named !== undefined && { under: named }) }, asked, seen)
        .thenRefused(code, sentence),
  );
});
