import { noAccount } from '../account/account.js';
import type { Published } from '../call/call-state.js';
import { type Decision, type Instant, Refusal, refuse, type Stamped, unreachable } from '../decider.js';
import { grantKey } from '../roles.js';
import { isSame } from '../same.js';
import { isBlank } from '../texts.js';
import type { AdmissibilityCommand, RefusalGround } from './admissibility-facts.js';
import type { ApplicationContext, ApplicationEvent, KnownApplication, Of } from './application-facts.js';
import { complete, extendCompletion, requestCompletion } from './completion.js';
import { examinable, filedLate } from './examinable.js';

/** May the file be examined? Completion, admissibility, prior refusal. */
export function examine(
  command: Stamped<AdmissibilityCommand>,
  state: KnownApplication,
  context: ApplicationContext,
): Decision<ApplicationEvent> {
  // By the applicant, whom the seal doesn't concern.
  if (command.type === 'CompleteFile') return complete(command, state, context);
  const call = examinable(command, state, context);
  if (call instanceof Refusal) return call;
  switch (command.type) {
    case 'RequestCompletion':
      return requestCompletion(command, state, call);
    case 'ExtendCompletion':
      return extendCompletion(command, state, context);
    case 'DeclareAdmissible':
      return declareAdmissible(command, state, context);
    case 'RefuseBeforehand':
      return refuseBeforehand(command, state, context);
    case 'CorrectAdmissibility':
      return correct(command, state);
    case 'HandOverFile':
      return handOver(command, state, call, context);
    default:
      return unreachable(command);
  }
}

function declareAdmissible(
  command: Of<'DeclareAdmissible'>,
  state: KnownApplication,
  context: ApplicationContext,
): Decision<ApplicationEvent> {
  const refusal = undecided(state, command.at, context);
  if (refusal) return refusal;
  if (state.paper?.late) return filedLate();
  return [{ type: 'DeclaredAdmissible', institution: command.institution }];
}

/** CASF R313-6, décret 2019-854: late, irregular, off topic, over the budget; always with reasons (CRPA L211-2). */
function refuseBeforehand(
  command: Of<'RefuseBeforehand'>,
  state: KnownApplication,
  context: ApplicationContext,
): Decision<ApplicationEvent> {
  const { institution, grounds, reasons } = command;
  const refusal = undecided(state, command.at, context) ?? unfounded(state, command);
  return refusal ?? [{ type: 'RefusedBeforehand', grounds, reasons, institution }];
}

/** What was said stays in the record; what is said now counts. */
function correct(command: Of<'CorrectAdmissibility'>, state: KnownApplication): Decision<ApplicationEvent> {
  if (!state.admissibility) {
    return refuse(
      'AdmissibilityUndecided',
      "La recevabilité de ce dossier n'est pas encore décidée : il n'y a rien à corriger.",
    );
  }
  const { institution, now, reason } = command;
  if (isSame(now, state.admissibility)) return refuse('NothingChanged', 'Cette correction ne change rien.');
  const refusal = now.verdict === 'refused' ? unfounded(state, now) : state.paper?.late && filedLate();
  return refusal || [{ type: 'AdmissibilityCorrected', now, reason, institution }];
}

/** Decided once, and not while the applicant still has time to complete it (CRPA L114-5). */
function undecided(
  { admissibility, completion }: KnownApplication,
  at: Instant,
  { calendar }: ApplicationContext,
): Refusal | undefined {
  if (admissibility) {
    return refuse(
      'AdmissibilityDecided',
      'La recevabilité de ce dossier est déjà décidée : corrigez-la avec son motif.',
    );
  }
  if (!completion || at > completion.dueAt) return undefined;
  return refuse(
    'CompletionPending',
    `Le porteur de projet a jusqu'au ${calendar.say(completion.dueAt)} pour compléter ce dossier.`,
  );
}

function unfounded(
  { paper }: KnownApplication,
  { grounds, reasons }: { readonly grounds: readonly RefusalGround[]; readonly reasons: string },
): Refusal | undefined {
  if (grounds.length === 0) return refuse('GroundMissing', 'Indiquez au moins un cas de refus.');
  if (new Set(grounds).size < grounds.length) {
    return refuse('GroundTwice', "Un même cas de refus ne s'indique qu'une fois.");
  }
  if (isBlank(reasons)) return refuse('ReasonsMissing', 'Un refus est motivé : dites pourquoi.');
  if (grounds.includes('late') && !paper?.late) {
    return refuse('NotLate', 'Ce dossier est arrivé dans le délai : il ne peut pas être refusé comme tardif.');
  }
  return undefined;
}

function handOver(
  { to, reason }: Of<'HandOverFile'>,
  state: KnownApplication,
  call: Published,
  { person }: ApplicationContext,
): Decision<ApplicationEvent> {
  if (person?.status !== 'open') return noAccount();
  if (state.officer === to) return refuse('AlreadyOfficer', 'Cette personne instruit déjà ce dossier.');
  const officers = call.heading.leads.flatMap((id) =>
    (['case-officer', 'administrator'] as const).map((role) => grantKey({ role, scope: { kind: 'institution', id } })),
  );
  if (!officers.some((officer) => person.grants.includes(officer))) {
    return refuse('NotAnOfficer', "Cette personne n'est pas instructeur d'une autorité pilote de cet appel.");
  }
  return [{ type: 'FileHandedOver', to, ...(state.officer !== undefined && { from: state.officer }), reason }];
}
