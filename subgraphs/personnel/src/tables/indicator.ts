import { integer, numeric, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { PeriodType, SubjectType } from '../schema-types.ts';

/** The workforce's columns of indicator snapshots 指标快照. */
export const indicatorSnapshots = pgTable(
  'indicator_snapshots',
  {
    subjectType: text().$type<SubjectType>().notNull(),
    subjectId: text().notNull(),
    periodType: text().$type<PeriodType>().notNull(),
    period: text().notNull(),
    practitioners: integer(),
    gp: integer(),
    nurses: integer(),
    villageDoctors: integer(),
    midUpPhysicians: integer(),
    secondedLong: integer(),
    secondedAny: integer(),
    pooledPosts: integer(),
    vacancies: integer(),
    leavers: integer(),
    creditsMet: integer(),
    itStaff: integer(),
    avgIncome: numeric({ precision: 12, scale: 2 }),
  },
  (table) => [primaryKey({ columns: [table.subjectType, table.subjectId, table.periodType, table.period] })],
);
export type IndicatorSnapshotRow = typeof indicatorSnapshots.$inferSelect;

/** A subject and period about which the workforce says nothing. */
export const noSnapshot: Omit<IndicatorSnapshotRow, 'subjectType' | 'subjectId' | 'periodType' | 'period'> = {
  practitioners: null,
  gp: null,
  nurses: null,
  villageDoctors: null,
  midUpPhysicians: null,
  secondedLong: null,
  secondedAny: null,
  pooledPosts: null,
  vacancies: null,
  leavers: null,
  creditsMet: null,
  itStaff: null,
  avgIncome: null,
};
