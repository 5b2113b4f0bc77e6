import type { AwardLine, LeadDecision } from '#domain/award/award-facts.js';
import { envelopeLine, type KnownCall } from '#domain/call/call-state.js';
import type { AwardRow } from '#read-models/award-queries.js';
import type { ApplicationDetails } from '#read-models/application-queries.js';
import type { AwardAnswer, AwardLineAnswer, LeadDecisionAnswer, ShortLineAnswer } from './awards.answers.js';

/** Lines with whose money they are. */
export const linesAnswer = (call: KnownCall, lines: readonly AwardLine[]): AwardLineAnswer[] =>
  lines.flatMap(({ line, amountCents }) => {
    const envelope = envelopeLine(call, line);
    if (!envelope) return [];
    const { funder, programme, action, year } = envelope;
    return [{ line, funder, programme, action: action ?? null, year, amountCents }];
  });

const decisionAnswer = (
  call: KnownCall,
  { institution, outcome, lines, reasons, departs }: LeadDecision,
): LeadDecisionAnswer => ({
  institution,
  outcome,
  lines: linesAnswer(call, lines),
  reasons: reasons ?? null,
  departs,
});

function shortAnswer(call: KnownCall, short: AwardRow['short']): ShortLineAnswer | null {
  const envelope = short && envelopeLine(call, short.line);
  return short && envelope ? { ...short, funder: envelope.funder, programme: envelope.programme } : null;
}

/** To the applicant what they were told, to the leads how it stands. */
export function awardAnswer(file: ApplicationDetails, call: KnownCall, row: AwardRow, asTold: boolean): AwardAnswer {
  const { award, told } = row;
  const shown = asTold && told ? told : award;
  const { notified } = shown;
  // What was declined is no longer theirs, though the letter says what it was.
  const granted = shown.status === 'granted' ? shown.granted : undefined;
  return {
    application: file.id,
    call: file.call,
    status: shown.status,
    decisions: Object.values(shown.decisions).map((decision) => decisionAnswer(call, decision)),
    waitingFor: asTold ? [] : [...row.waitingFor],
    lines: linesAnswer(call, granted?.lines ?? []),
    amountCents: granted?.amountCents ?? null,
    requestedCents: granted?.requestedCents ?? file.requestedCents,
    accepted: granted?.accepted ?? false,
    notifiedOn: notified?.on ?? null,
    appealUntil: notified?.appealUntil ?? null,
    appeal: award.appeal ?? null,
    short: asTold ? null : shortAnswer(call, row.short),
    changedAt: row.changedAt,
  };
}
