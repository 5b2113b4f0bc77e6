import { lastOf } from '../../about.js';
import type { Block, Template, Told } from '../../told.js';

/** To those who look after it: nothing was accepted for so long that the service has stopped trying. */
export const webhookPaused: Template<'WebhookPaused'> = {
  kind: 'webhook-paused',
  words: ({ failingSince }, told) => ({
    subject: `Webhook mis en pause — ${hostOf(told)}`,
    lines: [
      ...(failingSince === undefined
        ? []
        : [`${hostOf(told)} n'a accepté aucune livraison depuis le ${told.calendar.say(failingSince)}.`]),
      "Le service a cessé de lui écrire. Rien n'est perdu : une fois le webhook repris, les faits survenus depuis lui seront livrés, dans leur ordre.",
      'Pour le reprendre :',
      {
        list: [
          'regardez ce que les dernières livraisons ont eu pour réponse ;',
          'réparez le destinataire : il doit répondre par un code 2xx en moins de dix secondes ;',
          'reprenez le webhook.',
        ],
      },
      ...pages(told),
      "Aucun autre message ne vous sera envoyé à ce sujet tant que le webhook n'aura pas été repris.",
    ],
  }),
  example: [
    {
      type: 'WebhookRegistered',
      institution: 'ARS-EXEMPLE',
      url: 'https://ars.example.org/convergence',
      facts: ['ScheduleShifted'],
    },
    { type: 'WebhookPaused', because: 'failing', failingSince: '2026-09-12T08:00:00Z' },
  ],
};

/** Where it leads, without the path: what follows the name may be for the two machines alone. */
function hostOf({ history }: Told): string {
  const registered = lastOf(history, 'WebhookRegistered');
  return registered ? new URL(registered.url).host : '';
}

const pages = ({ webhook, url }: Told): Block[] =>
  webhook === undefined
    ? []
    : [
        { label: 'Webhook', url: `${url}/api/webhooks/${webhook}` },
        { label: 'Dernières livraisons', url: `${url}/api/webhooks/${webhook}/deliveries` },
      ];
