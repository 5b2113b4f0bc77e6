import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accepted } from '#client/client.js';
import { applicant, onceReminded, ready, submit } from './applicants.js';
import { expectRefused } from './refusals.js';
import { type Cast, castOf, publishedCall } from './stage.js';
import { type Person, until, World } from './world.js';

interface Reminder {
  readonly name: string;
  readonly kind: string;
  readonly at: string;
  readonly dueAt: string;
  readonly status: string;
  readonly lapsed: string | null;
  readonly why: string;
  readonly people: number;
  readonly delivered: number;
}
interface Own {
  readonly due: readonly { kind: string; dueAt: string; files: string[]; next: { name: string; at: string }[] }[];
  readonly sent: readonly { name: string; kind: string }[];
}

let world: World;
let cast: Cast;
let call: string;
let busy: { person: Person; organisation: string };
let early: { person: Person; organisation: string };
let file: string;
beforeAll(async () => {
  world = await World.open('2021-05-12T08:00:00Z');
  cast = await castOf(world);
  call = await publishedCall(world, cast);
  world.clock.set('2021-06-20T08:00:00Z');
  busy = await applicant(world, cast, 1);
  early = await applicant(world, cast, 2);
  file = await ready(busy.person, call, busy.organisation);
  accepted(await submit(early.person, await ready(early.person, call, early.organisation)));
});
afterAll(() => world.close());

const reminders = async (kind = 'submission'): Promise<Reminder[]> =>
  accepted(await cast.ars.officer.get<{ items: Reminder[] }>(`/api/calls/${call}/reminders`)).items.filter(
    (each) => each.kind === kind,
  );
const told = (rounds: readonly Reminder[]): string[] =>
  rounds.map(({ name, at, status }) => `${name} ${at.slice(0, 10)} ${status}`);
const own = async ({ person }: { person: Person }): Promise<Own> =>
  accepted(await person.get<Own>('/api/people/me/reminders'));
const SUBJECT = /^Subject: Rappel : dépôt du dossier/m;

