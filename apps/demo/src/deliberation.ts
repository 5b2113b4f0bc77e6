import { accepted } from '#client/client.js';
import { euros } from '#domain/money.js';
import { type Members, PLACE, type Sitting } from './convening.js';
import { application } from './data.js';
import { refused } from './preparation.js';
import type { Reviewed } from './reviewing.js';
import type { Scene } from './scene.js';
import { short, table } from './table.js';
import type { Actor } from './theatre.js';

export interface Ranked extends Reviewed {
  readonly rank: number;
  readonly list: 'main' | 'reserve';
  readonly amountCents: number;
}

/** Half of what is asked for is taken off these ranks: the commission proposes less. */
const REDUCED_RANKS = [4, 9];
const ENVELOPES_CENTS = 30_000_000;

/** A first session without quorum; a second on the same agenda, with a recusal and a tie; the ranking, the minutes. */
export async function deliberate(scene: Scene, files: readonly Reviewed[], sitting: Sitting): Promise<Ranked[]> {
  const { theatre, timeline, leads, call } = scene;
  const { admin, officer, director: ars } = leads.ars;
  const { director: dreets } = leads.dreets;
  const { members, session: first, agenda, recusedOn } = sitting;
  const session = (id: string, act: string) => `/api/calls/${call}/sessions/${id}/${act}`;
  await theatre.at('2021-10-05 09:35');
  const absent = (people: readonly Actor[]) => people.map(({ id }) => ({ member: id, as: 'absent' }));
  accepted(
    await officer.post(session(first, 'record-attendance'), {
      attendance: [
        { member: ars.id, as: 'present' },
        { member: members.users.id, as: 'remote' },
        ...absent([dreets, members.caf, members.cpam, members.county, members.advisor]),
      ],
    }),
  );
  timeline.tell(ars.name, 'ouvre la séance…');
  timeline.detail(await refused(ars.post(session(first, 'open'))));
  accepted(await ars.post(session(first, 'adjourn')));
  timeline.tell(ars.name, 'ajourne la séance, faute de quorum');
  await theatre.at('2021-10-06 10:00');
  const planned = { startsAt: '2021-10-12T09:30:00+02:00', place: PLACE, reconvenes: first };
  const { id: second } = accepted(await admin.post<{ id: string }>(`/api/calls/${call}/plan-session`, planned));
  accepted(await admin.post(session(second, 'convene'), { agenda, documents: [], noQuorumRequired: true }));
  timeline.tell(admin.name, 'convoque à nouveau, même ordre du jour : aucun quorum ne sera exigé');
  await theatre.at('2021-10-12 09:30');
  accepted(
    await officer.post(session(second, 'record-attendance'), {
      attendance: [
        ...[ars, dreets, members.cpam].map(({ id }) => ({ member: id, as: 'present' })),
        { member: members.caf.id, as: 'present', withSubstitute: true },
        { member: members.users.id, as: 'represented', by: members.cpam.id },
        { member: members.county.id, as: 'remote' },
        { member: members.advisor.id, as: 'present' },
      ],
    }),
  );
  accepted(await ars.post(session(second, 'open')));
  timeline.tell(ars.name, 'ouvre la séance : 6 voix, dont un mandat ; le déport et la suppléance sont enregistrés');
  const [rejected, rejectedToo, tied] = files.toReversed() as [Reviewed, Reviewed, Reviewed];
  await vote(scene, second, files, members, { recusedOn, rejected: [rejected, rejectedToo], tied });
  return rank(
    scene,
    second,
    files.filter((file) => file !== rejected && file !== rejectedToo),
  );
}

interface Special {
  readonly recusedOn: string;
  readonly rejected: readonly Reviewed[];
  readonly tied: Reviewed;
}

