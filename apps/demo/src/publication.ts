import { accepted } from '#client/client.js';
import { euros } from '#domain/money.js';
import type { CallData } from './data.js';
import { codeOf, type Leads, refused } from './preparation.js';
import type { Actor, Theatre } from './theatre.js';
import type { Timeline } from './timeline.js';

/** Partners are invited; ten are expected, five optional. One expected stays silent. */
export async function invitePartners(
  theatre: Theatre,
  timeline: Timeline,
  data: CallData,
  { ars }: Leads,
  id: string,
): Promise<Actor[]> {
  const partners: Actor[] = [];
  const operator = theatre.client(theatre.operatorToken);
  const count = (presence: string) => data.partners.filter((partner) => partner.presence === presence).length;
  for (const { name } of data.associated)
    accepted(await ars.admin.post(`/api/calls/${id}/associate-authority`, { name }));
  for (const partner of data.partners) {
    accepted(
      await ars.admin.post(`/api/calls/${id}/invite-partner`, {
        partner: codeOf(partner),
        presence: partner.presence,
        departement: partner.departement,
      }),
    );
  }
  timeline.tell(
    ars.admin.name,
    `invite ${count('expected')} partenaires attendus et ${count('optional')} facultatifs, associe ${data.associated[0]?.name ?? ''}`,
  );
  await theatre.at('2021-05-28 14:00');
  const answering = data.partners.filter(
    (partner) => codeOf(partner) !== 'CPAM-72' && (partner.presence === 'expected' || partner.departement < '50'),
  );
  for (const [index, partner] of answering.entries()) {
    const code = codeOf(partner);
    const name = `Représentant ${code}`;
    const email = `representant@${code.toLowerCase()}.example`;
    const { id: person } = accepted(await operator.post<{ id: string }>('/api/people', { name, email }));
    accepted(
      await operator.post(`/api/people/${person}/grant-role`, {
        role: 'partner',
        scope: { kind: 'institution', id: code },
      }),
    );
    const representative = await theatre.signIn(name, email);
    partners.push(representative);
    accepted(
      await representative.post(`/api/calls/${id}/answer-partner-invitation`, { institution: code, accepted: true }),
    );
    if (index === 0)
      accepted(
        await representative.post(`/api/calls/${id}/comment`, {
          text: 'Pensez aux familles monoparentales dans les publics.',
        }),
      );
  }
  timeline.tell(
    'partenaires',
    `${answering.length} répondent ; la CPAM de la Sarthe se tait, trois conseils départementaux aussi`,
  );
  return partners;
}

/** What a project must be, how it is scored, with whose money; approved by both, and again after a change. */
export async function settle(
  theatre: Theatre,
  timeline: Timeline,
  data: CallData,
  { ars, dreets }: Leads,
  id: string,
): Promise<void> {
  const edit = async (by: Leads['ars']['admin'], what: string, body: object) =>
    accepted(await by.edit(`/api/calls/${id}`, `/api/calls/${id}/${what}`, body));
  await theatre.at('2021-06-02 10:00');
  await edit(ars.admin, 'set-specifications', {
    purpose:
      "Soutenir les projets d'accompagnement des familles pendant les mille premiers jours de l'enfant, en Pays de la Loire.",
    ceilingCents: 3_000_000,
    maxRatePercent: 80,
    compulsoryDocuments: [
      { code: 'statuts', label: 'Statuts signés' },
      { code: 'comptes', label: 'Derniers comptes approuvés' },
    ],
    filesPerApplicant: 1,
    sealing: 'until-closed',
    individualExtensions: false,
    reopenAfterUnsealing: false,
  });
  timeline.tell(
    ars.admin.name,
    'fixe le cahier des charges : 30 000 € au plus, 80 % au plus, statuts et comptes obligatoires',
  );
  const scale = {
    min: 0,
    max: 5,
    anchors: [
      { score: 0, label: 'absent' },
      { score: 5, label: 'remarquable' },
    ],
  };
  const criteria = (weights: readonly number[]) =>
    ['pertinence', 'public', 'partenariat', 'budget'].map((code, index) => ({
      code,
      label: code,
      weight: weights[index],
      scale,
      commentRequired: index === 0,
    }));
  await edit(dreets.admin, 'set-rubric', { criteria: criteria([40, 25, 20, 10]) });
  await edit(dreets.admin, 'set-envelopes', { subjectToFunds: false, lines: data.envelopes });
  const total = (data.envelopes as { amountCents: number }[]).reduce((sum, { amountCents }) => sum + amountCents, 0);
  timeline.tell(dreets.admin.name, `fixe la grille et ${data.envelopes.length} enveloppes : ${euros(total)}`);
  await theatre.at('2021-06-08 16:00');
  await edit(ars.director, 'approve', { institution: 'ARS-PDL' });
  timeline.tell(ars.director.name, "approuve pour l'ARS");
  await edit(dreets.admin, 'set-rubric', { criteria: criteria([40, 25, 20, 15]) });
  timeline.tell(dreets.admin.name, "corrige une pondération (95 → 100) : l'approbation de l'ARS tombe");
  await theatre.at('2021-06-10 09:00');
  await edit(ars.director, 'approve', { institution: 'ARS-PDL' });
  await edit(dreets.director, 'approve', { institution: 'DREETS-PDL' });
  timeline.tell('les deux directions', 'approuvent ce qui sera publié');
}

/** At the planned instant, once nobody expected is silent without a reason. */
export async function publish(theatre: Theatre, timeline: Timeline, { ars }: Leads, id: string): Promise<void> {
  await theatre.at('2021-06-14 09:00');
  timeline.tell(ars.admin.name, 'publie…');
  timeline.detail(await refused(ars.admin.post(`/api/calls/${id}/publish`)));
  accepted(
    await ars.admin.post(`/api/calls/${id}/override-silent-partner`, {
      partner: 'CPAM-72',
      reason: 'Relancée trois fois, la CPAM de la Sarthe ne s’est pas exprimée.',
    }),
  );
  timeline.tell(ars.admin.name, "passe outre ce silence, motif à l'appui");
  accepted(await ars.admin.post(`/api/calls/${id}/publish`));
  const { notices } = accepted(await theatre.client().get<{ notices: string[] }>(`/api/calls/${id}`));
  timeline.tell(ars.admin.name, "publie l'avis, que chacun peut lire sans compte :");
  timeline.detail((notices[0] ?? '').split('\n').slice(0, 13).join('\n'));
}
