import { type Decision, refuse } from '../decider.js';
import { amountOf } from '../money.js';
import { frenchReports } from '../report/report-facts.js';
import type { AgreementContext, AgreementEvent, KnownAgreement, Of } from './agreement-facts.js';
import { paidOf } from './lines.js';

/** Everything asked for is paid, everything called back has come, every report is accepted: the file is closed. */
export function close(
  { id }: Of<'CloseFile'>,
  state: KnownAgreement,
  { reports }: AgreementContext,
): Decision<AgreementEvent> {
  if (state.status !== 'concluded') {
    return refuse('NotConcluded', "Toutes les parties n'ont pas encore signé : il n'y a rien à solder.");
  }
  const pending = [
    ...state.instalments
      .filter(({ requestedBy, paid }) => requestedBy !== undefined && !paid)
      .map(({ number }) => `le versement ${number} est demandé et pas payé`),
    ...state.recoveries
      .filter(({ status }) => status === 'announced' || status === 'ordered')
      .map(({ recovery }) => `le reversement ${recovery} n'est ni abandonné ni encaissé`),
  ];
  if (pending.length > 0) return refuse('FilePending', `Ce dossier ne peut pas être soldé : ${pending.join(' ; ')}.`);
  const owed = Object.values(reports?.reports ?? {}).find(
    ({ application, status }) => application === id && status !== 'accepted' && status !== 'waived',
  );
  if (owed) {
    return refuse(
      'ReportsPending',
      `Ce dossier ne peut pas être soldé : un ${frenchReports[owed.kind]} n'est pas accepté.`,
    );
  }
  const { call, organisation } = state;
  const recoveredCents = amountOf(state.recoveries.filter(({ status }) => status === 'paid'));
  return [{ type: 'FileClosed', call, organisation, paidCents: paidOf(state), recoveredCents }];
}
