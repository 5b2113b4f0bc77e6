import { describe, expect, it } from '@jest/globals';
import type { KnownApplication } from '../application/application-facts.js';
import { filed, given as givenFile } from '../application/fixtures.js';
import type { AgreementCommand, AgreementEvent } from './agreement-facts.js';
import {
  ABOVE_OF_FIR,
  APPLICANT,
  ARS,
  association,
  awardAfter,
  BELOW_OF_STATE,
  bankChecked,
  bankGiven,
  bop304,
  callGiving,
  CLOSED,
  closed,
  concluded,
  DREETS,
  drafted,
  fir,
  given,
  granted,
  ofApplicant,
  ofArs,
  ofDreets,
  PARTNER,
  planned,
  signedBy,
  UNKNOWN,
} from './fixtures.js';

const { type: _, lines: __, yearly: ___, ...asked } = drafted;
const draft = { type: 'DraftAgreement', institution: ARS, ...asked } satisfies AgreementCommand;
const order = { ...draft, form: 'order', parties: [ofArs, ofDreets] } satisfies AgreementCommand;
const orderDrafted = { ...drafted, form: 'order', parties: [ofArs, ofDreets] } satisfies AgreementEvent;
const file = givenFile(...filed).state as KnownApplication;
const NOT_GRANTED = "Aucune aide n'est accordée à ce dossier : il n'y a rien à conventionner.";
const awarding = (...amounts: readonly number[]) => ({ award: awardAfter(granted(...amounts)) });
const sharing = (amount: number) => [{ line: 1, amountCents: amount, funder: ARS, programme: 'FIR', year: 2021 }];

describe('drafting an agreement', () => {
  it('takes the lines of the award, with who gives them in which year, and says where it is compulsory', () =>
    given().when(draft).then(drafted));
  it('is done again with the same account, and the same plan, while nobody has signed', () => {
    const again = { ...drafted, object: 'Le café des familles' };
    given(drafted)
      .when({ ...draft, object: 'Le café des familles' })
      .then(again);
    expect(given(drafted, planned, bankGiven, bankChecked, again).state).toEqual({
      ...given(drafted, planned, bankGiven, bankChecked).state,
      object: 'Le café des familles',
    });
  });
  it('is planned again where its lines are others', () =>
    expect(given(drafted, planned, { ...drafted, lines: sharing(5_000_000) }).state).toMatchObject({
      instalments: [],
    }));
  it('may have other parties', () => {
    const parties = [ofArs, ofDreets, ofApplicant, { kind: 'organisation', id: PARTNER } as const];
    given()
      .when({ ...draft, parties })
      .then({ ...drafted, parties });
  });
  it('may be for one day', () =>
    given()
      .when({ ...draft, endsOn: '2021-11-01' })
      .then({ ...drafted, endsOn: '2021-11-01' }));
  it('is refused without an award', () =>
    given()
      .when(draft, {}, { award: { status: 'absent' } })
      .thenRefused('AwardNotGranted', NOT_GRANTED));
  it('is refused once the award was declined', () =>
    given()
      .when(
        draft,
        {},
        {
          award: awardAfter(granted(100), {
            type: 'AwardDeclined',
            call: 'call-1',
            reason: 'Projet abandonné.',
            lines: [{ line: 1, amountCents: 100 }],
            attempt: 1,
          }),
        },
      )
      .thenRefused('AwardNotGranted', NOT_GRANTED));
  it('is refused for another beneficiary than that of the award', () =>
    given()
      .when({ ...draft, organisation: PARTNER })
      .thenRefused('AwardNotGranted', NOT_GRANTED));
  it('is refused in another call than that of the award', () =>
    given()
      .when({ ...draft, call: 'call-2' })
      .thenRefused('AwardNotGranted', NOT_GRANTED));

  const reduced = { ...granted(3_000_000, 2_000_000), requestedCents: 5_000_001 };
  it('is refused while a reduced amount waits to be accepted', () =>
    given()
      .when(draft, {}, { award: awardAfter(reduced) })
      .thenRefused(
        'ReducedAmountPending',
        "Le montant accordé est inférieur à la demande : le porteur de projet doit d'abord l'accepter.",
      ));
  it('follows the acceptance of a reduced amount', () =>
    given()
      .when(
        draft,
        {},
        {
          award: awardAfter(reduced, {
            type: 'ReducedAmountAccepted',
            call: 'call-1',
            content: { version: 0, hash: 'a' },
            totalCents: 6_000_000,
          }),
        },
      )
      .then(drafted));
  it('is refused once a party has signed', () =>
    given(drafted, signedBy(ofArs))
      .when(draft)
      .thenRefused('SignaturesStarted', 'Une partie a déjà signé ce texte : il ne se modifie plus.'));
  it('is refused with a period that ends before it starts', () =>
    given()
      .when({ ...draft, endsOn: '2021-10-31' })
      .thenRefused('PeriodReversed', 'La fin de la période précède son début.'));
  it('takes the dates that the applicant confirmed after a shift, and no others', () => {
    const application = { ...file, dates: { confirmed: { startsOn: '2021-12-01', endsOn: '2022-11-30' } } };
    const { startsOn: _from, endsOn: _to, ...undated } = draft;
    given()
      .when(undated, {}, { application })
      .then({ ...drafted, startsOn: '2021-12-01', endsOn: '2022-11-30' });
    given()
      .when(draft, {}, { application })
      .thenRefused(
        'PeriodDiffers',
        'Le porteur de projet a confirmé ses dates : du 1er décembre 2021 au 30 novembre 2022.',
      );
    given()
      .when(undated, {}, { application: file })
      .thenRefused('PeriodMissing', "Donnez le début et la fin de la période : le dossier n'en a pas confirmé.");
  });
  it('is refused once the file is closed', () =>
    given(...concluded, closed)
      .when(draft)
      .thenRefused('FileClosed', CLOSED));
  it('tells nobody whom the file does not concern whether it has an award', () => {
    given().when(draft, { actingAs: 'person' }).thenRefused('AgreementUnknown', UNKNOWN);
    given()
      .when(draft, { actingAs: 'person' }, { award: { status: 'absent' } })
      .thenRefused('AgreementUnknown', UNKNOWN);
  });
});

