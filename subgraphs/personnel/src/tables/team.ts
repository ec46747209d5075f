import { date, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type { GuidancePrinciple, TeamDuty } from '../schema-types.ts';
import { practitioners } from './practitioner.ts';

/** Family-doctor teams 家庭医生团队. */
export const familyDoctorTeams = pgTable(
  'family_doctor_teams',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    institutionId: text().notNull(),
    regionCode: text().notNull(),
    leaderId: text()
      .notNull()
      .references(() => practitioners.id),
    guidanceGroupId: text().references(() => technicalGuidanceGroups.id),
    coverageCodes: text().array().notNull(),
    capacity: integer().notNull(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [
    index('family_doctor_teams_name_part').using('gin', table.name.op('gin_trgm_ops')),
    index().on(table.name, table.id),
    index().on(table.institutionId, table.id),
    index().on(table.regionCode.op('text_pattern_ops'), table.id),
    index().on(table.leaderId),
    index().on(table.guidanceGroupId, table.id),
    index().on(table.capacity, table.id),
  ],
);
export type FamilyDoctorTeamRow = typeof familyDoctorTeams.$inferSelect;

/** Members of the teams 团队成员关系. */
export const teamMemberships = pgTable(
  'team_memberships',
  {
    teamId: text()
      .notNull()
      .references(() => familyDoctorTeams.id),
    no: integer().notNull(),
    practitionerId: text()
      .notNull()
      .references(() => practitioners.id),
    duty: text().$type<TeamDuty>().notNull(),
    from: date().notNull(),
    to: date(),
  },
  (table) => [primaryKey({ columns: [table.teamId, table.no] }), index().on(table.practitionerId)],
);
export type TeamMembershipRow = typeof teamMemberships.$inferSelect;

/** Technical guidance groups 技术指导小组. */
export const technicalGuidanceGroups = pgTable(
  'technical_guidance_groups',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    institutionId: text().notNull(),
    regionCode: text().notNull(),
    departmentIds: text().array().notNull(),
    specialistIds: text().array().notNull(),
    contractOffice: text().notNull(),
    assignedTownCodes: text().array().notNull(),
    principle: text().$type<GuidancePrinciple>().notNull(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [
    index('technical_guidance_groups_name_part').using('gin', table.name.op('gin_trgm_ops')),
    index().on(table.name, table.id),
    index().on(table.institutionId, table.id),
    index().on(table.regionCode.op('text_pattern_ops'), table.id),
  ],
);
export type TechnicalGuidanceGroupRow = typeof technicalGuidanceGroups.$inferSelect;
