import {
  boolean,
  date,
  foreignKey,
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
import type { BenefitLevel, DrgOutlier, PaymentMethod, PhysicianStatus, SurplusPart } from '../schema-types.ts';
import { claims } from './claim.ts';

const money = () => numeric({ precision: 14, scale: 2 });
const weight = () => numeric({ precision: 8, scale: 4 });

/** Designated providers 定点医药机构. */
export const designatedProviders = pgTable(
  'designated_providers',
  {
    providerCode: text().primaryKey(),
    institutionId: text().notNull(),
    regionCode: text().notNull(),
    agreementNo: text(),
    level: text().$type<BenefitLevel>(),
    validFrom: date(),
    validTo: date(),
    creditScore: numeric({ precision: 5, scale: 2 }),
    paymentMethods: text().array().$type<PaymentMethod[]>().notNull(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [
    uniqueIndex().on(table.institutionId),
    index().on(table.regionCode.op('text_pattern_ops'), table.providerCode),
    index().on(table.level, table.providerCode),
    index().on(table.creditScore, table.providerCode),
  ],
);
export type DesignatedProviderRow = typeof designatedProviders.$inferSelect;

/** Factor of an age band 年龄系数, as stored. */
export interface AgeFactorValue {
  readonly band: string;
  readonly factor: string;
}

/** Persons in an age band 年龄段人数, as stored. */
export interface AgeBandCountValue {
  readonly band: string;
  readonly count: number;
}

/** Capitation plans 按人头付费. */
export const capitationPlans = pgTable(
  'capitation_plans',
  {
    id: text().primaryKey(),
    providerCode: text().notNull(),
    institutionId: text().notNull(),
    year: integer().notNull(),
    baseRate: money().notNull(),
    ageFactors: jsonb().$type<readonly AgeFactorValue[]>().notNull(),
    enrolled: jsonb().$type<readonly AgeBandCountValue[]>().notNull(),
    budget: money().notNull(),
    prepayRatio: numeric({ precision: 4, scale: 2 }).notNull(),
    monthlyPrepay: money().notNull(),
    actual: money(),
    qualityScore: numeric({ precision: 5, scale: 2 }),
    surplus: money(),
    retained: money(),
    /** Of a deficit, what the insurer bears. */
    insurerBears: money(),
    closedAt: timestamp({ withTimezone: true, mode: 'string' }),
    version: integer().notNull().default(1),
  },
  (table) => [uniqueIndex().on(table.providerCode, table.year), uniqueIndex().on(table.institutionId, table.year)],
);
export type CapitationPlanRow = typeof capitationPlans.$inferSelect;

/** Advances paid by head 按人头预付, one a month and institution (domain.md 3.2). */
export const capitationPrepayments = pgTable(
  'capitation_prepayments',
  {
    id: text().primaryKey(),
    planId: text()
      .notNull()
      .references(() => capitationPlans.id),
    institutionId: text().notNull(),
    month: text().notNull(),
    amount: money().notNull(),
    paidAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [
    uniqueIndex('capitation_prepayments_once').on(table.institutionId, table.month),
    index().on(table.planId, table.month),
  ],
);
export type CapitationPrepaymentRow = typeof capitationPrepayments.$inferSelect;

/** DRG groups DRG组. */
export const drgGroups = pgTable(
  'drg_groups',
  {
    code: text().notNull(),
    version: text().notNull(),
    name: text().notNull(),
    nameEn: text(),
    mdc: text().notNull(),
    adrg: text().notNull(),
    rw: weight().notNull(),
    townshipRw: weight(),
    basic: boolean().notNull(),
    avgCost: money(),
    avgLos: numeric({ precision: 5, scale: 1 }),
  },
  (table) => [primaryKey({ columns: [table.code, table.version] }), index().on(table.version, table.rw, table.code)],
);
export type DrgGroupRow = typeof drgGroups.$inferSelect;

/** Figures of DRG payment, as stored; what rule 3.3 takes. */
export interface DrgPolicyValue {
  readonly rate: string;
  readonly coefficients: Readonly<Record<BenefitLevel, string>>;
  readonly lowFactor: string;
  readonly high: readonly { readonly upToRw: string | null; readonly factor: string }[];
  readonly minDays: number;
  readonly maxDays: number;
  readonly highShare: string;
}

/** Figures of a payment year for DRG DRG支付政策 (domain.md 3.3). */
export const drgPolicies = pgTable('drg_policies', {
  year: integer().primaryKey(),
  policy: jsonb().$type<DrgPolicyValue>().notNull(),
});

/** DRG cases DRG病例; `no` is the claim's. */
export const drgCases = pgTable(
  'drg_cases',
  {
    residentId: text().notNull(),
    no: integer().notNull(),
    encounterNo: integer().notNull(),
    groupCode: text(),
    groupVersion: text(),
    providerCode: text().notNull(),
    /** Month of discharge, `2024-03`; where that was settled already, the month in which the claim was settled. */
    month: text().notNull(),
    /** Weight that applied; null when not grouped. */
    rw: weight(),
    cost: money().notNull(),
    standard: money(),
    outlier: text().$type<DrgOutlier>().notNull(),
    payable: money().notNull(),
    fundPayable: money().notNull(),
    hospitalBalance: money().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.residentId, table.no] }),
    foreignKey({
      columns: [table.residentId, table.no],
      foreignColumns: [claims.residentId, claims.no],
      name: 'drg_cases_claim',
    }),
    foreignKey({
      columns: [table.groupCode, table.groupVersion],
      foreignColumns: [drgGroups.code, drgGroups.version],
      name: 'drg_cases_group',
    }),
    index().on(table.residentId, table.encounterNo),
    index().on(table.groupCode, table.residentId, table.no),
    index().on(table.providerCode, table.month, table.residentId, table.no),
    index().on(table.month, table.residentId, table.no),
    index().on(table.outlier, table.residentId, table.no),
  ],
);
export type DrgCaseRow = typeof drgCases.$inferSelect;

/** DRG settlements of the hospitals' months 月度DRG清算 (domain.md 3.3). */
export const drgMonths = pgTable(
  'drg_months',
  {
    id: text().primaryKey(),
    providerCode: text().notNull(),
    institutionId: text().notNull(),
    month: text().notNull(),
    cases: integer().notNull(),
    highCases: integer().notNull(),
    demotedCases: integer().notNull(),
    cmi: numeric({ precision: 8, scale: 3 }),
    cost: money().notNull(),
    payable: money().notNull(),
    fundPayable: money().notNull(),
    hospitalBalance: money().notNull(),
    settledAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [
    uniqueIndex('drg_months_settled_once').on(table.institutionId, table.month),
    index().on(table.providerCode, table.month),
  ],
);
export type DrgMonthRow = typeof drgMonths.$inferSelect;

/** DIP groups DIP病种. */
export const dipGroups = pgTable(
  'dip_groups',
  {
    code: text().primaryKey(),
    name: text().notNull(),
    score: numeric({ precision: 10, scale: 2 }).notNull(),
  },
  (table) => [index().on(table.score, table.code)],
);
export type DipGroupRow = typeof dipGroups.$inferSelect;

/** What one institution gets of a kept surplus 结余分配, as stored. */
export interface SurplusShareValue {
  readonly institutionId: string;
  readonly providerCode: string;
  readonly part: SurplusPart;
  readonly weight: string;
  readonly amount: string;
}

/** Global budgets of the alliances 医共体总额. */
export const allianceBudgets = pgTable(
  'alliance_budgets',
  {
    allianceId: text().notNull(),
    year: integer().notNull(),
    population: integer().notNull(),
    budget: money().notNull(),
    spentInside: money().notNull(),
    spentOutside: money().notNull(),
    surplus: money().notNull(),
    retained: money().notNull(),
    splitLead: money().notNull(),
    splitTownship: money().notNull(),
    splitVillage: money().notNull(),
    qualityScore: numeric({ precision: 5, scale: 2 }),
    shares: jsonb().$type<readonly SurplusShareValue[]>(),
    closedAt: timestamp({ withTimezone: true, mode: 'string' }),
    version: integer().notNull().default(1),
  },
  (table) => [primaryKey({ columns: [table.allianceId, table.year] })],
);
export type AllianceBudgetRow = typeof allianceBudgets.$inferSelect;

/** Insurance physicians 医保医师. */
export const insurancePhysicians = pgTable('insurance_physicians', {
  physicianCode: text().primaryKey(),
  status: text().$type<PhysicianStatus>().notNull(),
  pointsDeducted: integer().notNull(),
});
