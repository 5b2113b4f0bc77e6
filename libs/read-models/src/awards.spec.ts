import { describe, expect, it } from '@jest/globals';
import * as file from '#domain/application/fixtures.js';
import {
  answered,
  appealed,
  arsDecided,
  bop,
  declined,
  dreetsDecided,
  failed,
  fir,
  granted,
  lines,
  notifiedFact,
  onReserve,
  pending,
  refusedOutcome,
  told,
  underway,
} from '#domain/award/fixtures.js';
import type { AwardEvent } from '#domain/award/award-facts.js';
import type { EnvelopeEvent } from '#domain/award/envelope-facts.js';
import { awardList, awardOf, envelopesOf } from './award-queries.js';
import { CALL, FILE, everybody, given, NOW, on, onStream, OTHER_CALL, OTHER_FILE } from './fixtures.js';
import { page } from './listing.js';
import type { Views } from './views.js';

const ofCall = (event: AwardEvent): AwardEvent => ({ ...event, call: CALL });
const award = (...events: readonly AwardEvent[]) => onStream(`award-${FILE}`, ...events.map(ofCall));
const shown = async (...events: readonly AwardEvent[]) => awardOf((await given(...award(...events))).views, FILE);
const calledUp: AwardEvent = {
  type: 'CalledUpFromReserve',
  call: CALL,
  institution: 'ARS-PDL',
  reason: 'Des crédits reviennent.',
  capacity: { kind: 'office' },
};
const accepted: AwardEvent = {
  type: 'ReducedAmountAccepted',
  call: CALL,
  content: { version: 3, hash: 'f' },
  totalCents: 2_000_000,
};

describe('the decision on a file', () => {
  it('is nothing while no lead has decided', async () => {
    const { views } = await given();
    expect(awardOf(views, FILE)).toBeUndefined();
  });

  it('says who has decided what, and who is awaited', async () =>
    expect(await shown(arsDecided)).toMatchObject({
      version: 0,
      changedAt: NOW,
      award: { status: 'deciding', decisions: { 'ARS-PDL': { outcome: 'favourable', lines: [fir] } } },
      waitingFor: ['DREETS-PDL'],
      told: null,
    }));

  it('is pending while its money is reserved, and waits for nobody', async () =>
    expect(await shown(...underway)).toMatchObject({ award: { status: 'pending' }, waitingFor: [] }));

  it('is granted with its lines', async () =>
    expect(await shown(...granted)).toMatchObject({
      award: { status: 'granted', granted: { lines: [fir, bop], amountCents: 1_500_000, requestedCents: 2_000_000 } },
    }));

  it('says which line was short, until money is asked for again', async () => {
    expect(await shown(...underway, failed)).toMatchObject({
      award: { status: 'deciding', decisions: {} },
      short: { line: 2, askedCents: 500_000, leftCents: 120_000 },
    });
    expect(await shown(...underway, failed, arsDecided, dreetsDecided, pending(2))).toMatchObject({ short: null });
  });

  it.each([
    ['refused', refusedOutcome],
    ['reserve', onReserve],
  ])('is settled without money: %s', async (status, history) =>
    expect(await shown(...history)).toMatchObject({ award: { status } }),
  );

  it('keeps what the applicant was told while the leads decide again', async () => {
    const row = await shown(...refusedOutcome, notifiedFact, appealed, answered(true));
    expect(row).toMatchObject({
      award: { status: 'deciding', appeal: 'upheld', decisions: {} },
      told: {
        outcome: 'refused',
        status: 'refused',
        notified: { on: '2021-10-15', appealUntil: '2021-12-15' },
        institution: 'ARS-PDL',
        at: NOW,
      },
    });
    expect(Object.keys(row?.told?.decisions ?? {})).toEqual(['ARS-PDL', 'DREETS-PDL']);
  });

  it('keeps the place on the reserve list that the applicant was told of, once called up', async () =>
    expect(await shown(...onReserve, notifiedFact, calledUp)).toMatchObject({
      award: { status: 'deciding', calledUp: true },
      told: { status: 'reserve' },
    }));

  it('says what the applicant answered: accepted, or declined', async () => {
    expect(await shown(...told, accepted)).toMatchObject({
      award: { granted: { accepted: true } },
      told: { outcome: 'granted', status: 'granted', granted: { accepted: true } },
      budgetVersion: 3,
      appealVersion: null,
    });
    expect(await shown(...told, declined)).toMatchObject({
      award: { status: 'declined' },
      told: { outcome: 'granted', status: 'declined', granted: { lines: [fir, bop] } },
    });
  });

  it('knows where the appeal is written, and nothing of its text', async () => {
    const { views } = await given(
      ...award(...told, appealed),
      on(`content-award-${FILE}`, { type: 'AppealWritten', text: 'Camille Martin conteste.' }),
    );
    expect(awardOf(views, FILE)).toMatchObject({ award: { appeal: 'lodged' }, appealVersion: 0, budgetVersion: null });
    expect(JSON.stringify(views.all('SELECT * FROM awards'))).not.toContain('Camille');
  });
});

