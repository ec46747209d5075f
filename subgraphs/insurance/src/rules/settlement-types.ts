/** Level of the provider: village, township, county, tertiary inside, outside the pooled region (domain.md 3.1.1). */
export type CareLevel = 'V' | 'T' | 'C' | 'M' | 'O';

/** What a claim is settled as (domain.md 3.1.3 step 5). */
export type ClaimKind = 'OUTPATIENT' | 'TWO_DISEASE' | 'INPATIENT';

export type ReferralStatus = 'WITH_REFERRAL' | 'NO_REFERRAL' | 'EMERGENCY' | 'NOT_NEEDED';
export type TwoDisease = 'HTN' | 'DM' | 'DM_INSULIN';

/** Yuan amounts are decimal text throughout. */
export interface ClaimLine {
  /** 甲 A, 乙 B, 丙 C. */
  readonly chargeClass: 'A' | 'B' | 'C';
  readonly quantity: string;
  readonly unitPrice: string;
  readonly amount: string;
  readonly selfPayRatio: string;
  readonly priceCap: string | null;
  readonly twoDisease: boolean;
}

export interface SettlementClaim {
  readonly kind: ClaimKind;
  readonly level: CareLevel;
  readonly lines: readonly ClaimLine[];
  readonly referralStatus: ReferralStatus;
  /** ICD-10 codes, the main one first. */
  readonly diagnoses: readonly string[];
  /** The referral episode the claim belongs to, and how the person came; null outside an episode. */
  readonly episode: { readonly id: string; readonly direction: 'UP' | 'DOWN' | null } | null;
}

/** What is true of the person on the service date. */
export interface SettlementFacts {
  /** A contract ACTIVE on the service date (domain.md 3.1.4a). */
  readonly contractActive: boolean;
  /** An out-of-area or referral filing in force. */
  readonly filing: boolean;
  readonly retired: boolean;
  /** Belongs to an assistance group. */
  readonly assistance: boolean;
  /** ACTIVE two-disease registrations. */
  readonly registrations: readonly TwoDisease[];
  /** Variant STROKE_REHAB is active and the provider is the contract's township hospital. */
  readonly strokeRehabPackage: boolean;
  /** Balance of the personal account the person wants used; "0" when not. */
  readonly accountToUse: string;
}

/** Yearly totals of one resident before (and after) a claim. */
export interface Accumulators {
  readonly inpatientFund: string;
  readonly outpatientFund: string;
  readonly twoDiseaseFund: { readonly htn: string; readonly dm: string };
  readonly eligibleOop: string;
  readonly admissions: number;
  readonly outpatientDeductiblePaid: string;
  /** Σ min(E, deductible) of the stays of each episode, whatever the year. */
  readonly deductiblePaidByEpisode: Readonly<Record<string, string>>;
}

export interface SettlementRule {
  readonly medicalCategory: ClaimKind;
  readonly level: CareLevel;
  readonly deductible: string;
  readonly ratio: string;
  /** The better ratio of people with a contract or referral (outpatient at C); null when there is none. */
  readonly ratioWithReferral: string | null;
  readonly noReferralPenalty: string;
  readonly repeatFactor: string;
}

/** A benefit plan: the tables of domain.md 3.1.2. */
export interface SettlementPlan {
  readonly scheme: 'EMPLOYEE' | 'RESIDENT';
  readonly rules: readonly SettlementRule[];
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
  /** Basis of the stroke-rehabilitation benefit (domain.md 3.1.6). */
  readonly packageBasis?: 'TOTAL' | 'ELIGIBLE';
}

/** One line of the explanation trace; settlementStepName says what its code is called. */
export interface SettlementStep {
  readonly code: string;
  /** With its figures. */
  readonly formula: string;
  readonly value: string;
}

/** The amounts of one settlement, yuan text with two places; the parts add up to totalAmount. */
export interface Settlement {
  readonly totalAmount: string;
  readonly outOfScope: string;
  readonly aheadSelfPay: string;
  readonly eligible: string;
  readonly deductible: string;
  readonly ratio: string;
  readonly fundBasic: string;
  readonly fundCatastrophic: string;
  readonly assistance: string;
  readonly packageBenefit: string;
  readonly personalAccount: string;
  readonly cash: string;
  readonly capRemainingBefore: string;
  readonly capRemainingAfter: string;
  readonly steps: readonly SettlementStep[];
}

export interface SettlementResult {
  readonly settlement: Settlement;
  /** Yearly totals after the claim. */
  readonly accumulators: Accumulators;
  /** What the claim adds to them; taken away again when it is voided. */
  readonly added: Accumulators;
}
