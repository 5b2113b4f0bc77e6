import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { accepted } from '#client/client.js';
import { applicant, ready, submit } from './applicants.js';
import { expectRefused } from './refusals.js';
import { type Cast, castOf, publishedCall, schedule } from './stage.js';
import { until, World } from './world.js';

let world: World;
let cast: Cast;
beforeAll(async () => {
  world = await World.open('2021-05-12T08:00:00Z');
  cast = await castOf(world);
});
afterAll(() => world.close());

it('a shift across the year: finance officers answer, applicants confirm dates, contents stay as filed', async () => {
  const finance = await world.person('Fanny Financière', ['finance-officer', 'institution', 'ARS-PDL']);
  const milestones = [...schedule.milestones, { kind: 'decision', at: '2021-10-01T10:00:00+02:00' }];
  const call = await publishedCall(world, cast, { schedule: { milestones } });
  world.clock.set('2021-06-20T08:00:00Z');
  const { person, organisation } = await applicant(world, cast, 1);
  const file = await ready(person, call, organisation);
  accepted(await submit(person, file));
  const read = async () =>
    accepted(
      await person.get<{ datesAsked: string | null; startsOn: string | null; receipts: object[] }>(
        `/api/applications/${file}`,
      ),
    );
  const filed = await read();
  const dates = { startsOn: '2022-02-01', endsOn: '2023-01-31' };
  const confirm = (body: object) => person.post(`/api/applications/${file}/confirm-dates`, body);
  expectRefused(await confirm(dates), 409, 'DatesNotAsked');

  const changes = [{ kind: 'decision', at: '2022-01-10T10:00:00+01:00' }];
  const preview = accepted(
    await cast.ars.admin.post<{ warnings: string[] }>(`/api/calls/${call}/preview-shift`, { changes }),
  );
  expect(preview.warnings).toContainEqual(expect.stringContaining('Les paiements de 2021 ferment le 15 décembre 2021'));
  expect(preview.warnings).toContainEqual(expect.stringContaining('démarrer avant le 10 janvier 2022'));
  const proposal = { institution: 'ARS-PDL', changes, reason: 'Les crédits arrivent plus tard que prévu.' };
  accepted(await cast.ars.admin.post(`/api/calls/${call}/propose-shift`, proposal));
  const answer = { institution: 'ARS-PDL', year: 'next', reason: 'Report de crédits demandé.' };
  expectRefused(await finance.post(`/api/calls/${call}/answer-payment-year`, answer), 409, 'PaymentYearNotAsked');
  const agreed = { institution: 'DREETS-PDL', proposal: 1 };
  accepted(await cast.dreets.signatory.post(`/api/calls/${call}/agree-to-shift`, agreed));

  const [asked = ''] = await world.messages('Subject: Année de paiement à confirmer');
  expect(asked).toContain('Fanny Financière');
  expectRefused(await cast.ars.admin.post(`/api/calls/${call}/answer-payment-year`, answer), 403, 'NotAllowed');
  accepted(await finance.post(`/api/calls/${call}/answer-payment-year`, answer));
  expect(accepted(await finance.get<object>(`/api/calls/${call}/funding`))).toMatchObject({
    paymentYear: {
      year: 2021,
      closesOn: '2021-12-15',
      answers: [{ institution: 'ARS-PDL', year: 'next', reason: 'Report de crédits demandé.' }],
    },
  });

  await until(async () => ((await read()).datesAsked === '2022-01-10' ? true : undefined), 'dates to be asked for');
  await world.messages('Subject: Dates de votre projet à confirmer');
  expectRefused(
    await confirm({ ...dates, startsOn: '2022-01-09' }),
    409,
    'StartTooEarly',
    'Le projet ne peut pas démarrer avant la décision : choisissez une date à partir du 10 janvier 2022.',
  );
  expectRefused(
    await cast.ars.officer.post(`/api/applications/${file}/confirm-dates`, dates),
    404,
    'ApplicationUnknown',
  );
  accepted(await confirm(dates));
  const after = await read();
  expect(after).toMatchObject({ ...dates, datesAsked: null });
  expect(after.receipts).toEqual(filed.receipts);
});