describe('the decisions of a call', () => {
  const asked = { where: [], sort: 'changedAt', descending: false, limit: 10 };
  const listed = (views: Views) => page(views, awardList, asked).items;
  const started = (id: string, organisation: string) =>
    on(`application-${id}`, { ...file.started, call: CALL, organisation });

  it('are listed with whose they are', async () => {
    const { views } = await given(
      started(FILE, 'W442001234'),
      on(`application-${FILE}`, file.submitted),
      started(OTHER_FILE, 'W442001235'),
      ...award(...told),
      on(`award-${OTHER_FILE}`, ofCall(arsDecided), { at: '2021-11-01T08:00:00Z' }),
    );
    expect(listed(views)).toEqual([
      {
        application: FILE,
        organisation: 'W442001234',
        organisationName: null,
        receipt: file.submission.receipt,
        status: 'granted',
        decided: 2,
        requestedCents: 2_000_000,
        amountCents: 1_500_000,
        accepted: 0,
        notifiedOn: '2021-10-15',
        appealUntil: '2021-12-15',
        appeal: null,
        changedAt: NOW,
      },
      expect.objectContaining({ application: OTHER_FILE, status: 'deciding', decided: 1, amountCents: null }),
    ]);
  });
});

describe('the envelopes of a call', () => {
  const reservation = (n: number, amountCents: number) => ({ reservation: `r-${n}`, application: FILE, amountCents });
  const reserved = (n: number, amountCents: number): EnvelopeEvent => ({
    type: 'FundsReserved',
    ...reservation(n, amountCents),
    leftCents: 0,
  });
  const released = (n: number, amountCents: number): EnvelopeEvent => ({
    type: 'FundsReleased',
    ...reservation(n, amountCents),
    because: 'declined',
  });
  const held = async (...events: readonly EnvelopeEvent[]) => {
    const { views } = await given(...onStream(`envelope-${CALL}.2`, ...events));
    return envelopesOf(views, CALL, lines, everybody).map(({ line, reservedCents, leftCents, awards }) => [
      line,
      reservedCents,
      leftCents,
      awards,
    ]);
  };
  const untouched = [
    [1, 0, 10_000_000, 0],
    [3, 0, 1_200_000, 0],
  ] as const;
  const [first, third] = untouched;

  it('have all their money before anything is reserved', async () =>
    expect(await held()).toEqual([first, [2, 0, 5_000_000, 0], third]));
  it('add up what awards hold of each line', async () =>
    expect(await held(reserved(1, 300_000), reserved(2, 200_000))).toEqual([first, [2, 500_000, 4_500_000, 2], third]));
  it('count what is given back, once', async () =>
    expect(await held(reserved(1, 300_000), released(1, 300_000))).toEqual([first, [2, 0, 5_000_000, 0], third]));
  it('count nothing for what was refused, or closed before it held anything', async () =>
    expect(
      await held({ type: 'ReservationRefused', ...reservation(1, 300_000), leftCents: 0 }, released(2, 0)),
    ).toEqual([first, [2, 0, 5_000_000, 0], third]));
  it('have all their money for who has a conflict on the file that holds some', async () => {
    const { views } = await given(...onStream(`envelope-${CALL}.2`, reserved(1, 300_000)));
    const left = (...conflicts: string[]) => envelopesOf(views, CALL, lines, { ...everybody, conflicts })[1];
    expect(left('another')).toMatchObject({ reservedCents: 300_000, awards: 1 });
    expect(left(FILE)).toMatchObject({ reservedCents: 0, leftCents: 5_000_000, awards: 0 });
  });
  it('are those of one call', async () => {
    const { views } = await given(on(`envelope-${OTHER_CALL}.2`, reserved(1, 300_000)));
    expect(envelopesOf(views, CALL, lines, everybody)[1]).toEqual({
      line: 2,
      ...lines[1],
      reservedCents: 0,
      leftCents: 5_000_000,
      awards: 0,
    });
  });
});
