import {
  absent,
  type Calendar,
  type Day,
  type Decider,
  type Decision,
  type Instant,
  invalid,
  type Refusal,
  refuse,
  type Stamped,
  unreachable,
} from '../decider.js';
import { sayDay } from '../instants.js';
import { evolveReports, noReports, reportIn } from './evolve.js';
import { reportFaults } from './faults.js';
import { figuresOf } from './figures.js';
import {
  frenchReports,
  type ReportCommand,
  type ReportContext,
  type ReportEvent,
  type Reports,
  type ReportState,
} from './report-facts.js';

/** All that one beneficiary is to account for: expected, handed in, returned, accepted. */
export const reports: Decider<ReportCommand, Reports, ReportEvent> = {
  initial: noReports,
  decide,
  evolve: evolveReports,
};

type Of<T extends ReportCommand['type']> = Stamped<Extract<ReportCommand, { type: T }>>;

function decide(command: Stamped<ReportCommand>, state: Reports, { calendar }: ReportContext): Decision<ReportEvent> {
  const known = reportIn(state, command.report);
  if (command.type === 'ExpectReport') return known ? [] : [expected(command)];
  if (!known) return absent('ReportUnknown', "Ce bilan n'existe pas.");
  if (known.status === 'accepted' || known.status === 'waived') return settled(known);
  switch (command.type) {
    case 'ExtendReport':
      return extend(command, known, calendar);
    case 'SubmitReport':
      return submit(command, known);
    case 'ReturnReport':
      return giveBack(command, known, calendar);
    case 'AcceptReport':
      return notSubmitted(known) ?? [{ type: 'ReportAccepted', report: command.report }];
    case 'WaiveReport':
      return [{ type: 'ReportWaived', report: command.report, reason: command.reason }];
    default:
      return unreachable(command);
  }
}

function expected({ report, kind, application, call, leads, dueOn }: Of<'ExpectReport'>): ReportEvent {
  return { type: 'ReportExpected', report, kind, application, call, leads, dueOn };
}

function extend(
  { report, dueOn, reason, at }: Of<'ExtendReport'>,
  known: ReportState,
  calendar: Calendar,
): Decision<ReportEvent> {
  if (known.status === 'submitted') return handedIn(known);
  if (dueOn <= known.dueOn) {
    return refuse('NotLater', `Ce bilan est déjà dû le ${sayDay(known.dueOn)} : choisissez une date ultérieure.`);
  }
  return pastDay(dueOn, at, calendar) ?? [{ type: 'ReportExtended', report, dueOn, reason }];
}

/** Late or not: a report can be handed in for as long as it isn't accepted. */
function submit({ report, contents, content }: Of<'SubmitReport'>, known: ReportState): Decision<ReportEvent> {
  if (known.status === 'submitted') return handedIn(known);
  const faults = reportFaults(known.kind, contents);
  if (faults.length > 0) {
    return invalid('ReportIncomplete', `Le ${frenchReports[known.kind]} ne peut pas être remis en l'état.`, faults);
  }
  return [{ type: 'ReportSubmitted', report, version: known.versions + 1, content, ...figuresOf(contents) }];
}

function giveBack(
  { report, comments, dueOn, at }: Of<'ReturnReport'>,
  known: ReportState,
  calendar: Calendar,
): Decision<ReportEvent> {
  return notSubmitted(known) ?? pastDay(dueOn, at, calendar) ?? [{ type: 'ReportReturned', report, comments, dueOn }];
}

const settled = ({ kind, status }: ReportState): Refusal =>
  refuse(
    'ReportSettled',
    status === 'accepted'
      ? `Ce ${frenchReports[kind]} est déjà accepté.`
      : `Ce ${frenchReports[kind]} n'est plus attendu.`,
  );

const handedIn = ({ kind }: ReportState): Refusal =>
  refuse('AlreadySubmitted', `Ce ${frenchReports[kind]} est déjà remis : il attend d'être accepté ou renvoyé.`);

const notSubmitted = ({ kind, status }: ReportState): Refusal | undefined =>
  status === 'submitted'
    ? undefined
    : refuse(
        'NotSubmitted',
        status === 'returned'
          ? `Ce ${frenchReports[kind]} a été renvoyé : il n'a pas encore été remis de nouveau.`
          : `Ce ${frenchReports[kind]} n'a pas encore été remis.`,
      );

const pastDay = (day: Day, at: Instant, calendar: Calendar): Refusal | undefined =>
  day > calendar.dayOf(at)
    ? undefined
    : refuse('DateInPast', `Le ${sayDay(day)} n'est pas à venir : choisissez une date ultérieure.`);