describe('the parties of an agreement', () => {
  it.each([
    ['a funder', [ofArs, ofApplicant], `Il manque une partie : ${DREETS}.`],
    ['the beneficiary', [ofArs, ofDreets], `Il manque une partie : ${APPLICANT}.`],
  ])('are refused without %s', (_what, parties, sentence) =>
    given()
      .when({ ...draft, parties })
      .thenRefused('PartyMissing', sentence),
  );
  it('are each named once', () =>
    given()
      .when({ ...draft, parties: [ofArs, ofDreets, ofApplicant, ofArs] })
      .thenRefused('PartyTwice', 'ARS-PDL figure deux fois parmi les parties.'));
  it('are registered', () =>
    given()
      .when(draft, {}, { parties: [{ status: 'absent' }] })
      .thenRefused('PartyUnknown', "ARS-PDL n'est pas enregistré : enregistrez d'abord cette partie."));
});

describe('an order instead of an agreement', () => {
  const below = awarding(2_300_000, 2_000_000);

  it('is enough for 23 000 € of one authority in one year, to the cent', () => {
    const rule = '23 000,00 € par an au plus : un arrêté suffit (CSP R1435-30).';
    given()
      .when(order, {}, below)
      .then({
        ...orderDrafted,
        lines: [
          { line: 1, amountCents: 2_300_000, funder: ARS, programme: 'FIR', year: 2021 },
          { line: 2, amountCents: 2_000_000, funder: DREETS, programme: 'BOP 304', year: 2021 },
        ],
        yearly: [
          { funder: ARS, year: 2021, amountCents: 2_300_000, compulsory: false, rule },
          { funder: DREETS, year: 2021, amountCents: 2_000_000, compulsory: false, rule: BELOW_OF_STATE },
        ],
      });
  });
  it('is refused a cent above, naming the authority, the year and the amount', () =>
    given()
      .when(order, {}, awarding(2_300_001, 2_000_000))
      .thenRefused(
        'AgreementCompulsory',
        `Une convention est obligatoire : ARS-PDL donne 23 000,01 € pour 2021. ${ABOVE_OF_FIR}`,
      ));
  it('is refused where two lines of one authority and year are above together', () =>
    given()
      .when(
        { ...order, parties: [ofDreets] },
        {},
        { ...awarding(1_200_000, 1_100_001), call: callGiving(bop304, { ...bop304, programme: 'BOP 177' }) },
      )
      .thenRefused(
        'AgreementCompulsory',
        'Une convention est obligatoire : DREETS-PDL donne 23 000,01 € pour 2021. Plus de 23 000,00 € par an : ' +
          'convention obligatoire (loi 2000-321 art. 10, décret 2001-495).',
      ));
  it('is enough where each year of one authority is below', () =>
    given()
      .when(
        { ...order, parties: [ofDreets] },
        {},
        { ...awarding(2_300_000, 2_300_000), call: callGiving(bop304, { ...bop304, year: 2022 }) },
      )
      .then({
        ...orderDrafted,
        parties: [ofDreets],
        lines: [
          { line: 1, amountCents: 2_300_000, funder: DREETS, programme: 'BOP 304', year: 2021 },
          { line: 2, amountCents: 2_300_000, funder: DREETS, programme: 'BOP 304', year: 2022 },
        ],
        yearly: [2021, 2022].map((year) => ({
          funder: DREETS,
          year,
          amountCents: 2_300_000,
          compulsory: false,
          rule: BELOW_OF_STATE,
        })),
      }));

  const commune = { ...association, legalForm: 'public' } as const;
  it('is enough for State money to a public body, however much it is', () =>
    given()
      .when({ ...order, parties: [ofDreets] }, {}, { ...awarding(0, 9_000_000), organisation: commune })
      .then({
        ...orderDrafted,
        parties: [ofDreets],
        lines: [{ line: 2, amountCents: 9_000_000, funder: DREETS, programme: 'BOP 304', year: 2021 }],
        yearly: [
          {
            funder: DREETS,
            year: 2021,
            amountCents: 9_000_000,
            compulsory: false,
            rule: "Crédits de l'État à un organisme public : un arrêté suffit (loi 2000-321 art. 10, décret 2001-495).",
          },
        ],
      }));
  it('is refused for the FIR to a public body too', () =>
    given()
      .when(order, {}, { ...awarding(2_300_001, 9_000_000), organisation: commune })
      .thenRefused(
        'AgreementCompulsory',
        `Une convention est obligatoire : ARS-PDL donne 23 000,01 € pour 2021. ${ABOVE_OF_FIR}`,
      ));
  it('counts nothing but the FIR for a public body', () =>
    given()
      .when(
        { ...order, parties: [ofArs] },
        {},
        {
          ...awarding(2_300_000, 9_000_000),
          organisation: commune,
          call: callGiving(fir, { ...fir, programme: 'BOP 304' }),
        },
      )
      .then({
        ...orderDrafted,
        parties: [ofArs],
        lines: [
          { line: 1, amountCents: 2_300_000, funder: ARS, programme: 'FIR', year: 2021 },
          { line: 2, amountCents: 9_000_000, funder: ARS, programme: 'BOP 304', year: 2021 },
        ],
        yearly: [
          {
            funder: ARS,
            year: 2021,
            amountCents: 11_300_000,
            compulsory: false,
            rule: '23 000,00 € par an au plus : un arrêté suffit (CSP R1435-30).',
          },
        ],
      }));
  it('is signed by its funders only', () =>
    given()
      .when({ ...order, parties: [ofArs, ofDreets, ofApplicant] }, {}, below)
      .thenRefused(
        'PartyNotFunder',
        `Un arrêté n'est signé que par ses financeurs : retirez ${APPLICANT} des parties.`,
      ));
  it('is refused without one of them', () =>
    given()
      .when({ ...order, parties: [ofArs] }, {}, below)
      .thenRefused('PartyMissing', `Il manque une partie : ${DREETS}.`));
});
