import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { accepted, type Client } from '#client/client.js';
import { applicationId, reportId } from '#commands/ids.js';
import { applicant, ready, submit } from './applicants.js';
import { Documented } from './documented.js';
import { happened } from './happened.js';
import { expectRefused } from './refusals.js';
import { type Cast, castOf, publishedCall, schedule } from './stage.js';
import { type Person, until, World } from './world.js';

interface Row {
  id: string;
  kind: string;
  kindSaid: string;
  organisation: string;
  status: string;
  dueOn: string;
  overdue: boolean;
  gapCents: number | null;
}
interface Report extends Row {
  comments: string | null;
  contents: { text: string; indicators?: { label: string }[] } | null;
  indicators: { target: number; actual: number; reachedHundredths: number | null }[];
  charges: object[];
  gap: object | null;
}

let world: World;
let cast: Cast;
/** The call that gave money, and another that is open as long. */
let call: string;
let nextCall: string;
beforeAll(async () => {
  world = await World.open('2021-05-12T08:00:00Z');
  cast = await castOf(world);
  const milestones = [...schedule.milestones, { kind: 'reportsDue', at: '2021-12-15T12:00:00+01:00' }];
  call = await publishedCall(world, cast, { schedule: { milestones } });
  world.clock.set('2021-05-12T08:00:00Z');
  nextCall = await publishedCall(world, cast);
});
beforeEach(() => world.clock.set('2021-06-20T08:00:00Z'));
afterAll(() => world.close());

const activity = {
  text: 'Mille cinq cents familles sont venues, dont celle de Mme Durand.',
  indicators: [{ label: 'Familles accueillies', unit: 'familles', target: 2000, actual: 1500 }],
};
const financial = {
  text: 'Le poste de puéricultrice est resté vacant deux mois.',
  charges: [
    { account: '60', budgetCents: 500_000, actualCents: 550_000 },
    { account: '64', budgetCents: 2_500_000, actualCents: 2_300_000 },
    { account: '86', budgetCents: 300_000, actualCents: 300_000 },
  ],
  products: [
    { account: '74', budgetCents: 2_000_000, actualCents: 2_000_000 },
    { account: '75', budgetCents: 1_000_000, actualCents: 850_000 },
    { account: '87', budgetCents: 300_000, actualCents: 300_000 },
  ],
};

interface Beneficiary {
  readonly person: Person;
  readonly organisation: string;
  readonly activity: string;
  readonly financial: string;
}
let next = 700;
const conclude = (file: string, organisation: string, endsOn: string): Promise<void> =>
  happened(world, `agreement-${file}`, {
    type: 'AgreementConcluded',
    call,
    organisation,
    concludedOn: '2021-06-20',
    amountCents: 2_000_000,
    endsOn,
    publishBefore: '2021-09-20',
  });
/** An association whose agreement is concluded: what it owes is expected without anybody asking. */
async function beneficiary(endsOn: string): Promise<Beneficiary> {
  const { person, organisation } = await applicant(world, cast, next++);
  const file = applicationId(call, organisation, 1);
  await conclude(file, organisation, endsOn);
  await until(async () => ((await owed(person)).length === 2 ? true : undefined), 'both reports');
  return { person, organisation, activity: reportId(file, 'activity'), financial: reportId(file, 'financial') };
}

const owed = async (person: Client, query = ''): Promise<Row[]> =>
  accepted(await person.get<{ items: Row[] }>(`/api/reports${query}`)).items;
const read = async (person: Client, id: string): Promise<Report> =>
  accepted(await person.get<Report>(`/api/reports/${id}`));
const act = (person: Client, id: string, what: string, body: object = {}) =>
  person.post(`/api/reports/${id}/${what}`, body);