describe('the reminders of a call', () => {
  it('are known beforehand, to those who lead it and to those concerned', async () => {
    expect(told(await reminders())).toEqual([
      'J-15 2021-07-29 planned',
      'J-7 2021-08-06 planned',
      'J-2 2021-08-11 planned',
      'H-4 2021-08-13 planned',
    ]);
    expect((await own(busy)).due).toMatchObject([
      { kind: 'submission', dueAt: '2021-08-13T14:00:00Z', files: [file], next: [{ name: 'J-15' }, {}, {}, {}] },
    ]);
    expect((await own(early)).due).toEqual([]);
    expectRefused(await busy.person.get(`/api/calls/${call}/reminders`), 403, 'NotAllowed');
  });

  it('go out once to those who have not done it, on their day, and say which file', async () => {
    world.clock.set('2021-07-29T07:00:00Z');
    const [message = '', ...others] = await world.messages('Rappel : dépôt du dossier');
    expect(others).toEqual([]);
    expect(message).toMatch(SUBJECT);
    expect(message).toContain("C'est à faire avant le 13 août 2021 à 16 h 00 (heure de Paris).");
    expect(message).toContain(`/api/applications/${file}`);
    await until(async () => ((await reminders())[0]?.delivered === 1 ? true : undefined), 'its delivery');
    expect((await reminders())[0]).toMatchObject({ name: 'J-15', status: 'opened', people: 1, delivered: 1 });
    expect((await own(busy)).sent).toMatchObject([{ name: 'J-15', kind: 'submission' }]);
  });

  it('go out again on the next day of theirs', async () => {
    world.clock.set('2021-08-06T07:00:00Z');
    expect(await world.messages('Rappel : dépôt du dossier', 2)).toHaveLength(2);
  });

  it('follow the date that moves: those to come go out before the new one', async () => {
    const moved = { kind: 'submissionDeadline', at: '2021-08-27T16:00:00+02:00' };
    const reason = "L'été laisse trop peu de temps aux associations.";
    accepted(
      await cast.ars.admin.post(`/api/calls/${call}/propose-shift`, {
        institution: 'ARS-PDL',
        changes: [moved],
        reason,
      }),
    );
    accepted(
      await cast.dreets.signatory.post(`/api/calls/${call}/agree-to-shift`, { institution: 'DREETS-PDL', proposal: 1 }),
    );
    expect(told(await reminders())).toEqual([
      'J-15 2021-07-29 opened',
      'J-7 2021-08-06 opened',
      'J-15 2021-08-12 planned',
      'J-7 2021-08-20 planned',
      'J-2 2021-08-25 planned',
      'H-4 2021-08-27 planned',
    ]);
    const board = accepted(await cast.ars.officer.get<{ items: object[] }>(`/api/calls/${call}/deadlines`));
    expect(board.items).toContainEqual(
      expect.objectContaining({
        kind: 'submission',
        label: 'dépôt du dossier',
        dueAt: '2021-08-27T14:00:00Z',
        dueSaid: '27 août 2021 à 16 h 00 (heure de Paris)',
        moves: 1,
        remaining: 1,
        notStarted: 0,
        risk: 'low',
        nextReminderAt: '2021-08-12T07:00:00Z',
      }),
    );
  });

  it('reach who starts late at once, with the latest that is past', async () => {
    world.clock.set('2021-08-12T07:00:00Z');
    await world.messages('Rappel : dépôt du dossier', 3);
    world.clock.set('2021-08-20T07:00:00Z');
    await world.messages('Rappel : dépôt du dossier', 4);
    world.clock.set('2021-08-23T08:00:00Z');
    const late = await applicant(world, cast, 3);
    const started = await ready(late.person, call, late.organisation);
    const messages = await world.messages('Rappel : dépôt du dossier', 5);
    expect(messages.filter((text) => text.includes(started))).toHaveLength(1);
    expect((await own(late)).sent).toMatchObject([{ name: 'J-7' }]);
    accepted(await submit(late.person, started));
    expect((await own(late)).due).toEqual([]);
  });

  it('come to one message for somebody who holds several files', async () => {
    const director = await world.person('Dounia Directrice');
    const email = 'dounia.directrice@example.org';
    const { person: first, organisation } = await applicant(world, cast, 4);
    const second = await applicant(world, cast, 5);
    for (const [owner, of] of [
      [first, organisation],
      [second.person, second.organisation],
    ] as const) {
      accepted(
        await owner.post(`/api/organisations/${of}/invite-colleague`, {
          name: 'Dounia Directrice',
          email,
          power: 'submit',
        }),
      );
      accepted(await director.post(`/api/organisations/${of}/join`));
      await ready(owner, call, of);
    }
    world.clock.set('2021-08-25T07:00:00Z');
    await until(
      async () => ((await own({ person: director })).sent.some(({ name }) => name === 'J-2') ? true : undefined),
      'the reminder of the director',
    );
    const sent = await until(async () => {
      const found = await world.messages('Rappel : dépôt du dossier', 1);
      const hers = found.filter(
        (text) => text.includes('Dounia Directrice') && text.split('/api/applications/').length === 3,
      );
      return hers.length > 0 ? hers : undefined;
    }, 'one message with both files');
    expect(sent).toHaveLength(1);
  });

  it('reach the partners with whom a draft is shared, and say which file', async () => {
    const [owner, partner] = [await applicant(world, cast, 6), await applicant(world, cast, 7)];
    const draft = await ready(owner.person, call, owner.organisation);
    accepted(await owner.person.post(`/api/applications/${draft}/share`, { organisation: partner.organisation }));
    expect((await own(partner)).due).toMatchObject([{ kind: 'submission', files: [draft] }]);
    world.clock.set('2021-08-27T10:00:00Z');
    await until(
      async () => ((await own(partner)).sent.some(({ name }) => name === 'H-4') ? true : undefined),
      'the reminder of the partner',
    );
    await until(async () => {
      const found = await world.messages('Rappel : dépôt du dossier');
      return found.some((text) => text.includes('To: Porteur h ') && text.includes(draft)) || undefined;
    }, 'the message to the partner');
  });

  it('are set by the call; a policy that comes late writes to nobody about the past', async () => {
    const step = { to: 'responsible', channel: 'mail' };
    const set = (body: object) => cast.ars.admin.post(`/api/calls/${call}/set-reminder-policy`, body);
    expectRefused(
      await set({ kinds: [{ kind: 'submission', steps: [{ ...step, days: -1, hours: -1 }] }] }),
      422,
      'ReminderStepInvalid',
    );
    expectRefused(await busy.person.post(`/api/calls/${call}/set-reminder-policy`, { kinds: [] }), 403, 'NotAllowed');
    accepted(
      await set({
        kinds: [
          {
            kind: 'submission',
            steps: [
              { ...step, days: -10 },
              { ...step, days: -1 },
            ],
          },
        ],
      }),
    );
    const policy = accepted(
      await cast.ars.officer.get<{ kinds: { kind: string; own: boolean; steps: object[] }[] }>(
        `/api/calls/${call}/reminder-policy`,
      ),
    );
    expect(policy.kinds.find(({ kind }) => kind === 'submission')).toMatchObject({
      own: true,
      steps: [{ days: -10 }, { days: -1 }],
    });
    await until(
      async () =>
        (await reminders()).some(
          ({ name, status, lapsed }) => name === 'J-10' && status === 'lapsed' && lapsed === 'policy-set-later',
        )
          ? true
          : undefined,
      'the step of the past to lapse',
    );
    expect((await reminders()).find(({ name }) => name === 'J-10')?.why).toBe(
      "Abandonné : la règle de rappel a été fixée après l'instant prévu.",
    );
  });

  it('end with the call', async () => {
    for (const [person, institution] of [
      [cast.ars.signatory, 'ARS-PDL'],
      [cast.dreets.signatory, 'DREETS-PDL'],
    ] as const)
      accepted(await person.post(`/api/calls/${call}/cancel`, { institution, reason: 'Les crédits ont été gelés.' }));
    expect((await reminders()).filter(({ status }) => status === 'planned')).toEqual([]);
    expect((await own(busy)).due).toEqual([]);
  });
});

describe('a restart', () => {
  it('sends nothing again, and what fell due meanwhile once', async () => {
    const other = await World.open('2021-05-12T08:00:00Z');
    try {
      const { people, id } = await onceReminded(other);
      await other.restart(() => Promise.resolve(other.clock.set('2021-08-06T09:00:00Z')));
      await other.ready();
      await other.messages('Rappel : dépôt du dossier', 2);
      await other.restart();
      await other.ready();
      const officer = other.as(people.ars.officer);
      const { items } = accepted(await officer.get<{ items: Reminder[] }>(`/api/calls/${id}/reminders`));
      expect(told(items.filter(({ kind }) => kind === 'submission')).slice(0, 2)).toEqual([
        'J-15 2021-07-29 opened',
        'J-7 2021-08-06 opened',
      ]);
      expect(await other.messages('Rappel : dépôt du dossier', 2)).toHaveLength(2);
    } finally {
      await other.close();
    }
  });
});
