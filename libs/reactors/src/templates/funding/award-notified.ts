import { sayDay } from '#domain/instants.js';
import { euros } from '#domain/money.js';
import { frenchOutcomes } from '#domain/story/french.js';
import type { FactOf } from '../../about.js';
import { filePage, type Template, title, type Told } from '../../told.js';
import { granted } from '../example-facts.js';

export const awardNotified: Template<'AwardNotified'> = {
  kind: 'award-notified',
  words: (fact, told) => ({
    subject: `Décision sur votre dossier — ${title(told)}`,
    lines: [
      ...outcome(told),
      { label: 'Lettre', url: `${told.url}/api/applications/${told.file}/award/letter` },
      `Voies de recours : recours gracieux auprès de ${fact.institution} jusqu'au ${sayDay(fact.appealUntil)} inclus ; recours devant le tribunal administratif dans le même délai.`,
      ...filePage(told),
    ],
  }),
  example: [
    granted,
    {
      type: 'AwardNotified',
      call: 'exemple',
      institution: 'ARS-PDL',
      notifiedOn: '2026-12-05',
      appealUntil: '2027-02-05',
    },
  ],
};

/** Of the decision that is notified: the last one before. */
function outcome(told: Told): string[] {
  const decided = told.history.findLast(
    (fact): fact is FactOf<'AwardGranted' | 'AwardSettled'> =>
      fact.type === 'AwardGranted' || fact.type === 'AwardSettled',
  );
  const whose = `du dossier de ${told.organisation} pour « ${title(told)} »`;
  if (decided?.type === 'AwardGranted') {
    const { amountCents, requestedCents } = decided;
    return [
      `Issue ${whose} : décision favorable, ${euros(amountCents)} accordés sur ${euros(requestedCents)} demandés.`,
      ...(amountCents < requestedCents
        ? ['Le montant est réduit : acceptez-le avec un budget révisé, ou déclinez-le.']
        : []),
    ];
  }
  if (!decided) return [`La décision sur l'issue ${whose} vous est notifiée.`];
  return [
    `Issue ${whose} : ${frenchOutcomes[decided.outcome]}.`,
    ...(decided.reasons === undefined ? [] : [`Motifs : ${decided.reasons}`]),
  ];
}
