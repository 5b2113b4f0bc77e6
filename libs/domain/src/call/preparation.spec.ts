import { describe, expect, it } from '@jest/globals';
import type { Account } from '../account/account.js';
import type { Specifications } from './call-contents.js';
import type { CallEvent } from './call-facts.js';
import {
  ALREADY_PUBLISHED,
  approved,
  ARS,
  arsApproved,
  authorising,
  criteria,
  drafted,
  DREETS,
  endedOrUnknown,
  given,
  HOLDER,
  known,
  open,
  outsidePreparation,
  PERSON,
  prepared,
  preparing,
  specifications,
  specified,
} from './fixtures.js';

const fallen = (because: string): CallEvent => ({ type: 'ApprovalsFell', institutions: [ARS, DREETS], because });

describe('naming a referent', () => {
  const name = { type: 'NameReferent', institution: ARS, person: PERSON, duty: 'santé précarité' } as const;
  const named = { type: 'ReferentNamed', institution: ARS, person: PERSON, duty: 'santé précarité' } as const;

  it('records who, for which institution, and what for', () =>
    given(...preparing)
      .when(name)
      .then(named));
  it('says whom the new one replaces', () =>
    given(...preparing, named)
      .when({ ...name, person: HOLDER })
      .then({ ...named, person: HOLDER, replaces: PERSON }));
  it('may give the same person another duty', () =>
    given(...preparing, named)
      .when({ ...name, duty: 'périnatalité' })
      .then({ ...named, duty: 'périnatalité', replaces: PERSON }));
  it('leaves the referents of other institutions', () =>
    given(...preparing, named)
      .when({ ...name, institution: DREETS })
      .then({ ...named, institution: DREETS }));
  it('keeps one referent for each institution', () =>
    expect(
      known(...preparing, named, { ...named, institution: DREETS }, { ...named, person: HOLDER }).referents,
    ).toEqual({
      [ARS]: { person: HOLDER, duty: 'santé précarité' },
      [DREETS]: { person: PERSON, duty: 'santé précarité' },
    }));
  it('is refused twice', () =>
    given(...preparing, named)
      .when(name)
      .thenRefused('AlreadyReferent', 'Cette personne est déjà la référente de votre institution pour cet appel.'));
  it.each<Account>([{ status: 'absent' }, { status: 'forgotten' }])(
    'is refused for a person whose account is $status',
    (person) =>
      given(...preparing)
        .when(name, {}, { person })
        .thenRefused('PersonUnknown', "Cette personne n'a pas de compte."),
  );
  it('lets no approval fall', () =>
    given(...approved)
      .when(name)
      .then(named));
  it.each([
    ['a draft', [drafted]],
    ['a published call', open],
  ])('is possible for %s', (_, history) =>
    given(...history)
      .when(name)
      .then(named),
  );
  it.each(endedOrUnknown)('is refused %s', (_, history, code, sentence) =>
    given(...history)
      .when(name)
      .thenRefused(code, sentence),
  );
});

