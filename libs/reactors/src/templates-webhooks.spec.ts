import { describe, expect, it } from '@jest/globals';
import { noticeOf, sent } from './fixtures.js';
import { letter } from './letter.js';

describe('a webhook that accepts nothing', () => {
  it('is told of with what to do, its address without its path', () => {
    const fact = { type: 'WebhookPaused', because: 'failing', failingSince: '2021-06-20T08:00:00Z' } as const;
    const registered = {
      type: 'WebhookRegistered',
      institution: 'ARS-PDL',
      url: 'https://ars.example.org:8443/recu/4f1c',
      facts: ['ScheduleShifted'],
    } as const;
    const { subject, text } = letter(
      noticeOf('webhook-paused', fact, { history: [registered, fact], webhook: 'webhook-1' }),
    );
    expect(subject).toBe('Webhook mis en pause — ars.example.org:8443');
    expect(text).toBe(
      sent(
        "ars.example.org:8443 n'a accepté aucune livraison depuis le 20 juin 2021 à 10 h 00 (heure de Paris).",
        "Le service a cessé de lui écrire. Rien n'est perdu : une fois le webhook repris, les faits survenus depuis lui seront livrés, dans leur ordre.",
        'Pour le reprendre :',
        '- regardez ce que les dernières livraisons ont eu pour réponse ;',
        '- réparez le destinataire : il doit répondre par un code 2xx en moins de dix secondes ;',
        '- reprenez le webhook.',
        'Webhook : https://convergence.example/api/webhooks/webhook-1',
        'Dernières livraisons : https://convergence.example/api/webhooks/webhook-1/deliveries',
        "Aucun autre message ne vous sera envoyé à ce sujet tant que le webhook n'aura pas été repris.",
      ),
    );
  });
});
