import { describe, expect, it } from '@jest/globals';
import {
  approved,
  ARS,
  arsApproved,
  byHolder,
  delegating,
  DREETS,
  dreetsApproved,
  given,
  known,
  outsidePreparation,
  prepared,
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
      .then({ type: 'CallApproved', institution: ARS, capacity: underD1 }));
  it('keeps in which capacity each lead approved', () =>
    expect(
      known(...prepared, arsApproved, { type: 'CallApproved', institution: DREETS, capacity: underD1 }).approvals,
    ).toEqual({
      [ARS]: { capacity: { kind: 'office' } },
      [DREETS]: { capacity: underD1 },
    }));
  it('is refused twice', () =>
    given(...prepared, arsApproved)
      .when(approve)
      .thenRefused('AlreadyApproved', 'Votre institution a déjà approuvé cet appel.'));
  it('is asked again once approvals fell', () =>
    given(...approved, { type: 'ApprovalsFell', institutions: [ARS, DREETS], because: 'Le calendrier a été modifié.' })
      .when(approve)
      .then(arsApproved));
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
