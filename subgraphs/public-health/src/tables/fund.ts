import { date, index, integer, numeric, pgTable, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import type { EvaluationGrade, FundAllocationStatus, FundSource, GovernmentDepartment } from '../schema-types.ts';
import { evaluations } from './evaluation.ts';

/** Fund allocations 资金分配; a source is shared out once a year in a region. */
export const fundAllocations = pgTable(
  'fund_allocations',
  {
    id: text().primaryKey(),
    source: text().$type<FundSource>().notNull(),
    regionCode: text().notNull(),
    year: integer().notNull(),
    pool: numeric({ precision: 16, scale: 2 }).notNull(),
    basisEvaluationId: text().references(() => evaluations.id),
    approvedBy: text().$type<GovernmentDepartment>(),
    approvedOn: date(),
    paidOn: date(),
    status: text().$type<FundAllocationStatus>().notNull(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [
    uniqueIndex('fund_allocations_once').on(table.regionCode, table.source, table.year),
    index('fund_allocations_source').on(table.source, table.id),
    index('fund_allocations_region_code').on(table.regionCode.op('text_pattern_ops'), table.year),
    index('fund_allocations_year').on(table.year, table.id),
    index('fund_allocations_status').on(table.status, table.id),
  ],
);

/** Shares of fund allocations 资金分配明细. */
export const fundAllocationRows = pgTable(
  'fund_allocation_rows',
  {
    allocationId: text()
      .notNull()
      .references(() => fundAllocations.id),
    no: integer().notNull(),
    year: integer().notNull(),
    /** Copied from the allocation: who governs it sees every share. */
    regionCode: text().notNull(),
    institutionId: text(),
    teamId: text(),
    /** What the weight is made of: the service population, or the residents signed. */
    base: numeric({ precision: 14, scale: 2 }),
    weight: numeric({ precision: 18, scale: 4 }).notNull(),
    factor: numeric({ precision: 6, scale: 4 }).notNull(),
    amount: numeric({ precision: 16, scale: 2 }).notNull(),
    evaluationId: text().references(() => evaluations.id),
    /** When the institution confirmed that the money has come. */
    confirmedOn: date(),
  },
  (table) => [
    primaryKey({ columns: [table.allocationId, table.no] }),
    index('fund_allocation_rows_institution_id').on(table.institutionId, table.year),
    index('fund_allocation_rows_team_id').on(table.teamId, table.year),
  ],
);

/** What a grade is worth when funds are shared out 绩效系数, from a year on (domain.md 3.16). */
export const gradeFactors = pgTable(
  'grade_factors',
  {
    grade: text().$type<EvaluationGrade>().notNull(),
    year: integer().notNull(),
    factor: numeric({ precision: 6, scale: 4 }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.year, table.grade] })],
);

export type FundAllocationTableRow = typeof fundAllocations.$inferSelect;
export type FundAllocationRowRow = typeof fundAllocationRows.$inferSelect;
