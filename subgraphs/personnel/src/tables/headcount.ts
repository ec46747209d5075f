import { date, index, integer, numeric, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type {
  EmploymentKind,
  HeadcountAllocationStatus,
  HeadcountMode,
  InstitutionLevel,
  RecruitmentMode,
} from '../schema-types.ts';
import { practitioners } from './practitioner.ts';

/** Headcount quota pools 编制周转池. */
export const headcountPools = pgTable(
  'headcount_pools',
  {
    id: text().primaryKey(),
    allianceId: text(),
    regionCode: text(),
    year: integer().notNull(),
    approved: integer().notNull(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [
    index().on(table.allianceId, table.year),
    index().on(table.regionCode, table.year),
    index().on(table.year, table.id),
    index().on(table.approved, table.id),
  ],
);
export type HeadcountPoolRow = typeof headcountPools.$inferSelect;

/** Posts of the pools in use 编制使用. */
export const headcountAllocations = pgTable(
  'headcount_allocations',
  {
    id: text().primaryKey(),
    poolId: text()
      .notNull()
      .references(() => headcountPools.id),
    practitionerId: text()
      .notNull()
      .references(() => practitioners.id),
    mode: text().$type<HeadcountMode>().notNull(),
    hiredById: text().notNull(),
    usedAtId: text().notNull(),
    from: date().notNull(),
    to: date(),
    status: text().$type<HeadcountAllocationStatus>().notNull(),
    /** How the person was employed before, and is again after the release. */
    employmentKindBefore: text().$type<EmploymentKind>(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [index().on(table.poolId, table.status), index().on(table.practitionerId)],
);
export type HeadcountAllocationRow = typeof headcountAllocations.$inferSelect;

/** Approved posts 核定编制 of the institutions. */
export const institutionPosts = pgTable(
  'institution_posts',
  {
    institutionId: text().primaryKey(),
    regionCode: text().notNull(),
    approved: integer().notNull(),
  },
  (table) => [index().on(table.regionCode.op('text_pattern_ops'))],
);

/** What the level of an institution asks of its staff 人员配置标准. */
export const staffingStandards = pgTable('staffing_standards', {
  level: text().$type<InstitutionLevel>().primaryKey(),
  midTitleShare: numeric({ precision: 4, scale: 3 }).notNull(),
});

/** Missing staff 人员缺口. */
export const workforceGaps = pgTable(
  'workforce_gaps',
  {
    institutionId: text().notNull(),
    specialty: text().notNull(),
    regionCode: text().notNull(),
    standard: integer().notNull(),
    actual: integer().notNull(),
    gap: integer().notNull(),
    multiPostCount: integer().notNull(),
    vacancyRate: numeric({ precision: 5, scale: 2 }),
  },
  (table) => [
    primaryKey({ columns: [table.institutionId, table.specialty] }),
    index().on(table.regionCode.op('text_pattern_ops'), table.specialty),
    index().on(table.gap, table.institutionId, table.specialty),
  ],
);
export type WorkforceGapRow = typeof workforceGaps.$inferSelect;

/** Recruitment 招聘. */
export const recruitments = pgTable(
  'recruitments',
  {
    id: text().primaryKey(),
    institutionId: text().notNull(),
    regionCode: text().notNull(),
    specialty: text().notNull(),
    posts: integer().notNull(),
    filled: integer().notNull(),
    mode: text().$type<RecruitmentMode>(),
    openFrom: date(),
    openTo: date(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [index().on(table.institutionId, table.id), index().on(table.regionCode.op('text_pattern_ops'))],
);
export type RecruitmentRow = typeof recruitments.$inferSelect;

/** Density of health staff 每千人口卫技人员: staff by the resident population of the census. */
export const regionDensities = pgTable(
  'region_densities',
  {
    regionCode: text().notNull(),
    year: integer().notNull(),
    practitioners: integer().notNull(),
    censusPopulation: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.regionCode, table.year] })],
);
