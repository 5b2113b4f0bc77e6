/** The regime binds the whole procedure; it can't change after publication. */
export type Regime = 'SUBVENTION' | 'AUTHORISATION';

/** Delays in calendar days. Texts change: a call keeps the version it was published under. */
export interface RuleSet {
  readonly version: string;
  readonly regime: Regime;
  readonly window: {
    readonly warnUnderDays?: number;
    readonly minDays?: number;
    readonly maxDays?: number;
    /** Wider bounds by a reasoned decision published with the notice. */
    readonly byDerogation?: { readonly minDays: number; readonly maxDays: number };
    readonly source: string;
  };
  readonly questions: {
    readonly untilDaysBefore?: number;
    readonly answersDaysBefore?: number;
    readonly source: string;
  };
  /** `chosen`: the call says when contents become readable; `always`: nobody reads before the window closes. */
  readonly sealing: { readonly mode: 'chosen' | 'always'; readonly source: string };
  /** Within how many months of the first approval do the other leads give theirs? */
  readonly jointAgreement: { readonly withinMonths?: number; readonly source: string };
  /** May one applicant alone get a later deadline for the submission? */
  readonly individualExtension: { readonly allowed: 'by the call' | 'never'; readonly source: string };
  /** Does a decision on a file wait for the ranking of the commission? */
  readonly award: { readonly rankingRequired: boolean; readonly source: string };
  /** Recours gracieux: within how many months of the notification. */
  readonly appeal: { readonly withinMonths: number; readonly source: string };
}

const appeal: RuleSet['appeal'] = { withinMonths: 2, source: 'CRPA L411-2 ; CJA R421-1' };

const SUBVENTION: RuleSet = {
  version: '2026-11',
  regime: 'SUBVENTION',
  window: { warnUnderDays: 30, source: 'pratique : moins de 30 jours, avertissement' },
  questions: { source: "libre, selon l'appel" },
  sealing: { mode: 'chosen', source: "au choix de l'appel (pratique)" },
  jointAgreement: { source: "chaque autorité pilote accepte l'appel, sans délai fixé" },
  individualExtension: { allowed: 'by the call', source: "égalité des candidats : seulement si l'appel le prévoit" },
  award: { rankingRequired: false, source: "l'avis de la commission est facultatif (pratique)" },
  appeal,
};

const AUTHORISATION: RuleSet = {
  version: '2026-11',
  regime: 'AUTHORISATION',
  window: {
    minDays: 60,
    maxDays: 120,
    byDerogation: { minDays: 30, maxDays: 180 },
    source: 'CASF R313-4-1 ; décret 2019-854',
  },
  questions: { untilDaysBefore: 8, answersDaysBefore: 5, source: 'CASF R313-4-2' },
  sealing: { mode: 'always', source: 'CASF R313-4-2' },
  jointAgreement: { withinMonths: 1, source: 'CASF R313-2-2' },
  individualExtension: { allowed: 'never', source: 'CASF R313-6' },
  award: { rankingRequired: true, source: 'CASF R313-6-2' },
  appeal,
};

const ruleSets: readonly RuleSet[] = [SUBVENTION, AUTHORISATION];

/** The rules in force, or those a call was published under. */
export function rulesFor(regime: Regime, version = '2026-11'): RuleSet {
  const found = ruleSets.find((rules) => rules.regime === regime && rules.version === version);
  if (!found) throw new Error(`No rule set ${regime} ${version}.`);
  return found;
}
