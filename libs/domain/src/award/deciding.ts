import { requestedOf } from '../application/filed.js';
import { envelopeLine, type Published, rulesOf } from '../call/call-state.js';
import { type Decision, Refusal, refuse } from '../decider.js';
import { capacityToSign } from '../institution/institution.js';
import { amountOf, type Cents, euros, sum } from '../money.js';
import { isBlank, written } from '../texts.js';
import {
  type Award,
  type AwardContext,
  type AwardEvent,
  type AwardOutcome,
  type LeadDecision,
  type Of,
  reservationOf,
} from './award-facts.js';
import { decidableFile, type File, funders, underway } from './guards.js';
import { type Advice, adviceOn, departsFrom, rankingMissing, sayAdvice } from './opinion.js';

/** One lead decides on one file; with the last decision awaited the round has its outcome. */
export function decideAward(command: Of<'DecideAward'>, state: Award, context: AwardContext): Decision<AwardEvent> {
  const file = decidableFile(context);
  if (file instanceof Refusal) return file;
  const { institution, outcome, id } = command;
  const earlier = state.status === 'absent' ? {} : state.decisions;
  const closed = roundClosed(command, state);
  if (closed) return closed;
  const others = Object.values(earlier);
  const waitingFor = awaited(file.call, [...Object.keys(earlier), institution]);
  const advice = adviceOn(id, context.commission);
  const totalCents = totalOf([...others, command]);
  const refusal =
    rankingMissing(advice, context.commission, rulesOf(file.call)) ??
    linesRefusal(command, file.call) ??
    aboveRequested(totalCents, file) ??
    disagreement(outcome, others, file.call);
  if (refusal) return refusal;
  const calledUp = state.status !== 'absent' && state.calledUp;
  const departs = departsFrom(advice, { outcome, totalCents, last: waitingFor.length === 0, calledUp });
  const reasons = written(command.reasons);
  const unreasoned = reasons ? undefined : withoutReasons(outcome, departs ? advice : undefined);
  if (unreasoned) return unreasoned;
  const lines = [...command.lines].sort((a, b) => a.line - b.line);
  const capacity = capacityToSign(command, 'award', context.institution, context, amountOf(lines));
  if (capacity instanceof Refusal) return capacity;
  const decision: LeadDecision = { institution, outcome, lines, ...(reasons && { reasons }), departs, capacity };
  const { call } = file.application;
  const decided: AwardEvent = { type: 'AwardDecided', call, ...decision, waitingFor: [...waitingFor] };
  if (waitingFor.length > 0) return [decided];
  return [decided, outcomeOf([...others, decision], { id, attempts: attemptsOf(state) }, file, context)];
}

const attemptsOf = (state: Award): number => (state.status === 'absent' ? 0 : state.attempts);
const totalOf = (decisions: readonly Pick<LeadDecision, 'lines'>[]): Cents =>
  sum(decisions.map(({ lines }) => amountOf(lines)));

function roundClosed({ institution }: Of<'DecideAward'>, state: Award): Refusal | undefined {
  if (state.status === 'absent') return undefined;
  if (state.status === 'pending') return underway();
  if (state.status !== 'deciding') return refuse('AlreadyDecided', 'La décision sur ce dossier est déjà arrêtée.');
  if (!state.decisions[institution]) return undefined;
  return refuse('AlreadyDecided', 'Votre institution a déjà décidé sur ce dossier.');
}

/** CRPA L211-2 for a refusal, CASF R313-7 where the decision isn't what was advised. */
function withoutReasons(outcome: AwardOutcome, departedFrom: Advice | undefined): Refusal | undefined {
  if (outcome === 'refused') {
    return refuse('ReasonsMissing', 'Un refus est motivé (CRPA L211-2) : indiquez ses raisons.');
  }
  return (
    departedFrom &&
    refuse(
      'DepartsWithoutReasons',
      `Cette décision s'écarte de l'avis de la commission (${sayAdvice(departedFrom)}) : motivez-la.`,
    )
  );
}

