import { type Decision, Refusal, refuse } from '../decider.js';
import { capacityToSign } from '../institution/institution.js';
import { isSame } from '../same.js';
import { inNumber } from '../texts.js';
import type { Of } from './call-commands.js';
import type { Heading } from './call-contents.js';
import type { CallEvent } from './call-facts.js';
import type { Call, KnownCall } from './call-state.js';
import { type CallContext, notEnded, notPublished, unknownCall, withApprovalsFallen } from './guards.js';

export function draft(command: Of<'DraftCall'>, call: Call, context: CallContext): Decision<CallEvent> {
  if (call.status !== 'absent') return refuse('CallExists', 'Cet appel existe déjà.');
  return headingRefusal(command.heading, context) ?? [{ type: 'CallDrafted', heading: command.heading }];
}

/** Last year's call, without its dates, its referents and its partners' answers. */
export function copy(command: Of<'CopyCall'>, call: Call, context: CallContext): Decision<CallEvent> {
  if (call.status !== 'absent') return refuse('CallExists', 'Cet appel existe déjà.');
  const from = context.from;
  if (!from || from.status === 'absent') return unknownCall();
  const { specifications, criteria, envelopes } = from;
  return [
    { type: 'CallDrafted', heading: { ...from.heading, title: command.title }, copiedFrom: command.from },
    ...from.associated.map((name): CallEvent => ({ type: 'AuthorityAssociated', name })),
    ...Object.entries(from.partners).map(([institution, { presence, departement }]): CallEvent => ({
      type: 'PartnerInvited',
      institution,
      presence,
      ...(departement && { departement }),
    })),
    ...(specifications ? [{ type: 'SpecificationsSet' as const, specifications }] : []),
    ...(criteria ? [{ type: 'RubricSet' as const, criteria: [...criteria] }] : []),
    ...(envelopes
      ? [
          {
            type: 'EnvelopesSet' as const,
            envelopes: { ...envelopes, lines: envelopes.lines.map((line) => ({ ...line, year: command.year })) },
          },
        ]
      : []),
  ];
}

export function reviseHeading(
  command: Of<'ReviseHeading'>,
  call: KnownCall,
  context: CallContext,
): Decision<CallEvent> {
  const open = notPublished(call);
  if (open instanceof Refusal) return open;
  const refusal = headingRefusal(command.heading, context);
  if (refusal) return refusal;
  if (open.status === 'preparation' && String(open.heading.leads) !== String(command.heading.leads)) {
    return refuse('LeadsFixed', "Les autorités pilotes ne changent plus une fois la lettre d'intention signée.");
  }
  if (isSame(command.heading, open.heading)) return [];
  const revised: CallEvent = { type: 'HeadingRevised', heading: command.heading };
  const signed = Object.keys(open.signatures);
  if (open.status === 'drafted' && signed.length > 0) {
    return [
      revised,
      { type: 'LetterSignaturesFell', institutions: signed, because: "La lettre d'intention a été modifiée." },
    ];
  }
  return withApprovalsFallen(open, revised, "L'objet de l'appel a été modifié.");
}

export function signLetter(
  command: Of<'SignLetterOfIntent'>,
  call: KnownCall,
  context: CallContext,
): Decision<CallEvent> {
  const open = notEnded(call);
  if (open instanceof Refusal) return open;
  if (open.signatures[command.institution]) {
    return refuse('AlreadySigned', "Votre institution a déjà signé cette lettre d'intention.");
  }
  const capacity = capacityToSign(command, 'letter-of-intent', context.institution, context);
  if (capacity instanceof Refusal) return capacity;
  const { institution } = command;
  const signed: CallEvent = { type: 'LetterOfIntentSigned', institution, capacity };
  const last = open.heading.leads.every((lead) => lead === institution || open.signatures[lead]);
  return last ? [signed, { type: 'PreparationOpened' }] : [signed];
}

function headingRefusal(heading: Heading, { leads }: CallContext): Refusal | undefined {
  if (heading.leads.length === 0) return refuse('LeadMissing', 'Un appel a au moins une autorité pilote.');
  if (new Set(heading.leads).size < heading.leads.length) {
    return refuse('LeadTwice', 'Une même autorité pilote figure deux fois.');
  }
  const unknown = heading.leads.filter((_, index) => leads?.[index]?.status !== 'registered');
  return unknown.length > 0
    ? refuse(
        'LeadUnknown',
        `${inNumber(unknown.length, "Cette autorité pilote n'est pas enregistrée", 'Ces autorités pilotes ne sont pas enregistrées')} : ${unknown.join(', ')}.`,
      )
    : undefined;
}
