import { afterEach, describe, expect, it } from '@jest/globals';
import { digest } from '#commands/canonical.js';
import { reservationOf } from '#domain/award/award-facts.js';
import { decided } from '#domain/award/fixtures.js';
import { accepted } from '#client/client.js';
import { admissibleFile, decide, inTheLog, reserved, unsealedCall } from './award-stage.js';
import { castOf } from './stage.js';
import { until, World } from './world.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

describe('an award', () => {
  it('that was cut in the middle of its steps is taken up when the service starts again', async () => {
    const world = await World.open('2021-10-15T08:00:00Z');
    closing.push(() => world.close());
    const cast = await castOf(world);
    const call = await unsealedCall(world);
    const { id, organisation } = await admissibleFile(world, cast, call);
    const fir = { line: 1, amountCents: 700_000 };
    const bop = { line: 2, amountCents: 300_000 };
    accepted(await decide(cast.ars.signatory, id, 'ARS-PDL', { lines: [fir] }));
    const [first, second] = [fir, bop].map(({ line, amountCents }) => ({
      reservation: reservationOf(id, 1, line, digest),
      line,
      amountCents,
    }));
    if (!first || !second) throw new Error('Two lines.');
    await world.restart(() =>
      inTheLog(world, async (append) => {
        await append(`award-${id}`, { ...decided('DREETS-PDL', 'favourable', [bop], []), call });
        const amountCents = fir.amountCents + bop.amountCents;
        await append(`award-${id}`, {
          type: 'AwardPending',
          call,
          attempt: 1,
          organisation,
          requestedCents: 2_000_000,
          reservations: [first, second],
          amountCents,
        });
        const { reservation } = first;
        const held = { reservation, application: id, amountCents: fir.amountCents, leftCents: 9_300_000 };
        await append(`envelope-${call}.1`, { type: 'FundsReserved', ...held });
      }),
    );
    await world.ready();
    const admin = world.as(cast.ars.admin);
    await until(async () => {
      const { body } = await admin.get<{ status: string }>(`/api/applications/${id}/award`);
      return body.status === 'granted' || undefined;
    }, 'the award');
    expect(await reserved(admin, call)).toEqual([700_000, 300_000, 0]);
  });
});
