import { describe, expect, it } from '@jest/globals';
import {
  arsDecided,
  ARS,
  byService,
  DREETS,
  failed,
  fir,
  given,
  granted,
  grantedFact,
  lines,
  pending,
  underway,
} from './fixtures.js';
import { exhausted } from './steps.js';

const grant = { type: 'GrantAward', attempt: 1 } as const;
const fail = { type: 'FailAward', attempt: 1, line: 2, askedCents: 500_000, leftCents: 120_000 } as const;
const NOT_PENDING = "Cette attribution n'attend pas de crédits.";

describe('granting an award', () => {
  it('gives every line that was asked for, to whose file it is', () =>
    given(...underway)
      .when(grant, byService)
      .then(grantedFact));
  it('is refused unless its money is awaited', () => {
    given(arsDecided).when(grant, byService).thenRefused('AwardNotPending', NOT_PENDING);
    given(...granted)
      .when(grant, byService)
      .thenRefused('AwardNotPending', NOT_PENDING);
    given(...underway)
      .when({ ...grant, attempt: 2 }, byService)
      .thenRefused('AwardNotPending', NOT_PENDING);
    given().when(grant, byService).thenRefused('NotDecided', "Aucune décision n'a été prise sur ce dossier.");
  });
});

describe('failing an award', () => {
  it('says which line was short, and whose decisions fall', () =>
    given(...underway)
      .when(fail, byService)
      .then(failed));
  it('opens a new round', () => {
    const { state } = given(...underway, failed);
    expect(state).toEqual({ status: 'deciding', call: 'call-1', decisions: {}, attempts: 1, calledUp: false });
  });
  it('is refused unless its money is awaited', () => {
    given(...granted)
      .when(fail, byService)
      .thenRefused('AwardNotPending', NOT_PENDING);
    given(...underway, failed, arsDecided, pending(2, fir))
      .when(fail, byService)
      .thenRefused('AwardNotPending', NOT_PENDING);
  });
});

describe('what the last lead is told when an envelope is exhausted', () => {
  it('names what is left, and of what', () => {
    const [fund, , action] = lines;
    if (!fund || !action) throw new Error('Three lines.');
    const short = { askedCents: 1_500_000, leftCents: 1_200_000 };
    const again = "Rien n'est attribué, et les autorités pilotes décident à nouveau.";
    expect(exhausted(short, fund).sentence).toBe(
      `Il reste 12 000,00 € sur l'enveloppe FIR 2021 de ${ARS} : 15 000,00 € étaient demandés. ${again}`,
    );
    expect(exhausted(short, action)).toMatchObject({
      code: 'EnvelopeExhausted',
      kind: 'state',
      sentence: `Il reste 12 000,00 € sur l'enveloppe BOP 304 (stratégie pauvreté) 2021 de ${DREETS} : 15 000,00 € étaient demandés. ${again}`,
    });
  });
});
