import { type Decision, type Instant, Refusal, refuse, type Tools } from '../decider.js';
import { capacityToSign } from '../institution/institution.js';
import { amountOf } from '../money.js';
import { scheduleRefusal, scheduleWarnings, withRegimeDefaults } from '../schedule/bounds.js';
import { instantOf, resolve, withChanges } from '../schedule/milestones.js';
import { isBlank } from '../texts.js';
import type { Of } from './call-commands.js';
import type { CallEvent, Schedule } from './call-facts.js';
import { inAlsaceMoselle, type InPreparation, type KnownCall, rulesOf } from './call-state.js';
import { type CallContext, inPreparation } from './guards.js';
import { noticeOf } from './notices.js';
import { envelopesRefusal, funderTwice, specificationsRefusal, weightOf } from './preparation.js';

export function approve(command: Of<'ApproveCall'>, call: KnownCall, context: CallContext): Decision<CallEvent> {
  const preparing = inPreparation(call);
  if (preparing instanceof Refusal) return preparing;
  const { institution } = command;
  if (preparing.approvals[institution])
    return refuse('AlreadyApproved', 'Votre institution a déjà approuvé cet appel.');
  const late = agreementTooLate(preparing, command.at, context);
  if (late) return late;
  const own = preparing.envelopes?.lines.filter(({ funder }) => funder === institution) ?? [];
  const amount = amountOf(own);
  const capacity = capacityToSign(command, 'approve-call', context.institution, context, amount);
  if (capacity instanceof Refusal) return capacity;
  return [{ type: 'CallApproved', institution, capacity, approvedAt: command.at }];
}

/** The other leads agree within the months of the regime, the whole last day included, else there is no call. */
function agreementTooLate(call: InPreparation, at: Instant, { calendar }: Tools): Refusal | undefined {
  const { withinMonths, source } = rulesOf(call).jointAgreement;
  const [first] = Object.values(call.approvals)
    .map(({ approvedAt }) => approvedAt)
    .sort();
  if (withinMonths === undefined || first === undefined) return undefined;
  const until = calendar.instantOf(calendar.addMonths(calendar.dayOf(first), withinMonths), '23:59:59');
  if (at <= until) return undefined;
  return refuse(
    'AgreementTooLate',
    `L'accord des autres autorités devait venir au plus tard le ${calendar.say(until)} (${source}) : annulez cet appel, ou modifiez-le pour qu'il soit approuvé de nouveau.`,
  );
}

export function publish(command: Of<'PublishCall'>, call: KnownCall, context: CallContext): Decision<CallEvent> {
  const preparing = inPreparation(call);
  if (preparing instanceof Refusal) return preparing;
  const [first] = obstaclesToPublication(preparing, command.at, context);
  if (first) return first;
  const schedule = scheduleAtPublication(preparing, command.at, context);
  if (!schedule || schedule instanceof Refusal) return refuse('ScheduleMissing', "Le calendrier n'est pas fixé.");
  const rules = rulesOf(preparing);
  return [
    {
      type: 'CallPublished',
      rules: rules.version,
      schedule,
      notice: noticeOf(preparing, schedule, context.calendar),
      warnings: [...scheduleWarnings(schedule.milestones, rules, inAlsaceMoselle(preparing), context.calendar)],
    },
  ];
}

/**
 * Everything that stands between a call and its publication, in the order people meet it. What was set is checked
 * again: the heading may have been revised since.
 */
