import { noAccount } from '../account/account.js';
import { type Decision, type Fault, fault, invalid, Refusal, refuse } from '../decider.js';
import { sum } from '../money.js';
import { scheduleRefusal, withRegimeDefaults } from '../schedule/bounds.js';
import { datedTwice, resolve } from '../schedule/milestones.js';
import type { RuleSet } from '../rules.js';
import { isSame } from '../same.js';
import { written } from '../texts.js';
import type { Of } from './call-commands.js';
import type { Envelopes, Specifications } from './call-contents.js';
import type { CallEvent, Schedule } from './call-facts.js';
import { inAlsaceMoselle, type InPreparation, isLead, type KnownCall, rulesOf } from './call-state.js';
import { type CallContext, inPreparation, notEnded, notPublished, withApprovalsFallen } from './guards.js';

export function nameReferent(command: Of<'NameReferent'>, call: KnownCall, context: CallContext): Decision<CallEvent> {
  const open = notEnded(call);
  if (open instanceof Refusal) return open;
  if (context.person?.status !== 'open') return noAccount();
  const { institution, person, duty } = command;
  const current = open.referents[institution];
  if (current?.person === person && current.duty === duty) {
    return refuse('AlreadyReferent', 'Cette personne est déjà la référente de votre institution pour cet appel.');
  }
  return [{ type: 'ReferentNamed', institution, person, duty, ...(current && { replaces: current.person }) }];
}

export function associate(
  command: Of<'AssociateAuthority' | 'DissociateAuthority'>,
  call: KnownCall,
): Decision<CallEvent> {
  const open = notPublished(call);
  if (open instanceof Refusal) return open;
  const known = open.associated.includes(command.name);
  if (command.type === 'AssociateAuthority') {
    if (known) return refuse('AlreadyAssociated', 'Cette autorité est déjà associée.');
    return withNoticeChanged(open, { type: 'AuthorityAssociated', name: command.name });
  }
  if (!known) return refuse('NotAssociated', "Cette autorité n'est pas associée à l'appel.");
  return withNoticeChanged(open, { type: 'AuthorityDissociated', name: command.name, reason: command.reason });
}

/** The notice names associated authorities: the leads approve it again. */
const withNoticeChanged = (call: KnownCall, event: CallEvent): CallEvent[] =>
  withApprovalsFallen(call, event, 'Les autorités associées ont changé.');

export function comment(command: Of<'CommentPreparation'>, call: KnownCall): Decision<CallEvent> {
  const preparing = inPreparation(call);
  if (preparing instanceof Refusal) return preparing;
  return [{ type: 'PreparationCommented', comment: command.comment, content: command.content }];
}

export function setSpecifications(command: Of<'SetSpecifications'>, call: KnownCall): Decision<CallEvent> {
  const preparing = inPreparation(call);
  if (preparing instanceof Refusal) return preparing;
  const { specifications } = command;
  const refusal = specificationsRefusal(specifications, rulesOf(preparing));
  if (refusal) return refusal;
  if (isSame(specifications, preparing.specifications)) return [];
  const set: CallEvent = { type: 'SpecificationsSet', specifications };
  return withApprovalsFallen(preparing, set, 'Le cahier des charges a été modifié.');
}

/** What a regime doesn't let specifications say. */
export function specificationsRefusal(specifications: Specifications, rules: RuleSet): Refusal | undefined {
  if (rules.sealing.mode === 'always' && specifications.sealing !== 'until-closed') {
    return refuse(
      'SealingCompulsory',
      `Sous ce régime, les dossiers restent scellés jusqu'à la clôture (${rules.sealing.source}).`,
    );
  }
  if (rules.individualExtension.allowed === 'never' && specifications.individualExtensions) {
    return refuse(
      'ExtensionNotAllowed',
      `Sous ce régime, aucun candidat ne peut déposer après la date limite (${rules.individualExtension.source}).`,
    );
  }
  const codes = specifications.compulsoryDocuments.map((document) => document.code);
  if (new Set(codes).size < codes.length)
    return refuse('DocumentTwice', 'Une même pièce obligatoire figure deux fois.');
  return undefined;
}