async function vote(
  { timeline, leads, call }: Scene,
  session: string,
  files: readonly Reviewed[],
  members: Members,
  { recusedOn, rejected, tied }: Special,
): Promise<void> {
  const { officer, director: ars } = leads.ars;
  const { director: dreets } = leads.dreets;
  const at = (act: string) => `/api/calls/${call}/sessions/${session}/${act}`;
  timeline.tell(members.caf.name, 'veut voter sur le dossier dont elle doit se déporter…');
  timeline.detail(await refused(members.caf.post(at('cast-ballot'), { application: recusedOn, choice: 'for' })));
  for (const file of files) {
    const application = file.file;
    if (file === tied) continue;
    const totals = rejected.includes(file) ? { for: 1, against: 5, abstain: 0 } : { for: 5, against: 1, abstain: 0 };
    accepted(await officer.post(at('record-vote'), { application, totals }));
  }
  for (const [member, choice] of [
    [ars, 'for'],
    [dreets, 'for'],
    [members.caf, 'against'],
    [members.county, 'against'],
    [members.cpam, 'for'],
  ] as const)
    accepted(await member.post(at('cast-ballot'), { application: tied.file, choice }));
  accepted(
    await officer.post(at('record-vote'), {
      application: tied.file,
      ballots: [{ member: members.users.id, choice: 'against' }],
    }),
  );
  timeline.tell(officer.name, `enregistre les votes ; partage égal, 3 contre 3, sur ${tied.data.name}`);
  accepted(await ars.post(at('give-casting-vote'), { application: tied.file, favourable: true }));
  accepted(await dreets.post(at('give-casting-vote'), { application: tied.file, favourable: true }));
  timeline.tell('les deux coprésidents', 'départagent ensemble : avis favorable');
}

async function rank(scene: Scene, session: string, favourable: readonly Reviewed[]): Promise<Ranked[]> {
  const { theatre, timeline, leads, call } = scene;
  const { officer, director: ars } = leads.ars;
  const at = (act: string) => `/api/calls/${call}/sessions/${session}/${act}`;
  let leftCents = ENVELOPES_CENTS;
  let full = false;
  const ranking = favourable.map((file, index): Ranked => {
    const { requestedCents } = application(file.data, file.index);
    const amountCents = REDUCED_RANKS.includes(index + 1) ? Math.round(requestedCents * 0.9) : requestedCents;
    full ||= amountCents > leftCents;
    if (!full) leftCents -= amountCents;
    return { ...file, rank: index + 1, list: full ? 'reserve' : 'main', amountCents };
  });
  accepted(
    await ars.post(at('adopt-ranking'), {
      ranking: ranking.map(({ file, rank: place, list, amountCents }) => ({
        application: file,
        rank: place,
        list,
        amountCents,
      })),
    }),
  );
  interface Row {
    application: string;
    rank: number;
    list: string;
    amountCents: number;
  }
  const { items } = accepted(await officer.get<{ items: Row[] }>(`/api/calls/${call}/ranking?limit=200`));
  const sum = (list: string) =>
    items.filter((row) => row.list === list).reduce((total, { amountCents }) => total + amountCents, 0);
  const count = (list: string) => items.filter((row) => row.list === list).length;
  timeline.tell(
    ars.name,
    `fait adopter le classement : ${count('main')} retenus pour ${euros(sum('main'))} sur 300 000,00 €, ${count('reserve')} en liste complémentaire`,
  );
  const nameOf = (id: string) => short(ranking.find(({ file }) => file === id)?.data.name ?? '');
  timeline.detail(
    table(
      items
        .slice(0, 4)
        .map(({ application: id, rank: place, amountCents }) => [String(place), nameOf(id), euros(amountCents)]),
    ),
  );
  await theatre.at('2021-10-13 11:00');
  accepted(await officer.post(at('draft-minutes')));
  const { version } = accepted(await officer.get<{ version: number }>(at('minutes')));
  for (const chair of [ars, leads.dreets.director]) accepted(await chair.post(at('sign-minutes'), { version }));
  const { text } = accepted(await officer.get<{ text: string }>(`/api/calls/${call}/sessions/${session}/minutes`));
  timeline.tell('les deux coprésidents', 'signent le procès-verbal, tiré des faits :');
  timeline.detail(text.split('\n').slice(0, 8).join('\n'));
  return ranking;
}