export function obstaclesToPublication(call: InPreparation, at: Instant, tools: Tools): Refusal[] {
  const { heading } = call;
  const silent = Object.entries(call.partners)
    .filter(([, partner]) => partner.presence === 'expected' && !partner.answer && !partner.override)
    .map(([institution]) => institution);
  const unapproved = heading.leads.filter((lead) => !call.approvals[lead]);
  const weight = weightOf(call);
  const when = (condition: boolean, code: string, sentence: string) => (condition ? [refuse(code, sentence)] : []);
  const refused = (refusal: Refusal | undefined) => (refusal ? [refusal] : []);
  return [
    ...when(isBlank(call.specifications?.purpose), 'SpecificationsMissing', "Le cahier des charges n'est pas fixé."),
    ...refused(call.specifications && specificationsRefusal(call.specifications, rulesOf(call))),
    ...when(heading.kind === 'AAP' && !call.criteria, 'RubricMissing', "La grille de notation n'est pas fixée."),
    ...when(
      call.criteria !== undefined && weight !== 100,
      'WeightsNot100',
      `Les pondérations de la grille totalisent ${weight} au lieu de 100.`,
    ),
    ...when(
      heading.kind === 'AAP' && heading.regime === 'SUBVENTION' && !call.envelopes?.lines.length,
      'EnvelopeMissing',
      'Un appel à projets de subvention doit avoir au moins une enveloppe.',
    ),
    ...refused(call.envelopes && envelopesRefusal(call.envelopes, call)),
    ...when(
      call.envelopes !== undefined && funderTwice(call.envelopes) !== undefined,
      'FunderTwice',
      "Une même enveloppe figure deux fois depuis que l'appel a été repris : réunissez les deux montants.",
    ),
    ...when(
      silent.length > 0,
      'PartnerSilent',
      silent.length === 1
        ? `Ce partenaire attendu n'a pas répondu : ${silent.join()}. Attendez sa réponse ou passez outre en le motivant.`
        : `Ces partenaires attendus n'ont pas répondu : ${silent.join(', ')}. Attendez leur réponse ou passez outre en le motivant.`,
    ),
    ...when(
      call.pending !== undefined,
      'ShiftPending',
      "Une proposition de décalage est en cours : qu'elle soit d'abord tranchée.",
    ),
    ...when(
      call.ending !== undefined,
      'EndingPending',
      "L'annulation de l'appel attend l'accord d'une autre autorité pilote : qu'elle soit d'abord donnée ou abandonnée.",
    ),
    ...scheduleObstacles(call, at, tools),
    ...when(unapproved.length > 0, 'ApprovalMissing', `L'approbation manque encore de : ${unapproved.join(', ')}.`),
  ];
}

function scheduleObstacles(call: InPreparation, at: Instant, tools: Tools): Refusal[] {
  const { calendar } = tools;
  const milestones = call.schedule?.milestones;
  if (!milestones) return [refuse('ScheduleMissing', "Le calendrier n'est pas fixé.")];
  const planned = instantOf(milestones, 'publication');
  const deadline = instantOf(milestones, 'submissionDeadline');
  if (!planned || !deadline) {
    return [refuse('ScheduleIncomplete', 'Le calendrier doit fixer la publication et la date limite de dépôt.')];
  }
  if (at < planned) return [refuse('PublicationNotDue', `La publication est prévue le ${calendar.say(planned)}.`)];
  if (at >= deadline)
    return [refuse('DeadlinePassed', `La date limite de dépôt est passée : ${calendar.say(deadline)}.`)];
  const schedule = scheduleAtPublication(call, at, tools);
  if (!schedule) return [];
  if (schedule instanceof Refusal) return [schedule];
  const { derogation } = schedule;
  const refusal = scheduleRefusal(schedule.milestones, { rules: rulesOf(call), derogation }, calendar);
  return refusal ? [refusal] : [];
}

/** The schedule with the true instant of publication: what depends on it moves along. */
function scheduleAtPublication(call: InPreparation, at: Instant, { calendar }: Tools): Schedule | Refusal | undefined {
  if (!call.schedule) return undefined;
  const planned = withChanges(call.schedule.milestones, [{ kind: 'publication', at }]);
  const milestones = resolve(withRegimeDefaults(planned, rulesOf(call)), calendar, inAlsaceMoselle(call));
  return milestones instanceof Refusal ? milestones : { ...call.schedule, milestones };
}
