import type { Application } from '#domain/application/application.js';
import { award as awardDecider } from '#domain/award/award.js';
import type { Award, AwardCommand, AwardContext, AwardEvent } from '#domain/award/award-facts.js';
import { envelope as envelopeDecider } from '#domain/award/envelope.js';
import type { Envelope, EnvelopeCommand, EnvelopeContext, EnvelopeEvent } from '#domain/award/envelope-facts.js';
import type { Call } from '#domain/call/call.js';
import type { Commission } from '#domain/commission/commission-facts.js';
import { absent } from '#domain/decider.js';
import { sealOf, sightOfFile } from '#domain/visibility.js';
import { commission } from './commission-subjects.js';
import { sourceOf, type Subject } from './subject.js';
import { application } from './application-subject.js';
import { call, institution } from './subjects.js';

/** Whose file it is, and of which call. */
const known = (file: Application | undefined) => (file && file.status !== 'absent' ? file : undefined);
const leadsOf = (of: Call | undefined): readonly string[] => (!of || of.status === 'absent' ? [] : of.heading.leads);

/** Nobody learns from an answer that a file exists which they couldn't see. */
const isOpen = (file: Application | undefined, of: Call | undefined): boolean =>
  file?.status !== 'draft' && of !== undefined && of.status !== 'absent' && sealOf(of).unsealed;

/** The money of one line; its stream is named after the call and the line. */
export const envelope: Subject<EnvelopeCommand, Envelope, EnvelopeEvent, EnvelopeContext> = {
  category: 'envelope',
  decider: envelopeDecider,
  needs: ({ command }) => ({ call: sourceOf(call, command.call) }),
  reach: () => ({}),
  visible: () => false,
  unknown: () => absent('EnvelopeUnknown', "Cet appel n'a pas cette enveloppe."),
};

/** The files before this one on the reserve list of the commission. */
function beforeOnReserve(id: string, opinions: Commission['opinions'] | undefined): string[] {
  const place = opinions?.[id]?.ranked;
  if (!opinions || place?.list !== 'reserve') return [];
  return Object.entries(opinions).flatMap(([other, { ranked }]) =>
    ranked?.list === 'reserve' && ranked.rank < place.rank ? [other] : [],
  );
}

/** The steps look at nothing but what was decided. */
const isStep = ({ type }: Pick<AwardCommand, 'type'>): boolean => type === 'GrantAward' || type === 'FailAward';

/** The decision on a file: its stream bears the id of the file. */
export const award: Subject<AwardCommand, Award, AwardEvent, AwardContext> = {
  category: 'award',
  decider: awardDecider,
  needs: ({ command, state, id }) => ({
    ...(!isStep(command) && { application: sourceOf(application, id) }),
    ...('institution' in command && { institution: sourceOf(institution, command.institution) }),
    ...(command.type === 'CallUpFromReserve' &&
      state.status !== 'absent' && { commission: sourceOf(commission, state.call) }),
  }),
  alsoNeeds: ({ command, context, id }) => {
    const of = known(context.application)?.call;
    if (of === undefined) return {};
    return {
      call: sourceOf(call, of),
      ...(command.type === 'DecideAward' && { commission: sourceOf(commission, of) }),
      ...(command.type === 'CallUpFromReserve' && {
        before: beforeOnReserve(id, context.commission?.opinions).map((other) => sourceOf(award, other)),
      }),
    };
  },
  file: ({ id }) => id,
  reach: ({ command, context }) => {
    const file = known(context.application);
    const leads = isOpen(file, context.call) ? leadsOf(context.call) : [];
    const institutions = 'institution' in command ? leads.filter((lead) => lead === command.institution) : leads;
    return { institutions, organisations: file ? [file.organisation] : [] };
  },
  visible: ({ context }, { grants }) => {
    const file = known(context.application);
    const of = context.call;
    return (
      file !== undefined &&
      of !== undefined &&
      of.status !== 'absent' &&
      sightOfFile(file, sealOf(of), grants) !== 'nothing'
    );
  },
  belongs: true,
  unknown: () => absent('ApplicationUnknown', "Ce dossier n'existe pas."),
  writing: ({ command, id }) => {
    const stream = `content-award-${id}`;
    if (command.type === 'AcceptReducedAmount') {
      return { stream, event: { type: 'RevisedBudgetWritten', budget: command.budget } };
    }
    return command.type === 'LodgeAppeal'
      ? { stream, event: { type: 'AppealWritten', text: command.text } }
      : undefined;
  },
  lastWritten: (state) => (state.status === 'absent' ? undefined : state.written),
};
