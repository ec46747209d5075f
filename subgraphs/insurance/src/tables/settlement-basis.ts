import type { TwoDiseaseKind } from '../schema-types.ts';

/** Yearly totals of a resident 年度累计, as stored; yuan. */
export interface TotalsValue {
  readonly inpatientFund: string;
  readonly outpatientFund: string;
  readonly twoDiseaseFund: { readonly htn: string; readonly dm: string };
  readonly eligibleOop: string;
  readonly admissions: number;
  readonly outpatientDeductiblePaid: string;
  /** By public id of the referral episode. */
  readonly deductiblePaidByEpisode: Readonly<Record<string, string>>;
}

/** What was true of a person on the service date 结算时的事实, as stored; what rule 3.1 takes. */
export interface SettlementFactsValue {
  readonly contractActive: boolean;
  readonly filing: boolean;
  readonly retired: boolean;
  readonly assistance: boolean;
  readonly registrations: readonly TwoDiseaseKind[];
  readonly strokeRehabPackage: boolean;
  readonly accountToUse: string;
}

/** What a settlement was computed from 结算依据, as stored: with the lines and the plan it can be computed again. */
export interface SettlementBasis {
  readonly planKey: string;
  /** ICD-10, the main one first. */
  readonly diagnoses: readonly string[];
  /** Referral episode, and how the person came. */
  readonly episode: { readonly id: string; readonly direction: 'UP' | 'DOWN' | null } | null;
  readonly facts: SettlementFactsValue;
  /** Yearly totals before the claim; of the episodes, its own. */
  readonly before: TotalsValue;
  /** What it added to them. */
  readonly added: TotalsValue;
  /** Outpatient fund above the cap of people without a contract, yuan. */
  readonly aboveCap: string;
}
