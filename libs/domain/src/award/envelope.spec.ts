import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { paris } from '#calendar/paris.js';
import { digest } from '#commands/canonical.js';
import { specify } from '../specification.js';
import { envelope } from './envelope.js';
import type { EnvelopeContext, EnvelopeEvent, Reservation } from './envelope-facts.js';
import { callOpen } from './fixtures.js';

/** The third line has 12 000 €. */
const LINE = { call: 'call-1', line: 3 };
const context: EnvelopeContext = { calendar: paris, digest, call: callOpen };
const stamp = { at: '2021-10-15T08:00:00Z', by: 'system', actingAs: 'system', id: 'call-1.3' };
const given = specify(envelope, stamp, context);

const asked = (reservation: string, amountCents: number): Reservation => ({
  reservation,
  application: `file-${reservation}`,
  amountCents,
});
const reserve = (...reservations: Reservation[]) => ({ type: 'ReserveFunds' as const, ...LINE, reservations });
const release = (...reservations: Reservation[]) => ({
  type: 'ReleaseFunds' as const,
  ...LINE,
  reservations,
  because: 'declined' as const,
});
const reserved = (one: Reservation, leftCents: number): EnvelopeEvent => ({ type: 'FundsReserved', ...one, leftCents });
const refused = (one: Reservation, leftCents: number): EnvelopeEvent => ({
  type: 'ReservationRefused',
  ...one,
  leftCents,
});
const released = (one: Reservation, amountCents = one.amountCents): EnvelopeEvent => ({
  type: 'FundsReleased',
  ...one,
  amountCents,
  because: 'declined',
});
const [a, b, c] = [asked('a', 700_000), asked('b', 600_000), asked('c', 500_000)];

describe('reserving money of an envelope', () => {
  it('takes it, and says what is left', () => given().when(reserve(a)).then(reserved(a, 500_000)));
  it('serves those that come together in their order, each for itself', () =>
    given()
      .when(reserve(a, b, c))
      .then(reserved(a, 500_000), refused(b, 500_000), reserved(c, 0)));
  it('is refused to the cent where too little is left, and says what is', () =>
    given(reserved(a, 500_000))
      .when(reserve(asked('d', 500_001)))
      .then(refused(asked('d', 500_001), 500_000)));
  it('takes what another gave back', () =>
    given(reserved(a, 500_000), released(a)).when(reserve(b)).then(reserved(b, 600_000)));
  it('happens once, however often it is asked', () => {
    given(reserved(a, 500_000)).when(reserve(a)).then();
    given().when(reserve(a, a)).then(reserved(a, 500_000));
  });
  it('is never decided again once it was refused, though money came back', () =>
    given(reserved(a, 500_000), refused(b, 500_000), released(a)).when(reserve(b)).then());
  it('is closed for ever by a release, however late the step comes', () => {
    given(reserved(a, 500_000), released(a)).when(reserve(a)).then();
    given(released(a, 0)).when(reserve(a)).then();
  });
  it('is refused for a line that the call does not have', () => {
    const sentence = "Cet appel n'a pas cette enveloppe.";
    given()
      .when({ ...reserve(a), line: 4 })
      .thenRefused('EnvelopeUnknown', sentence);
    given()
      .when(reserve(a), {}, { call: { status: 'absent' } })
      .thenRefused('EnvelopeUnknown', sentence);
  });
});

describe('releasing money of an envelope', () => {
  it('gives back what was held', () => given(reserved(a, 500_000)).when(release(a)).then(released(a)));
  it('closes a reservation that was never made, with nothing', () => given().when(release(a)).then(released(a, 0)));
  it('happens once', () => {
    given(reserved(a, 500_000), released(a)).when(release(a)).then();
    given(reserved(a, 500_000)).when(release(a, a)).then(released(a));
  });
  it('has nothing to do for a reservation that was refused', () => given(refused(b, 0)).when(release(b)).then());
});

describe('an envelope', () => {
  const step = fc.record({
    doing: fc.constantFrom('reserve' as const, 'release' as const),
    those: fc.array(
      fc.record({ id: fc.integer({ min: 0, max: 15 }), amountCents: fc.integer({ min: 1, max: 900_000 }) }),
      { minLength: 1, maxLength: 5 },
    ),
  });

  it('never holds more than its amount, and exactly what is neither refused nor released', () =>
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const log: EnvelopeEvent[] = [];
        const amounts = new Map<string, number>();
        for (const { doing, those } of steps) {
          const reservations = those.map(({ id, amountCents }) => {
            const amount = amounts.get(String(id)) ?? amountCents;
            amounts.set(String(id), amount);
            return asked(String(id), amount);
          });
          const { result } = given(...log).when(
            doing === 'reserve' ? reserve(...reservations) : release(...reservations),
          );
          log.push(...(result as EnvelopeEvent[]));
          const { state } = given(...log);
          const held = [...state.reservations.entries()].flatMap(([, known]) =>
            known.is === 'held' ? [known.amountCents] : [],
          );
          expect(state.reservedCents).toBe(held.reduce((total, cents) => total + cents, 0));
          expect(state.reservedCents).toBeLessThanOrEqual(1_200_000);
          expect(state.reservedCents).toBeGreaterThanOrEqual(0);
        }
        const left = log.filter((event) => event.type !== 'FundsReleased').map(({ leftCents }) => leftCents);
        expect(left.every((cents) => cents >= 0)).toBe(true);
      }),
    ));
});
