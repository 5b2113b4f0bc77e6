/** What the specifications of the commission start from: two co-chairs, a third voice, a fourth, and an adviser. */
import { paris } from '#calendar/paris.js';
import { digest } from '#commands/canonical.js';
import { APPLICANT, callAfter, filed, given as givenFile, submission } from '../application/fixtures.js';
import type { Application } from '../application/application-facts.js';
import { account, PERSON, unsealed } from '../call/fixtures.js';
import type { Stamp } from '../decider.js';
import { rulesFor } from '../rules.js';
import { specify } from '../specification.js';
import { commission } from './commission.js';
import type {
  Attendance,
  CommissionContext,
  CommissionEvent,
  Member,
  Presence,
  RankedApplication,
} from './commission-facts.js';

export const ADMIN = PERSON;
export const ARS_CHAIR = 'a1111111-1111-4111-8111-111111111111';
export const DREETS_CHAIR = 'a2222222-2222-4222-8222-222222222222';
export const CAF = 'a3333333-3333-4333-8333-333333333333';
export const CAF_SUBSTITUTE = 'a3333333-0000-4333-8333-333333333333';
export const QUALIFIED = 'a4444444-4444-4444-8444-444444444444';
export const ADVISER = 'a5555555-5555-4555-8555-555555555555';
export const STRANGER = 'a6666666-6666-4666-8666-666666666666';
export const SESSION = 'session-1';
export const FILES = ['file-1', 'file-2', 'file-3'] as const;

export type FactOf<T extends CommissionEvent['type']> = Extract<CommissionEvent, { type: T }>;

export const arsChair: Member = { person: ARS_CHAIR, sitsFor: 'ARS-PDL', voice: 'voting', chair: true };
export const dreetsChair: Member = { person: DREETS_CHAIR, sitsFor: 'DREETS-PDL', voice: 'voting', chair: true };
export const caf: Member = {
  person: CAF,
  sitsFor: 'CAF 44',
  voice: 'voting',
  chair: false,
  substitute: CAF_SUBSTITUTE,
};
export const qualified: Member = {
  person: QUALIFIED,
  sitsFor: 'Personnalité qualifiée',
  voice: 'voting',
  chair: false,
  qualified: true,
};
export const adviser: Member = { person: ADVISER, sitsFor: 'URIOPSS', voice: 'consultative', chair: false };
export const appointed = (member: Member): CommissionEvent => ({ type: 'CommissionMemberAppointed', ...member });
/** Four voices, so that there may be a tie, and one that only advises. */
export const members: CommissionEvent[] = [arsChair, dreetsChair, caf, qualified, adviser].map(appointed);

/** 30 September 2021, 9 h 30 in Paris. */
export const STARTS = '2021-09-30T07:30:00Z';
export const planned: FactOf<'SessionPlanned'> = {
  type: 'SessionPlanned',
  session: SESSION,
  at: STARTS,
  place: 'Nantes, salle Erdre',
};
export const convened: FactOf<'SessionConvened'> = {
  type: 'SessionConvened',
  session: SESSION,
  agenda: [...FILES],
  documents: [],
  noQuorumRequired: false,
  convenedAt: '2021-09-15T08:00:00Z',
};
export const came = (
  member: string,
  as: Presence = 'present',
  more: Partial<Omit<Attendance, 'member' | 'as'>> = {},
): Attendance => ({ member, as, ...more });
export const attended = (...attendance: Attendance[]): FactOf<'AttendanceRecorded'> => ({
  type: 'AttendanceRecorded',
  session: SESSION,
  attendance,
});
export const everybody = [ARS_CHAIR, DREETS_CHAIR, CAF, QUALIFIED, ADVISER].map((member) => came(member));
export const convoked: CommissionEvent[] = [...members, planned, convened];
export const fullQuorum = { members: 4, present: 4, needed: 2, required: true };
export const opened: FactOf<'SessionOpened'> = { type: 'SessionOpened', session: SESSION, quorum: fullQuorum };
/** Everybody is there, and the session is open. */
export const sitting: CommissionEvent[] = [...convoked, attended(...everybody), opened];

/** The session of another attendance, whoever is missing. */
export const sittingWith = (...attendance: Attendance[]): CommissionEvent[] => [
  ...convoked,
  attended(...attendance),
  opened,
];

