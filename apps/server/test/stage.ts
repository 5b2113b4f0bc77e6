import { accepted } from '#client/client.js';
import type { Person, World } from './world.js';

/** The people of the joint call of the tests: each lead has an administrator and a signatory. */
export interface Cast {
  readonly ars: { admin: Person; signatory: Person; officer: Person };
  readonly dreets: { admin: Person; signatory: Person };
  readonly caf: Person;
}

export async function castOf(world: World): Promise<Cast> {
  await world.institution('ARS-PDL', 'Agence régionale de santé Pays de la Loire', 'ARS');
  await world.institution(
    'DREETS-PDL',
    "Direction régionale de l'économie, de l'emploi, du travail et des solidarités",
    'DREETS',
  );
  await world.institution('CAF-44', 'CAF de Loire-Atlantique', 'CAF', '44');
  await world.institution('CD-44', 'Conseil départemental de Loire-Atlantique', 'CD', '44');
  return {
    ars: {
      admin: await world.person('Alix Administratrice', ['administrator', 'institution', 'ARS-PDL']),
      signatory: await world.person('Sacha Signataire', ['signatory', 'institution', 'ARS-PDL']),
      officer: await world.person('Inès Instructrice', ['case-officer', 'institution', 'ARS-PDL']),
    },
    dreets: {
      admin: await world.person('Denis Administrateur', ['administrator', 'institution', 'DREETS-PDL']),
      signatory: await world.person('Dora Signataire', ['signatory', 'institution', 'DREETS-PDL']),
    },
    caf: await world.person('Célia Partenaire', ['partner', 'institution', 'CAF-44']),
  };
}

export const heading = {
  title: 'Appel à projets commun ARS/DREETS – 1000 premiers jours',
  kind: 'AAP',
  regime: 'SUBVENTION',
  leads: ['ARS-PDL', 'DREETS-PDL'],
  territory: { region: '52' },
  themes: ['1000 premiers jours', 'soutien à la parentalité'],
  publics: ['familles'],
  frameworks: ['PRS 2018-2022'],
};

export const specifications = {
  purpose: 'Soutenir les familles pendant les mille premiers jours.',
  ceilingCents: 3_000_000,
  maxRatePercent: 80,
  compulsoryDocuments: [{ code: 'statuts', label: 'Statuts' }],
  filesPerApplicant: 1,
  sealing: 'until-closed',
  individualExtensions: false,
  reopenAfterUnsealing: false,
};

export const criteria = [
  {
    code: 'pertinence',
    label: 'Pertinence',
    weight: 60,
    scale: { min: 0, max: 5, anchors: [] },
    commentRequired: true,
  },
  {
    code: 'partenariat',
    label: 'Partenariat',
    weight: 40,
    scale: { min: 0, max: 5, anchors: [] },
    commentRequired: false,
  },
];

export const schedule = {
  milestones: [
    { kind: 'publication', at: '2021-06-14T09:00:00+02:00' },
    { kind: 'submissionDeadline', at: '2021-08-13T16:00:00+02:00' },
    { kind: 'commission', at: '2021-09-30T09:30:00+02:00' },
    { kind: 'convocationSent', rule: { relativeTo: 'commission', days: -15 } },
  ],
};

export const envelopes = {
  subjectToFunds: false,
  lines: [
    { funder: 'ARS-PDL', programme: 'FIR', year: 2021, amountCents: 10_000_000 },
    { funder: 'DREETS-PDL', programme: 'BOP 304', year: 2021, amountCents: 10_000_000 },
  ],
};

/** A call whose letter of intent both leads have signed. */
export async function preparing({ ars, dreets }: Cast, changes: object = {}): Promise<string> {
  const { id } = accepted(await ars.admin.post<{ id: string }>('/api/calls', { ...heading, ...changes }));
  accepted(await ars.signatory.post(`/api/calls/${id}/sign-letter-of-intent`, { institution: 'ARS-PDL' }));
  accepted(await dreets.signatory.post(`/api/calls/${id}/sign-letter-of-intent`, { institution: 'DREETS-PDL' }));
  return id;
}

/** Everything that publication asks for, but the approvals. */
export async function prepared(
  cast: Cast,
  changes: { specifications?: object; schedule?: object } = {},
): Promise<string> {
  const id = await preparing(cast);
  const { admin } = cast.ars;
  const set = async (what: string, body: object) =>
    accepted(await admin.edit(`/api/calls/${id}`, `/api/calls/${id}/set-${what}`, body));
  await set('specifications', { ...specifications, ...changes.specifications });
  await set('rubric', { criteria });
  await set('schedule', { ...schedule, ...changes.schedule });
  await set('envelopes', envelopes);
  return id;
}

export async function approve({ ars, dreets }: Cast, id: string): Promise<void> {
  accepted(await ars.signatory.edit(`/api/calls/${id}`, `/api/calls/${id}/approve`, { institution: 'ARS-PDL' }));
  accepted(await dreets.signatory.edit(`/api/calls/${id}`, `/api/calls/${id}/approve`, { institution: 'DREETS-PDL' }));
}

/** Published on 14 June 2021 at 9 o'clock, open until 13 August at 16 o'clock. */
export async function publishedCall(
  world: World,
  cast: Cast,
  changes: { specifications?: object; schedule?: object } = {},
): Promise<string> {
  const id = await prepared(cast, changes);
  await approve(cast, id);
  world.clock.set('2021-06-14T07:00:00Z');
  accepted(await cast.ars.admin.post(`/api/calls/${id}/publish`));
  return id;
}

/** A call as its administrator sees it. */
export interface CallShown {
  status: string;
  heading: { title: string };
  schedule?: { milestones: { kind: string; at: string; said: string }[] };
  notices: string[];
  preparation?: {
    signed: string[];
    approved: string[];
    partners: { institution: string; answer?: string }[];
    pending?: { proposal: number };
  };
}

export const shown = async ({ ars }: Cast, id: string): Promise<CallShown> =>
  accepted(await ars.admin.get<CallShown>(`/api/calls/${id}`));
