import { describe, expect, it } from '@jest/globals';
import { paris } from '#calendar/paris.js';
import type { CallEvent } from '../call/call.js';
import { ARS, criteria, DREETS, envelopes, heading, PERSON, schedule, specifications } from '../call/fixtures.js';
import { delegated, type FactOfPreparation, JOINT, OFFICE, office, rowsOf, type Story } from './fixtures.js';
import { narrate } from './story.js';

const PREPARATION = "Phase préparatoire, ouverte par la lettre d'intention";
const FALL = 'Une approbation tombe quand ce qui était approuvé change';
const ORDER = 'Ordre des jalons et bornes du régime';

/** Every fact of a call up to its approval, as a person reads it. */
const told: Story<FactOfPreparation> = {
  CallDrafted: [
    [
      { type: 'CallDrafted', heading },
      'Appel rédigé : « Appel à projets commun ARS/DREETS – 1000 premiers jours » (ARS-PDL, DREETS-PDL).',
      'Régime SUBVENTION',
    ],
    [
      {
        type: 'CallDrafted',
        heading: { ...heading, title: 'Mille jours', regime: 'AUTHORISATION', leads: [ARS] },
        copiedFrom: 'call-0',
      },
      "Appel rédigé : « Mille jours » (ARS-PDL), repris d'un appel antérieur.",
      'Régime AUTHORISATION',
    ],
  ],
  HeadingRevised: [
    [
      { type: 'HeadingRevised', heading: { ...heading, title: 'Mille jours' } },
      "Objet de l'appel modifié : « Mille jours ».",
      JOINT,
    ],
  ],
  LetterOfIntentSigned: [
    [
      { type: 'LetterOfIntentSigned', institution: ARS, capacity: office },
      "Lettre d'intention signée pour ARS-PDL.",
      OFFICE,
    ],
    [
      { type: 'LetterOfIntentSigned', institution: DREETS, capacity: delegated },
      "Lettre d'intention signée pour DREETS-PDL.",
      'Signature par délégation d-1',
    ],
  ],
  LetterSignaturesFell: [
    [
      { type: 'LetterSignaturesFell', institutions: [ARS, DREETS], because: "La lettre d'intention a été modifiée." },
      "Signatures de la lettre d'intention tombées (ARS-PDL, DREETS-PDL). La lettre d'intention a été modifiée.",
      FALL,
    ],
    [
      { type: 'LetterSignaturesFell', institutions: [ARS], because: "La lettre d'intention a été modifiée." },
      "Signature de la lettre d'intention tombée (ARS-PDL). La lettre d'intention a été modifiée.",
      FALL,
    ],
  ],
  PreparationOpened: [
    [
      { type: 'PreparationOpened' },
      'Phase préparatoire ouverte.',
      "La dernière signature de la lettre d'intention ouvre la phase préparatoire",
    ],
  ],
  ReferentNamed: [
    [
      { type: 'ReferentNamed', institution: ARS, person: PERSON, duty: 'cheffe de projet' },
      'Référent désigné pour ARS-PDL : cheffe de projet.',
      PREPARATION,
    ],
    [
      { type: 'ReferentNamed', institution: ARS, person: PERSON, duty: 'chargée de mission', replaces: 'somebody' },
      'Référent remplacé pour ARS-PDL : chargée de mission.',
      PREPARATION,
    ],
  ],
  PartnerInvited: [
    [
      { type: 'PartnerInvited', institution: 'CAF-44', presence: 'expected', departement: '44' },
      'Partenaire invité : CAF-44 (présence attendue).',
      PREPARATION,
    ],
    [
      { type: 'PartnerInvited', institution: 'CD-44', presence: 'optional' },
      'Partenaire invité : CD-44 (présence facultative).',
      PREPARATION,
    ],
  ],
  PartnerInvitationWithdrawn: [
    [
      { type: 'PartnerInvitationWithdrawn', institution: 'CAF-44', reason: 'Erreur de destinataire.' },
      'Invitation retirée : CAF-44. Motif : Erreur de destinataire.',
      PREPARATION,
    ],
  ],
  PartnerInvitationAnswered: [
    [
      { type: 'PartnerInvitationAnswered', institution: 'CAF-44', accepted: true },
      'CAF-44 participe à la préparation.',
      PREPARATION,
    ],
    [
      { type: 'PartnerInvitationAnswered', institution: 'CAF-44', accepted: false },
      'CAF-44 ne participe pas à la préparation.',
      PREPARATION,
    ],
  ],
  SilentPartnerOverridden: [
    [
      { type: 'SilentPartnerOverridden', institution: 'CAF-44', reason: 'Relancée deux fois.' },
      'Silence de CAF-44 passé outre. Motif : Relancée deux fois.',
      'Un partenaire attendu répond, ou son silence est passé outre par un motif',
    ],
  ],
  AuthorityAssociated: [
    [
      { type: 'AuthorityAssociated', name: 'Commissaire à la lutte contre la pauvreté' },
      'Autorité associée : Commissaire à la lutte contre la pauvreté.',
      PREPARATION,
    ],
  ],
  AuthorityDissociated: [
    [
      { type: 'AuthorityDissociated', name: 'Rectorat', reason: 'À sa demande.' },
      "Autorité qui n'est plus associée : Rectorat. Motif : À sa demande.",
      PREPARATION,
    ],
  ],
  PreparationCommented: [
    [
      { type: 'PreparationCommented', comment: 'comment-1', content: { version: 0, hash: 'a'.repeat(64) } },
      'Observation sur la préparation.',
      PREPARATION,
    ],
  ],
  SpecificationsSet: [[{ type: 'SpecificationsSet', specifications }, 'Cahier des charges fixé.', PREPARATION]],
  RubricSet: [
    [{ type: 'RubricSet', criteria }, 'Grille de notation fixée : 2 critères.', 'Les pondérations totalisent 100'],
    [
      { type: 'RubricSet', criteria: criteria.slice(0, 1) },
      'Grille de notation fixée : 1 critère.',
      'Les pondérations totalisent 100',
    ],
  ],
  ScheduleSet: [
    [
      { type: 'ScheduleSet', schedule },
      "Calendrier fixé : dépôt jusqu'au 13 août 2021 à 16 h 00 (heure de Paris).",
      ORDER,
    ],
    [
      { type: 'ScheduleSet', schedule: { milestones: [], setBy: 'la préfecture de région' } },
      'Calendrier fixé par la préfecture de région : sans date limite de dépôt.',
      ORDER,
    ],
  ],
  EnvelopesSet: [
    [
      { type: 'EnvelopesSet', envelopes: { ...envelopes, lines: [...envelopes.lines, ...envelopes.lines] } },
      'Enveloppes fixées : 200 000,00 €.',
      'Un appel à projets de subvention a au moins une enveloppe',
    ],
  ],
  CallApproved: [
    [
      { type: 'CallApproved', institution: ARS, capacity: office, approvedAt: '2021-05-12T08:00:00Z' },
      'Appel approuvé pour ARS-PDL.',
      OFFICE,
    ],
  ],
  ApprovalsFell: [
    [
      { type: 'ApprovalsFell', institutions: [ARS], because: 'Le calendrier a été modifié.' },
      'Approbation tombée (ARS-PDL). Le calendrier a été modifié.',
      FALL,
    ],
    [
      { type: 'ApprovalsFell', institutions: [ARS, DREETS], because: 'Le calendrier a été modifié.' },
      'Approbations tombées (ARS-PDL, DREETS-PDL). Le calendrier a été modifié.',
      FALL,
    ],
  ],
};

describe('the story of a call in preparation', () => {
  it.each(rowsOf<CallEvent>(told))('tells %s: %s', (_type, sentence, fact, rule) =>
    expect(narrate(fact, paris)).toEqual({ sentence, rule }),
  );
});
