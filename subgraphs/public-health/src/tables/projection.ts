import { bigint, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';

/** Place in the change log of the subgraph that owns the row: an older change never overwrites a newer one. */
const seq = () => bigint({ mode: 'number' }).notNull();

/** A member of a team, as stored. */
export interface StoredTeamMember {
  readonly practitionerId: string;
  /** VS-17. */
  readonly duty: string;
  readonly from: string;
  /** Last day, inclusive; null while a member. */
  readonly to: string | null;
}

/** What institutions tells of an institution 机构: where contracts may be signed (domain.md 2.6, 3.8.2). */
export const institutionProjections = pgTable(
  'institution_projections',
  {
    id: text().primaryKey(),
    /** Tier 县乡村层级: CITY, COUNTY, TOWNSHIP or VILLAGE. */
    tier: text().notNull(),
    /** Level 级别 (VS-05); null while it is not told. */
    level: text(),
    /** ACTIVE, or why it is not open. */
    status: text().notNull(),
    regionCode: text().notNull(),
    /** Institution above it 上级机构: of a village clinic, its township hospital. */
    parentId: text(),
    seq: seq(),
  },
  (table) => [index('institution_projections_parent_id').on(table.parentId)],
);

/** What personnel tells of family-doctor teams 家庭医生团队: who signs residents, and how many (domain.md 3.8.2, 3.8.3). */
export const teamProjections = pgTable(
  'team_projections',
  {
    id: text().primaryKey(),
    institutionId: text().notNull(),
    guidanceGroupId: text(),
    capacity: integer().notNull(),
    members: jsonb().$type<StoredTeamMember[]>().notNull(),
    seq: seq(),
  },
  (table) => [index('team_projections_institution_id').on(table.institutionId)],
);

/** What personnel tells of technical guidance groups 技术指导小组: of how many parts, for which towns (domain.md 3.8.2). */
export const guidanceGroupProjections = pgTable('guidance_group_projections', {
  id: text().primaryKey(),
  institutionId: text().notNull(),
  departments: integer().notNull(),
  specialists: integer().notNull(),
  contractOffices: integer().notNull(),
  assignedTownCodes: text().array().notNull(),
  seq: seq(),
});

export type InstitutionProjectionRow = typeof institutionProjections.$inferSelect;
export type TeamProjectionRow = typeof teamProjections.$inferSelect;
export type GuidanceGroupProjectionRow = typeof guidanceGroupProjections.$inferSelect;
