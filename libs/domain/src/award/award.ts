import { type Decider, type Decision, refuse, type Stamped, unreachable } from '../decider.js';
import type { Award, AwardCommand, AwardContext, AwardEvent } from './award-facts.js';
import { decideAward } from './deciding.js';
import { evolveAward, noAward } from './evolve.js';
import { notNotified } from './guards.js';
import { acceptReduced, decline, notify } from './notification.js';
import { answerAppeal, callUp, lodgeAppeal } from './second-look.js';
import { fail, grant } from './steps.js';

/** The decision on one file: each lead's, the money it takes, its notification, and what follows. */
export const award: Decider<AwardCommand, Award, AwardEvent, AwardContext> = {
  initial: noAward,
  decide,
  evolve: evolveAward,
};

const byApplicant: ReadonlySet<AwardCommand['type']> = new Set(['AcceptReducedAmount', 'DeclineAward', 'LodgeAppeal']);

function decide(command: Stamped<AwardCommand>, state: Award, context: AwardContext): Decision<AwardEvent> {
  if (command.type === 'DecideAward') return decideAward(command, state, context);
  if (state.status === 'absent') {
    return byApplicant.has(command.type)
      ? notNotified()
      : refuse('NotDecided', "Aucune décision n'a été prise sur ce dossier.");
  }
  switch (command.type) {
    case 'GrantAward':
      return grant(command, state);
    case 'FailAward':
      return fail(command, state);
    case 'NotifyAward':
      return notify(command, state, context);
    case 'AcceptReducedAmount':
      return acceptReduced(command, state, context);
    case 'DeclineAward':
      return decline(command, state);
    case 'CallUpFromReserve':
      return callUp(command, state, context);
    case 'LodgeAppeal':
      return lodgeAppeal(command, state, context);
    case 'AnswerAppeal':
      return answerAppeal(command, state, context);
    default:
      return unreachable(command);
  }
}
