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
  /** Agreement, payments and recovery: the same under every regime. */
  readonly funding: FundingRules;
  /** How many months after the end of the financial year for which money was given is the account of it due? */
  readonly reports: { readonly financialMonthsAfterYear: number; readonly source: string };
  /** Within how many hours the other leads ratify the extension that one gave after an outage. */
  readonly outage: { readonly ratifyWithinHours: number; readonly source: string };
  /** Between the milestones of a schedule, besides the window and the questions. */
  readonly delays: DelayRules;
  /** Of the selection commission; left out where the service doesn't have them yet. */
  readonly commission?: CommissionRules;
}

export interface DelayRules {
  /** From the convocation to the commission; only warned of where urgency may shorten it. */
  readonly convocation: { readonly minDays: number; readonly unlessUrgent: boolean; readonly source: string };
  /** From the case officers' reports to the commission. */
  readonly caseReports?: { readonly minDays: number; readonly source: string };
  /** Silence rejects so many months after the deadline, or after the receipt of a complete file. */
  readonly silence: { readonly months: number; readonly from: 'deadline' | 'complete-file'; readonly source: string };
}

export interface CommissionRules {
  readonly convocation: { readonly minDays: number; readonly source: string };
  /** Share of the members with a voting voice, present, remote or represented. */
  readonly quorum: { readonly numerator: number; readonly denominator: number; readonly source: string };
  /** Another meeting on the same agenda, which says so, needs no quorum. */
  readonly secondMeeting: { readonly source: string };
  readonly mandates: { readonly perHolder: number; readonly source: string };
  /** More voices for than against among those given: abstentions are none; the chair's decides a tie. */
  readonly majority: { readonly source: string };
  readonly interest: { readonly source: string };
  /** A qualified person has no substitute. */
  readonly substitutes: { readonly source: string };
}

const reports: RuleSet['reports'] = {
  financialMonthsAfterYear: 6,
  source: 'loi 2000-321, art. 10 ; arrêté du 11 octobre 2006',
};

/** Amounts in cents, each with its source. */
export interface FundingRules {
  /** An agreement is compulsory above so much from one authority to one beneficiary in one year; at it, it isn't. */
  readonly agreement: {
    readonly compulsoryAboveCents: number;
    readonly sourceOfState: string;
    readonly sourceOfFir: string;
  };
  /** Essential data are published within so many months of the last signature. */
  readonly publication: { readonly withinMonths: number; readonly source: string };
  /** Of a line, all its advances together. */
  readonly advance: { readonly maxPercent: number; readonly source: string };
  /** Above it, a second person approves each payment. */
  readonly approval: { readonly twoAboveCents: number; readonly source: string };
  /** After this day of the year (`MM-DD`) nothing is paid any more on its credits. */
  readonly closingOfPayments: { readonly monthDay: string; readonly source: string };
  /** The beneficiary is heard before money is called back. */
  readonly hearing: { readonly minDays: number; readonly source: string };
}

const funding: FundingRules = {
  agreement: {
    compulsoryAboveCents: 2_300_000,
    sourceOfState: 'loi 2000-321 art. 10, décret 2001-495',
    sourceOfFir: 'CSP R1435-30',
  },
  publication: { withinMonths: 3, source: 'décret 2017-779' },
  advance: { maxPercent: 50, source: 'pratique : une avance de 50 % au plus, jusqu’au 31 mars' },
  approval: { twoAboveCents: 5_000_000, source: 'pratique : deux approbations au-delà de 50 000 €' },
  closingOfPayments: { monthDay: '12-15', source: 'pratique : fin de gestion de l’État' },
  hearing: { minDays: 10, source: 'CRPA L122-1 (10 jours : pratique)' },
};

const appeal: RuleSet['appeal'] = { withinMonths: 2, source: 'CRPA L411-2 ; CJA R421-1' };

const outage: RuleSet['outage'] = {
  ratifyWithinHours: 24,
  source: 'pratique : ratification sous 24 heures, ou signalement',
};

const SUBVENTION: RuleSet = {
  version: '2026-11',
  regime: 'SUBVENTION',
  window: { warnUnderDays: 30, source: 'pratique : moins de 30 jours, avertissement' },
  questions: { source: "libre, selon l'appel" },
  sealing: { mode: 'chosen', source: "au choix de l'appel (pratique)" },
  jointAgreement: { source: "chaque autorité pilote accepte l'appel, sans délai fixé" },
  individualExtension: { allowed: 'by the call', source: "égalité des candidats : seulement si l'appel le prévoit" },
  reports,
  outage,
  delays: {
    convocation: { minDays: 5, unlessUrgent: true, source: 'CRPA R133-8' },
    silence: { months: 2, from: 'complete-file', source: 'CRPA L231-4 3°' },
  },
  commission: {
    convocation: { minDays: 5, source: 'CRPA R133-8' },
    quorum: { numerator: 1, denominator: 2, source: 'CRPA R133-10' },
    secondMeeting: { source: 'CRPA R133-10' },
    mandates: { perHolder: 1, source: 'CRPA R133-9' },
    majority: { source: 'CRPA R133-11 ; suffrages exprimés, sans les abstentions (pratique)' },
    interest: { source: 'CRPA R133-12' },
    substitutes: { source: 'CRPA R133-3' },
  },
  funding,
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
  reports,
  outage,
  delays: {
    convocation: { minDays: 15, unlessUrgent: false, source: 'CASF R313-2-2' },
    caseReports: { minDays: 15, source: 'CASF R313-5-1' },
    silence: { months: 6, from: 'deadline', source: 'CASF R313-7' },
  },
  funding,
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
