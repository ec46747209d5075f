import type { CareLevel } from './places.ts';
import type { CostLineFact } from './care.ts';

export type Scheme = 'EMPLOYEE' | 'RESIDENT';
export type MedicalKind = 'OUTPATIENT' | 'TWO_DISEASE' | 'INPATIENT';

/** Insurance cover 参保 in one year; `no` from 1. */
export interface CoverageFact {
  readonly no: number;
  readonly psnNo: string;
  readonly scheme: Scheme;
  readonly personClass: 'ACTIVE_EMPLOYEE' | 'RETIRED' | 'RESIDENT_ADULT' | 'STUDENT_CHILD';
  readonly pooledRegionCode: string;
  /** VS-67; empty when none. */
  readonly assistance: readonly ('TEKUN' | 'DIBAO' | 'RETURN_POVERTY' | 'SEVERE_DISABLED')[];
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly status: 'VALID' | 'PAUSED' | 'STOPPED';
  readonly accountBalance: string | null;
}

/** A claim before settlement; settle claims in order of `no` (order of settledAt) with the real rule. */
export interface ClaimFact {
  readonly no: number;
  readonly encounterNo: number;
  readonly institutionId: string;
  readonly providerCode: string;
  readonly careLevel: CareLevel;
  readonly scheme: Scheme;
  readonly retired: boolean;
  readonly assistance: boolean;
  /** VS-48. */
  readonly medicalCategory: string;
  readonly kind: MedicalKind;
  /** Day of service: discharge date of a stay. */
  readonly serviceDate: string;
  readonly settledAt: string;
  readonly referralStatus: 'WITH_REFERRAL' | 'NO_REFERRAL' | 'EMERGENCY' | 'NOT_NEEDED';
  /** Out-of-area or referral filing in force. */
  readonly filing: boolean;
  readonly episodeNo: number | null;
  /** UP into this stay, DOWN into this stay, or none. */
  readonly episodeDirection: 'UP' | 'DOWN' | null;
  readonly diagnoses: readonly string[];
  readonly lines: readonly CostLineFact[];
  /** A contract ACTIVE on the service date. */
  readonly contractActive: boolean;
  /** STROKE_REHAB active on the service date and the provider is its township hospital. */
  readonly strokeRehabPackage: boolean;
  readonly drgCode: string | null;
  readonly surgery: boolean;
  readonly lengthOfStay: number | null;
  readonly useAccount: boolean;
}

/** What the yearly accumulators hold before the first claim of this history. */
export interface AccumulatorStartFact {
  readonly year: number;
  readonly outpatientFund: string;
  readonly twoDiseaseFund: string;
}

export interface TwoDiseaseFact {
  readonly no: number;
  readonly disease: 'HTN' | 'DM' | 'DM_INSULIN';
  readonly registeredAtInstitutionId: string;
  readonly validFrom: string;
  readonly status: 'ACTIVE' | 'ENDED';
}

export interface ChronicOutpatientFact {
  readonly no: number;
  readonly diseaseCode: string;
  readonly validFrom: string;
  readonly validTo: string;
}

export interface OutOfAreaFact {
  readonly no: number;
  readonly referralNo: number | null;
  readonly toInstitutionId: string;
  readonly from: string;
  readonly to: string;
  readonly status: 'ACTIVE' | 'ENDED';
}

export interface BenefitRuleFact {
  readonly medicalCategory: MedicalKind;
  readonly level: CareLevel;
  readonly deductible: string;
  readonly ratio: string;
  /** Outpatient at C with a referral or contract; null when the same. */
  readonly ratioWithReferral: string | null;
  readonly noReferralPenalty: string;
  readonly repeatFactor: string;
}

/** A benefit plan of domain.md 3.1.2 as data. */
export interface BenefitPlanFact {
  readonly code: string;
  readonly year: number;
  readonly scheme: Scheme;
  readonly regionCode: string;
  readonly nameZh: string;
  readonly rules: readonly BenefitRuleFact[];
  readonly caps: {
    readonly inpatient: string;
    readonly outpatient: string;
    readonly outpatientRetired: string | null;
    readonly contractIncrease: string;
    readonly twoDiseaseHtn: string | null;
    readonly twoDiseaseDm: string | null;
    readonly twoDiseaseDmInsulin: string | null;
  };
  readonly retired: {
    readonly inpatientPlus: string;
    readonly inpatientMax: string;
    readonly outpatientPlus: string;
  } | null;
  readonly outpatientYearlyDeductible: string;
  readonly catastrophic: {
    readonly start: string;
    readonly startAssisted: string;
    readonly band: string;
    readonly ratio: string;
    readonly ratioBeyond: string;
    readonly assistedPlus: string;
  };
  readonly assistanceRatio: string;
}

export interface DrgGroupFact {
  readonly code: string;
  readonly version: string;
  readonly name: string;
  readonly nameEn: string;
  readonly mdc: string;
  readonly adrg: string;
  readonly rw: string;
  /** Weight at township level for basic groups. */
  readonly townshipRw: string | null;
  readonly basic: boolean;
  readonly avgCost: string;
  readonly avgLos: string;
}

export interface DrgPolicyFact {
  readonly rate: string;
  readonly coefficients: Readonly<Record<CareLevel, string>>;
  readonly lowFactor: string;
  readonly high: readonly { readonly upToRw: string | null; readonly factor: string }[];
  readonly minDays: number;
  readonly maxDays: number;
  readonly highShare: string;
}
