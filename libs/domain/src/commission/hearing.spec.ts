import { describe, it } from '@jest/globals';
import { convoked, given, inSession, NOT_OPEN, SESSION, sitting, voted } from './fixtures.js';

const CLOSED = 'Le vote sur ce dossier est clos.';
const one = { session: SESSION, application: 'file-1' } as const;

describe('hearing an applicant', () => {
  const hear = { type: 'HearApplicant', ...one } as const;
  const heard = { type: 'ApplicantHeard', ...one } as const;

  it('is a fact of the item', () =>
    given(...sitting)
      .when(hear, inSession)
      .then(heard));
  it('is refused twice', () =>
    given(...sitting, heard)
      .when(hear, inSession)
      .thenRefused('AlreadyHeard', 'Le porteur de ce dossier a déjà été entendu.'));
  it('is refused after the vote', () =>
    given(...sitting, voted('file-1', 'favourable'))
      .when(hear, inSession)
      .thenRefused('VoteClosed', CLOSED));
  it('is refused while the session does not sit', () =>
    given(...convoked)
      .when(hear, inSession)
      .thenRefused('SessionNotOpen', NOT_OPEN));
});
