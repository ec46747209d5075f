import { integer, numeric, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { PeriodType, SubjectType } from '../schema-types.ts';

const money = () => numeric({ precision: 16, scale: 2 });

/** Insurance's columns of indicator snapshots 指标快照. */
export const indicatorSnapshots = pgTable(
  'indicator_snapshots',
  {
    subjectType: text().$type<SubjectType>().notNull(),
    subjectId: text().notNull(),
    periodType: text().$type<PeriodType>().notNull(),
    period: text().notNull(),
    insuredCount: integer(),
    fundPaid: money(),
    fundPaidInCounty: money(),
    fundPaidPrimary: money(),
    inpatientFund: money(),
    inpatientCases: integer(),
    inpatientCost: money(),
    countyInpatientCases: integer(),
    oop: money(),
    totalCost: money(),
    drgCases: integer(),
    drgWeight: numeric({ precision: 14, scale: 4 }),
    twoDiseaseUsers: integer(),
    chronicDrugFund: money(),
  },
  (table) => [primaryKey({ columns: [table.subjectType, table.subjectId, table.periodType, table.period] })],
);
export type IndicatorSnapshotRow = typeof indicatorSnapshots.$inferSelect;

/** A subject and period about which insurance says nothing. */
export const noSnapshot: Omit<IndicatorSnapshotRow, 'subjectType' | 'subjectId' | 'periodType' | 'period'> = {
  insuredCount: null,
  fundPaid: null,
  fundPaidInCounty: null,
  fundPaidPrimary: null,
  inpatientFund: null,
  inpatientCases: null,
  inpatientCost: null,
  countyInpatientCases: null,
  oop: null,
  totalCost: null,
  drgCases: null,
  drgWeight: null,
  twoDiseaseUsers: null,
  chronicDrugFund: null,
};
