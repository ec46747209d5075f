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
import type {
  BenefitCategory,
  BenefitLevel,
  ChargeClass,
  ClaimLineKind,
  PackageBenefitKind,
  PackagePayer,
  PriceAuthority,
  Scheme,
} from '../schema-types.ts';

const money = () => numeric({ precision: 12, scale: 2 });
const share = () => numeric({ precision: 4, scale: 2 });

/** Yearly caps 封顶线 of a plan, as stored; yuan. */
export interface CapsValue {
  readonly inpatient: string;
  readonly outpatient: string;
  readonly outpatientRetired: string | null;
  readonly contractIncrease: string;
  readonly twoDiseaseHtn: string | null;
  readonly twoDiseaseDm: string | null;
  readonly twoDiseaseDmInsulin: string | null;
}

/** Additions for retired persons 退休人员加成, as stored. */
export interface RetiredAdditionsValue {
  readonly inpatientPlus: string;
  readonly inpatientMax: string;
  readonly outpatientPlus: string;
}

/** Terms of catastrophic insurance 大病保险待遇, as stored. */
export interface CatastrophicTermsValue {
  readonly start: string;
  readonly startAssisted: string;
  readonly band: string;
  readonly ratio: string;
  readonly ratioBeyond: string;
  readonly assistedPlus: string;
}

/** Benefit plans 待遇政策. */
export const benefitPlans = pgTable(
  'benefit_plans',
  {
    /** `code/year`. */
    key: text().primaryKey(),
    code: text().notNull(),
    year: integer().notNull(),
    name: text().notNull(),
    scheme: text().$type<Scheme>().notNull(),
    regionCode: text().notNull(),
    caps: jsonb().$type<CapsValue>().notNull(),
    retired: jsonb().$type<RetiredAdditionsValue>(),
    outpatientYearlyDeductible: money().notNull(),
    catastrophic: jsonb().$type<CatastrophicTermsValue>().notNull(),
    assistanceRatio: share().notNull(),
  },
  (table) => [uniqueIndex().on(table.code, table.year)],
);
export type BenefitPlanRow = typeof benefitPlans.$inferSelect;

/** Benefit rules 待遇规则. */
export const benefitRules = pgTable(
  'benefit_rules',
  {
    id: text().primaryKey(),
    planKey: text()
      .notNull()
      .references(() => benefitPlans.key),
    medicalCategory: text().$type<BenefitCategory>().notNull(),
    level: text().$type<BenefitLevel>().notNull(),
    deductible: money().notNull(),
    ratio: share().notNull(),
    ratioWithContract: share(),
    annualCap: money(),
    noReferralPenalty: share(),
    repeatFactor: share(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [index().on(table.planKey, table.medicalCategory, table.level)],
);
export type BenefitRuleRow = typeof benefitRules.$inferSelect;

/** Price at one level 分级价格, as stored. */
export interface LevelPriceValue {
  readonly level: BenefitLevel;
  readonly price: string;
}

/** Price items 价格项目. */
export const priceItems = pgTable(
  'price_items',
  {
    code: text().primaryKey(),
    name: text().notNull(),
    unit: text(),
    kind: text().$type<ClaimLineKind>().notNull(),
    /** Of items in the catalogue 医保目录; what is not in it is class C. */
    chargeClass: text().$type<ChargeClass>().notNull(),
    selfPayRatio: share().notNull(),
    approvedPrice: jsonb().$type<readonly LevelPriceValue[]>().notNull(),
    approvedBy: text().$type<PriceAuthority>(),
    validFrom: date(),
  },
  (table) => [
    index('price_items_name_part').using('gin', table.name.op('gin_trgm_ops')),
    index().on(table.name),
    index().on(table.validFrom, table.code),
  ],
);
export type PriceItemRow = typeof priceItems.$inferSelect;

/** Approved prices 批准价格 of the service packages. */
export const packagePrices = pgTable('package_prices', {
  code: text().primaryKey(),
  price: money(),
});

/** Benefits of the service packages 服务包优惠. */
export const packageBenefits = pgTable(
  'package_benefits',
  {
    packageCode: text().notNull(),
    no: integer().notNull(),
    kind: text().$type<PackageBenefitKind>().notNull(),
    value: money().notNull(),
    payer: text().$type<PackagePayer>().notNull(),
    condition: text(),
  },
  (table) => [primaryKey({ columns: [table.packageCode, table.no] })],
);
export type PackageBenefitRow = typeof packageBenefits.$inferSelect;

/** Revenue and cost of the packages of a hospital 服务包收支. */
export const packageEconomics = pgTable(
  'package_economics',
  {
    providerCode: text().notNull(),
    packageCode: text().notNull(),
    year: integer().notNull(),
    institutionId: text().notNull(),
    revenue: money().notNull(),
    cost: money().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.providerCode, table.year, table.packageCode] }),
    index().on(table.institutionId, table.year),
  ],
);
export type PackageEconomicsRow = typeof packageEconomics.$inferSelect;

/** How insurance pays drugs 医保药品支付. */
export const drugPayments = pgTable('drug_payments', {
  nhsaDrugCode: text().primaryKey(),
  class: text().$type<ChargeClass>().notNull(),
  selfPayRatio: share().notNull(),
  priceCap: numeric({ precision: 12, scale: 4 }),
  twoDisease: boolean().notNull(),
});
export type DrugPaymentRow = typeof drugPayments.$inferSelect;
