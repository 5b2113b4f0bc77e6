import { accepted } from '#client/client.js';
import type { Filed, Scene } from './scene.js';
import type { Actor } from './theatre.js';

export interface Members {
  readonly caf: Actor;
  readonly cpam: Actor;
  readonly users: Actor;
  readonly county: Actor;
  readonly substitute: Actor;
  readonly advisor: Actor;
}

async function appoint({ theatre, timeline, leads, call }: Scene): Promise<Members> {
  const register = (name: string, mail: string) => theatre.register(name, `${mail}@commission.example`);
  const members: Members = {
    caf: await register('Claire Membre', 'caf'),
    cpam: await register('Paul Membre', 'cpam'),
    users: await register('Ulla Usagère', 'usagers'),
    county: await register('Didier Membre', 'departement'),
    substitute: await register('Simone Suppléante', 'suppleante'),
    advisor: await register('Félix Conseil', 'federation'),
  };
  const appointed = [
    [leads.ars.director, 'ARS Pays de la Loire', true],
    [leads.dreets.director, 'DREETS Pays de la Loire', true],
    [members.caf, 'CAF de Loire-Atlantique', false, members.substitute],
    [members.cpam, 'CPAM de la Vendée', false],
    [members.users, 'représentants des usagers', false],
    [members.county, 'Conseil départemental de la Mayenne', false],
    [members.advisor, 'fédération des acteurs de la solidarité', false],
  ] as const;
  for (const [person, sitsFor, chair, substitute] of appointed) {
    accepted(
      await leads.ars.admin.post(`/api/calls/${call}/appoint-member`, {
        person: person.id,
        sitsFor,
        voice: person === members.advisor ? 'consultative' : 'voting',
        chair,
        ...(substitute && { substitute: substitute.id }),
      }),
    );
  }
  timeline.tell(
    leads.ars.admin.name,
    'nomme la commission : deux coprésidents, quatre membres à voix délibérative, une suppléante, une voix consultative',
  );
  return members;
}

/** The commission, and the session it is convened to. */
export interface Sitting {
  readonly members: Members;
  /** They, the chairs aside. */
  readonly people: readonly Actor[];
  readonly session: string;
  readonly agenda: readonly string[];
  /** The file of which one of them is recused. */
  readonly recusedOn: string;
}

const DOCUMENTS = ["Rapports d'instruction"];
export const PLACE = 'Nantes, salle Loire';

/** Members, their interests but for one of them, and the convocation for the date of the schedule. */
export async function convene(scene: Scene, files: readonly Filed[]): Promise<Sitting> {
  const { theatre, timeline, leads, call } = scene;
  const { admin, director: ars } = leads.ars;
  await theatre.at('2021-09-16 15:00');
  const members = await appoint(scene);
  const people = Object.values(members) as Actor[];
  const recusedOn = files[0]?.file ?? '';
  for (const member of [ars, leads.dreets.director, ...people]) {
    if (member === members.county) continue;
    const conflicts = member === members.caf ? [{ application: recusedOn, nature: 'financial' }] : [];
    accepted(await member.post(`/api/calls/${call}/declare-member-interests`, { conflicts }));
  }
  timeline.tell('7 personnes', `déclarent leurs intérêts ; ${members.caf.name} en a un sur un dossier`);
  const agenda = files.map(({ file }) => file);
  const planned = { startsAt: '2021-09-30T09:30:00+02:00', place: PLACE };
  const { id: session } = accepted(await admin.post<{ id: string }>(`/api/calls/${call}/plan-session`, planned));
  accepted(await admin.post(`/api/calls/${call}/sessions/${session}/convene`, { agenda, documents: DOCUMENTS }));
  timeline.tell(admin.name, `convoque la commission du 30 septembre sur ${agenda.length} dossiers`);
  return { members, people, session, agenda, recusedOn };
}

/** The one who was reminded of their interests; then the convocation for the date that the shift set. */
export async function conveneAgain(scene: Scene, { members, session, agenda }: Sitting): Promise<void> {
  const { theatre, timeline, leads, call } = scene;
  const { county } = members;
  await theatre.at('2021-09-22 10:00');
  accepted(await county.post(`/api/calls/${call}/declare-member-interests`, { conflicts: [] }));
  timeline.tell(county.name, 'déclare ses intérêts, une fois rappelé');
  await theatre.at('2021-09-23 15:00');
  const convocation = { agenda, documents: DOCUMENTS };
  accepted(await leads.ars.admin.post(`/api/calls/${call}/sessions/${session}/convene`, convocation));
  timeline.tell(leads.ars.admin.name, `convoque de nouveau, pour le 5 octobre : le délai entier recommence`);
}
