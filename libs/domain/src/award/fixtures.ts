/** What the specifications of awards start from: three lines of two leads, and a file that may be decided on. */
import { paris } from '#calendar/paris.js';
import { digest } from '#commands/canonical.js';
import { filed } from '../application/fixtures.js';
import { application } from '../application/application.js';
import type { ApplicationEvent, KnownApplication } from '../application/application-facts.js';
import {
  ARS,
  DREETS,
  drafted,
  heading,
  known,
  open,
  registered,
  SIGNATORY,
  specifications,
  unsealed,
} from '../call/fixtures.js';
import type { CallEvent } from '../call/call-facts.js';
import type { AwardMode, Envelopes } from '../call/call-contents.js';
import type { KnownCall } from '../call/call-state.js';
import type { Commission, RankedApplication } from '../commission/commission-facts.js';
import { empty as noCommission } from '../commission/evolve.js';
import type { Stamp } from '../decider.js';
import { specify } from '../specification.js';
import { award } from './award.js';
import type { Award, AwardContext, AwardEvent, AwardLine, AwardOutcome } from './award-facts.js';
import { reservationOf } from './award-facts.js';
import { evolveAward, noAward } from './evolve.js';

export { ARS, DREETS };
/** One kind of fact. */
type FactOf<T extends AwardEvent['type']> = Extract<AwardEvent, { type: T }>;
export const FILE = 'file-1';
const office = { kind: 'office' } as const;

/** FIR of the ARS, then programme 304 of the DREETS and its action for the poverty strategy. */
export const lines: Envelopes['lines'] = [
  { funder: ARS, programme: 'FIR', year: 2021, amountCents: 10_000_000 },
  { funder: DREETS, programme: 'BOP 304', year: 2021, amountCents: 5_000_000 },
  { funder: DREETS, programme: 'BOP 304', action: 'stratégie pauvreté', year: 2021, amountCents: 1_200_000 },
];

interface CallChanges {
  awards?: AwardMode;
  lines?: Envelopes['lines'];
  leads?: string[];
  regime?: 'AUTHORISATION';
}
/** The facts of an unsealed call with these envelopes. */
export const callFacts = ({ awards, regime, ...changes }: CallChanges = {}): CallEvent[] => [
  ...open.map((event): CallEvent => {
    if (event === drafted) {
      const leads = changes.leads ?? heading.leads;
      return { type: 'CallDrafted', heading: { ...heading, leads, ...(regime && { regime }) } };
    }
    if (event.type === 'SpecificationsSet') {
      return { type: 'SpecificationsSet', specifications: { ...specifications, ...(awards && { awards }) } };
    }
    if (event.type !== 'EnvelopesSet') return event;
    return { type: 'EnvelopesSet', envelopes: { subjectToFunds: false, lines: changes.lines ?? lines } };
  }),
  unsealed,
];
export const callWith = (changes: CallChanges = {}): KnownCall => known(...callFacts(changes));
export const callOpen = callWith();

/** The facts of a file of that call: 20 000 € are requested, and it may be examined. */
export const fileFacts: ApplicationEvent[] = [...filed, { type: 'DeclaredAdmissible', institution: ARS }];
export const fileAfter = (...events: readonly ApplicationEvent[]): KnownApplication => {
  const state = events.reduce((folded, event) => application.evolve(folded, event), application.initial);
  if (state.status === 'absent') throw new Error('A file was started.');
  return { ...state, admissibility: { verdict: 'admissible' } };
};
export const file = fileAfter(...filed);
export const CALL = 'call-1';
export const ORGANISATION = file.organisation;

/** An adopted ranking with this place for the file, or an unfavourable opinion on it. */
export const advised = (place: Partial<RankedApplication> | 'unfavourable'): Commission => ({
  ...noCommission,
  sessions: { s: { ranking: [] } as never },
  opinions: {
    [FILE]:
      place === 'unfavourable'
        ? { opinion: 'unfavourable' }
        : {
            opinion: 'favourable',
            ranked: { application: FILE, rank: 1, list: 'main', amountCents: 1_500_000, ...place },
          },
  },
});

export const decide = (
  institution: string,
  outcome: AwardOutcome = 'favourable',
  own: readonly AwardLine[] = [],
  reasons?: string,
) => ({ type: 'DecideAward' as const, institution, outcome, lines: [...own], ...(reasons && { reasons }) });

