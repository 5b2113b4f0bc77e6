import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../decider.js';
import type { CallEvent, Schedule } from './call-facts.js';
import { agreeToShift, ARS, DREETS, given, open, preparing, proposeShift, schedule, shiftAgreed } from './fixtures.js';

const signed = (at: string): Schedule => ({
  milestones: [...schedule.milestones, { kind: 'agreementSigned', at }],
});
const shiftedTo = (at: string): CallEvent => ({
  type: 'ScheduleShifted',
  proposal: 1,
  reason: 'Signature datée.',
  before: schedule,
  after: signed(at),
});
const history = [...open, shiftedTo('2021-12-01T11:00:00Z')];
const inJuly = { at: '2021-07-01T08:00:00Z' };
const asked: CallEvent = { type: 'PaymentYearAsked', proposal: 2, year: 2021, closesOn: '2021-12-15' };
const officer = { actingAs: 'finance-officer', by: 'f1111111-1111-4111-8111-111111111111', ...inJuly };
const answer = { type: 'AnswerPaymentYear', institution: ARS, year: 'next', reason: 'Report de crédits.' } as const;
const answered = { type: 'PaymentYearAnswered', institution: ARS, year: 'next', reason: 'Report de crédits.' } as const;

describe('agreeing to a shift across the closing of payments', () => {
  const proposed = (at: string): CallEvent => ({
    type: 'ShiftProposed',
    proposal: 1,
    institution: ARS,
    changes: [{ kind: 'agreementSigned', at }],
    reason: 'La salle est prise.',
    before: signed('2021-12-01T11:00:00Z'),
    after: signed(at),
    warnings: [],
  });
  const typesAfter = (at: string) => {
    const { result } = given(...history, proposed(at)).when(agreeToShift, inJuly);
    return result instanceof Refusal ? [] : [...result];
  };

  it('asks in which year it is paid', () =>
    expect(typesAfter('2022-01-10T11:00:00Z')).toEqual([
      shiftAgreed,
      expect.objectContaining({ type: 'ScheduleShifted' }),
      expect.objectContaining({ type: 'RectifyingNoticePublished' }),
      { ...asked, proposal: 1 },
    ]));
  it('asks nothing before it', () =>
    expect(typesAfter('2021-12-10T11:00:00Z').map(({ type }) => type)).toEqual([
      'ShiftAgreed',
      'ScheduleShifted',
      'RectifyingNoticePublished',
    ]));
  it('is warned of with the proposal', () =>
    expect(
      given(...history).when(proposeShift({ kind: 'agreementSigned', at: '2022-01-10T11:00:00Z' }), inJuly).result,
    ).toMatchObject([
      { warnings: expect.arrayContaining([expect.stringContaining('Les paiements de 2021 ferment')]) },
    ]));
});

describe('answering in which year it is paid', () => {
  it('is a fact with its reason, for the institution', () =>
    given(...history, asked)
      .when(answer, officer)
      .then(answered));
  it('is kept with the question', () =>
    expect(given(...history, asked, answered, { ...answered, institution: DREETS, year: 'this' }).state).toMatchObject({
      paymentYear: {
        year: 2021,
        closesOn: '2021-12-15',
        answers: {
          [ARS]: { year: 'next', reason: 'Report de crédits.' },
          [DREETS]: { year: 'this', reason: 'Report de crédits.' },
        },
      },
    }));
  it('may be another later', () =>
    given(...history, asked, { ...answered, year: 'this' })
      .when(answer, officer)
      .then(answered));
  it('is refused twice alike', () =>
    given(...history, asked, answered)
      .when(answer, officer)
      .thenRefused('AlreadyAnswered', 'Votre institution a déjà donné cette réponse.'));
  it('is asked again by another shift across it', () =>
    given(...history, asked, answered, { ...asked, proposal: 3 })
      .when(answer, officer)
      .then(answered));
  it('is refused where nothing was asked', () =>
    given(...history)
      .when(answer, officer)
      .thenRefused('PaymentYearNotAsked', "Aucun décalage n'a franchi la clôture des paiements : rien n'est demandé."));
  it('is refused before publication', () =>
    given(...preparing)
      .when(answer, officer)
      .thenRefused('NotPublished', "Cet appel n'est pas encore publié."));
});
