import { earliestStart } from '../call/shift-consequences.js';
import type { Published } from '../call/call-state.js';
import { type Day, type Decision, Refusal, refuse, type Tools } from '../decider.js';
import { sayDay } from '../instants.js';
import type { ApplicationContext, ApplicationEvent, KnownApplication, Of } from './application-facts.js';
import { runningCall } from './drafting.js';

/**
 * Asked of a file that stands, where a shift makes its start impossible: `before` is the earliest day until then. What
 * was impossible already was the applicant's own choice, unless they were asked.
 */
export function askDates(
  { before }: Of<'AskDates'>,
  state: KnownApplication,
  context: ApplicationContext,
): Decision<ApplicationEvent> {
  const call = runningCall(context);
  if (call instanceof Refusal) return call;
  const earliest = earliestStart(call.schedule, context.calendar);
  const { asked, confirmed } = state.dates ?? {};
  const start = confirmed?.startsOn ?? context.submitted?.startsOn;
  const possible = earliest === undefined || start === undefined || start >= earliest;
  if (possible || !stands(state) || asked === earliest) return [];
  const ownChoice = before !== undefined && start < before && asked === undefined;
  return ownChoice ? [] : [{ type: 'DatesAsked', earliest }];
}

/** The project's period after a shift: dates alone, what was submitted stays sealed and as it is. */
export function confirmDates(
  { startsOn, endsOn }: Of<'ConfirmDates'>,
  state: KnownApplication,
  context: ApplicationContext,
): Decision<ApplicationEvent> {
  const call = runningCall(context);
  if (call instanceof Refusal) return call;
  if (state.status !== 'submitted') {
    return refuse('NotSubmitted', "Ce dossier n'est pas déposé : il n'a pas de dates à confirmer.");
  }
  if (!stands(state)) {
    return refuse('FileRefused', 'Ce dossier est refusé avant examen : ses dates ne se confirment plus.');
  }
  const asked = state.dates?.asked;
  if (asked === undefined) {
    return refuse(
      'DatesNotAsked',
      "Aucun décalage n'a rendu impossibles les dates de ce projet : elles restent celles du dossier.",
    );
  }
  if (endsOn < startsOn) return refuse('PeriodReversed', 'La fin de la période précède son début.');
  const earliest = earliestNow(call, asked, context);
  if (startsOn < earliest) {
    return refuse(
      'StartTooEarly',
      `Le projet ne peut pas démarrer avant la décision : choisissez une date à partir du ${sayDay(earliest)}.`,
    );
  }
  return [{ type: 'DatesConfirmed', startsOn, endsOn }];
}

/** The schedule may have moved since it was asked. */
const earliestNow = ({ schedule }: Published, asked: Day, { calendar }: Pick<Tools, 'calendar'>): Day =>
  earliestStart(schedule, calendar) ?? asked;

const stands = ({ status, admissibility }: KnownApplication): boolean =>
  status === 'submitted' && admissibility?.verdict !== 'refused';
