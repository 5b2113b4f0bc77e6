import { describe, expect, it } from '@jest/globals';
import { byHolder, delegating, underD1, unfitSignatures } from '../call/fixtures.js';
import type { AgreementEvent, Party } from './agreement-facts.js';
import {
  agreed,
  as,
  CLOSED,
  closed,
  concluded,
  drafted,
  given,
  ofApplicant,
  ofArs,
  ofDreets,
  PARTNER,
  signatory,
  SIGNATORY,
  signedBy,
  submitter,
  UNKNOWN,
} from './fixtures.js';

const sign = (party: Party, under?: string) => ({ type: 'SignAgreement', party, ...(under && { under }) }) as const;
const NOT_GRANTED = "Aucune aide n'est accordée à ce dossier : il n'y a rien à conventionner.";

describe('signing an agreement', () => {
  it('is done once for each institution, by office', () =>
    given(drafted).when(sign(ofArs), signatory).then(signedBy(ofArs)));
  it('is done for the beneficiary by one who may sign for it', () =>
    given(drafted).when(sign(ofApplicant), submitter).then(signedBy(ofApplicant)));
  it('concludes it with the last signature, which says until when it is published', () =>
    given(drafted, signedBy(ofArs), signedBy(ofApplicant))
      .when(sign(ofDreets), as('signatory', SIGNATORY, '2021-11-15T09:00:00Z'))
      .then(signedBy(ofDreets), agreed));
  it('concludes an order with the last of its funders', () => {
    const order = { ...drafted, form: 'order', parties: [ofArs, ofDreets] } satisfies AgreementEvent;
    given(order, signedBy(ofArs))
      .when(sign(ofDreets), as('signatory', SIGNATORY, '2021-11-30T09:00:00Z'))
      .then(signedBy(ofDreets), { ...agreed, concludedOn: '2021-11-30', publishBefore: '2022-02-28' });
  });
  it('is dated in Paris', () =>
    given(drafted, signedBy(ofArs), signedBy(ofApplicant))
      .when(sign(ofDreets), as('signatory', SIGNATORY, '2021-11-14T23:00:00Z'))
      .then(signedBy(ofDreets), agreed));
  it('is refused twice for one party', () =>
    given(drafted, signedBy(ofArs))
      .when(sign(ofArs), signatory)
      .thenRefused('AlreadySigned', 'Cette partie a déjà signé.'));
  it('is refused twice once it is concluded too', () =>
    given(...concluded)
      .when(sign(ofApplicant), submitter)
      .thenRefused('AlreadySigned', 'Cette partie a déjà signé.'));
  it('is refused for whom is no party', () =>
    given(drafted)
      .when(sign({ kind: 'organisation', id: PARTNER }), submitter)
      .thenRefused('NotAParty', `${PARTNER} n'est pas partie à ce texte : seules ses parties le signent.`));
  it('is refused once the award is gone', () =>
    given(drafted)
      .when(sign(ofArs), signatory, { award: { status: 'absent' } })
      .thenRefused('AwardNotGranted', NOT_GRANTED));
  it('is refused where nothing is drafted, as not found', () =>
    given().when(sign(ofArs), signatory).thenRefused('AgreementUnknown', UNKNOWN));
  it('is refused once the file is closed', () =>
    given(...concluded, closed)
      .when(sign(ofArs), signatory)
      .thenRefused('FileClosed', CLOSED));
});

describe('signing an agreement under a delegation', () => {
  const acts = ['agreement'] as const;

  it('records which one', () =>
    given(drafted)
      .when(sign(ofArs, 'd-1'), byHolder, delegating({ acts }))
      .then({ type: 'AgreementSigned', party: ofArs, capacity: underD1 }));
  it('is within its ceiling where the lines of that authority are, whatever the others give', () =>
    given(drafted)
      .when(sign(ofArs, 'd-1'), byHolder, delegating({ acts, ceilingCents: 3_000_000 }))
      .then({ type: 'AgreementSigned', party: ofArs, capacity: underD1 }));
  it('is refused above its ceiling', () =>
    given(drafted)
      .when(sign(ofArs, 'd-1'), byHolder, delegating({ acts, ceilingCents: 2_999_999 }))
      .thenRefused(
        'DelegationCeilingExceeded',
        'Cette délégation est limitée à 29 999,99 € : vous signeriez pour 30 000,00 €.',
      ));
  it.each(unfitSignatures('agreement', 'de signer une convention ou un arrêté de subvention'))(
    'is refused %s',
    (_, { under, asked, seen, code, sentence }) =>
      given(drafted)
        .when(sign(ofArs, under), { ...asked, at: '2021-05-12T08:00:00Z' }, seen)
        .thenRefused(code, sentence),
  );
});

it('a signature is kept by its party', () =>
  expect(given(...concluded).state).toMatchObject({
    status: 'concluded',
    signed: ['institution:ARS-PDL', 'institution:DREETS-PDL', 'organisation:52499120500013'],
    concludedOn: '2021-11-15',
    publishBefore: '2022-02-15',
  }));
