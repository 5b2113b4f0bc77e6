import type { CompulsoryDocument, Specifications } from '../call/call-contents.js';
import { type Fault, fault } from '../decider.js';
import { isOrganisationId } from '../identifiers.js';
import { euros } from '../money.js';
import type { LegalForm } from '../organisation/organisation.js';
import { isBlank } from '../texts.js';
import type { ApplicationContents } from './application-contents.js';
import { budgetFaults, totals } from './budget.js';

export interface SubmissionSeen {
  readonly contents: ApplicationContents;
  /** Codes of the compulsory documents that are attached. */
  readonly attached: readonly string[];
  readonly specifications: Pick<Specifications, 'ceilingCents' | 'maxRatePercent' | 'compulsoryDocuments'>;
  readonly legalForm: LegalForm;
}

/** Everything that stands between a draft and its submission, all at once, each with its field. */
export function submissionFaults(seen: SubmissionSeen): Fault[] {
  const { contents, specifications } = seen;
  return [
    ...missingFaults(contents),
    ...periodFaults(contents),
    ...(contents.consortium ?? []).flatMap(({ identifier }, index) =>
      identifier === undefined || isOrganisationId(identifier)
        ? []
        : [fault(`consortium[${index}].identifier`, 'IdentifierInvalid', `Ni SIRET ni RNA valable : ${identifier}.`)],
    ),
    ...(contents.budget ? budgetFaults(contents.budget) : []),
    ...amountFaults(contents, specifications),
    ...documentFaults(seen.attached, specifications.compulsoryDocuments),
    ...attestationFaults(contents, seen.legalForm),
  ];
}

const required: readonly [keyof ApplicationContents, string][] = [
  ['title', "L'intitulé du projet est obligatoire."],
  ['objectives', 'Les objectifs sont obligatoires.'],
  ['description', 'La description est obligatoire.'],
  ['startsOn', 'La date de début est obligatoire.'],
  ['endsOn', 'La date de fin est obligatoire.'],
  ['contact', 'Un contact est obligatoire.'],
  ['budget', 'Le budget prévisionnel est obligatoire.'],
  ['requestedCents', 'Le montant demandé est obligatoire.'],
];

function missingFaults(contents: ApplicationContents): Fault[] {
  const missing = ([field]: (typeof required)[number]) => {
    const value = contents[field];
    return typeof value === 'string' ? isBlank(value) : value === undefined;
  };
  return [
    ...required.filter(missing).map(([field, message]) => fault(field, 'Missing', message)),
    ...(contents.contact && isBlank(contents.contact.name)
      ? [fault('contact.name', 'Missing', 'Le nom du contact est obligatoire.')]
      : []),
  ];
}

function periodFaults({ startsOn, endsOn }: ApplicationContents): Fault[] {
  return startsOn && endsOn && endsOn < startsOn
    ? [fault('endsOn', 'PeriodReversed', 'La fin du projet précède son début.')]
    : [];
}

/** The rate is requested ÷ total products, contributions in kind left out of both. */
function amountFaults(
  { requestedCents, budget }: ApplicationContents,
  { ceilingCents, maxRatePercent }: SubmissionSeen['specifications'],
): Fault[] {
  if (requestedCents === undefined) return [];
  const faults: Fault[] = [];
  const say = (code: string, message: string) => faults.push(fault('requestedCents', code, message));
  if (requestedCents <= 0) say('NothingRequested', 'Le montant demandé doit dépasser zéro.');
  if (ceilingCents !== undefined && requestedCents > ceilingCents) {
    say('OverCeiling', `Le montant demandé (${euros(requestedCents)}) dépasse le plafond de ${euros(ceilingCents)}.`);
  }
  if (!budget) return faults;
  const { productsCents } = totals(budget);
  if (requestedCents > productsCents) {
    say('OverProducts', `Le montant demandé dépasse le total des produits (${euros(productsCents)}).`);
  } else if (maxRatePercent !== undefined && requestedCents * 100 > productsCents * maxRatePercent) {
    const most = Math.floor((productsCents * maxRatePercent) / 100);
    say(
      'OverRate',
      `Le montant demandé dépasse ${maxRatePercent} % du total des produits, soit ${euros(most)} au plus.`,
    );
  }
  return faults;
}

function documentFaults(attached: readonly string[], compulsory: readonly CompulsoryDocument[]): Fault[] {
  return compulsory
    .filter(({ code }) => !attached.includes(code))
    .map(({ code, label }) => fault(`documents.${code}`, 'DocumentMissing', `Pièce obligatoire manquante : ${label}.`));
}

function attestationFaults({ attestations }: ApplicationContents, legalForm: LegalForm): Fault[] {
  return [
    ...(attestations?.accurate
      ? []
      : [fault('attestations.accurate', 'AttestationMissing', "Attestez l'exactitude des informations.")]),
    ...(attestations?.upToDate
      ? []
      : [
          fault(
            'attestations.upToDate',
            'AttestationMissing',
            'Attestez être à jour de vos obligations sociales et fiscales.',
          ),
        ]),
    ...(legalForm !== 'association' || attestations?.republicanContract
      ? []
      : [
          fault(
            'attestations.republicanContract',
            'RepublicanContractMissing',
            "Une association souscrit le contrat d'engagement républicain (décret 2021-1947).",
          ),
        ]),
  ];
}
