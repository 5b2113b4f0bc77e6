import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { accepted } from '#client/client.js';
import {
  admissibleFile,
  award,
  decide,
  envelopesOf,
  notify,
  rankedIn,
  reserved,
  revised,
  unsealedCall,
} from './award-stage.js';
import { expectRefused } from './refusals.js';
import { type Cast, castOf } from './stage.js';
import { until, World } from './world.js';

let world: World;
let cast: Cast;
beforeAll(async () => {
  world = await World.open('2021-10-15T08:00:00Z');
  cast = await castOf(world);
});
beforeEach(() => world.clock.set('2021-10-15T08:00:00Z'));
afterAll(() => world.close());

interface AwardShown {
  status: string;
  amountCents: number | null;
  lines: { line: number; funder: string; programme: string; action: string | null; amountCents: number }[];
  decisions: { institution: string; outcome: string; reasons: string | null }[];
  waitingFor: string[];
  notifiedOn: string | null;
  appealUntil: string | null;
  appeal: string | null;
  short: object | null;
}
const shown = (by: { get: World['operator']['get'] }, id: string) =>
  by.get<AwardShown>(`/api/applications/${id}/award`);

describe('an award', () => {
  it('stands once every lead with a line has decided its own, and the applicant sees it once notified', async () => {
    const call = await unsealedCall(world);
    const { id, person } = await admissibleFile(world, cast, call);
    const { ars, dreets } = cast;
    const fir = [{ line: 1, amountCents: 1_000_000 }];
    expect(accepted(await decide(ars.signatory, id, 'ARS-PDL', { lines: fir }))).toEqual({
      status: 'deciding',
      waitingFor: ['DREETS-PDL'],
      lines: [{ line: 1, funder: 'ARS-PDL', programme: 'FIR', action: null, year: 2021, amountCents: 1_000_000 }],
      amountCents: 1_000_000,
    });
    expectRefused(
      await decide(dreets.signatory, id, 'DREETS-PDL', { lines: fir }),
      409,
      'NotYourEnvelope',
      'La ligne 1 est une enveloppe de ARS-PDL : une institution ne décide que des siennes.',
    );
    const both = [
      { line: 3, amountCents: 200_000 },
      { line: 2, amountCents: 300_000 },
    ];
    const last = await decide(dreets.signatory, id, 'DREETS-PDL', { lines: both }, 'last-decision');
    expect(accepted(last)).toMatchObject({ status: 'granted', waitingFor: [], amountCents: 1_500_000 });
    expect(accepted(last).lines.map(({ line, amountCents }) => [line, amountCents])).toEqual([
      [1, 1_000_000],
      [2, 300_000],
      [3, 200_000],
    ]);
    const again = await decide(dreets.signatory, id, 'DREETS-PDL', { lines: both }, 'last-decision');
    expect(accepted(again)).toEqual(accepted(last));
    expect(again.headers.get('etag')).toBe(last.headers.get('etag'));
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await reserved(ars.admin, call)).toEqual([1_000_000, 300_000, 200_000]);

    expectRefused(await shown(person, id), 404, 'AwardUnknown');
    expect(accepted(await shown(ars.officer, id))).toMatchObject({ status: 'granted', notifiedOn: null });
    await notify(cast, id);
    expect(accepted(await shown(person, id))).toMatchObject({
      status: 'granted',
      amountCents: 1_500_000,
      notifiedOn: '2021-10-15',
      appealUntil: '2021-12-15',
      decisions: [{ institution: 'ARS-PDL' }, { institution: 'DREETS-PDL' }],
    });
  });

  it('is one decision of all leads where the call says so: they decide alike', async () => {
    const call = await unsealedCall(world, { awards: 'alike' });
    const { id } = await admissibleFile(world, cast, call);
    const reasons = 'Le projet ne concerne pas les familles.';
    accepted(await decide(cast.ars.signatory, id, 'ARS-PDL', { outcome: 'refused', reasons }));
    expectRefused(
      await decide(cast.dreets.signatory, id, 'DREETS-PDL', { lines: [{ line: 2, amountCents: 100 }] }),
      409,
      'LeadsDisagree',
      'ARS-PDL a décidé un refus : dans cet appel, les autorités pilotes décident toutes de même.',
    );
    expect(
      accepted(await decide(cast.dreets.signatory, id, 'DREETS-PDL', { outcome: 'refused', reasons })),
    ).toMatchObject({ status: 'refused' });
    expect(accepted(await shown(cast.dreets.admin, id))).toMatchObject({ status: 'refused', lines: [] });
  });

  it('is not made where one line is short: what is left is named, and nothing stays reserved', async () => {
    const call = await unsealedCall(world);
    const { ars, dreets } = cast;
    const { id } = await admissibleFile(world, cast, call);
    accepted(await decide(ars.signatory, id, 'ARS-PDL', { lines: [{ line: 1, amountCents: 500_000 }] }));
    const lines = [
      { line: 2, amountCents: 100_000 },
      { line: 3, amountCents: 1_250_000 },
    ];
    const sentence =
      "Il reste 12 000,00 € sur l'enveloppe BOP 304 (stratégie pauvreté) 2021 de DREETS-PDL : 12 500,00 € étaient " +
      "demandés. Rien n'est attribué, et les autorités pilotes décident à nouveau.";
    const refused = await decide(dreets.signatory, id, 'DREETS-PDL', { lines }, 'too-much');
    expectRefused(refused, 409, 'EnvelopeExhausted', sentence);
    const envelopes = await envelopesOf(ars.admin, call);
    expect(envelopes.items.map(({ reservedCents, awards }) => [reservedCents, awards])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    expect(accepted(await shown(ars.admin, id))).toMatchObject({
      status: 'deciding',
      decisions: [],
      short: { line: 3, funder: 'DREETS-PDL', askedCents: 1_250_000, leftCents: 1_200_000 },
    });
    expect(accepted(await award(cast, id, 500_000, 100_000))).toMatchObject({ status: 'granted' });
    expectRefused(
      await decide(dreets.signatory, id, 'DREETS-PDL', { lines }, 'too-much'),
      409,
      'EnvelopeExhausted',
      sentence,
    );
    expect(await reserved(ars.admin, call)).toEqual([500_000, 100_000, 0]);
  });
});