describe('reports', () => {
  it('are expected once an agreement is concluded: when the call says, and six months after the year', async () => {
    const { person, activity: first, financial: second, organisation } = await beneficiary('2021-12-31');
    expect(await owed(person)).toMatchObject([
      {
        id: first,
        kindSaid: "bilan d'activité",
        organisation,
        dueOn: '2021-12-15',
        status: 'expected',
        overdue: false,
      },
      { id: second, kindSaid: 'compte rendu financier', dueOn: '2022-06-30', status: 'expected', overdue: false },
    ]);
  });

  it('are handed in with their indicators, returned with comments, handed in again and accepted', async () => {
    const { person, activity: id } = await beneficiary('2021-12-31');
    const { officer } = cast.ars;
    expectRefused(await act(officer, id, 'accept'), 409, 'NotSubmitted');
    accepted(await act(person, id, 'submit', activity));
    expect(await read(officer, id)).toMatchObject({
      status: 'submitted',
      indicators: [{ target: 2000, actual: 1500, reachedHundredths: 7500 }],
      contents: activity,
      gap: null,
    });
    expectRefused(await act(person, id, 'submit', activity), 409, 'AlreadySubmitted');
    const comments = 'Précisez le nombre de pères venus.';
    accepted(await act(officer, id, 'return', { comments, dueOn: '2021-07-31' }));
    expect(await read(person, id)).toMatchObject({ status: 'returned', comments, dueOn: '2021-07-31' });
    accepted(await act(person, id, 'submit', { ...activity, text: 'Dont deux cents pères.' }));
    expect(await read(cast.dreets.admin, id)).toMatchObject({
      status: 'submitted',
      versions: 2,
      contents: { text: 'Dont deux cents pères.' },
    });
    accepted(await act(cast.dreets.admin, id, 'accept'));
    expect(await read(person, id)).toMatchObject({ status: 'accepted', overdue: false });
    expectRefused(await act(person, id, 'submit', activity), 409, 'ReportSettled');
  });

  it('tell the gap of each account and in all, in euros and in percent', async () => {
    const { person, financial: id } = await beneficiary('2021-12-31');
    accepted(await act(person, id, 'submit', financial));
    const { charges, gap } = await read(cast.ars.officer, id);
    expect(charges).toEqual([
      { account: '60', budgetCents: 500_000, actualCents: 550_000, gapCents: 50_000, gapHundredths: 1000 },
      { account: '64', budgetCents: 2_500_000, actualCents: 2_300_000, gapCents: -200_000, gapHundredths: -800 },
      { account: '86', budgetCents: 300_000, actualCents: 300_000, gapCents: 0, gapHundredths: 0 },
    ]);
    const total = { budgetCents: 3_000_000, actualCents: 2_850_000, gapCents: -150_000, gapHundredths: -500 };
    const inKind = { budgetCents: 300_000, actualCents: 300_000, gapCents: 0, gapHundredths: 0 };
    expect(gap).toEqual({ charges: total, products: total, inKind });
  });

  it('are refused with all their faults at once, each with its field', async () => {
    const { person, financial: id } = await beneficiary('2021-12-31');
    const [purchases, ...others] = financial.charges;
    const charges = [{ ...purchases, account: '70' }, ...others.slice(0, 1)];
    const answer = await person.post<{ faults: { field: string; code: string }[] }>(`/api/reports/${id}/submit`, {
      ...financial,
      charges,
    });
    expectRefused(answer, 422, 'ReportIncomplete');
    expect(answer.body.faults.map(({ field, code }) => [field, code])).toEqual([
      ['charges[0].account', 'AccountUnknown'],
      ['charges', 'InKindNotBalanced'],
    ]);
  });

  it('are given more time, or asked for no more', async () => {
    const { person, activity: first, financial: second } = await beneficiary('2020-12-31');
    const reason = 'Congé de maternité de la coordinatrice.';
    accepted(await act(cast.ars.admin, second, 'extend', { dueOn: '2021-09-30', reason }));
    accepted(await act(cast.ars.admin, first, 'waive', { reason: 'Le projet a été abandonné.' }));
    expect(await owed(person)).toMatchObject([
      { id: second, dueOn: '2021-09-30', status: 'expected' },
      { id: first, status: 'waived' },
    ]);
    expectRefused(
      await act(cast.ars.admin, second, 'extend', { dueOn: '2021-09-30', reason }),
      409,
      'NotLater',
      'Ce bilan est déjà dû le 30 septembre 2021 : choisissez une date ultérieure.',
    );
  });

  it('that are overdue keep their beneficiary from submitting elsewhere until they are handed in', async () => {
    const { person, organisation, activity: first, financial: second } = await beneficiary('2020-12-31');
    accepted(await act(person, first, 'submit', activity));
    const file = await ready(person, nextCall, organisation);
    const tries = (): Promise<{ faults: { code: string }[] }> =>
      person.post<{ faults: { code: string }[] }>(`/api/applications/${file}/dry-run`).then(accepted);
    world.clock.set('2021-06-30T21:59:59Z');
    expect((await tries()).faults).toEqual([]);
    expect(await owed(person, '?overdue=true')).toEqual([]);
    world.clock.set('2021-06-30T22:00:00Z');
    expect(await owed(cast.ars.officer, `?overdue=true&organisation=${organisation}`)).toMatchObject([
      { id: second, overdue: true },
    ]);
    const said = 'Un bilan est en retard : le compte rendu financier dû le 30 juin 2021. Remettez-le avant de déposer.';
    expect((await tries()).faults).toEqual([{ field: 'reports', code: 'ReportOverdue', message: said }]);
    expectRefused(await submit(person, file), 409, 'ReportOverdue', said);
    accepted(await act(person, second, 'submit', financial));
    accepted(await submit(person, file));
    accepted(await act(cast.ars.officer, second, 'return', { comments: 'Joignez le détail.', dueOn: '2021-07-10' }));
    world.clock.set('2021-07-11T08:00:00Z');
    expectRefused(await person.post(`/api/applications/${file}/replace`), 409, 'ReportOverdue');
  });

  it('are listed for who owes or reads them, as CSV too, and exist for nobody else', async () => {
    const { person, organisation, activity: id } = await beneficiary('2021-12-31');
    const { person: other } = await beneficiary('2021-12-31');
    accepted(await act(person, id, 'submit', activity));
    const auditor = await world.person('Aude Auditrice', ['auditor', 'everywhere']);
    for (const reader of [person, cast.ars.officer, cast.ars.signatory, cast.dreets.admin, auditor]) {
      expect((await owed(reader, `?organisation=${organisation}`)).map(({ kind }) => kind)).toEqual([
        'activity',
        'financial',
      ]);
      expect(await owed(reader, `?organisation=${organisation}&call=${call}&status=submitted`)).toMatchObject([{ id }]);
      expect((await read(reader, id)).contents?.text).toBe(activity.text);
    }
    for (const stranger of [other, cast.caf]) {
      expect(await owed(stranger, `?organisation=${organisation}`)).toEqual([]);
      expectRefused(await stranger.get(`/api/reports/${id}`), 404, 'ReportUnknown', "Ce bilan n'existe pas.");
    }
    expectRefused(await act(other, id, 'submit', activity), 404, 'ReportUnknown', "Ce bilan n'existe pas.");
    expectRefused(await act(other, 'constructor', 'submit', activity), 404, 'ReportUnknown');
    expectRefused(await act(cast.ars.signatory, id, 'accept'), 403, 'NotAllowed');
    expectRefused(await world.anonymous.get(`/api/reports/${id}`), 401, 'NotSignedIn');
    const csv = await person.get(`/api/reports?status=submitted`, { accept: 'text/csv' });
    expect(csv.text.split('\n')).toEqual([
      'id,kind,kindSaid,call,application,organisation,organisationName,status,dueOn,overdue,versions,submittedAt,changedAt,budgetCents,actualCents,gapCents,gapHundredths',
      expect.stringContaining(`${organisation},Association n°`),
      '',
    ]);
  });

  it('are answered as the document says, whoever reads them in whatever state', async () => {
    const { person, activity: first, financial: second } = await beneficiary('2021-12-31');
    const documented = new Documented(accepted(await world.anonymous.get<OpenAPIObject>('/api/openapi.json')));
    const faultsOf = async (path: string, at: string) => documented.faultsOf('GET', path, await person.get(at));
    for (const step of [
      () => Promise.resolve(),
      () => act(person, first, 'submit', activity).then(accepted),
      () => act(person, second, 'submit', financial).then(accepted),
      () => act(cast.ars.officer, first, 'return', { comments: 'À préciser.', dueOn: '2021-07-31' }).then(accepted),
    ]) {
      await step();
      expect(await faultsOf('/api/reports', '/api/reports')).toEqual([]);
      for (const id of [first, second]) {
        expect(await faultsOf('/api/reports/{id}', `/api/reports/${id}`)).toEqual([]);
      }
    }
  });

  it('lose their words and keep their figures once the contents of the file are forgotten', async () => {
    const { person, organisation, activity: id } = await beneficiary('2021-12-31');
    const file = applicationId(call, organisation, 1);
    await happened(world, `application-${file}`, { type: 'ApplicationStarted', call, organisation, number: 1 });
    accepted(await act(person, id, 'submit', activity));
    accepted(await person.post(`/api/applications/${file}/forget-contents`, { reason: 'À la demande du porteur.' }));
    await until(async () => ((await read(person, id)).contents === null ? true : undefined), 'the erasure');
    expect(await read(cast.ars.officer, id)).toMatchObject({
      contents: null,
      forgotten: true,
      indicators: [{ target: 2000, actual: 1500 }],
    });
  });

  it('are expected once, however often the service starts', async () => {
    const { person, organisation } = await beneficiary('2021-12-31');
    await world.restart();
    await world.ready();
    const client = world.as(person);
    await conclude(applicationId(call, organisation, 2), organisation, '2021-12-31');
    await until(async () => ((await owed(client)).length === 4 ? true : undefined), 'the reports of the next file');
    const { store } = world.server.service;
    expect((await store.readStream(`reports-${organisation}`)).map(({ type }) => type)).toEqual([
      'ReportExpected',
      'ReportExpected',
      'ReportExpected',
      'ReportExpected',
    ]);
  });
});
