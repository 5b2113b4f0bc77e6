import { type Decision, Refusal, refuse } from '../decider.js';
import { sayDay } from '../instants.js';
import { capacityToSign } from '../institution/institution.js';
import type { Award, AwardContext, AwardEvent, KnownAward, Of } from './award-facts.js';
import { decidableFile, funders, toldToApplicant, underway } from './guards.js';

/** Money came back: the first file that waits on the reserve list is decided on again. */
export function callUp(
  command: Of<'CallUpFromReserve'>,
  state: KnownAward,
  context: AwardContext,
): Decision<AwardEvent> {
  const file = decidableFile(context);
  if (file instanceof Refusal) return file;
  const { institution, reason } = command;
  if (state.status !== 'reserve') return refuse('NotOnReserve', "Ce dossier n'est pas sur la liste complémentaire.");
  if (!funders(file.call).includes(institution)) {
    return refuse('NotYourEnvelope', "Votre institution n'a pas d'enveloppe dans cet appel.");
  }
  if (context.before?.some(waits)) {
    return refuse(
      'ReserveOrder',
      'Un dossier mieux classé attend encore sur la liste complémentaire : appelez les dossiers dans son ordre.',
    );
  }
  const capacity = capacityToSign(command, 'award', context.institution, context);
  if (capacity instanceof Refusal) return capacity;
  return [{ type: 'CalledUpFromReserve', call: state.call, institution, reason, capacity }];
}

const waits = (award: Award): boolean => award.status === 'reserve';

/** Recours gracieux: in the whole of its last day. */
export function lodgeAppeal(
  { at, content }: Of<'LodgeAppeal'>,
  state: KnownAward,
  { calendar }: AwardContext,
): Decision<AwardEvent> {
  const told = toldToApplicant(state);
  if (told instanceof Refusal) return told;
  const { notified, call, status, appeal } = told;
  if (status === 'declined') return refuse('AlreadyDeclined', 'Vous avez renoncé à cette attribution.');
  if (appeal) return refuse('AlreadyAppealed', 'Vous avez déjà formé un recours gracieux contre cette décision.');
  if (calendar.dayOf(at) > notified.appealUntil) {
    return refuse('AppealTooLate', `Le recours gracieux était ouvert jusqu'au ${sayDay(notified.appealUntil)}.`);
  }
  return [{ type: 'AppealLodged', call, content, lodgedAt: at }];
}

export function answerAppeal(
  command: Of<'AnswerAppeal'>,
  state: KnownAward,
  context: AwardContext,
): Decision<AwardEvent> {
  const { institution, upheld, reasons } = command;
  if (state.status === 'pending') return underway();
  if (state.appeal !== 'lodged') return refuse('NoAppeal', "Aucun recours n'attend de réponse sur ce dossier.");
  const capacity = capacityToSign(command, 'award', context.institution, context);
  if (capacity instanceof Refusal) return capacity;
  const { attempt, lines } = (upheld ? state.granted : undefined) ?? { attempt: state.attempts, lines: [] };
  return [
    {
      type: 'AppealAnswered',
      call: state.call,
      institution,
      upheld,
      reasons,
      capacity,
      lines: [...lines],
      attempt,
    },
  ];
}
