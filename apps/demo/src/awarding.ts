import { accepted } from '#client/client.js';
import { euros } from '#domain/money.js';
import { application } from './data.js';
import type { Ranked } from './deliberation.js';
import { refused } from './preparation.js';
import type { Reviewed } from './reviewing.js';
import type { Scene } from './scene.js';
import { short, table } from './table.js';

export interface Line {
  readonly line: number;
  readonly amountCents: number;
}
export interface Awarded extends Ranked {
  readonly lines: readonly Line[];
}

export interface EnvelopeRow {
  readonly line: number;
  readonly programme: string;
  readonly action: string | null;
  readonly amountCents: number;
  readonly reservedCents: number;
  readonly leftCents: number;
}

export async function envelopesOf({ leads, call }: Scene): Promise<EnvelopeRow[]> {
  return accepted(await leads.ars.admin.get<{ items: EnvelopeRow[] }>(`/api/calls/${call}/envelopes`)).items;
}

export const nameOfLine = ({ line, programme, action }: Pick<EnvelopeRow, 'line' | 'programme' | 'action'>): string =>
  [line, programme, action].filter((part) => part !== null).join(' ');

export async function showEnvelopes(scene: Scene): Promise<void> {
  const rows = await envelopesOf(scene);
  const total = (of: (row: EnvelopeRow) => number): string => euros(rows.reduce((sum, row) => sum + of(row), 0));
  scene.timeline.detail(
    table([
      ['enveloppe', 'dotation', 'réservé', 'reste'],
      ...rows.map((row) => [nameOfLine(row), euros(row.amountCents), euros(row.reservedCents), euros(row.leftCents)]),
      ['total', total((row) => row.amountCents), total((row) => row.reservedCents), total((row) => row.leftCents)],
    ]),
  );
  if (rows.some((row) => row.amountCents !== row.reservedCents + row.leftCents))
    throw new Error('An envelope does not add up.');
}

/** Line 1 is the ARS's, lines 2 and 3 the DREETS's: how the n-th award would be financed, if nothing were short. */
function wished(position: number, amountCents: number): Line[] {
  const third = Math.floor(amountCents / 3);
  if (position % 4 < 3) return [{ line: (position % 4) + 1, amountCents }];
  return [1, 2, 3].map((line) => ({ line, amountCents: line === 3 ? amountCents - 2 * third : third }));
}

/** What is left, line by line. */
function spread(amountCents: number, envelopes: readonly EnvelopeRow[]): Line[] {
  let missing = amountCents;
  return envelopes.flatMap(({ line, leftCents }) => {
    const taken = Math.min(leftCents, missing);
    missing -= taken;
    return taken > 0 ? [{ line, amountCents: taken }] : [];
  });
}

/** Each lead decides its own lines; the answer to the last. */
async function decide({ leads }: Scene, file: string, lines: readonly Line[]) {
  const ofLead = (institution: string) => lines.filter(({ line }) => (institution === 'ARS-PDL') === (line === 1));
  const body = (institution: string) => {
    const own = ofLead(institution);
    return own.length > 0
      ? { institution, outcome: 'favourable', lines: own, reasons: 'Financement réparti entre les deux autorités.' }
      : { institution, outcome: 'no-action', lines: [], reasons: "Financé sur les crédits de l'autre autorité." };
  };
  accepted(await leads.ars.director.post(`/api/applications/${file}/decide-award`, body('ARS-PDL')));
  return leads.dreets.director.post<{ status: string; code?: string }>(
    `/api/applications/${file}/decide-award`,
    body('DREETS-PDL'),
  );
}

