import { absent, type Decision, type Instant, Refusal, refuse } from '../decider.js';
import { sayDay } from '../instants.js';
import { euros } from '../money.js';
import { frenchReports, overdue } from '../report/report-facts.js';
import type {
  AgreementContext,
  AgreementEvent,
  AgreementLine,
  InstalmentState,
  KnownAgreement,
  Of,
} from './agreement-facts.js';
import { fundingRules, isFir, leftToPay, lineInFrench } from './lines.js';

export function requestPayment(
  command: Of<'RequestPayment'>,
  state: KnownAgreement,
  context: AgreementContext,
): Decision<AgreementEvent> {
  const found = instalmentOf(state, command.instalment);
  if (found instanceof Refusal) return found;
  const [asked, line] = found;
  if (state.status !== 'concluded') {
    return refuse('NotConcluded', "Toutes les parties n'ont pas encore signé : rien ne peut être payé.");
  }
  if (asked.requestedBy !== undefined) return refuse('AlreadyRequested', 'Ce versement est déjà demandé.');
  const earlier = state.instalments.find(
    (one) => one.line === asked.line && one.number < asked.number && one.requestedBy === undefined,
  );
  if (earlier) {
    return refuse('EarlierInstalment', `Demandez d'abord le versement ${earlier.number} de la ${lineInFrench(line)}.`);
  }
  const refusal = conditionRefusal(asked, command, context) ?? paymentRefusal(state, asked, line, command.at, context);
  return refusal ?? [{ type: 'PaymentRequested', instalment: asked.number, person: command.by }];
}

/** Service fait: what the money was for has been done, says somebody who didn't ask for it. */
export function certify(command: Of<'CertifyService'>, state: KnownAgreement): Decision<AgreementEvent> {
  const found = instalmentOf(state, command.instalment);
  if (found instanceof Refusal) return found;
  const [{ number, requestedBy, certifiedBy }] = found;
  if (requestedBy === undefined) return notRequested();
  if (certifiedBy !== undefined) return refuse('AlreadyCertified', 'Le service fait est déjà certifié.');
  if (requestedBy === command.by) return ownRequest();
  return [{ type: 'ServiceCertified', instalment: number, person: command.by }];
}

export function approve(
  command: Of<'ApprovePayment'>,
  state: KnownAgreement,
  context: AgreementContext,
): Decision<AgreementEvent> {
  const found = instalmentOf(state, command.instalment);
  if (found instanceof Refusal) return found;
  const [{ number, amountCents, requestedBy, certifiedBy, approvedBy, approved }] = found;
  const { by } = command;
  if (requestedBy === undefined) return notRequested();
  if (certifiedBy === undefined) {
    return refuse('NotCertified', "Le service fait n'est pas encore certifié par un instructeur.");
  }
  if (approvedBy.includes(by)) {
    return refuse('ApprovedTwice', 'Vous avez déjà approuvé ce versement : une autre personne doit le faire.');
  }
  if (approved) return refuse('AlreadyApproved', 'Ce versement est déjà approuvé.');
  if (requestedBy === by || certifiedBy === by) return ownRequest();
  const level = approvedBy.length === 0 ? 1 : 2;
  const last = level === 2 || amountCents <= fundingRules(context).approval.twoAboveCents;
  return [{ type: 'PaymentApproved', instalment: number, level, last, person: by }];
}

/** The accountant has paid: what is recorded is the trace of it. */
export function recordPayment(
  command: Of<'RecordPayment'>,
  state: KnownAgreement,
  context: AgreementContext,
): Decision<AgreementEvent> {
  const found = instalmentOf(state, command.instalment);
  if (found instanceof Refusal) return found;
  const [asked, line] = found;
  if (asked.paid) return refuse('AlreadyPaid', 'Ce versement est déjà payé.');
  if (!asked.approved) return refuse('NotApproved', "Ce versement n'est pas encore approuvé.");
  if (asked.approvedBy.includes(command.by)) {
    return refuse('ApprovedByYou', 'Vous avez approuvé ce versement : une autre personne en enregistre le paiement.');
  }
  const refusal = paymentRefusal(state, asked, line, command.at, context);
  if (refusal) return refusal;
  const { paidOn, commitment } = command;
  if (paidOn > context.calendar.dayOf(command.at)) {
    return refuse('DateInFuture', "La date du paiement est dans l'avenir.");
  }
  const fir = isFir(line.programme);
  if (fir ? !/^\S.{0,19}$/.test(commitment) : !/^\d{10}$/.test(commitment)) {
    return refuse(
      'CommitmentInvalid',
      fir
        ? 'La référence du paiement a de 1 à 20 caractères.'
        : "Le numéro d'engagement juridique (Chorus) a 10 chiffres.",
    );
  }
  const { number, amountCents } = asked;
  return [{ type: 'PaymentRecorded', instalment: number, amountCents, paidOn, commitment }];
}

