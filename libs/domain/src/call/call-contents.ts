import type { Instant, PersonId } from '../decider.js';
import type { Cents } from '../money.js';
import type { Regime } from '../rules.js';

/** Code of an institution, `ARS-PDL`. */
export type InstitutionCode = string;

/** What the letter of intent says and the leads sign. */
export interface Heading {
  readonly title: string;
  /** `AAP` appel à projets, `AMI` appel à manifestation d'intérêt. */
  readonly kind: 'AAP' | 'AMI';
  readonly regime: Regime;
  readonly leads: readonly InstitutionCode[];
  /** INSEE codes. */
  readonly territory: { readonly region: string; readonly departements?: readonly string[] };
  readonly themes: readonly string[];
  readonly publics: readonly string[];
  readonly frameworks: readonly string[];
  readonly axes?: readonly string[];
}

/** `until-closed`: nobody but the applicant reads before the window closes; `open-to-officers`: on filing. */
export type Sealing = 'until-closed' | 'open-to-officers';

/** Cahier des charges. */
export interface Specifications {
  readonly purpose: string;
  /** Highest amount one application may request. */
  readonly ceilingCents?: Cents;
  /** Highest share of the total products that may be requested, in percent. */
  readonly maxRatePercent?: number;
  readonly compulsoryDocuments: readonly CompulsoryDocument[];
  readonly filesPerApplicant: number;
  readonly sealing: Sealing;
  /** May one applicant be given a later deadline? Breaks equality: said beforehand. */
  readonly individualExtensions: boolean;
  /** May the window reopen after contents were unsealed? */
  readonly reopenAfterUnsealing: boolean;
  /** Does each lead decide its own lines, or do all decide alike? Each its own where nothing is said. */
  readonly awards?: AwardMode;
}

export type AwardMode = 'own-lines' | 'alike';

export interface CompulsoryDocument {
  readonly code: string;
  readonly label: string;
}

export interface Criterion {
  readonly code: string;
  readonly label: string;
  /** The weights of a rubric add up to 100. */
  readonly weight: number;
  readonly scale: {
    readonly min: number;
    readonly max: number;
    readonly anchors: readonly { readonly score: number; readonly label: string }[];
  };
  readonly commentRequired: boolean;
}

/** One funder's money of one programme and year, set aside for the call. */
export interface EnvelopeLine {
  readonly funder: InstitutionCode;
  readonly programme: string;
  readonly action?: string;
  readonly year: number;
  readonly amountCents: Cents;
}

export interface Envelopes {
  /** « sous réserve des crédits ». */
  readonly subjectToFunds: boolean;
  readonly lines: readonly EnvelopeLine[];
}

export interface Referent {
  readonly person: PersonId;
  readonly duty: string;
}

export type Presence = 'expected' | 'optional';

export interface Partner {
  readonly presence: Presence;
  readonly departement?: string;
  readonly answer?: 'accepted' | 'declined';
  /** Why the call goes on although an expected partner is silent. */
  readonly override?: string;
}

/** An interruption of the service near the deadline. */
export interface Outage {
  readonly from: Instant;
  readonly until: Instant;
  readonly description: string;
  /** What proves it; compulsory since it can be attached. */
  readonly incident?: Incident;
}

/** The incident as whoever runs the service recorded it, and its report. */
export interface Incident {
  readonly reference: string;
  /** Where its report is. */
  readonly url?: string;
  /** SHA-256 of its report, in hexadecimal. */
  readonly sha256?: string;
}

/** Years a call is given to; a copy of last year's names its own. */
export type Year = number;