describe('associating an authority that is not a lead', () => {
  const commissioner = 'Commissaire à la lutte contre la pauvreté';
  const associate = { type: 'AssociateAuthority', name: commissioner } as const;
  const associated = { type: 'AuthorityAssociated', name: commissioner } as const;
  const dissociate = { type: 'DissociateAuthority', name: commissioner, reason: 'Le poste est vacant.' } as const;
  const dissociated = { type: 'AuthorityDissociated', name: commissioner, reason: 'Le poste est vacant.' } as const;

  it('records its name', () => given(drafted).when(associate).then(associated));
  it('is refused twice', () =>
    given(drafted, associated).when(associate).thenRefused('AlreadyAssociated', 'Cette autorité est déjà associée.'));
  it('ends with a reason', () => given(drafted, associated).when(dissociate).then(dissociated));
  it('cannot end before it began', () =>
    given(drafted).when(dissociate).thenRefused('NotAssociated', "Cette autorité n'est pas associée à l'appel."));
  it('cannot end twice', () =>
    given(drafted, associated, dissociated)
      .when(dissociate)
      .thenRefused('NotAssociated', "Cette autorité n'est pas associée à l'appel."));
  it.each<[string, CallEvent[], typeof associate | typeof dissociate, CallEvent]>([
    ['associated', [], associate, associated],
    ['no longer associated', [associated], dissociate, dissociated],
  ])('lets approvals fall when one is %s: the notice names them', (_, history, command, recorded) =>
    given(...prepared, ...history, arsApproved)
      .when(command)
      .then(recorded, { type: 'ApprovalsFell', institutions: [ARS], because: 'Les autorités associées ont changé.' }),
  );
  it.each([
    ['begin', associate],
    ['end', dissociate],
  ])('cannot %s once the notice that names them is published', (_, command) =>
    given(drafted, associated, ...open.slice(1))
      .when(command)
      .thenRefused('AlreadyPublished', ALREADY_PUBLISHED),
  );
  it('may begin again', () => given(drafted, associated, dissociated).when(associate).then(associated));
  it('leaves the other authorities', () =>
    expect(known(drafted, associated, { ...associated, name: 'Rectorat' }, dissociated).associated).toEqual([
      'Rectorat',
    ]));
  it.each(endedOrUnknown)('is refused %s', (_, history, code, sentence) =>
    given(...history)
      .when(associate)
      .thenRefused(code, sentence),
  );
  it.each(endedOrUnknown)('is not ended %s', (_, history, code, sentence) =>
    given(...history)
      .when(dissociate)
      .thenRefused(code, sentence),
  );
});

describe('commenting the preparation', () => {
  const content = { version: 0, hash: 'e3b0c442' };
  const comment = {
    type: 'CommentPreparation',
    comment: 'c-1',
    text: 'Pensez aux familles isolées.',
    content,
  } as const;
  const commented = { type: 'PreparationCommented', comment: 'c-1', content } as const;

  it('keeps a reference to what was written, never its text', () =>
    given(...preparing)
      .when(comment)
      .then(commented));
  it('lets no approval fall', () =>
    given(...approved)
      .when(comment)
      .then(commented));
  it('counts comments', () =>
    expect(known(...preparing, commented, { ...commented, comment: 'c-2' }).comments).toBe(2));
  it.each(outsidePreparation)('is refused %s', (_, history, code, sentence) =>
    given(...history)
      .when(comment)
      .thenRefused(code, sentence),
  );
});

