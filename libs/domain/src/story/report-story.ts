import { sayDay } from '../instants.js';
import { euros } from '../money.js';
import type { Gap, Gaps, ReportEvent, ReportFigures } from '../report/report-facts.js';
import { counted, inHundredths } from '../texts.js';
import { reportSaid } from './french.js';
import { type Narrations, told } from './narration.js';

const DUE =
  "Compte rendu dans les 6 mois de la fin de l'exercice, et avant toute nouvelle demande (arrêté du 11 octobre 2006)";
const READ = "Les autorités pilotes lisent ce qui est remis, le renvoient avec leurs observations ou l'acceptent";

/** Every fact of the reports a beneficiary owes, as a person reads it. */
export const reportNarrations: Narrations<ReportEvent> = {
  ReportExpected: (fact) => told(`${reportSaid(fact.kind)} attendu avant le ${sayDay(fact.dueOn)} inclus.`, DUE),
  ReportExtended: (fact) =>
    told(
      `Délai du compte rendu prolongé jusqu'au ${sayDay(fact.dueOn)}. Motif : ${fact.reason}`,
      'Un délai individuel est possible pour un compte rendu',
    ),
  ReportSubmitted: (fact) =>
    told(`Compte rendu remis (version ${fact.version})${figures(fact)}.`, 'Prévu et réalisé, écart en euros et en %'),
  ReportReturned: (fact) =>
    told(`Compte rendu renvoyé, à reprendre avant le ${sayDay(fact.dueOn)}. Observations : ${fact.comments}`, READ),
  ReportAccepted: () => told('Compte rendu accepté.', READ),
  ReportWaived: (fact) =>
    told(`Compte rendu qui n'est plus dû. Motif : ${fact.reason}`, "Rien n'est dû d'une décision abandonnée"),
};

const figures = ({ indicators, gap }: ReportFigures): string =>
  [
    ...(indicators && indicators.length > 0 ? [`, ${counted(indicators.length, 'indicateur')}`] : []),
    ...(gap ? [` : charges ${gapOf(gap.charges)}, produits ${gapOf(gap.products)}${inKindOf(gap)}`] : []),
  ].join('');

/** Contributions in kind, where there are any. */
const inKindOf = ({ inKind }: Gaps): string =>
  inKind.budgetCents === 0 && inKind.actualCents === 0 ? '' : `, en nature ${gapOf(inKind)}`;

/** `25 000,00 € prévus, 24 000,00 € réalisés (-1 000,00 €, -4,00 %)`. */
const gapOf = ({ budgetCents, actualCents, gapCents, gapHundredths }: Gap): string =>
  `${euros(budgetCents)} prévus, ${euros(actualCents)} réalisés (${euros(gapCents)}${gapHundredths === null ? '' : `, ${inHundredths(gapHundredths)} %`})`;
