import { accepted, type Client } from '#client/client.js';
import { frenchMilestones, type MilestoneKind } from '#domain/schedule/milestones.js';
import { type CallData } from './data.js';
import { lettersSoFar, type Preview, showPreview, tellWhoKnows, withoutZone } from './moving.js';
import { table } from './table.js';
import type { Actor, Theatre } from './theatre.js';
import type { Timeline } from './timeline.js';

export interface Leads {
  readonly ars: { admin: Actor; director: Actor; officer: Actor };
  readonly dreets: { admin: Actor; director: Actor };
}

/** Says what the service answered when it refuses, as a person reads it. */
export async function refused(answer: Promise<{ status: number; body: unknown }>): Promise<string> {
  const { status, body } = await answer;
  const { detail, faults = [] } = body as { detail?: string; faults?: { field: string; message: string }[] };
  if (status < 400 || !detail) throw new Error(`Expected a refusal, got ${status}.`);
  return [`refusé : ${detail}`, ...faults.map(({ field, message }) => `  ${field} : ${message}`)].join('\n');
}

/** Institutions, and the people of the two leads: accounts opened by the operator, codes found in the mail. */
export async function install(theatre: Theatre, timeline: Timeline, data: CallData): Promise<Leads> {
  const operator = theatre.client(theatre.operatorToken);
  const kinds: Record<string, string> = { 'ARS-PDL': 'ARS', 'DREETS-PDL': 'DREETS' };
  for (const { code, name } of data.leads) {
    accepted(await operator.post('/api/institutions', { code, name, kind: kinds[code] ?? 'other' }));
  }
  for (const partner of data.partners) {
    accepted(
      await operator.post('/api/institutions', {
        code: codeOf(partner),
        name: partner.name,
        kind: codeOf(partner).split('-')[0],
        departement: partner.departement,
      }),
    );
  }
  timeline.tell(
    'exploitant',
    `enregistre ${data.leads.length} autorités pilotes et ${data.partners.length} partenaires`,
  );
  const staff = async (name: string, email: string, role: string, institution: string): Promise<Actor> => {
    const { id } = accepted(await operator.post<{ id: string }>('/api/people', { name, email }));
    accepted(
      await operator.post(`/api/people/${id}/grant-role`, { role, scope: { kind: 'institution', id: institution } }),
    );
    return theatre.signIn(name, email);
  };
  const [first, second] = data.referents;
  if (!first || !second) throw new Error('The call has two referents.');
  const leads = {
    ars: {
      admin: await staff(first.name, first.email, 'administrator', 'ARS-PDL'),
      director: await staff('Maxence Directeur', 'maxence.directeur@ars.example', 'signatory', 'ARS-PDL'),
      officer: await staff('Inès Instructrice', 'ines.instructrice@ars.example', 'case-officer', 'ARS-PDL'),
    },
    dreets: {
      admin: await staff(second.name, second.email, 'administrator', 'DREETS-PDL'),
      director: await staff('Gaëlle Directrice', 'gaelle.directrice@dreets.example', 'signatory', 'DREETS-PDL'),
    },
  };
  timeline.tell('exploitant', 'ouvre cinq comptes ; chacun se connecte avec le code reçu par message');
  return leads;
}

/** The letter of intent of 12 May 2021, signed by both; one signature opens nothing. */
export async function signLetter(
  theatre: Theatre,
  timeline: Timeline,
  data: CallData,
  { ars, dreets }: Leads,
): Promise<string> {
  const { title, kind, regime, region, themes, publics, frameworks } = data;
  const heading = {
    title,
    kind,
    regime,
    leads: data.leads.map(({ code }) => code),
    territory: { region },
    themes,
    publics,
    frameworks,
  };
  const { id } = accepted(await ars.admin.post<{ id: string }>('/api/calls', heading));
  timeline.tell(ars.admin.name, `rédige l'appel « ${title} »`);
  for (const [index, { lead, duty }] of data.referents.entries()) {
    const admin = index === 0 ? ars.admin : dreets.admin;
    accepted(await admin.post(`/api/calls/${id}/name-referent`, { institution: lead, person: admin.id, duty }));
    timeline.tell(admin.name, `référent ${lead} (${duty})`);
  }
  accepted(await ars.director.post(`/api/calls/${id}/sign-letter-of-intent`, { institution: 'ARS-PDL' }));
  timeline.tell(ars.director.name, "signe la lettre d'intention pour l'ARS");
  timeline.tell(ars.admin.name, 'veut déjà inviter la CAF de Loire-Atlantique…');
  timeline.detail(
    await refused(ars.admin.post(`/api/calls/${id}/invite-partner`, { partner: 'CAF-44', presence: 'expected' })),
  );
  await theatre.at('2021-05-12 11:30');
  accepted(await dreets.director.post(`/api/calls/${id}/sign-letter-of-intent`, { institution: 'DREETS-PDL' }));
  timeline.tell(dreets.director.name, "signe à son tour : la phase préparatoire s'ouvre");
  return id;
}

