import type { Call } from '../call/call.js';
import {
  absent,
  type ContentRef,
  type Decider,
  type Decision,
  refuse,
  type Stamped,
  type Tools,
  unreachable,
} from '../decider.js';
import { instantOf } from '../schedule/milestones.js';

export type QuestionEvent =
  | { type: 'QuestionAsked'; call: string; content: ContentRef }
  /** The question as the authority publishes it: what was asked may name people. */
  | { type: 'QuestionAnswered'; call: string; question: string; answer: string; late: boolean }
  | { type: 'AnswerCorrected'; call: string; question: string; answer: string; reason: string };

export type QuestionCommand =
  | { type: 'AskQuestion'; call: string; text: string; content: ContentRef }
  | { type: 'AnswerQuestion'; question: string; answer: string }
  | { type: 'CorrectAnswer'; question: string; answer: string; reason: string };

export type Question = { status: 'absent' } | { status: 'asked' | 'answered'; call: string };

export interface QuestionContext extends Tools {
  readonly call?: Call;
}

/** A question on a published call; its answer goes to everybody (CASF R313-4-2 where that regime applies). */
export const question: Decider<QuestionCommand, Question, QuestionEvent, QuestionContext> = {
  initial: { status: 'absent' },
  decide,
  evolve: (state, event) => {
    switch (event.type) {
      case 'QuestionAsked':
        return { status: 'asked', call: event.call };
      case 'QuestionAnswered':
      case 'AnswerCorrected':
        return state.status === 'absent' ? state : { ...state, status: 'answered' };
      default:
        return unreachable(event);
    }
  },
};

function decide(
  command: Stamped<QuestionCommand>,
  state: Question,
  { call, calendar }: QuestionContext,
): Decision<QuestionEvent> {
  const open = call?.status === 'published' ? call : undefined;
  if (command.type === 'AskQuestion') {
    if (state.status !== 'absent') return refuse('QuestionExists', 'Cette question a déjà été posée.');
    if (!open) return refuse('NotPublished', "Cet appel n'est pas ouvert aux questions.");
    const until =
      instantOf(open.schedule.milestones, 'questionsUntil') ??
      instantOf(open.schedule.milestones, 'submissionDeadline');
    if (until && command.at > until) {
      return refuse('QuestionsClosed', `Les questions n'étaient recevables que jusqu'au ${calendar.say(until)}.`);
    }
    return [{ type: 'QuestionAsked', call: command.call, content: command.content }];
  }
  if (state.status === 'absent') return absent('QuestionUnknown', "Cette question n'existe pas.");
  if (!open) return refuse('NotPublished', "Cet appel n'est plus ouvert aux questions.");
  const { question: asked, answer } = command;
  if (command.type === 'CorrectAnswer') {
    if (state.status !== 'answered')
      return refuse('NotAnswered', "Cette question n'a pas encore de réponse à corriger.");
    return [{ type: 'AnswerCorrected', call: state.call, question: asked, answer, reason: command.reason }];
  }
  if (state.status === 'answered') {
    return refuse('AlreadyAnswered', 'Cette question a déjà sa réponse : corrigez-la si elle est inexacte.');
  }
  const by = instantOf(open.schedule.milestones, 'answersBy');
  return [
    { type: 'QuestionAnswered', call: state.call, question: asked, answer, late: by !== undefined && command.at > by },
  ];
}
