import type { AwardLine } from '../award/award-facts.js';
import { envelopeLine, type KnownCall } from '../call/call-state.js';
import { absent, type Day, type Decision, Refusal, refuse } from '../decider.js';
import { sayDay } from '../instants.js';
import { amountOf, euros } from '../money.js';
import { type LegalForm, legalFormOf } from '../organisation/organisation.js';
import type { FundingRules } from '../rules.js';
import {
  type Agreement,
  type AgreementContext,
  type AgreementEvent,
  type AgreementLine,
  type Of,
  partyKey,
  type YearlyAmount,
} from './agreement-facts.js';
import { fundingRules, isFir } from './lines.js';

export const agreementUnknown = () => absent('AgreementUnknown', "Ce dossier n'a ni convention ni arrêté.");
export const awardNotGranted = () =>
  refuse('AwardNotGranted', "Aucune aide n'est accordée à ce dossier : il n'y a rien à conventionner.");

/** A draft replaces the one before it, until somebody has signed. */
export function draft(
  command: Of<'DraftAgreement'>,
  state: Agreement,
  context: AgreementContext,
): Decision<AgreementEvent> {
  // Whom the file doesn't concern isn't told whether it has an award.
  if (command.actingAs === 'person') return agreementUnknown();
  const given = givenFor(command, context);
  if (given instanceof Refusal) return given;
  const { call, organisation, form, object, parties } = command;
  if (state.status !== 'absent' && state.signed.length > 0) {
    return refuse('SignaturesStarted', 'Une partie a déjà signé ce texte : il ne se modifie plus.');
  }
  const period = periodOf(command, context);
  if (period instanceof Refusal) return period;
  const lines = given.lines.map((line) => agreementLine(line, given.call));
  const yearly = yearlyAmounts(lines, legalFormOf(context.organisation), fundingRules(context).agreement);
  const compulsory = yearly.find((one) => one.compulsory);
  if (form === 'order' && compulsory) {
    const { funder, amountCents, year, rule } = compulsory;
    return refuse(
      'AgreementCompulsory',
      `Une convention est obligatoire : ${funder} donne ${euros(amountCents)} pour ${year}. ${rule}`,
    );
  }
  const refusal = partiesRefusal(command, lines, context);
  if (refusal) return refusal;
  return [{ type: 'AgreementDrafted', call, organisation, form, object, parties, lines, yearly, ...period }];
}

/** Dates that the applicant confirmed after a shift are those of the project. */
function periodOf(
  { startsOn, endsOn }: Of<'DraftAgreement'>,
  { application }: AgreementContext,
): { readonly startsOn: Day; readonly endsOn: Day } | Refusal {
  const confirmed = application && application.status !== 'absent' ? application.dates?.confirmed : undefined;
  const from = startsOn ?? confirmed?.startsOn;
  const to = endsOn ?? confirmed?.endsOn;
  if (from === undefined || to === undefined) {
    return refuse('PeriodMissing', "Donnez le début et la fin de la période : le dossier n'en a pas confirmé.");
  }
  if (to < from) return refuse('PeriodReversed', 'La fin de la période précède son début.');
  if (confirmed && (from !== confirmed.startsOn || to !== confirmed.endsOn)) {
    return refuse(
      'PeriodDiffers',
      `Le porteur de projet a confirmé ses dates : du ${sayDay(confirmed.startsOn)} au ${sayDay(confirmed.endsOn)}.`,
    );
  }
  return { startsOn: from, endsOn: to };
}

/** What the award gives to this beneficiary, who has agreed to it where it is less than was requested. */
function givenFor(
  { call: of, organisation }: Of<'DraftAgreement'>,
  { award, call }: AgreementContext,
): { readonly call: KnownCall; readonly lines: readonly AwardLine[] } | Refusal {
  if (award?.status !== 'granted' || !award.granted || !call || call.status === 'absent') return awardNotGranted();
  const { granted } = award;
  if (award.call !== of || granted.organisation !== organisation) return awardNotGranted();
  if (granted.amountCents < granted.requestedCents && !granted.accepted) {
    return refuse(
      'ReducedAmountPending',
      "Le montant accordé est inférieur à la demande : le porteur de projet doit d'abord l'accepter.",
    );
  }
  return { call, lines: granted.lines };
}

function agreementLine({ line, amountCents }: AwardLine, call: KnownCall): AgreementLine {
  const envelope = envelopeLine(call, line);
  if (!envelope) throw new Error(`An award has a line ${line} that its call doesn't have.`);
  const { funder, programme, year } = envelope;
  return { line, amountCents, funder, programme, year };
}

/**
 * What each authority gives in each year, lines added up. Loi 2000-321 art. 10 binds what private bodies receive of
 * the State, CSP R1435-30 what anybody receives of the FIR.
 */
function yearlyAmounts(
  lines: readonly AgreementLine[],
  legalForm: LegalForm,
  { compulsoryAboveCents, sourceOfState, sourceOfFir }: FundingRules['agreement'],
): YearlyAmount[] {
  const groups = new Map<string, AgreementLine[]>();
  for (const line of lines) {
    const key = `${line.funder} ${line.year}`;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  const threshold = euros(compulsoryAboveCents);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const counted = legalForm === 'public' ? group.filter(({ programme }) => isFir(programme)) : group;
    const amountCents = amountOf(group);
    const compulsory = amountOf(counted) > compulsoryAboveCents;
    const source = (counted[0] ?? first).programme;
    const said = isFir(source) ? sourceOfFir : sourceOfState;
    const rule =
      counted.length === 0
        ? `Crédits de l'État à un organisme public : un arrêté suffit (${sourceOfState}).`
        : compulsory
          ? `Plus de ${threshold} par an : convention obligatoire (${said}).`
          : `${threshold} par an au plus : un arrêté suffit (${said}).`;
    return [{ funder: first.funder, year: first.year, amountCents, compulsory, rule }];
  });
}

/** An agreement binds every funder and the beneficiary, with others where wanted; an order is its funders' own act. */
function partiesRefusal(
  { parties, form, organisation }: Of<'DraftAgreement'>,
  lines: readonly AgreementLine[],
  context: AgreementContext,
): Refusal | undefined {
  const keys = parties.map(partyKey);
  const twice = parties.find((party, index) => keys.indexOf(partyKey(party)) !== index);
  if (twice) return refuse('PartyTwice', `${twice.id} figure deux fois parmi les parties.`);
  const funders = [...new Set(lines.map(({ funder }) => funder))].map((id) => ({ kind: 'institution', id }) as const);
  const needed = form === 'order' ? funders : [...funders, { kind: 'organisation', id: organisation } as const];
  const missing = needed.find((party) => !keys.includes(partyKey(party)));
  if (missing) return refuse('PartyMissing', `Il manque une partie : ${missing.id}.`);
  const stranger = parties.find((party) => !needed.some((one) => partyKey(one) === partyKey(party)));
  if (form === 'order' && stranger) {
    return refuse(
      'PartyNotFunder',
      `Un arrêté n'est signé que par ses financeurs : retirez ${stranger.id} des parties.`,
    );
  }
  const unknown = parties.find((_, index) => context.parties?.[index]?.status === 'absent');
  return unknown && refuse('PartyUnknown', `${unknown.id} n'est pas enregistré : enregistrez d'abord cette partie.`);
}
