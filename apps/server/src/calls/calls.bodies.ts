import { type DayKind, dayKinds, milestoneKinds, type MilestoneKind } from '#domain/schedule/milestones.js';
import type { AwardMode, Sealing } from '#domain/call/call-contents.js';
import type { Regime } from '#domain/rules.js';
import {
  AllMatching,
  Amount,
  AnInstant,
  Flag,
  Matching,
  OneOf,
  Optional,
  Part,
  Parts,
  Text,
  Texts,
  Whole,
} from '../http/fields.js';
import { utc } from '../http/instants.js';

const institution = /^[A-Z0-9]+(-[A-Z0-9]+)*$/;
const institutionSaid = "le code d'une institution, comme ARS-PDL";
export const InstitutionCode = (): PropertyDecorator => Matching(institution, institutionSaid);
const departement = /^(\d{2}|2[AB]|97\d)$/;
const time = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;

export class TerritoryBody {
  /** INSEE code of the region, `52`. */
  @Matching(/^\d{2}$/, 'un code de région à deux chiffres') region!: string;
  /** INSEE codes of départements, where the call is for some of them only. */
  @Optional() @AllMatching({ max: 101 }, departement, 'un code de département') departements?: string[];
}

export class HeadingBody {
  @Text(5, 300) title!: string;
  /** `AAP` appel à projets, `AMI` appel à manifestation d'intérêt. */
  @OneOf(['AAP', 'AMI']) kind!: 'AAP' | 'AMI';
  /** Which law binds the procedure; it can't change after publication. */
  @OneOf(['SUBVENTION', 'AUTHORISATION']) regime!: Regime;
  /** Codes of the institutions that sign the call and agree to its changes. */
  @AllMatching({ min: 1, max: 10 }, institution, institutionSaid) leads!: string[];
  @Part(() => TerritoryBody) territory!: TerritoryBody;
  @Texts({ max: 30 }, 200) themes!: string[];
  /** Target publics. */
  @Texts({ max: 30 }, 200) publics!: string[];
  /** Frameworks the call refers to, as text. */
  @Texts({ max: 30 }, 300) frameworks!: string[];
  @Optional() @Texts({ max: 30 }, 300) axes?: string[];
}

export class CopyBody {
  @Text(5, 300) title!: string;
  /** Year of the new envelopes. */
  @Whole(2000, 2100) year!: number;
}

export class CompulsoryDocumentBody {
  @Matching(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'un code en minuscules, comme statuts') code!: string;
  @Text(2, 200) label!: string;
}

export class SpecificationsBody {
  /** What a project must be. */
  @Text(10, 50_000) purpose!: string;
  /** Highest amount one application may request, cents. */
  @Optional() @Amount(1) ceilingCents?: number;
  /** Highest share of the total products that may be requested, percent. */
  @Optional() @Whole(1, 100) maxRatePercent?: number;
  @Parts({ max: 30 }, () => CompulsoryDocumentBody) compulsoryDocuments!: CompulsoryDocumentBody[];
  @Whole(1, 10_000) filesPerApplicant!: number;
  /** `until-closed`: nobody but the applicant reads before the window closes; `open-to-officers`: on filing. */
  @OneOf(['until-closed', 'open-to-officers']) sealing!: Sealing;
  /** May one applicant be given a later deadline? */
  @Flag() individualExtensions!: boolean;
  /** May the window reopen after contents were unsealed? */
  @Flag() reopenAfterUnsealing!: boolean;
  /** `own-lines`: each lead decides its own envelopes, which is so where nothing is said; `alike`: all decide alike. */
  @Optional() @OneOf(['own-lines', 'alike']) awards?: AwardMode;
}

export class AnchorBody {
  @Whole(-1000, 1000) score!: number;
  @Text(1, 300) label!: string;
}

export class ScaleBody {
  @Whole(-1000, 1000) min!: number;
  @Whole(-1000, 1000) max!: number;
  @Parts({ max: 50 }, () => AnchorBody) anchors!: AnchorBody[];
}

export class CriterionBody {
  @Matching(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'un code en minuscules, comme pertinence') code!: string;
  @Text(2, 300) label!: string;
  /** The weights of a published rubric add up to 100. */
  @Whole(1, 100) weight!: number;
  @Part(() => ScaleBody) scale!: ScaleBody;
  @Flag() commentRequired!: boolean;
}

export class RubricBody {
  @Parts({ min: 1, max: 50 }, () => CriterionBody) criteria!: CriterionBody[];
}

export class RelativeDateBody {
  @OneOf(milestoneKinds) relativeTo!: MilestoneKind;
  /** Days after, or before where negative. */
  @Whole(-3650, 3650) days!: number;
  /** `working`: weekends and public holidays of the call's territory aren't counted; `calendar` where nothing is said. */
  @Optional() @OneOf(dayKinds) in?: DayKind;
  /** Local time in Europe/Paris; that of the other milestone where it is left out. */
  @Optional() @Matching(time, 'une heure, comme 16:00') time?: string;
}

export class MilestoneBody {
  @OneOf(milestoneKinds) kind!: MilestoneKind;
  /** An instant with its offset, or else a rule. */
  @Optional() @AnInstant() at?: string;
  @Optional() @Part(() => RelativeDateBody) rule?: RelativeDateBody;
}

export class ScheduleBody {
  @Parts({ min: 1, max: 14 }, () => MilestoneBody) milestones!: MilestoneBody[];
  /** The authority outside the leads that set these dates. */
  @Optional() @Text(2, 200) setBy?: string;
  /** Reason of a wider window, published with the notice. */
  @Optional() @Text(10, 5000) derogation?: string;
}

export class EnvelopeLineBody {
  @InstitutionCode() funder!: string;
  /** `FIR`, `BOP 304`… */
  @Text(2, 100) programme!: string;
  @Optional() @Text(2, 200) action?: string;
  @Whole(2000, 2100) year!: number;
  @Amount(1) amountCents!: number;
}

export class EnvelopesBody {
  /** « sous réserve des crédits ». */
  @Flag() subjectToFunds!: boolean;
  @Parts({ max: 50 }, () => EnvelopeLineBody) lines!: EnvelopeLineBody[];
}

/** An institution acts, by whoever may act for it. */
export class ForBody {
  @InstitutionCode() institution!: string;
}

export class SigningBody extends ForBody {
  /** The delegation of signature; none for a signatory by office. */
  @Optional() @Text(1, 64) under?: string;
}

export class ReasonBody {
  /** Kept for ever, and told to those concerned. */
  @Text(10, 5000) reason!: string;
}

export class ShiftChangeBody {
  @OneOf(milestoneKinds) kind!: MilestoneKind;
  /** The new instant. */
  @AnInstant() at!: string;
}

export const changesOf = (changes: readonly ShiftChangeBody[]) =>
  changes.map(({ kind, at }) => ({ kind, at: utc(at) }));