/** Until an envelope is short, and on with what the others have; one declines, and the reserve list is called up. */
export async function award(
  scene: Scene,
  ranking: readonly Ranked[],
  reviewed: readonly Reviewed[],
): Promise<Awarded[]> {
  const { theatre, timeline, leads } = scene;
  await theatre.at('2021-10-18 10:00');
  const awarded: Awarded[] = [];
  let told = false;
  for (const [position, file] of ranking.filter(({ list }) => list === 'main').entries()) {
    let lines = wished(position, file.amountCents);
    const answer = await decide(scene, file.file, lines);
    if (answer.status === 409) {
      if (!told) timeline.tell('les deux directions', `attribuent ${awarded.length} subventions ; à la suivante…`);
      if (!told) timeline.detail(await refused(Promise.resolve(answer)));
      if (!told) await showEnvelopes(scene);
      told = true;
      lines = spread(file.amountCents, await envelopesOf(scene));
      accepted(await decide(scene, file.file, lines));
    } else accepted(answer);
    awarded.push({ ...file, lines });
  }
  const reserve = ranking.filter(({ list }) => list === 'reserve');
  for (const { file } of reserve)
    for (const [director, institution] of [
      [leads.ars.director, 'ARS-PDL'],
      [leads.dreets.director, 'DREETS-PDL'],
    ] as const)
      accepted(
        await director.post(`/api/applications/${file}/decide-award`, { institution, outcome: 'reserve', lines: [] }),
      );
  timeline.tell(
    'les deux directions',
    `attribuent ${awarded.length} subventions, en partageant ce qui reste ; ${reserve.length} dossiers en liste complémentaire`,
  );
  await showEnvelopes(scene);
  await theatre.at('2021-10-20 09:00');
  for (const { file } of [...awarded, ...reserve])
    accepted(await leads.ars.director.post(`/api/applications/${file}/notify-award`, { institution: 'ARS-PDL' }));
  timeline.tell(leads.ars.director.name, 'notifie chaque décision, avec sa lettre et les voies de recours');
  const unranked = reviewed.filter(({ file }) => ranking.every((ranked) => ranked.file !== file));
  await reject(scene, unranked);
  const reduced = awarded.filter(
    ({ data, index, amountCents }) => amountCents < application(data, index).requestedCents,
  );
  const [accepts, declines] = reduced as [Awarded, Awarded];
  await theatre.at('2021-10-25 14:00');
  accepted(
    await accepts.person.post(`/api/applications/${accepts.file}/accept-reduced-amount`, {
      budget: revisedBudget(accepts),
    }),
  );
  timeline.tell(
    accepts.person.name,
    `accepte ${euros(accepts.amountCents)} au lieu de ${euros(application(accepts.data, accepts.index).requestedCents)}, avec un budget révisé`,
  );
  accepted(
    await declines.person.post(`/api/applications/${declines.file}/decline-award`, {
      reason: 'Le projet ne peut pas se faire avec moins que ce qui était demandé.',
    }),
  );
  timeline.tell(declines.person.name, `renonce à ${euros(declines.amountCents)} : l'argent revient aux enveloppes`);
  const called = await callUp(scene, reserve);
  await showEnvelopes(scene);
  return [...awarded.filter((one) => one !== declines), ...called];
}

/** Those that the commission advised against, once somebody was reminded that they wait for a decision too. */
async function reject({ theatre, timeline, leads }: Scene, files: readonly Reviewed[]): Promise<void> {
  await theatre.at('2021-10-22 10:00');
  const reasons = 'La commission a donné un avis défavorable : le projet répond trop peu aux critères.';
  for (const { file } of files) {
    for (const [director, institution] of [
      [leads.ars.director, 'ARS-PDL'],
      [leads.dreets.director, 'DREETS-PDL'],
    ] as const) {
      const decision = { institution, outcome: 'refused', lines: [], reasons };
      accepted(await director.post(`/api/applications/${file}/decide-award`, decision));
    }
    accepted(await leads.ars.director.post(`/api/applications/${file}/notify-award`, { institution: 'ARS-PDL' }));
  }
  timeline.tell('les deux directions', `rejettent ${files.length} dossiers à l'avis défavorable, une fois rappelées`);
}

const revisedBudget = ({ data, index, amountCents }: Ranked) => {
  const { budget, requestedCents } = application(data, index) as unknown as {
    budget: Record<'charges' | 'products', { account: string; label: string; amountCents: number }[]>;
    requestedCents: number;
  };
  const less = requestedCents - amountCents;
  const lowered = (lines: (typeof budget)['charges'], account: string) =>
    lines.map((line) => (line.account === account ? { ...line, amountCents: line.amountCents - less } : line));
  return { charges: lowered(budget.charges, '64'), products: lowered(budget.products, '74') };
};

/** The first of the reserve list whom the money that came back pays whole. */
async function callUp(scene: Scene, reserve: readonly Ranked[]): Promise<Awarded[]> {
  const { timeline, leads } = scene;
  const envelopes = await envelopesOf(scene);
  const leftCents = envelopes.reduce((sum, row) => sum + row.leftCents, 0);
  const [next, after] = reserve;
  if (!next || !after) return [];
  timeline.tell(leads.dreets.director.name, 'appelle le deuxième de la liste complémentaire avant le premier…');
  const call = (file: string) =>
    leads.dreets.director.post(`/api/applications/${file}/call-up`, {
      institution: 'DREETS-PDL',
      reason: 'De l’argent est revenu aux enveloppes.',
    });
  timeline.detail(await refused(call(after.file)));
  accepted(await call(next.file));
  const amountCents = Math.min(next.amountCents, leftCents);
  const lines = spread(amountCents, envelopes);
  accepted(await decide(scene, next.file, lines));
  accepted(await leads.ars.director.post(`/api/applications/${next.file}/notify-award`, { institution: 'ARS-PDL' }));
  timeline.tell(
    'les deux directions',
    `appellent ${short(next.data.name)}, premier de la liste : ${euros(amountCents)}`,
  );
  const whole: Awarded = { ...next, amountCents, lines };
  if (amountCents < application(next.data, next.index).requestedCents)
    accepted(
      await next.person.post(`/api/applications/${next.file}/accept-reduced-amount`, { budget: revisedBudget(whole) }),
    );
  return [whole];
}
