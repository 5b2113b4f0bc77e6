import { isAdmissible, isOfCall } from '../application/filed.js';
import { published } from '../call/guards.js';
import type { KnownCall } from '../call/call-state.js';
import { rulesOf } from '../call/call-state.js';
import { type Decision, Refusal, refuse } from '../decider.js';
import { isSame, own } from '../same.js';
import { counted } from '../texts.js';
import type { Commission, CommissionContext, CommissionEvent, Of, Session } from './commission-facts.js';
import { convenedSessionOf, isOver, quorumNotMet, rulesIn, sessionOf, sessionOver } from './guards.js';
import { conflictRecusals } from './recusals.js';
import { hallOf, isQuorumMet, quorumOf } from './seats.js';

export function plan(
  command: Of<'PlanSession'>,
  state: Commission,
  call: KnownCall,
  { calendar }: CommissionContext,
): Decision<CommissionEvent> {
  const { session, startsAt, place, reconvenes } = command;
  if (!rulesOf(call).commission) {
    return refuse(
      'NotYetSupported',
      "Les règles de la commission de ce régime ne sont pas encore dans le service : sa séance s'y prépare hors ligne.",
    );
  }
  const open = published(call);
  if (open instanceof Refusal) return open;
  if (!open.unsealed) {
    return refuse(
      'ContentsSealed',
      "Les dossiers ne sont pas encore ouverts : une séance se prévoit après l'échéance.",
    );
  }
  if (own(state.sessions, session)) return refuse('SessionExists', 'Cette séance est déjà prévue.');
  if (startsAt <= command.at) {
    return refuse('DateInPast', `La séance ne peut pas être prévue le ${calendar.say(startsAt)} : c'est déjà passé.`);
  }
  if (reconvenes !== undefined) {
    const first = sessionOf(state, { session: reconvenes });
    if (first instanceof Refusal) return first;
    if (first.status !== 'adjourned') {
      return refuse('NotAdjourned', 'Seule une séance ajournée faute de quorum se convoque à nouveau.');
    }
    if (Object.values(state.sessions).some((other) => other.reconvenes === reconvenes)) {
      return refuse('AlreadyReconvened', 'Une autre séance reprend déjà celle qui a été ajournée.');
    }
  }
  return [{ type: 'SessionPlanned', session, at: startsAt, place, ...(reconvenes !== undefined && { reconvenes }) }];
}

export function convene(
  command: Of<'ConveneSession'>,
  state: Commission,
  context: CommissionContext,
): Decision<CommissionEvent> {
  const session = sessionOf(state, command);
  if (session instanceof Refusal) return session;
  if (session.status === 'open') return refuse('AlreadyOpen', 'Cette séance est déjà ouverte.');
  if (isOver(session)) return sessionOver(session);
  const { agenda, documents, urgency, noQuorumRequired = false, at: convenedAt } = command;
  const refused =
    agendaRefusal(command, context) ??
    reconvenedRefusal(command, state, session) ??
    delayRefusal(command, session, context);
  if (refused) return refused;
  return [
    {
      type: 'SessionConvened',
      session: session.session,
      agenda,
      documents,
      ...(urgency !== undefined && { urgency }),
      noQuorumRequired,
      convenedAt,
    },
  ];
}

function agendaRefusal({ agenda, id }: Of<'ConveneSession'>, { applications = [] }: CommissionContext) {
  if (agenda.length === 0) return refuse('AgendaEmpty', "L'ordre du jour est vide : inscrivez-y des dossiers.");
  if (new Set(agenda).size < agenda.length) {
    return refuse('AgendaTwice', "Un dossier figure deux fois à l'ordre du jour.");
  }
  const wrong = agenda.filter((_, index) => {
    const file = applications[index];
    return !(isOfCall(id, file) && isAdmissible(file));
  });
  if (wrong.length === 0) return undefined;
  return refuse(
    'ApplicationNotAdmissible',
    `La commission n'examine que les dossiers déclarés recevables ; ceux-ci ne le sont pas : ${wrong.join(', ')}.`,
  );
}

// CRPA R133-10: the same agenda, and the convocation says that no quorum will be required.
function reconvenedRefusal(
  { agenda, noQuorumRequired }: Of<'ConveneSession'>,
  state: Commission,
  { reconvenes }: Session,
) {
  if (reconvenes === undefined) {
    return noQuorumRequired
      ? refuse(
          'NoQuorumNotAllowed',
          'Seule une nouvelle réunion après un ajournement peut se tenir sans quorum (CRPA R133-10).',
        )
      : undefined;
  }
  return isSame(state.sessions[reconvenes]?.agenda, agenda)
    ? undefined
    : refuse('AgendaDiffers', "La nouvelle réunion porte exactement sur l'ordre du jour de la séance ajournée.");
}

function delayRefusal({ at, urgency }: Of<'ConveneSession'>, { startsAt }: Session, context: CommissionContext) {
  const { calendar } = context;
  if (at >= startsAt) {
    return refuse('ConvenedTooLate', `La séance du ${calendar.say(startsAt)} est passée : prévoyez-en une autre.`);
  }
  const { minDays, source } = rulesIn(context).convocation;
  const days = calendar.daysBetween(calendar.dayOf(at), calendar.dayOf(startsAt));
  if (days >= minDays || urgency !== undefined) return undefined;
  return refuse(
    'ConvenedTooLate',
    `La convocation part au moins ${counted(minDays, 'jour')} avant la séance, sauf urgence motivée (${source}) : il en reste ${days}.`,
  );
}

export function open(
  command: Of<'OpenSession'>,
  state: Commission,
  context: CommissionContext,
): Decision<CommissionEvent> {
  const session = dueSession(command, state, context);
  if (session instanceof Refusal) return session;
  if (session.status === 'open') return refuse('AlreadyOpen', 'Cette séance est déjà ouverte.');
  const rules = rulesIn(context);
  const quorum = quorumOf(hallOf(state, session), rules, !session.noQuorumRequired);
  if (!isQuorumMet(quorum)) return quorumNotMet(quorum, '', rules);
  return [
    { type: 'SessionOpened', session: session.session, quorum },
    ...conflictRecusals(state, session, state.interests),
  ];
}

/** Before it opens, or once so many have left that nothing more can be voted. */
export function adjourn(
  command: Of<'AdjournSession'>,
  state: Commission,
  context: CommissionContext,
): Decision<CommissionEvent> {
  const session = dueSession(command, state, context);
  if (session instanceof Refusal) return session;
  const quorum = quorumOf(hallOf(state, session), rulesIn(context), !session.noQuorumRequired);
  if (isQuorumMet(quorum)) {
    return refuse(
      'QuorumMet',
      quorum.required
        ? `Le quorum est atteint (${quorum.present} voix sur ${quorum.members}) : la séance ne s'ajourne pas pour ce motif.`
        : "Cette réunion n'exige aucun quorum : elle ne s'ajourne pas pour ce motif.",
    );
  }
  return [{ type: 'SessionAdjourned', session: session.session, because: 'quorum', quorum }];
}

/** Convened, and its hour has come. */
function dueSession(
  command: Of<'OpenSession' | 'AdjournSession'>,
  state: Commission,
  { calendar }: CommissionContext,
): Session | Refusal {
  const session = convenedSessionOf(state, command);
  if (session instanceof Refusal || command.at >= session.startsAt) return session;
  return refuse(
    'SessionNotDue',
    `La séance est prévue le ${calendar.say(session.startsAt)} : elle ne commence pas avant.`,
  );
}
