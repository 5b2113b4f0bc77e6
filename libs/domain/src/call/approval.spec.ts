import { describe, expect, it } from '@jest/globals';
import {
  approved,
  ARS,
  arsApproved,
  authorising,
  byHolder,
  delegating,
  DREETS,
  dreetsApproved,
  given,
  known,
  outsidePreparation,
  prepared,
  specifications,
  underD1,
  unfitSignatures,
} from './fixtures.js';

describe('approving a call', () => {
  const approve = { type: 'ApproveCall', institution: ARS } as const;

  it('is recorded once for each lead', () => {
    given(...prepared)
      .when(approve)
      .then(arsApproved);
    given(...prepared, arsApproved)
      .when({ ...approve, institution: DREETS })
      .then(dreetsApproved);
  });
  it('records under which delegation', () =>
    given(...prepared)
      .when({ ...approve, under: 'd-1' }, byHolder, delegating({ acts: ['approve-call'] }))
      .then({ ...arsApproved, capacity: underD1 }));
  it.each([10_000_000, undefined])('stays under the ceiling of its delegation (%p cents)', (ceilingCents) =>
    given(...prepared)
      .when({ ...approve, under: 'd-1' }, byHolder, delegating({ acts: ['approve-call'], ceilingCents }))
      .then({ ...arsApproved, capacity: underD1 }),
  );
  it('is refused over the ceiling of its delegation, by the envelopes of the institution that signs', () => {
    const low = delegating({ acts: ['approve-call'], ceilingCents: 9_999_999 });
    given(...prepared)
      .when({ ...approve, under: 'd-1' }, byHolder, low)
      .thenRefused(
        'DelegationCeilingExceeded',
        'Cette délégation est limitée à 99 999,99 € : vous signeriez pour 100 000,00 €.',
      );
    given(...prepared)
      .when({ ...approve, institution: DREETS, under: 'd-1' }, byHolder, low)
      .then({ ...dreetsApproved, capacity: underD1 });
  });
  it('keeps in which capacity each lead approved, and when', () =>
    expect(known(...prepared, arsApproved, { ...dreetsApproved, capacity: underD1 }).approvals).toEqual({
      [ARS]: { capacity: { kind: 'office' }, approvedAt: '2021-05-12T08:00:00Z' },
      [DREETS]: { capacity: underD1, approvedAt: '2021-05-12T08:00:00Z' },
    }));
  it('is refused twice', () =>
    given(...prepared, arsApproved)
      .when(approve)
      .thenRefused('AlreadyApproved', 'Votre institution a déjà approuvé cet appel.'));
  it('is asked again once approvals fell', () =>
    given(...approved, { type: 'ApprovalsFell', institutions: [ARS, DREETS], because: 'Le calendrier a été modifié.' })
      .when(approve)
      .then(arsApproved));
  it('falls when the way leads decide on awards changes', () =>
    given(...approved)
      .when({ type: 'SetSpecifications', specifications: { ...specifications, awards: 'alike' } })
      .then(
        { type: 'SpecificationsSet', specifications: { ...specifications, awards: 'alike' } },
        { type: 'ApprovalsFell', institutions: [ARS, DREETS], because: 'Le cahier des charges a été modifié.' },
      ));
  it('may come years after the other lead, for a subsidy', () =>
    expect(
      given(...prepared, arsApproved).when({ ...approve, institution: DREETS }, { at: '2023-05-12T08:00:00Z' }).result,
    ).toMatchObject([{ type: 'CallApproved' }]));
  it.each(unfitSignatures('approve-call', "d'approuver un appel à projets"))(
    'is refused %s',
    (_, { under, asked, seen, code, sentence }) =>
      given(...prepared)
        .when({ ...approve, ...(under && { under }) }, asked, seen)
        .thenRefused(code, sentence),
  );
  it.each(outsidePreparation)('is refused %s', (_, history, code, sentence) =>
    given(...history)
      .when(approve)
      .thenRefused(code, sentence),
  );
});

describe('approving a joint call for authorisations', () => {
  const approve = { type: 'ApproveCall', institution: DREETS } as const;
  const LATE =
    "L'accord des autres autorités devait venir au plus tard le 12 juin 2021 à 23 h 59 min 59 s (heure de Paris) " +
    "(CASF R313-2-2) : annulez cet appel, ou modifiez-le pour qu'il soit approuvé de nouveau.";

  it('may wait for the last second of the month after the first lead', () =>
    given(...authorising, arsApproved)
      .when(approve, { at: '2021-06-12T21:59:59Z' })
      .then({ ...dreetsApproved, approvedAt: '2021-06-12T21:59:59Z' }));
  it('is refused to the other lead after that month', () =>
    given(...authorising, arsApproved)
      .when(approve, { at: '2021-06-12T22:00:00Z' })
      .thenRefused('AgreementTooLate', LATE));
  it('counts from the first of several leads', () =>
    given(...authorising, { ...arsApproved, institution: 'CD-44', approvedAt: '2021-06-01T08:00:00Z' }, arsApproved)
      .when(approve, { at: '2021-06-12T22:00:00Z' })
      .thenRefused('AgreementTooLate', LATE));
  it('begins again once approvals fell', () =>
    given(...authorising, arsApproved, { type: 'ApprovalsFell', institutions: [ARS], because: 'Autre calendrier.' })
      .when(approve, { at: '2021-06-12T22:00:00Z' })
      .then({ ...dreetsApproved, approvedAt: '2021-06-12T22:00:00Z' }));
});
