import { accountFaults, inKind } from '../application/budget.js';
import { type Fault, fault } from '../decider.js';
import { euros, sum } from '../money.js';
import { isBlank } from '../texts.js';
import type { AccountFigures, ReportContents, ReportKind } from './report-facts.js';

/** Everything that stands between what was written and its submission, all at once, each with its field. */
export const reportFaults = (kind: ReportKind, contents: ReportContents): Fault[] =>
  kind === 'activity' ? activityFaults(contents) : financialFaults(contents);

function activityFaults({ text, indicators = [], charges, products }: ReportContents): Fault[] {
  const elsewhere = "Les comptes relèvent du compte rendu financier : ôtez-les du bilan d'activité.";
  return [
    ...(isBlank(text) ? [fault('text', 'Missing', "Le texte du bilan d'activité est obligatoire.")] : []),
    ...(indicators.length === 0
      ? [fault('indicators', 'Missing', "Un bilan d'activité a au moins un indicateur.")]
      : []),
    ...indicators.flatMap(({ label, target, actual }, index) => [
      ...(isBlank(label)
        ? [fault(`indicators[${index}].label`, 'Missing', "L'intitulé de l'indicateur est obligatoire.")]
        : []),
      ...(target < 0
        ? [fault(`indicators[${index}].target`, 'Negative', 'La valeur prévue ne peut pas être négative.')]
        : []),
      ...(actual < 0
        ? [fault(`indicators[${index}].actual`, 'Negative', 'La valeur atteinte ne peut pas être négative.')]
        : []),
    ]),
    ...(charges ? [fault('charges', 'NotExpected', elsewhere)] : []),
    ...(products ? [fault('products', 'NotExpected', elsewhere)] : []),
  ];
}

/** Form Cerfa 15059*02: what was spent is what was received, in money and in kind. */
function financialFaults({ indicators, charges = [], products = [] }: ReportContents): Fault[] {
  const elsewhere = "Les indicateurs relèvent du bilan d'activité : ôtez-les du compte rendu financier.";
  const [spent, received] = [charges, products].map((lines) => ({
    money: total(lines.filter((line) => !inKind(line))),
    kind: total(lines.filter(inKind)),
  })) as [Totals, Totals];
  return [
    ...(indicators ? [fault('indicators', 'NotExpected', elsewhere)] : []),
    ...sideFaults('charges', charges, 'Le compte rendu financier a au moins une charge.'),
    ...sideFaults('products', products, 'Le compte rendu financier a au moins un produit.'),
    ...(spent.money === received.money
      ? []
      : [
          fault(
            'charges',
            'ActualNotBalanced',
            `Le réalisé n'est pas équilibré : ${euros(spent.money)} de charges, ${euros(received.money)} de produits.`,
          ),
        ]),
    ...(spent.kind === received.kind
      ? []
      : [
          fault(
            'charges',
            'InKindNotBalanced',
            `Les contributions en nature ne s'équilibrent pas : ${euros(spent.kind)} en 86, ${euros(received.kind)} en 87.`,
          ),
        ]),
  ];
}

interface Totals {
  readonly money: number;
  readonly kind: number;
}

const total = (lines: readonly AccountFigures[]): number => sum(lines.map(({ actualCents }) => actualCents));

function sideFaults(side: 'charges' | 'products', lines: readonly AccountFigures[], missing: string): Fault[] {
  if (lines.length === 0) return [fault(side, 'Missing', missing)];
  return [
    ...accountFaults(side, lines),
    ...lines.flatMap(({ account }, index) =>
      lines.findIndex((line) => line.account === account) === index
        ? []
        : [
            fault(
              `${side}[${index}].account`,
              'AccountTwice',
              `Le compte ${account} figure déjà plus haut : réunissez ses montants sur une ligne.`,
            ),
          ],
    ),
  ];
}
