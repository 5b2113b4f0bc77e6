import { type Decision, Refusal, refuse } from '../decider.js';
import { amountOf, euros } from '../money.js';
import type { FundingRules } from '../rules.js';
import { isSame } from '../same.js';
import type {
  AgreementContext,
  AgreementEvent,
  AgreementLine,
  Instalment,
  KnownAgreement,
  Of,
} from './agreement-facts.js';
import { fundingRules, lineInFrench } from './lines.js';

/** Who is paid what, when, on which condition: each line adds up to its award, to the cent. */
export function planInstalments(
  { instalments }: Of<'PlanInstalments'>,
  state: KnownAgreement,
  context: AgreementContext,
): Decision<AgreementEvent> {
  if (instalments.some(({ number }, index) => number !== index + 1)) {
    return refuse('InstalmentsMisnumbered', 'Numérotez les versements à partir de 1, sans trou et dans leur ordre.');
  }
  const stranger = instalments.find(({ line }) => !state.lines.some((one) => one.line === line));
  if (stranger) {
    return refuse(
      'LineUnknown',
      `Le versement ${stranger.number} est d'une ligne ${stranger.line} sans aide accordée.`,
    );
  }
  const moved = state.instalments.find(
    (before) => before.requestedBy !== undefined && !isSame(planOf(before), instalments[before.number - 1]),
  );
  if (moved) {
    return refuse('InstalmentsStarted', `Le versement ${moved.number} est déjà demandé : il ne se modifie plus.`);
  }
  for (const line of state.lines) {
    const refusal = lineRefusal(line, instalments, fundingRules(context));
    if (refusal) return refusal;
  }
  if (isSame(state.instalments.map(planOf), instalments)) return [];
  return [{ type: 'InstalmentsPlanned', instalments }];
}

const planOf = ({ number, kind, line, amountCents, condition }: Instalment): Instalment => ({
  number,
  kind,
  line,
  amountCents,
  condition,
});

function lineRefusal(line: AgreementLine, all: readonly Instalment[], { advance }: FundingRules): Refusal | undefined {
  const own = all.filter((one) => one.line === line.line);
  const total = amountOf(own);
  if (total !== line.amountCents) {
    return refuse(
      'InstalmentsDontAddUp',
      `Les versements de la ${lineInFrench(line)} font ${euros(total)} au lieu de ${euros(line.amountCents)}.`,
    );
  }
  const advances = amountOf(own.filter(({ kind }) => kind === 'advance'));
  if (advances * 100 > line.amountCents * advance.maxPercent) {
    return refuse(
      'AdvanceTooHigh',
      `L'avance de la ${lineInFrench(line)} dépasse ${advance.maxPercent} % : ${euros(advances)} sur ${euros(line.amountCents)}.`,
    );
  }
  const balances = own.filter(({ kind }) => kind === 'balance').length;
  if (balances !== 1 || own.at(-1)?.kind !== 'balance') {
    return refuse('BalanceNotLast', `La ${lineInFrench(line)} se termine par son solde, un seul.`);
  }
  return undefined;
}