export function setRubric(command: Of<'SetRubric'>, call: KnownCall): Decision<CallEvent> {
  const preparing = inPreparation(call);
  if (preparing instanceof Refusal) return preparing;
  const codes = command.criteria.map((criterion) => criterion.code);
  if (new Set(codes).size < codes.length) return refuse('CriterionTwice', 'Un même critère figure deux fois.');
  const reversed = command.criteria.find((criterion) => criterion.scale.min >= criterion.scale.max);
  if (reversed) {
    return refuse(
      'ScaleReversed',
      `L'échelle du critère « ${reversed.label} » doit aller du plus petit au plus grand.`,
    );
  }
  const outside = command.criteria.find(({ scale }) =>
    scale.anchors.some(({ score }) => score < scale.min || score > scale.max),
  );
  if (outside) {
    return refuse('AnchorOutsideScale', `Un repère du critère « ${outside.label} » sort de son échelle.`);
  }
  if (isSame(command.criteria, preparing.criteria)) return [];
  const set: CallEvent = { type: 'RubricSet', criteria: command.criteria };
  return withApprovalsFallen(preparing, set, 'La grille de notation a été modifiée.');
}

/** The sum of the weights, 100 when the rubric is ready. */
export const weightOf = (call: KnownCall): number => sum((call.criteria ?? []).map((criterion) => criterion.weight));

export function setSchedule(command: Of<'SetSchedule'>, call: KnownCall, context: CallContext): Decision<CallEvent> {
  const preparing = inPreparation(call);
  if (preparing instanceof Refusal) return preparing;
  if (preparing.pending)
    return refuse('ShiftPending', "Une proposition de décalage est en cours : qu'elle soit d'abord tranchée.");
  if (preparing.schedule?.setBy) {
    return refuse(
      'ScheduleSetElsewhere',
      `Le calendrier a été fixé par « ${preparing.schedule.setBy} » : proposez un décalage en lui adressant la demande.`,
    );
  }
  const schedule = scheduleOf(command, preparing, context);
  if (schedule instanceof Refusal) return schedule;
  if (isSame(schedule, preparing.schedule)) return [];
  return withApprovalsFallen(preparing, { type: 'ScheduleSet', schedule }, 'Le calendrier a été modifié.');
}

function scheduleOf(
  { milestones, ...said }: Of<'SetSchedule'>,
  call: InPreparation,
  { calendar }: CallContext,
): Schedule | Refusal {
  const setBy = written(said.setBy);
  const derogation = written(said.derogation);
  const rules = rulesOf(call);
  if (derogation && !rules.window.byDerogation) {
    return refuse('NoDerogation', 'Ce régime ne prévoit pas de dérogation à la durée du dépôt.');
  }
  const twice = datedTwice(milestones, 'milestones');
  if (twice) return twice;
  const resolved = resolve(withRegimeDefaults(milestones, rules), calendar, inAlsaceMoselle(call));
  if (resolved instanceof Refusal) return resolved;
  const refusal = scheduleRefusal(resolved, { rules, derogation }, calendar);
  return refusal ?? { milestones: resolved, ...(setBy && { setBy }), ...(derogation && { derogation }) };
}

export function setEnvelopes(command: Of<'SetEnvelopes'>, call: KnownCall): Decision<CallEvent> {
  const preparing = inPreparation(call);
  if (preparing instanceof Refusal) return preparing;
  const { envelopes } = command;
  const refusal = envelopesRefusal(envelopes, preparing) ?? funderTwice(envelopes);
  if (refusal) return refusal;
  if (isSame(envelopes, preparing.envelopes)) return [];
  return withApprovalsFallen(preparing, { type: 'EnvelopesSet', envelopes }, 'Les enveloppes ont été modifiées.');
}

/** What a call, as its heading stands, doesn't let its envelopes be. */
export function envelopesRefusal(envelopes: Envelopes, call: KnownCall): Refusal | undefined {
  if (call.heading.kind === 'AMI' && envelopes.lines.length > 0) {
    return refuse('NoEnvelopeForAmi', "Un appel à manifestation d'intérêt n'a pas d'enveloppe propre.");
  }
  const stranger = envelopes.lines.find((line) => !isLead(call, line.funder));
  if (stranger) {
    return refuse('FunderNotLead', `« ${stranger.funder} » n'est pas une autorité pilote de cet appel.`);
  }
  return undefined;
}

/** Money named twice: an envelope is that of one funder, programme, action and year. */
export function funderTwice({ lines }: Envelopes): Refusal | undefined {
  const keys = lines.map(({ funder, programme, action, year }) => JSON.stringify([funder, programme, action, year]));
  const faults = lines.flatMap(({ funder, programme, action, year }, index): Fault[] => {
    const first = keys.findIndex((key) => key === keys[index]);
    if (first === index) return [];
    const named = `${funder}, ${programme}${action ? ` (${action})` : ''}, ${year}`;
    const message = `L'enveloppe « ${named} » figure déjà à la ligne ${first + 1} : réunissez les deux montants.`;
    return [fault(`lines[${index}].funder`, 'FunderTwice', message)];
  });
  return faults.length > 0 ? invalid('FunderTwice', 'Une même enveloppe figure deux fois.', faults) : undefined;
}
