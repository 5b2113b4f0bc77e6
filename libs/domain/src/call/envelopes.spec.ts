import { describe, it } from '@jest/globals';
import type { CallEvent } from './call-facts.js';
import { approved, ARS, DREETS, envelopes, given, heading, outsidePreparation, preparing } from './fixtures.js';

const fallen = (because: string): CallEvent => ({ type: 'ApprovalsFell', institutions: [ARS, DREETS], because });

describe('setting the envelopes', () => {
  const set = { type: 'SetEnvelopes', envelopes } as const;
  const fixed = { type: 'EnvelopesSet', envelopes } as const;
  const fir = { funder: ARS, programme: 'FIR', year: 2021, amountCents: 10_000_000 };
  const bop304 = { funder: DREETS, programme: 'BOP 304', action: '14', year: 2021, amountCents: 5_000_000 };
  const of = (...lines: (typeof fir)[]) => ({ subjectToFunds: true, lines });

  it('records them', () =>
    given(...preparing)
      .when(set)
      .then(fixed));
  it('lets approvals fall when a line changes', () => {
    const other = { ...envelopes, subjectToFunds: true };
    given(...approved)
      .when({ ...set, envelopes: other })
      .then({ type: 'EnvelopesSet', envelopes: other }, fallen('Les enveloppes ont été modifiées.'));
  });
  it('changes nothing when repeated, and no approval falls', () =>
    given(...approved)
      .when(set)
      .then());
  it('is refused for an AMI, which has none of its own', () =>
    given({ type: 'CallDrafted', heading: { ...heading, kind: 'AMI' } }, ...preparing.slice(1))
      .when(set)
      .thenRefused('NoEnvelopeForAmi', "Un appel à manifestation d'intérêt n'a pas d'enveloppe propre."));
  it('may be empty for an AMI, which is how it loses those it had', () =>
    given({ type: 'CallDrafted', heading: { ...heading, kind: 'AMI' } }, ...preparing.slice(1), fixed)
      .when({ ...set, envelopes: of() })
      .then({ ...fixed, envelopes: of() }));
  it('is refused with money of an authority that does not lead', () =>
    given(...preparing)
      .when({ ...set, envelopes: of(fir, { ...fir, funder: 'CAF-44' }) })
      .thenRefused('FunderNotLead', "« CAF-44 » n'est pas une autorité pilote de cet appel."));
  it('is refused with the same line twice, whatever the amounts, and says which', () => {
    const twice = (index: number, named: string, first: number) => ({
      field: `lines[${index}].funder`,
      code: 'FunderTwice',
      message: `L'enveloppe « ${named} » figure déjà à la ligne ${first} : réunissez les deux montants.`,
    });
    given(...preparing)
      .when({ ...set, envelopes: of(bop304, fir, { ...fir, amountCents: 1 }, bop304) })
      .thenFaults('FunderTwice', [twice(2, 'ARS-PDL, FIR, 2021', 2), twice(3, 'DREETS-PDL, BOP 304 (14), 2021', 1)]);
    given(...preparing)
      .when({ ...set, envelopes: of(fir, fir) })
      .thenRefused('FunderTwice', 'Une même enveloppe figure deux fois.');
  });
  it.each([
    ['funder', { ...bop304, funder: ARS }],
    ['programme', { ...bop304, programme: 'BOP 177' }],
    ['action', { ...bop304, action: '17' }],
    ['year', { ...bop304, year: 2022 }],
  ])('tells lines apart by their %s', (_, line) =>
    given(...preparing)
      .when({ ...set, envelopes: of(bop304, line) })
      .then({ ...fixed, envelopes: of(bop304, line) }),
  );
  it.each(outsidePreparation)('is refused %s', (_, history, code, sentence) =>
    given(...history)
      .when(set)
      .thenRefused(code, sentence),
  );
});
