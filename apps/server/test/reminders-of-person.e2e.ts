import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accepted, type Client } from '#client/client.js';
import { applicationId, reportId } from '#commands/ids.js';
import { applicant, ready } from './applicants.js';
import { happened } from './happened.js';
import { expectRefused } from './refusals.js';
import { type Cast, castOf, publishedCall, schedule } from './stage.js';
import { type Person, until, World } from './world.js';

interface Reminder {
  readonly name: string;
  readonly kind: string;
  readonly about: string | null;
  readonly audience: string;
  readonly status: string;
  readonly at: string;
  readonly files: readonly string[];
  readonly why: string;
}
interface Own {
  readonly due: readonly { kind: string; call: string }[];
  readonly sent: readonly { kind: string; call: string; name: string }[];
}

let world: World;
let cast: Cast;
let person: Person;
let calls: [one: string, other: string];
let files: [one: string, other: string];
beforeAll(async () => {
  world = await World.open('2021-05-12T08:00:00Z');
  cast = await castOf(world);
  const reportsDue = { kind: 'reportsDue', at: '2021-12-15T12:00:00+01:00' };
  const calling = async (): Promise<string> => {
    world.clock.set('2021-05-12T08:00:00Z');
    return publishedCall(world, cast, { schedule: { milestones: [...schedule.milestones, reportsDue] } });
  };
  calls = [await calling(), await calling()];
  world.clock.set('2021-06-20T08:00:00Z');
  const own = await applicant(world, cast, 1);
  person = own.person;
  const { organisation } = own;
  files = [applicationId(calls[0], organisation, 1), applicationId(calls[1], organisation, 1)];
  for (const [index, call] of calls.entries())
    await happened(world, `agreement-${files[index]}`, {
      type: 'AgreementConcluded',
      ...{ call, organisation, concludedOn: '2021-06-20', amountCents: 2_000_000 },
      ...{ endsOn: '2022-12-31', publishBefore: '2021-09-20' },
    });
  for (const call of calls)
    await until(async () => {
      const found = await reminders(cast.ars.admin, call);
      return new Set(found.map(({ about }) => about)).size === 2 || undefined;
    }, 'the two reports of a file');
  const draft = await applicant(world, cast, 2);
  accepted(
    await draft.person.post(`/api/organisations/${draft.organisation}/invite-colleague`, {
      ...{ name: 'Porteur b', email: 'porteur.b@example.org', power: 'submit' },
    }),
  );
  accepted(await person.post(`/api/organisations/${draft.organisation}/join`));
  await ready(draft.person, calls[0], draft.organisation);
});
afterAll(() => world.close());

const address = (call: string, { id }: { id: string } = person): string => `/api/calls/${call}/people/${id}/reminders`;
const reminders = async (who: Client, call = calls[0], of: { id: string } = person): Promise<Reminder[]> =>
  accepted(await who.get<{ items: Reminder[] }>(address(call, of))).items;
const told = (items: readonly Reminder[]): string[] =>
  items.map(({ kind, name, at, status }) => `${kind} ${name} ${at.slice(0, 10)} ${status}`);

describe('the reminders of a call to one person', () => {
  it('say nothing of drafts, which only their own side knows of', async () => {
    world.clock.set('2021-07-29T07:00:00Z');
    const own = await until(async () => {
      const found = accepted(await person.get<Own>('/api/people/me/reminders'));
      return found.sent.length > 0 ? found : undefined;
    }, 'the reminder of the draft');
    expect(own.sent).toMatchObject([{ kind: 'submission', name: 'J-15', call: calls[0] }]);
    expect(own.due.map(({ kind, call }) => [kind, call])).toContainEqual(['submission', calls[0]]);
    expect((await reminders(cast.ars.admin)).filter(({ kind }) => kind === 'submission')).toEqual([]);
  });

  it('are those of that call, never of another', async () => {
    for (const index of [0, 1] as const) {
      const found = await reminders(cast.ars.admin, calls[index]);
      expect(new Set(found.flatMap((each) => each.files))).toEqual(new Set([files[index]]));
      const abouts = (['activity', 'financial'] as const).map((kind) => reportId(files[index], kind));
      expect(new Set(found.map(({ about }) => about))).toEqual(new Set(abouts));
    }
  });

  it('are read by an administrator of a lead: what was sent, what will be, and why', async () => {
    const { admin } = cast.ars;
    const report = reportId(files[0], 'activity');
    const ofReport = (items: readonly Reminder[]) => items.filter(({ about }) => about === report);
    expect(told(ofReport(await reminders(admin)))).toEqual([
      'reports J-30 2021-11-15 planned',
      'reports J-7 2021-12-08 planned',
      'reports J+1 2021-12-16 planned',
      'reports J+15 2021-12-30 planned',
    ]);
    world.clock.set('2021-11-15T08:00:00Z');
    const sent = await until(async () => {
      const found = (await reminders(admin)).filter(({ status }) => status === 'delivered');
      return found.length > 0 ? found : undefined;
    }, 'its first reminder');
    expect(sent).toMatchObject([
      {
        ...{ name: 'J-30', kind: 'reports', at: '2021-11-15T08:00:00Z', files: [] },
        why: 'J-30 de « bilans à remettre », à faire avant le 15 décembre 2021 à 23 h 59 min 59 s (heure de Paris).',
      },
    ]);
    const left = await reminders(cast.dreets.admin);
    expect(left.slice(1).every(({ status }) => status === 'planned')).toBe(true);
    expect(new Set(left.slice(1).flatMap((each) => each.files))).toEqual(new Set([files[0]]));
  });

  it('are those that escalate to them too', async () => {
    const officer = await reminders(cast.ars.admin, calls[0], cast.ars.officer);
    const late = 'les agents instructeurs et administrateurs des autorités pilotes';
    const report = reportId(files[0], 'financial');
    expect(officer.filter(({ about }) => about === report)).toMatchObject([
      { name: 'J+8', kind: 'reports', audience: late, status: 'planned', files: [] },
    ]);
  });

  it('are not those of a file on which whoever asks has a conflict', async () => {
    const admin = await world.person('Conrad Encausé', ['administrator', 'institution', 'DREETS-PDL']);
    expect(await reminders(admin)).not.toEqual([]);
    await happened(world, `reviewer-${calls[0]}-${admin.id}`, {
      type: 'ConflictConfirmed',
      ...{ person: admin.id, call: calls[0], because: 'Oui.' },
      conflict: { application: files[0], nature: 'family' },
    });
    expect(await reminders(admin)).toEqual([]);
    expect(await reminders(admin, calls[1])).not.toEqual([]);
  });

  it('are refused to everybody else, and none for somebody whom the call concerns in nothing', async () => {
    const sentence = "Seuls les administrateurs d'une autorité pilote lisent les rappels d'une personne.";
    for (const who of [cast.ars.officer, cast.ars.signatory, cast.caf, person, world.operator])
      expectRefused(await who.get(address(calls[0])), 403, 'NotAllowed', sentence);
    const away = await world.person('Ailleurs Administratrice', ['administrator', 'institution', 'CAF-44']);
    expectRefused(await away.get(address(calls[0])), 403, 'NotAllowed', sentence);
    expect((await cast.ars.admin.get(address('00000000-0000-4000-8000-00000000c0de'))).status).toBe(404);
    expect(await reminders(cast.ars.admin, calls[0], away)).toEqual([]);
    expect(await reminders(cast.ars.admin, calls[0], { id: '00000000-0000-4000-8000-00000000c0de' })).toEqual([]);
  });
});
