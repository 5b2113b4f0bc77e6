import type { CommissionEvent, Quorum } from '../src/commission/commission-facts.js';
import { CALL, COMMENT, type Examples, FILE, hash, INVITATION, PERSON } from './example.js';

const stream = `commission-${CALL}`;
const SESSION = 'c0c0c0c0-0001-4c0c-8c0c-c0c0c0c0c0c0';
const SECOND_SESSION = 'c0c0c0c0-0002-4c0c-8c0c-c0c0c0c0c0c0';
const SUBSTITUTE = 'c0c0c0c0-0003-4c0c-8c0c-c0c0c0c0c0c0';
const one = { session: SECOND_SESSION, application: FILE };
const quorum: Quorum = { members: 2, present: 2, needed: 1, required: true };

/** A first session without quorum, a second on the same agenda: a tie that the chair settles, and the other way it may end. */
export const commissionExamples: Examples<CommissionEvent['type']> = {
  CommissionMemberAppointed: [
    stream,
    { person: PERSON, sitsFor: 'ARS-PDL', voice: 'voting', chair: true, substitute: SUBSTITUTE, qualified: false },
  ],
  CommissionMemberRemoved: [stream, { person: INVITATION, reason: 'Mutation.' }],
  MemberInterestsDeclared: [stream, { member: PERSON, conflicts: [{ application: FILE, nature: 'governance' }] }],
  SessionPlanned: [
    stream,
    { session: SECOND_SESSION, at: '2021-09-30T07:30:00Z', place: 'Nantes, salle Erdre', reconvenes: SESSION },
  ],
  SessionConvened: [
    stream,
    {
      session: SECOND_SESSION,
      agenda: [FILE],
      documents: ['Rapport des instructeurs'],
      urgency: 'Crédits à engager avant la fin du mois.',
      noQuorumRequired: true,
      convenedAt: '2021-09-26T08:00:00Z',
    },
  ],
  SessionMoved: [
    stream,
    {
      session: SECOND_SESSION,
      from: '2021-09-30T07:30:00Z',
      to: '2021-10-14T07:30:00Z',
      reason: 'La salle est fermée.',
    },
  ],
  AttendanceRecorded: [
    stream,
    {
      session: SECOND_SESSION,
      attendance: [
        { member: PERSON, as: 'present', substituted: false, withSubstitute: true },
        { member: INVITATION, as: 'represented', by: PERSON },
      ],
    },
  ],
  SessionAdjourned: [stream, { session: SESSION, because: 'quorum', quorum: { ...quorum, present: 0 } }],
  SessionOpened: [stream, { session: SECOND_SESSION, quorum: { ...quorum, required: false } }],
  MemberRecused: [stream, { ...one, member: PERSON, nature: 'governance', substitute: SUBSTITUTE }],
  ApplicantHeard: [stream, one],
  BallotCast: [stream, { ...one, member: PERSON, choice: 'for', by: SUBSTITUTE }],
  VoteRecorded: [
    stream,
    {
      ...one,
      how: 'name',
      ballots: [
        { member: PERSON, choice: 'for' },
        { member: INVITATION, choice: 'against' },
      ],
      totals: { for: 1, against: 1, abstain: 0 },
      quorum,
      result: 'tie',
      chairs: [PERSON],
    },
  ],
  CastingVoteGiven: [stream, { ...one, chair: PERSON, favourable: true }],
  TieUnsettled: [stream, one],
  TieSettled: [stream, { ...one, result: 'favourable' }],
  RankingAdopted: [
    stream,
    {
      session: SECOND_SESSION,
      ranking: [{ application: FILE, rank: 1, list: 'main', amountCents: 1_500_000 }],
    },
  ],
  MinutesDrafted: [
    stream,
    { session: SECOND_SESSION, version: 1, hash: hash('6'), text: 'Procès-verbal de la commission de sélection' },
  ],
  MinutesCommented: [
    stream,
    {
      session: SECOND_SESSION,
      version: 1,
      comment: COMMENT,
      by: PERSON,
      content: { version: 0, hash: hash('7') },
    },
  ],
  MinutesSigned: [stream, { session: SECOND_SESSION, version: 1, hash: hash('6'), chair: PERSON }],
};
