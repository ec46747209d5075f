import { boolean, date, index, integer, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import { encrypted } from '@hutong/kit';
import type {
  ComplaintCategory,
  ComplaintStatus,
  InspectionScope,
  InspectionStatus,
  ServiceSubjectType,
} from '../schema-types.ts';

const version = () => integer().notNull().default(1);
const instant = () => timestamp({ withTimezone: true, mode: 'string' });

/** Complaints 投诉举报. */
export const complaints = pgTable(
  'complaints',
  {
    id: text().primaryKey(),
    subjectType: text().$type<ServiceSubjectType>().notNull(),
    subjectId: text().notNull(),
    /** Who answers for the subject: its institution, where it has one, and the division. */
    institutionId: text(),
    regionCode: text().notNull(),
    category: text().$type<ComplaintCategory>().notNull(),
    text: encrypted(),
    filedAt: instant().notNull(),
    filedById: text(),
    anonymous: boolean().notNull(),
    status: text().$type<ComplaintStatus>().notNull(),
    dueAt: instant().notNull(),
    resolvedAt: instant(),
    result: text(),
    version: version(),
    updatedAt: instant().notNull(),
  },
  (table) => [
    index('complaints_subject_id').on(table.subjectId, table.filedAt),
    index('complaints_institution_id').on(table.institutionId, table.dueAt),
    index('complaints_status').on(table.status, table.dueAt),
    index('complaints_category').on(table.category, table.id),
    index('complaints_subject_type').on(table.subjectType, table.id),
    index('complaints_filed_at').on(table.filedAt, table.id),
    index('complaints_due_at').on(table.dueAt, table.id),
  ],
);

/** Inspections 督查. */
export const inspections = pgTable(
  'inspections',
  {
    id: text().primaryKey(),
    scope: text().$type<InspectionScope>().notNull(),
    regionCode: text().notNull(),
    institutionId: text(),
    teamId: text(),
    /** Quarter whose services were sampled, and what the draw began with (domain.md 3.8.7). */
    period: text(),
    drawSeed: text(),
    at: instant().notNull(),
    teamSize: integer().notNull(),
    unannounced: boolean().notNull(),
    visitedHouseholds: integer(),
    samples: integer(),
    truthful: integer(),
    findings: text(),
    advice: text(),
    status: text().$type<InspectionStatus>().notNull(),
    /** Until when the findings are to be put right, and what became of it. */
    rectifyBy: date(),
    rectification: text(),
    rectifiedOn: date(),
    followUp: text(),
    followedUpOn: date(),
    version: version(),
    updatedAt: instant().notNull(),
  },
  (table) => [
    index('inspections_scope').on(table.scope, table.id),
    index('inspections_region_code').on(table.regionCode.op('text_pattern_ops'), table.at),
    index('inspections_institution_id').on(table.institutionId, table.at),
    index('inspections_team_id').on(table.teamId, table.at),
    index('inspections_status').on(table.status, table.rectifyBy),
    uniqueIndex('inspections_sample').on(table.teamId, table.period),
    index('inspections_at').on(table.at, table.id),
  ],
);

export type ComplaintRow = typeof complaints.$inferSelect;
export type InspectionRow = typeof inspections.$inferSelect;