describe('what follows an award', () => {
  it('is a letter whose bytes are the same each time, with the amounts and the ways of appeal', async () => {
    const call = await unsealedCall(world);
    const { id, person } = await admissibleFile(world, cast, call);
    await award(cast, id, 1_000_000, 500_000);
    expectRefused(await cast.ars.admin.get(`/api/applications/${id}/award/letter`), 404, 'AwardUnknown');
    await notify(cast, id);
    const read = async (token?: string) => {
      const response = await fetch(`${world.server.url}/api/applications/${id}/award/letter`, {
        headers: { authorization: `Bearer ${token}` },
      });
      return { response, bytes: Buffer.from(await response.arrayBuffer()) };
    };
    const { response, bytes } = await read(person.token);
    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const sha256 = createHash('sha256').update(bytes).digest('base64');
    expect(response.headers.get('content-digest')).toBe(`sha-256=:${sha256}:`);
    world.clock.set('2021-11-02T08:00:00Z');
    expect((await read(cast.dreets.admin.token)).bytes.equals(bytes)).toBe(true);
  });

  it('is less than was requested: the applicant agrees to it with a revised budget that balances', async () => {
    const call = await unsealedCall(world);
    const { id, person } = await admissibleFile(world, cast, call);
    const accept = (budget: object) => person.post(`/api/applications/${id}/accept-reduced-amount`, { budget });
    expectRefused(await accept(revised), 409, 'NotNotified');
    await award(cast, id, 1_000_000, 500_000);
    expectRefused(await accept(revised), 409, 'NotNotified');
    await notify(cast, id);
    const faulty = {
      charges: revised.charges,
      products: [{ account: '74', label: 'Subvention', amountCents: 1_000_000 }],
    };
    const refused = await accept(faulty);
    expectRefused(refused, 422, 'BudgetInvalid');
    expect((refused.body as { faults: { code: string }[] }).faults.map(({ code }) => code)).toEqual([
      'FunderMissing',
      'BudgetNotBalanced',
      'OverProducts',
    ]);
    accepted(await accept(revised));
    expectRefused(await accept(revised), 409, 'AlreadyAccepted');
    expect(accepted(await shown(person, id))).toMatchObject({ status: 'granted', accepted: true });
    expect(accepted(await cast.ars.admin.get(`/api/applications/${id}/award/contents`))).toEqual({
      appeal: null,
      revisedBudget: revised,
    });
    const { items } = accepted(await person.get<{ items: { what: string }[] }>(`/api/applications/${id}/readings`));
    expect(items.map(({ what }) => what)).toEqual([expect.stringMatching(/^award:\d+$/)]);
  });

  it('may be declined: its money goes back, and the reserve list is called up in its order', async () => {
    const call = await unsealedCall(world);
    const [one, second, third] = [
      await admissibleFile(world, cast, call),
      await admissibleFile(world, cast, call),
      await admissibleFile(world, cast, call),
    ];
    await rankedIn(world, call, one.id, second.id, third.id);
    const { ars, dreets } = cast;
    accepted(await award(cast, one.id, 1_000_000, 500_000));
    for (const { id } of [second, third]) {
      accepted(await decide(ars.signatory, id, 'ARS-PDL', { outcome: 'reserve' }));
      expect(accepted(await decide(dreets.signatory, id, 'DREETS-PDL', { outcome: 'reserve' }))).toMatchObject({
        status: 'reserve',
      });
    }
    await notify(cast, one.id);
    const reason = 'Un autre financeur nous soutient.';
    expectRefused(
      await second.person.post(`/api/applications/${one.id}/decline-award`, { reason }),
      404,
      'ApplicationUnknown',
    );
    accepted(await one.person.post(`/api/applications/${one.id}/decline-award`, { reason }));
    expect(await reserved(ars.admin, call)).toEqual([0, 0, 0]);
    expect(accepted(await shown(one.person, one.id))).toMatchObject({ status: 'declined', lines: [] });

    const callUp = (id: string) =>
      ars.signatory.post(`/api/applications/${id}/call-up`, {
        institution: 'ARS-PDL',
        reason: 'Des crédits reviennent.',
      });
    expectRefused(await callUp(third.id), 409, 'ReserveOrder');
    accepted(await callUp(second.id));
    accepted(await callUp(third.id));
    expect(accepted(await award(cast, second.id, 1_000_000, 500_000))).toMatchObject({ status: 'granted' });
    expect(await reserved(ars.admin, call)).toEqual([1_000_000, 500_000, 0]);
    const awards = accepted(
      await ars.admin.get<{ items: { status: string }[] }>(`/api/calls/${call}/awards?sort=status`),
    );
    expect(awards.items.map(({ status }) => status)).toEqual(['deciding', 'declined', 'granted']);
    const csv = await ars.admin.get(`/api/calls/${call}/awards?status=granted`, { accept: 'text/csv' });
    expect(csv.text.split('\n')[0]).toBe(
      'application,organisation,organisationName,receipt,status,decided,requestedCents,amountCents,accepted,notifiedOn,appealUntil,appeal,changedAt',
    );
    expect(csv.text.split('\n')[1]).toContain(`${second.id},${second.organisation}`);
    const search = `/api/calls/${call}/awards?q=${second.organisation}`;
    expect(accepted(await ars.admin.get<{ items: object[] }>(search)).items).toMatchObject([
      { application: second.id },
    ]);
    expectRefused(await one.person.get(`/api/calls/${call}/awards`), 403, 'NotAllowed');
    expectRefused(await one.person.get(`/api/calls/${call}/envelopes`), 403, 'NotAllowed');
  });

  it('may be an appeal, whose answer has reasons; upheld, the leads decide again', async () => {
    const call = await unsealedCall(world);
    const { id, person } = await admissibleFile(world, cast, call);
    const { ars, dreets } = cast;
    const reasons = 'Le projet ne concerne pas les familles.';
    accepted(await decide(ars.signatory, id, 'ARS-PDL', { outcome: 'refused', reasons }));
    accepted(await decide(dreets.signatory, id, 'DREETS-PDL', { outcome: 'refused', reasons }));
    await notify(cast, id);
    const text = 'Le projet de Camille Martin concerne bien les familles.';
    const appeal = () => person.post(`/api/applications/${id}/lodge-appeal`, { text });
    world.clock.set('2021-12-15T23:00:00Z');
    expectRefused(await appeal(), 409, 'AppealTooLate', "Le recours gracieux était ouvert jusqu'au 15 décembre 2021.");
    world.clock.set('2021-12-15T22:59:59Z');
    accepted(await appeal());
    expect(accepted(await ars.admin.get(`/api/applications/${id}/award/contents`))).toEqual({
      appeal: { text },
      revisedBudget: null,
    });
    const body = { institution: 'ARS-PDL', upheld: true, reasons: 'Le public est bien celui de l’appel.' };
    expectRefused(await ars.admin.post(`/api/applications/${id}/answer-appeal`, body), 403, 'NotAllowed');
    accepted(await ars.signatory.post(`/api/applications/${id}/answer-appeal`, body));
    expect(accepted(await shown(person, id))).toMatchObject({ status: 'refused', appeal: 'upheld' });
    expect(accepted(await shown(ars.admin, id))).toMatchObject({ status: 'deciding', decisions: [] });
    expect(accepted(await award(cast, id, 1_000_000, 500_000))).toMatchObject({ status: 'granted' });
    expect(accepted(await shown(person, id))).toMatchObject({ status: 'refused' });
    await notify(cast, id);
    expect(accepted(await shown(person, id))).toMatchObject({ status: 'granted', appeal: null });
  });

  it('goes back by itself where the file is withdrawn', async () => {
    const call = await unsealedCall(world);
    const { id, person } = await admissibleFile(world, cast, call);
    accepted(await award(cast, id, 1_000_000, 500_000));
    accepted(await person.post(`/api/applications/${id}/withdraw`, { reason: 'Nous renonçons à ce projet.' }));
    await until(async () => (await reserved(cast.ars.admin, call))[0] === 0 || undefined, 'the money');
    expect(await reserved(cast.ars.admin, call)).toEqual([0, 0, 0]);
  });

  it('is forgotten with what the applicant wrote, and its record stays', async () => {
    const call = await unsealedCall(world);
    const { id, person } = await admissibleFile(world, cast, call);
    accepted(await award(cast, id, 1_000_000, 500_000));
    await notify(cast, id);
    accepted(await person.post(`/api/applications/${id}/accept-reduced-amount`, { budget: revised }));
    accepted(await person.post(`/api/applications/${id}/withdraw`, { reason: 'Nous renonçons à ce projet.' }));
    accepted(await person.post(`/api/applications/${id}/forget-contents`, { reason: 'Nous renonçons à ce projet.' }));
    await until(
      () =>
        world.server.service.store.readStream(`content-award-${id}`).then(
          () => undefined,
          () => true as const,
        ),
      'the erasure',
    );
    expectRefused(await person.get(`/api/applications/${id}/award/contents`), 410, 'ContentsForgotten');
    await until(async () => (await shown(person, id)).body.status === 'declined' || undefined, 'the money');
  });
});