export const recused = (member: string, more: Partial<FactOf<'MemberRecused'>> = {}): FactOf<'MemberRecused'> => ({
  type: 'MemberRecused',
  session: SESSION,
  application: 'file-1',
  member,
  nature: 'governance',
  ...more,
});
export const ballot = (member: string, choice: 'for' | 'against' | 'abstain', by = member): FactOf<'BallotCast'> => ({
  type: 'BallotCast',
  session: SESSION,
  application: 'file-1',
  member,
  choice,
  by,
});
export const voted = (application: string, result: FactOf<'VoteRecorded'>['result']): FactOf<'VoteRecorded'> => ({
  type: 'VoteRecorded',
  session: SESSION,
  application,
  how: 'totals',
  totals: { favourable: [4, 0], unfavourable: [1, 3], tie: [2, 2] }[result].reduce(
    (totals, count, index) => ({ ...totals, [index === 0 ? 'for' : 'against']: count }),
    { for: 0, against: 0, abstain: 0 },
  ),
  quorum: fullQuorum,
  result,
  ...(result === 'tie' && { chairs: [ARS_CHAIR, DREETS_CHAIR] }),
});
export const casting = (chair: string, favourable: boolean): FactOf<'CastingVoteGiven'> => ({
  type: 'CastingVoteGiven',
  session: SESSION,
  application: 'file-1',
  chair,
  favourable,
});

/** The first two favourable, the third not. */
export const decided: CommissionEvent[] = [
  ...sitting,
  voted('file-1', 'favourable'),
  voted('file-2', 'favourable'),
  voted('file-3', 'unfavourable'),
];
export const ranking: RankedApplication[] = [
  { application: 'file-2', rank: 1, list: 'main', amountCents: 2_000_000 },
  { application: 'file-1', rank: 2, list: 'reserve', amountCents: 1_500_000 },
];
export const adopted: FactOf<'RankingAdopted'> = { type: 'RankingAdopted', session: SESSION, ranking };
export const ranked: CommissionEvent[] = [...decided, adopted];
export const adjourned: FactOf<'SessionAdjourned'> = {
  type: 'SessionAdjourned',
  session: SESSION,
  because: 'quorum',
  quorum: { members: 4, present: 1, needed: 2, required: true },
};

const admissible = (file: Application): Application =>
  file.status === 'absent' ? file : { ...file, admissibility: { verdict: 'admissible' } };
/** Submitted on 1 July for 20 000 €, and declared admissible. */
export const file: Application = admissible(givenFile(...filed).state);
export const notAdmissible: Application = givenFile(...filed).state;
export const ofAnotherCall: Application = admissible(
  givenFile(
    { type: 'ApplicationStarted', call: 'call-2', organisation: APPLICANT, number: 1 },
    {
      type: 'ApplicationSubmitted',
      ...submission,
    },
  ).state,
);

/** The joint call of 2021 after its window: 100 000 € of envelopes. */
export const callUnsealed = callAfter(unsealed);
export const rules = (() => {
  const { commission: found } = rulesFor('SUBVENTION');
  if (!found) throw new Error('A subsidy has the rules of its commission.');
  return found;
})();

const stamp: Stamp = { at: '2021-09-15T08:00:00Z', by: ADMIN, actingAs: 'administrator', id: 'call-1' };
export const context: CommissionContext = {
  calendar: paris,
  digest,
  call: callUnsealed,
  applications: [file, file, file],
  person: account,
  substitute: account,
};

/** An administrator of a lead acts on 15 September 2021, unless a step says otherwise. */
export const given = specify(commission, stamp, context);
/** A chair acts while the session sits. */
export const inSession: Partial<Stamp> = { at: '2021-09-30T08:00:00Z', by: ARS_CHAIR, actingAs: 'chair' };
export const by = (person: string, actingAs = 'member'): Partial<Stamp> => ({ ...inSession, by: person, actingAs });

export const CALL_UNKNOWN = "Cet appel n'existe pas.";
export const SESSION_UNKNOWN = "Cette séance n'existe pas.";
export const NOT_OPEN = "Cette séance n'est pas ouverte.";
export const RANKED = 'Cette séance a adopté son classement.';
export const ADJOURNED = 'Cette séance a été ajournée faute de quorum.';
export const NOT_MEMBER = "Cette personne n'est pas membre de la commission.";
