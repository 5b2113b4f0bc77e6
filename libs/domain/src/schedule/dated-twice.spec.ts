import { describe, expect, it } from '@jest/globals';
import { invalid } from '../decider.js';
import { datedTwice } from './milestones.js';

describe('a request that dates a milestone twice', () => {
  const at = '2021-09-30T07:30:00Z';
  const rule = { relativeTo: 'publication', days: 30 } as const;

  it('is a fault on each field that should not be there, all at once', () =>
    expect(
      datedTwice(
        [
          { kind: 'commission', at, rule },
          { kind: 'decision', at },
          { kind: 'commission', rule },
          { kind: 'decision', at, rule },
        ],
        'milestones',
      ),
    ).toEqual(
      invalid('MilestoneDatedTwice', 'Un même jalon est daté deux fois.', [
        {
          field: 'milestones[0].rule',
          code: 'MilestoneDatedTwice',
          message: "Le jalon « commission de sélection » a une date et une règle : gardez l'une des deux.",
        },
        {
          field: 'milestones[2].kind',
          code: 'MilestoneDatedTwice',
          message: 'Le jalon « commission de sélection » figure déjà plus haut dans la demande.',
        },
        {
          field: 'milestones[3].kind',
          code: 'MilestoneDatedTwice',
          message: 'Le jalon « décision » figure déjà plus haut dans la demande.',
        },
        {
          field: 'milestones[3].rule',
          code: 'MilestoneDatedTwice',
          message: "Le jalon « décision » a une date et une règle : gardez l'une des deux.",
        },
      ]),
    ));
  it('is not one that dates each milestone once', () =>
    expect(
      datedTwice(
        [
          { kind: 'publication', at },
          { kind: 'commission', rule },
        ],
        'milestones',
      ),
    ).toBeUndefined());
});