/** The national calendar, and the request to move it out of the summer: agreed by both leads and by who set it. */
export async function moveCalendar(
  theatre: Theatre,
  timeline: Timeline,
  data: CallData,
  leads: Leads,
  id: string,
): Promise<void> {
  const { ars, dreets } = leads;
  const paris = (local: string) => `${local}+02:00`;
  const { publication, submissionDeadline, commission } = data.schedule;
  const milestones = [
    { kind: 'publication', at: paris(publication) },
    { kind: 'submissionDeadline', at: paris(submissionDeadline) },
    { kind: 'questionsUntil', rule: { relativeTo: 'submissionDeadline', days: -8 } },
    { kind: 'answersBy', rule: { relativeTo: 'submissionDeadline', days: -3 } },
    { kind: 'reviewsDue', rule: { relativeTo: 'commission', days: -8 } },
    { kind: 'convocationSent', rule: { relativeTo: 'commission', days: -5 } },
    { kind: 'commission', at: paris(commission) },
    { kind: 'decision', rule: { relativeTo: 'commission', days: 15 } },
    { kind: 'agreementSigned', rule: { relativeTo: 'decision', days: 33, time: '18:00:00' } },
    { kind: 'projectStart', at: '2021-12-31T00:00:00+01:00' },
  ];
  const { requestedFrom, reason } = data.shift;
  accepted(
    await ars.admin.edit(`/api/calls/${id}`, `/api/calls/${id}/set-schedule`, { milestones, setBy: requestedFrom }),
  );
  timeline.tell(
    ars.admin.name,
    'enregistre le calendrier fixé nationalement : dépôt 15 juillet, commission 26 juillet',
  );
  const changes = [
    { kind: 'submissionDeadline', at: paris(data.shift.submissionDeadline) },
    { kind: 'commission', at: paris(data.shift.commission) },
  ];
  const before = lettersSoFar(theatre);
  const preview = accepted(await ars.admin.post<Preview>(`/api/calls/${id}/preview-shift`, { changes }));
  accepted(
    await ars.admin.post(`/api/calls/${id}/propose-shift`, { institution: 'ARS-PDL', changes, reason, requestedFrom }),
  );
  timeline.tell(ars.admin.name, 'propose le décalage et adresse la demande');
  timeline.detail(showPreview(preview));
  await theatre.at('2021-05-12 15:00');
  accepted(await dreets.admin.post(`/api/calls/${id}/agree-to-shift`, { institution: 'DREETS-PDL', proposal: 1 }));
  timeline.tell(dreets.admin.name, "accepte pour la DREETS ; reste la réponse de l'autorité nationale");
  await theatre.at('2021-05-20 09:15');
  accepted(
    await ars.admin.post(`/api/calls/${id}/record-outside-answer`, {
      proposal: 1,
      accepted: true,
      answeredOn: '2021-05-19',
      reference: 'Message du 19 mai 2021',
    }),
  );
  timeline.tell(ars.admin.name, "enregistre l'accord reçu : toutes les dates bougent ensemble");
  await tellWhoKnows(theatre, timeline, before, {
    'shift-proposed': Object.values(dreets),
    'schedule-shifted': [...Object.values(ars), ...Object.values(dreets)],
  });
  await showSchedule(timeline, ars.admin, id);
}

async function showSchedule(timeline: Timeline, reader: Client, id: string): Promise<void> {
  const { schedule } = accepted(
    await reader.get<{ schedule: { milestones: { kind: MilestoneKind; said: string }[] } }>(`/api/calls/${id}`),
  );
  timeline.detail(table(schedule.milestones.map(({ kind, said }) => [frenchMilestones[kind], withoutZone(said)])));
}

export const codeOf = ({ name, departement }: { name: string; departement: string }): string =>
  `${name.startsWith('CAF') ? 'CAF' : name.startsWith('CPAM') ? 'CPAM' : 'CD'}-${departement}`;
