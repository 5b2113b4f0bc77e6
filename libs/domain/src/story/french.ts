/** What the codes of facts are called in French: in stories, and in the messages that tell of them. */
import type { AgreementForm, InstalmentCondition, Instalment } from '../agreement/agreement-facts.js';
import type { RefusalGround } from '../application/admissibility-facts.js';
import type { AwardLine, AwardOutcome } from '../award/award-facts.js';
import type { ReleaseReason } from '../award/envelope-facts.js';
import type { Opinion } from '../commission/commission-facts.js';
import { sayDay } from '../instants.js';
import { euros } from '../money.js';
import { frenchReports, type ReportKind } from '../report/report-facts.js';
import type { ConflictNature, DeclineReason } from '../review/reviewer-facts.js';

export const frenchGrounds: Record<RefusalGround, string> = {
  late: 'dépôt tardif',
  irregular: 'dossier irrégulier',
  'off-topic': "hors de l'objet de l'appel",
  'over-budget': 'au-delà du budget',
};

export const frenchNatures: Record<ConflictNature, string> = {
  employment: 'emploi',
  governance: 'gouvernance',
  family: 'famille',
  financial: 'intérêt financier',
  competition: 'concurrence',
  other: 'autre',
};

export const frenchDeclines: Record<DeclineReason, string> = {
  conflict: "conflit d'intérêts",
  'not-my-field': 'hors de son domaine',
  overload: 'charge de travail',
};

export const frenchOpinions: Record<Opinion, string> = {
  favourable: 'avis favorable',
  unfavourable: 'avis défavorable',
};

export const frenchOutcomes: Record<AwardOutcome, string> = {
  favourable: 'décision favorable',
  reserve: 'liste complémentaire',
  refused: 'refus',
  'no-action': 'sans suite',
};

export const frenchReleases: Record<ReleaseReason, string> = {
  'another-line-short': 'une autre ligne est insuffisante',
  declined: 'la décision est déclinée',
  withdrawn: 'la décision est retirée après un recours',
};

export const frenchForms: Record<AgreementForm, string> = { agreement: 'Convention', order: 'Arrêté' };

/** A report, at the beginning of a sentence. */
export const reportSaid = (kind: ReportKind): string => {
  const french = frenchReports[kind];
  return french.charAt(0).toUpperCase() + french.slice(1);
};

export const frenchInstalments: Record<Instalment['kind'], string> = {
  advance: 'avance',
  interim: 'acompte',
  balance: 'solde',
};

export function frenchCondition(condition: InstalmentCondition): string {
  switch (condition.kind) {
    case 'signature':
      return 'à la signature';
    case 'date':
      return `le ${sayDay(condition.on)}`;
    case 'report':
      return condition.report === 'activity' ? "au bilan d'activité accepté" : 'au compte rendu financier accepté';
  }
}

/** `ligne 1 : 10 000,00 € ; ligne 2 : 5 000,00 €`. */
export const frenchLines = (lines: readonly AwardLine[]): string =>
  lines.map(({ line, amountCents }) => `ligne ${line} : ${euros(amountCents)}`).join(' ; ');