export function suspend({ reason }: Of<'SuspendPayments'>, state: KnownAgreement): Decision<AgreementEvent> {
  if (state.suspended !== undefined)
    return refuse('AlreadySuspended', 'Les paiements de ce dossier sont déjà suspendus.');
  return [{ type: 'PaymentsSuspended', reason }];
}

export function resume({ reason }: Of<'ResumePayments'>, state: KnownAgreement): Decision<AgreementEvent> {
  if (state.suspended === undefined)
    return refuse('NotSuspended', 'Les paiements de ce dossier ne sont pas suspendus.');
  return [{ type: 'PaymentsResumed', reason }];
}

const notRequested = () => refuse('NotRequested', "Ce versement n'est pas encore demandé.");
const ownRequest = () =>
  refuse('OwnRequest', 'Vous avez demandé ou certifié ce versement : une autre personne doit le faire.');

function instalmentOf(state: KnownAgreement, number: number): [InstalmentState, AgreementLine] | Refusal {
  const instalment = state.instalments.find((one) => one.number === number);
  const line = state.lines.find((one) => one.line === instalment?.line);
  if (!instalment || !line) return absent('InstalmentUnknown', `Le versement ${number} n'est pas prévu.`);
  return [instalment, line];
}

function conditionRefusal(
  { condition }: InstalmentState,
  { at, id }: { at: Instant; id: string },
  { calendar, reports }: AgreementContext,
): Refusal | undefined {
  switch (condition.kind) {
    // Signed it is: nothing is requested before.
    case 'signature':
      return undefined;
    case 'date':
      return calendar.dayOf(at) >= condition.on
        ? undefined
        : refuse('ConditionNotMet', `Ce versement n'est dû qu'à partir du ${sayDay(condition.on)}.`);
    case 'report': {
      const accepted = Object.values(reports?.reports ?? {}).some(
        ({ application, kind, status }) => application === id && kind === condition.report && status === 'accepted',
      );
      return accepted
        ? undefined
        : refuse('ConditionNotMet', `Ce versement attend un ${frenchReports[condition.report]} accepté de ce dossier.`);
    }
  }
}

/** What stops a payment, whenever it is asked for or recorded. */
function paymentRefusal(
  state: KnownAgreement,
  { amountCents }: InstalmentState,
  line: AgreementLine,
  at: Instant,
  { award, reports, calendar }: AgreementContext,
): Refusal | undefined {
  if (state.suspended !== undefined) {
    return refuse('PaymentsSuspended', 'Les paiements de ce dossier sont suspendus.');
  }
  if (!state.bank) return refuse('BankAccountUnchecked', "Le bénéficiaire n'a pas encore donné de compte bancaire.");
  if (!state.bank.checked) {
    return refuse(
      'BankAccountUnchecked',
      `Le compte bancaire finissant par ${state.bank.ending} attend sa vérification par une seconde personne.`,
    );
  }
  const left = leftToPay(state, line, award);
  if (amountCents > left) {
    return refuse(
      'AboveAward',
      `Il ne reste que ${euros(left)} à payer sur la ${lineInFrench(line)} : ${euros(amountCents)} la dépasseraient.`,
    );
  }
  // Of the whole beneficiary, whatever the file.
  const [oldest] = reports ? overdue(reports, calendar.dayOf(at)) : [];
  return (
    oldest &&
    refuse(
      'ReportOverdue',
      `Ce bénéficiaire devait un ${frenchReports[oldest.kind]} le ${sayDay(oldest.dueOn)} : rien ne se paie avant qu'il soit remis.`,
    )
  );
}