export const decided = (
  institution: string,
  outcome: AwardOutcome,
  own: readonly AwardLine[],
  waitingFor: readonly string[],
  more: { reasons?: string; departs?: boolean } = {},
): FactOf<'AwardDecided'> => ({
  type: 'AwardDecided',
  call: CALL,
  institution,
  outcome,
  lines: [...own],
  ...(more.reasons && { reasons: more.reasons }),
  departs: more.departs ?? false,
  capacity: office,
  waitingFor: [...waitingFor],
});

export const fir: AwardLine = { line: 1, amountCents: 1_000_000 };
export const bop: AwardLine = { line: 2, amountCents: 500_000 };
export const arsDecided = decided(ARS, 'favourable', [fir], [DREETS]);
export const dreetsDecided = decided(DREETS, 'favourable', [bop], []);
export const pending = (attempt = 1, ...own: readonly AwardLine[]): FactOf<'AwardPending'> => ({
  type: 'AwardPending',
  call: CALL,
  attempt,
  organisation: ORGANISATION,
  requestedCents: 2_000_000,
  reservations: (own.length > 0 ? own : [fir, bop]).map((line) => ({
    reservation: reservationOf(FILE, attempt, line.line, digest),
    ...line,
  })),
  amountCents: (own.length > 0 ? own : [fir, bop]).reduce((total, { amountCents }) => total + amountCents, 0),
});
/** 15 000 € of the 20 000 € requested: 10 000 € of the ARS, 5 000 € of the DREETS. */
export const underway: AwardEvent[] = [arsDecided, dreetsDecided, pending()];
export const grantedFact: FactOf<'AwardGranted'> = {
  type: 'AwardGranted',
  call: CALL,
  attempt: 1,
  organisation: ORGANISATION,
  lines: [fir, bop],
  amountCents: 1_500_000,
  requestedCents: 2_000_000,
};
export const granted: AwardEvent[] = [...underway, grantedFact];
export const failed: AwardEvent = {
  type: 'AwardFailed',
  call: CALL,
  attempt: 1,
  line: 2,
  askedCents: 500_000,
  leftCents: 120_000,
  institutions: [ARS, DREETS],
};
export const settled = (outcome: 'reserve' | 'refused' | 'no-action', reasons?: string): AwardEvent => ({
  type: 'AwardSettled',
  call: CALL,
  outcome,
  ...(reasons && { reasons }),
});
export const REASONS = 'Le projet ne concerne pas les mille premiers jours.';
export const refusedOutcome: AwardEvent[] = [
  decided(ARS, 'refused', [], [DREETS], { reasons: REASONS }),
  decided(DREETS, 'refused', [], [], { reasons: REASONS }),
  settled('refused', `${REASONS}\n${REASONS}`),
];
export const onReserve: AwardEvent[] = [
  decided(ARS, 'reserve', [], [DREETS]),
  decided(DREETS, 'reserve', [], []),
  settled('reserve'),
];
export const notifiedFact: FactOf<'AwardNotified'> = {
  type: 'AwardNotified',
  call: CALL,
  institution: ARS,
  notifiedOn: '2021-10-15',
  appealUntil: '2021-12-15',
  capacity: office,
};
export const told: AwardEvent[] = [...granted, notifiedFact];
export const declined: FactOf<'AwardDeclined'> = {
  type: 'AwardDeclined',
  call: CALL,
  reason: 'Un autre financeur nous soutient.',
  lines: [fir, bop],
  attempt: 1,
};
export const appealContent = { version: 0, hash: 'e'.repeat(64) };
export const appealed: FactOf<'AppealLodged'> = {
  type: 'AppealLodged',
  call: CALL,
  content: appealContent,
  lodgedAt: '2021-11-02T09:00:00Z',
};
export const answered = (upheld: boolean, held: readonly AwardLine[] = []): FactOf<'AppealAnswered'> => ({
  type: 'AppealAnswered',
  call: CALL,
  institution: ARS,
  upheld,
  reasons: 'Après un second examen.',
  capacity: office,
  lines: [...held],
  attempt: 1,
});

/** The award of another file, after these facts. */
export const after = (...events: readonly AwardEvent[]): Award =>
  events.reduce((state, event) => evolveAward(state, event), noAward);

const stamp: Stamp = { at: '2021-10-15T08:00:00Z', by: SIGNATORY, actingAs: 'signatory', id: FILE };
const context: AwardContext = {
  calendar: paris,
  digest,
  call: callOpen,
  application: file,
  institution: registered,
};

/** A signatory by office acts on 15 October 2021, unless a step says otherwise. */
export const given = specify(award, stamp, context);
export const byApplicant: Partial<Stamp> = { by: 'camille', actingAs: 'submitter' };
export const byService: Partial<Stamp> = { by: 'system', actingAs: 'system' };