/** Whose decision the round still waits for: each lead with money, or each lead where all decide alike. */
function awaited(call: Published, decided: readonly string[]): readonly string[] {
  const needed = call.specifications.awards === 'alike' ? call.heading.leads : funders(call);
  return needed.filter((lead) => !decided.includes(lead));
}

function linesRefusal({ institution, outcome, lines }: Of<'DecideAward'>, call: Published): Refusal | undefined {
  if (outcome !== 'favourable' && lines.length > 0) {
    return refuse('LinesWithoutAward', 'Seule une décision favorable attribue des montants.');
  }
  const own = call.envelopes?.lines.some(({ funder }) => funder === institution) ?? false;
  if (outcome === 'favourable' && own && lines.length === 0) {
    return refuse('LineMissing', 'Une décision favorable attribue un montant sur au moins une de vos enveloppes.');
  }
  const seen = new Set<number>();
  for (const { line, amountCents } of lines) {
    const envelope = envelopeLine(call, line);
    if (!envelope) return refuse('EnvelopeUnknown', `Cet appel n'a pas d'enveloppe à la ligne ${line}.`);
    if (envelope.funder !== institution) {
      return refuse(
        'NotYourEnvelope',
        `La ligne ${line} est une enveloppe de ${envelope.funder} : une institution ne décide que des siennes.`,
      );
    }
    if (seen.has(line)) return refuse('LineTwice', `La ligne ${line} figure deux fois : réunissez les deux montants.`);
    if (amountCents <= 0) return refuse('AmountMissing', `Le montant de la ligne ${line} doit dépasser zéro.`);
    seen.add(line);
  }
  return undefined;
}

function aboveRequested(totalCents: Cents, { application }: File): Refusal | undefined {
  const requested = requestedOf(application);
  if (requested === undefined || totalCents <= requested) return undefined;
  return refuse(
    'AboveRequested',
    `Avec les autres décisions, ${euros(totalCents)} seraient attribués : ${euros(requested)} sont demandés.`,
  );
}

const nouns: Record<AwardOutcome, string> = {
  favourable: 'une attribution',
  reserve: "l'inscription sur la liste complémentaire",
  refused: 'un refus',
  'no-action': 'un classement sans suite',
};

function disagreement(outcome: AwardOutcome, others: readonly LeadDecision[], call: Published): Refusal | undefined {
  const [first] = others;
  if (call.specifications.awards !== 'alike' || !first || first.outcome === outcome) return undefined;
  return refuse(
    'LeadsDisagree',
    `${first.institution} a décidé ${nouns[first.outcome]} : dans cet appel, les autorités pilotes décident toutes de même.`,
  );
}

/** What all decisions of a round make together. */
function outcomeOf(
  decisions: readonly LeadDecision[],
  { id, attempts }: { id: string; attempts: number },
  { call: of, application }: File,
  { digest }: AwardContext,
): AwardEvent {
  const { call, organisation } = application;
  const lines = decisions.flatMap((decision) => decision.lines).sort((a, b) => a.line - b.line);
  const said = (outcome: AwardOutcome) => decisions.some((decision) => decision.outcome === outcome);
  // A call without money of its own selects all the same.
  const selected =
    (of.envelopes?.lines.length ?? 0) === 0 && decisions.every(({ outcome }) => outcome === 'favourable');
  if (lines.length > 0 || selected) {
    const attempt = attempts + 1;
    const reservations = lines.map(({ line, amountCents }) => ({
      reservation: reservationOf(id, attempt, line, digest),
      line,
      amountCents,
    }));
    const amountCents = amountOf(lines);
    const requestedCents = requestedOf(application) ?? amountCents;
    return { type: 'AwardPending', call, attempt, organisation, requestedCents, reservations, amountCents };
  }
  const outcome = said('reserve') ? 'reserve' : said('refused') ? 'refused' : 'no-action';
  const reasons = decisions.flatMap((decision) => decision.reasons ?? []).join('\n');
  return { type: 'AwardSettled', call, outcome, ...(!isBlank(reasons) && { reasons }) };
}