describe('setting the specifications', () => {
  const set = { type: 'SetSpecifications', specifications } as const;
  const openToOfficers = { ...specifications, sealing: 'open-to-officers' } as const;
  const withExtensions = { ...specifications, individualExtensions: true };
  const setTo = (chosen: Specifications): CallEvent => ({ type: 'SpecificationsSet', specifications: chosen });

  it('records them whole', () =>
    given(...preparing)
      .when(set)
      .then(specified));
  it('lets approvals fall', () => {
    const other = { ...specifications, maxRatePercent: 70 };
    given(...approved)
      .when({ ...set, specifications: other })
      .then({ type: 'SpecificationsSet', specifications: other }, fallen('Le cahier des charges a été modifié.'));
  });
  it('replaces the earlier ones', () =>
    expect(known(...preparing, specified, setTo(withExtensions)).specifications).toEqual(withExtensions));
  it('takes back every approval', () =>
    expect(known(...approved, fallen('Le cahier des charges a été modifié.')).approvals).toEqual({}));
  it('changes nothing when repeated, whatever the order of its fields, and no approval falls', () => {
    const { purpose, ...rest } = specifications;
    given(...approved)
      .when({ ...set, specifications: { ...rest, purpose } })
      .then();
  });
  it.each([
    ['files open to the case officers', openToOfficers],
    ['extensions for one applicant', withExtensions],
  ])('may choose %s for a subsidy', (_, chosen) =>
    given(...preparing)
      .when({ ...set, specifications: chosen })
      .then(setTo(chosen)),
  );
  it('keeps files sealed under the regime of authorisations', () =>
    given(...authorising)
      .when({ ...set, specifications: openToOfficers })
      .thenRefused(
        'SealingCompulsory',
        "Sous ce régime, les dossiers restent scellés jusqu'à la clôture (CASF R313-4-2).",
      ));
  it('promises nobody a later deadline under the regime of authorisations', () =>
    given(...authorising)
      .when({ ...set, specifications: withExtensions })
      .thenRefused(
        'ExtensionNotAllowed',
        'Sous ce régime, aucun candidat ne peut déposer après la date limite (CASF R313-6).',
      ));
  it('is accepted sealed and equal under the regime of authorisations', () =>
    given(...authorising)
      .when(set)
      .then(specified));
  it('is refused with a compulsory document named twice', () =>
    given(...preparing)
      .when({
        ...set,
        specifications: {
          ...specifications,
          compulsoryDocuments: [
            { code: 'statuts', label: 'Statuts' },
            { code: 'statuts', label: 'Statuts signés' },
          ],
        },
      })
      .thenRefused('DocumentTwice', 'Une même pièce obligatoire figure deux fois.'));
  it.each(outsidePreparation)('is refused %s', (_, history, code, sentence) =>
    given(...history)
      .when(set)
      .thenRefused(code, sentence),
  );
});

describe('setting the rubric', () => {
  const set = { type: 'SetRubric', criteria } as const;
  const rubric = { type: 'RubricSet', criteria } as const;
  const scaled = (min: number, max: number, ...scores: number[]) => {
    const anchors = scores.map((score) => ({ score, label: 'Repère' }));
    return [{ code: 'impact', label: 'Impact', weight: 100, scale: { min, max, anchors }, commentRequired: false }];
  };

  it('records its criteria', () =>
    given(...preparing)
      .when(set)
      .then(rubric));
  it('lets approvals fall when criteria change, or their order', () => {
    const other = [...criteria].reverse();
    given(...approved)
      .when({ ...set, criteria: other })
      .then({ type: 'RubricSet', criteria: other }, fallen('La grille de notation a été modifiée.'));
  });
  it('changes nothing when repeated, and no approval falls', () =>
    given(...approved)
      .when(set)
      .then());
  it('may wait to add up to 100', () => {
    const half = criteria.slice(0, 1);
    given(...preparing)
      .when({ ...set, criteria: half })
      .then({ ...rubric, criteria: half });
  });
  it('is refused with a criterion named twice', () =>
    given(...preparing)
      .when({ ...set, criteria: [...criteria, ...criteria] })
      .thenRefused('CriterionTwice', 'Un même critère figure deux fois.'));
  it.each([
    [5, 0],
    [5, 5],
  ])('is refused with a scale from %d to %d', (min, max) =>
    given(...preparing)
      .when({ ...set, criteria: scaled(min, max) })
      .thenRefused('ScaleReversed', "L'échelle du critère « Impact » doit aller du plus petit au plus grand."),
  );
  it.each([-1, 6])('is refused with an anchor at %d on a scale from 0 to 5', (score) =>
    given(...preparing)
      .when({ ...set, criteria: scaled(0, 5, 2, score) })
      .thenRefused('AnchorOutsideScale', 'Un repère du critère « Impact » sort de son échelle.'),
  );
  it('takes anchors at both ends of the scale', () =>
    given(...preparing)
      .when({ ...set, criteria: scaled(0, 5, 0, 5) })
      .then({ ...rubric, criteria: scaled(0, 5, 0, 5) }));
  it.each(outsidePreparation)('is refused %s', (_, history, code, sentence) =>
    given(...history)
      .when(set)
      .thenRefused(code, sentence),
  );
});
