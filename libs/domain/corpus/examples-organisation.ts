import type { OrganisationEvent } from '../src/organisation/organisation.js';
import { type Examples, INVITATION, NOTICE, ORGANISATION, PERSON } from './example.js';

const reason = 'Congés des associations.';

export const organisationExamples: Examples<OrganisationEvent['type']> = {
  OrganisationRegistered: [
    `organisation-${ORGANISATION}`,
    {
      name: 'Café des parents',
      legalForm: 'association',
      siret: ORGANISATION,
      rna: 'W322216459',
      address: '1 rue des Lilas, Nantes',
    },
  ],
  OrganisationCorrected: [
    `organisation-${ORGANISATION}`,
    { name: 'Le café des parents', legalForm: 'association', siret: ORGANISATION, reason },
  ],
  OrganisationClaimed: [`organisation-${ORGANISATION}`, { person: PERSON }],
  ClaimConfirmed: [`organisation-${ORGANISATION}`, { person: PERSON, power: 'submit' }],
  ClaimRejected: [`organisation-${ORGANISATION}`, { person: INVITATION, reason }],
  ColleagueInvited: [`organisation-${ORGANISATION}`, { person: INVITATION, power: 'prepare' }],
  InvitationWithdrawn: [`organisation-${ORGANISATION}`, { person: NOTICE, reason }],
  ColleagueJoined: [`organisation-${ORGANISATION}`, { person: INVITATION, power: 'prepare' }],
  PowerChanged: [`organisation-${ORGANISATION}`, { person: INVITATION, power: 'submit' }],
  MemberRemoved: [`organisation-${ORGANISATION}`, { person: INVITATION, reason }],
};
