import { unreachable } from '../decider.js';
import { isSame } from '../same.js';
import type {
  Agreement,
  AgreementEvent,
  Instalment,
  InstalmentState,
  KnownAgreement,
  Recovery,
} from './agreement-facts.js';
import { partyKey } from './agreement-facts.js';

export function evolve(state: Agreement, event: AgreementEvent): Agreement {
  if (event.type === 'AgreementDrafted') return drafted(state, event);
  return state.status === 'absent' ? state : evolveKnown(state, event);
}

/** Drafted again, it keeps the account that was given, and the plan while its lines are the same. */
function drafted(state: Agreement, event: Extract<AgreementEvent, { type: 'AgreementDrafted' }>): KnownAgreement {
  const { type: _, ...contents } = event;
  const before = state.status === 'absent' ? { accounts: 0, recoveries: [] } : state;
  const instalments = 'instalments' in before && isSame(before.lines, event.lines) ? before.instalments : [];
  return { ...before, ...contents, status: 'drafted', signed: [], instalments };
}

function evolveKnown(
  state: KnownAgreement,
  event: Exclude<AgreementEvent, { type: 'AgreementDrafted' }>,
): KnownAgreement {
  switch (event.type) {
    case 'AgreementSigned':
      return { ...state, signed: [...state.signed, partyKey(event.party)] };
    case 'SignatureExtended':
      return { ...state, signatureExtension: { until: event.until, reason: event.reason } };
    case 'AgreementConcluded': {
      const { concludedOn, publishBefore } = event;
      return { ...state, status: 'concluded', concludedOn, publishBefore };
    }
    case 'InstalmentsPlanned':
      return { ...state, instalments: event.instalments.map((planned) => replanned(state, planned)) };
    case 'PaymentRequested':
      return withInstalment(state, event.instalment, () => ({ requestedBy: event.person }));
    case 'ServiceCertified':
      return withInstalment(state, event.instalment, () => ({ certifiedBy: event.person }));
    case 'PaymentApproved':
      return withInstalment(state, event.instalment, ({ approvedBy }) => ({
        approvedBy: [...approvedBy, event.person],
        approved: event.last,
      }));
    case 'PaymentRecorded':
      return withInstalment(state, event.instalment, () => ({
        paid: { on: event.paidOn, commitment: event.commitment },
      }));
    case 'PaymentsSuspended':
      return { ...state, suspended: event.reason };
    case 'PaymentsResumed': {
      const { suspended: _, ...rest } = state;
      return rest;
    }
    case 'BankAccountGiven': {
      const { account, ending, content, person } = event;
      const bank = { account, ending, content, givenBy: person, checked: false };
      return { ...state, bank, accounts: account, written: content.version };
    }
    case 'BankAccountChecked':
      return state.bank?.account === event.account ? { ...state, bank: { ...state.bank, checked: true } } : state;
    case 'RecoveryAnnounced': {
      const { type: _, ...said } = event;
      const announced: Recovery = { ...said, status: 'announced', titles: [] };
      return { ...state, recoveries: [...state.recoveries, announced] };
    }
    case 'RecoveryObserved': {
      const { recovery, content } = event;
      return { ...withRecovery(state, recovery, { observed: content }), written: content.version };
    }
    case 'RecoveryOrdered': {
      const { recovery, amountCents, reasons, titles } = event;
      return withRecovery(state, recovery, { status: 'ordered', amountCents, reasons, titles });
    }
    case 'RecoveryDropped':
      return withRecovery(state, event.recovery, { status: 'dropped' });
    case 'RecoveryPaid':
      return withRecovery(state, event.recovery, {
        status: 'paid',
        received: { on: event.paidOn, reference: event.reference },
      });
    case 'FileClosed':
      return { ...state, status: 'closed' };
    default:
      return unreachable(event);
  }
}

/** What was requested before stays requested: the plan can't change it. */
const replanned = ({ instalments }: KnownAgreement, planned: Instalment): InstalmentState => {
  const before = instalments.find(({ number, requestedBy }) => number === planned.number && requestedBy !== undefined);
  return before ?? { ...planned, approvedBy: [], approved: false };
};

const withInstalment = (
  state: KnownAgreement,
  number: number,
  change: (before: InstalmentState) => Partial<InstalmentState>,
): KnownAgreement => ({
  ...state,
  instalments: state.instalments.map((one) => (one.number === number ? { ...one, ...change(one) } : one)),
});

const withRecovery = (state: KnownAgreement, recovery: number, change: Partial<Recovery>): KnownAgreement => ({
  ...state,
  recoveries: state.recoveries.map((one) => (one.recovery === recovery ? { ...one, ...change } : one)),
});
