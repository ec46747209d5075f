import { encrypted } from '@hutong/kit';
import { date, index, integer, jsonb, numeric, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type { AssistanceKind, CoverageStatus, RegistrationStatus, Scheme, TwoDiseaseKind } from '../schema-types.ts';
import { benefitPlans } from './policy.ts';

const money = () => numeric({ precision: 12, scale: 2 });

/** Coverages 参保. */
export const coverages = pgTable(
  'coverages',
  {
    residentId: text().notNull(),
    no: integer().notNull(),
    psnNo: encrypted(),
    psnNoHash: text(),
    scheme: text().$type<Scheme>().notNull(),
    personClass: text().notNull(),
    pooledRegionCode: text().notNull(),
    /** Township where the insured person lives: the insured are counted by it. */
    homeRegionCode: text().notNull(),
    assistance: text().array().$type<AssistanceKind[]>().notNull(),
    validFrom: date().notNull(),
    validTo: date(),
    status: text().$type<CoverageStatus>().notNull(),
    accountBalance: money(),
    planKey: text()
      .notNull()
      .references(() => benefitPlans.key),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.residentId, table.no] }), index().on(table.psnNoHash)],
);
export type CoverageRow = typeof coverages.$inferSelect;

/** Insured persons 参保人数 of a division at the end of a year. */
export const insuredCounts = pgTable(
  'insured_counts',
  {
    regionCode: text().notNull(),
    year: integer().notNull(),
    scheme: text().$type<Scheme>().notNull(),
    persons: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.regionCode, table.year, table.scheme] })],
);

/** Yearly totals 年度累计; `no` is the year. */
export const accumulators = pgTable(
  'accumulators',
  {
    residentId: text().notNull(),
    no: integer().notNull(),
    inpatientFund: money().notNull(),
    outpatientFund: money().notNull(),
    twoDiseaseFund: jsonb().$type<{ readonly htn: string; readonly dm: string }>().notNull(),
    eligibleOop: money().notNull(),
    admissions: integer().notNull(),
    outpatientDeductiblePaid: money().notNull(),
    /** By public id of the referral episode. */
    deductiblePaidByEpisode: jsonb().$type<Readonly<Record<string, string>>>().notNull(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.residentId, table.no] })],
);
export type AccumulatorRow = typeof accumulators.$inferSelect;

/** Registrations for two-disease drugs 两病备案. */
export const twoDiseaseRegistrations = pgTable(
  'two_disease_registrations',
  {
    residentId: text().notNull(),
    no: integer().notNull(),
    disease: text().$type<TwoDiseaseKind>().notNull(),
    registeredAtCode: text().notNull(),
    validFrom: date().notNull(),
    /** Last day; null while it runs. */
    validTo: date(),
    status: text().$type<RegistrationStatus>().notNull(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.residentId, table.no] }),
    index().on(table.disease, table.residentId, table.no),
    index().on(table.registeredAtCode, table.residentId, table.no),
    index().on(table.validFrom, table.residentId, table.no),
    index().on(table.status, table.residentId, table.no),
  ],
);
export type TwoDiseaseRegistrationRow = typeof twoDiseaseRegistrations.$inferSelect;

/** Registrations for chronic and special outpatient care 门诊慢特病备案. */
export const chronicOutpatientRegistrations = pgTable(
  'chronic_outpatient_registrations',
  {
    residentId: text().notNull(),
    no: integer().notNull(),
    diseaseCode: text().notNull(),
    validFrom: date(),
    validTo: date(),
  },
  (table) => [primaryKey({ columns: [table.residentId, table.no] })],
);
export type ChronicOutpatientRegistrationRow = typeof chronicOutpatientRegistrations.$inferSelect;

/** Filings for care outside the pooled region 异地/转诊备案. */
export const outOfAreaFilings = pgTable(
  'out_of_area_filings',
  {
    residentId: text().notNull(),
    no: integer().notNull(),
    referralNo: integer(),
    toProviderCode: text().notNull(),
    from: date().notNull(),
    to: date(),
    status: text().$type<RegistrationStatus>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.residentId, table.no] })],
);
export type OutOfAreaFilingRow = typeof outOfAreaFilings.$inferSelect;
