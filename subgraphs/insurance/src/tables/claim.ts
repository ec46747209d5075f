import {
  boolean,
  date,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type {
  BenefitCategory,
  BenefitLevel,
  ChargeClass,
  ClaimLineKind,
  ClaimReferralStatus,
  ClaimStatus,
  Scheme,
} from '../schema-types.ts';
import type { SettlementBasis } from './settlement-basis.ts';

const money = () => numeric({ precision: 12, scale: 2 });

/** Line of a claim 费用明细, as stored. */
export interface ClaimLineValue {
  readonly itemCode: string;
  readonly name: string;
  readonly kind: ClaimLineKind;
  readonly chargeClass: ChargeClass;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly amount: string;
  readonly selfPayRatio: string;
  readonly priceCap: string | null;
  readonly twoDisease: boolean;
}

/** Step of a settlement 结算步骤, as stored. */
export interface SettlementStepValue {
  readonly code: string;
  readonly formula: string;
  readonly value: string;
}

/** Claims 费用结算单. */
export const claims = pgTable(
  'claims',
  {
    residentId: text().notNull(),
    no: integer().notNull(),
    settlementNo: text().notNull(),
    /** Under which the provider asked for it: asked again, it is the same claim (domain.md 3.1.3). */
    claimRequestId: text(),
    encounterNo: integer(),
    /** Coverage that it was settled by. */
    coverageNo: integer().notNull(),
    /** Referral that brought the resident. */
    referralNo: integer(),
    /** Referral episode it belongs to. */
    episodeNo: integer(),
    /** Contract in force on the service date. */
    contractNo: integer(),
    providerCode: text().notNull(),
    medicalCategory: text().notNull(),
    /** What the rule settled it as. */
    category: text().$type<BenefitCategory>().notNull(),
    level: text().$type<BenefitLevel>().notNull(),
    /** The provider lies in the county where the insured person lives. */
    insideCounty: boolean().notNull(),
    /** The provider is a primary-care institution inside the county. */
    primaryCare: boolean().notNull(),
    /** Township where the insured person lives. */
    homeRegionCode: text().notNull(),
    scheme: text().$type<Scheme>().notNull(),
    contractActive: boolean().notNull(),
    lines: jsonb().$type<readonly ClaimLineValue[]>().notNull(),
    totalAmount: money().notNull(),
    outOfScope: money().notNull(),
    aheadSelfPay: money().notNull(),
    eligible: money().notNull(),
    deductible: money().notNull(),
    ratio: numeric({ precision: 4, scale: 2 }).notNull(),
    fundBasic: money().notNull(),
    fundCatastrophic: money().notNull(),
    assistance: money().notNull(),
    packageBenefit: money().notNull(),
    personalAccount: money().notNull(),
    cash: money().notNull(),
    capRemainingBefore: money().notNull(),
    capRemainingAfter: money().notNull(),
    steps: jsonb().$type<readonly SettlementStepValue[]>().notNull(),
    basis: jsonb().$type<SettlementBasis>().notNull(),
    referralStatus: text().$type<ClaimReferralStatus>().notNull(),
    serviceDate: date().notNull(),
    settledAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
    status: text().$type<ClaimStatus>().notNull(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.residentId, table.no] }),
    index().on(table.residentId, table.encounterNo),
    uniqueIndex('claims_settled_once')
      .on(table.residentId, table.encounterNo)
      .where(sql`${table.status} = 'SETTLED'`),
    uniqueIndex('claims_by_request').on(table.residentId, table.providerCode, table.claimRequestId),
    index().on(table.settlementNo),
    index().on(table.providerCode, table.serviceDate, table.residentId, table.no),
    index().on(table.serviceDate, table.residentId, table.no),
    index().on(table.settledAt, table.residentId, table.no),
    index().on(table.medicalCategory, table.residentId, table.no),
    index().on(table.scheme, table.residentId, table.no),
    index().on(table.status, table.residentId, table.no),
  ],
);
export type ClaimRow = typeof claims.$inferSelect;

/** What a referral means for the benefit 转诊的医保待遇影响; `no` is the referral's. */
export const referralEffects = pgTable(
  'referral_effects',
  {
    residentId: text().notNull(),
    no: integer().notNull(),
    ratio: numeric({ precision: 4, scale: 2 }).notNull(),
    deductible: money().notNull(),
  },
  (table) => [primaryKey({ columns: [table.residentId, table.no] })],
);

/** Money gained by a contract 签约获益; `no` is the contract's. */
export const benefitUses = pgTable(
  'benefit_uses',
  {
    residentId: text().notNull(),
    no: integer().notNull(),
    capIncreaseUsed: money().notNull(),
    extraReimbursed: money().notNull(),
    discount: money().notNull(),
  },
  (table) => [primaryKey({ columns: [table.residentId, table.no] })],
);
export type BenefitUseRow = typeof benefitUses.$inferSelect;
