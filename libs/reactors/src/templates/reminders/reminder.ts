import { type DeadlineKind, frenchDeadlines } from '#domain/reminder/deadlines.js';
import type { RoundFacts } from '#domain/reminder/round.js';
import { inNumber } from '#domain/texts.js';
import { type Block, callPage, type Template, title, type Told } from '../../told.js';

const MOST_NAMED = 20;

/** What is to be done, to whom has to. */
const asks: Record<DeadlineKind, string> = {
  submission:
    "Un dossier que vous préparez est commencé et n'est pas déposé. Après cette date, il ne pourra plus l'être.",
  completion: 'Des pièces vous ont été demandées : sans elles, le dossier sera examiné tel quel.',
  interests: "Déclarez vos liens d'intérêts : tant que ce n'est pas fait, aucun dossier ne vous est ouvert.",
  reviews: 'Des évaluations vous sont confiées et ne sont pas remises.',
  convocation: "La commission est à convoquer : le délai court à compter de l'envoi des convocations.",
  answers: 'Des questions de candidats attendent une réponse, à publier pour tous.',
  decisions: 'Des dossiers recevables attendent une décision.',
  signatures: 'Une convention attend votre signature.',
  reports: 'Un bilan est attendu. En retard, il bloque les dépôts et les versements.',
  'shift-answer':
    "Une proposition de décalage attend la réponse de votre institution. Sans elle, l'ancienne date vaut.",
  ratification: 'Une prolongation a été accordée en urgence : votre institution est appelée à la ratifier.',
};

/** One message to each person, whatever they hold. */
export const reminder: Template<'ReminderRoundOpened'> = {
  kind: 'reminder',
  words: (fact, told) => ({
    subject: `${late(fact) ? 'En retard' : 'Rappel'} : ${frenchDeadlines[fact.kind]} — ${title(told)}`,
    lines: [
      `${late(fact) ? "C'était à faire" : "C'est à faire"} avant le ${told.calendar.say(fact.dueAt)}.`,
      ...(fact.step.to === 'responsible'
        ? [asks[fact.kind]]
        : ["Ce rappel vous est adressé parce que ceux qui ont à le faire ne l'ont pas encore fait."]),
      ...files(told),
      ...callPage(told),
    ],
  }),
  example: [
    {
      type: 'ReminderRoundOpened',
      round: 'submission:exemple|J-7|responsible|2026-09-15T14:00:00Z',
      deadline: 'submission:exemple',
      kind: 'submission',
      call: 'exemple',
      step: { days: -7, to: 'responsible', channel: 'mail' },
      merges: [],
      dueAt: '2026-09-15T14:00:00Z',
      plannedFor: '2026-09-08T07:00:00Z',
    },
  ],
};

const late = ({ step: { days = 0, hours = 0 } }: RoundFacts): boolean => days > 0 || hours > 0;

function files({ duties = [], url }: Told): Block[] {
  const named = duties
    .slice(0, MOST_NAMED)
    .map((file): Block => ({ label: 'Dossier', url: `${url}/api/applications/${file}` }));
  const more = duties.length - MOST_NAMED;
  return more > 0 ? [...named, `… et ${more} ${inNumber(more, 'autre dossier', 'autres dossiers')}.`] : named;
}
