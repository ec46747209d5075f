import { boolean, date, index, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type { OrientedStudentStatus, TalentDispatchStatus } from '../schema-types.ts';
import { practitioners } from './practitioner.ts';

/** Expert pool 人才库. */
export const talentPoolEntries = pgTable(
  'talent_pool_entries',
  {
    practitionerId: text()
      .primaryKey()
      .references(() => practitioners.id),
    regionCode: text().notNull(),
    skills: text().array().notNull(),
    availableDays: integer().notNull(),
    radiusKm: integer(),
    willing: boolean().notNull(),
  },
  (table) => [
    index().on(table.regionCode.op('text_pattern_ops'), table.practitionerId),
    index().on(table.availableDays, table.practitionerId),
    index().on(table.willing, table.practitionerId),
  ],
);
export type TalentPoolEntryRow = typeof talentPoolEntries.$inferSelect;

/** Dispatch of experts 人才调配. */
export const talentDispatches = pgTable(
  'talent_dispatches',
  {
    id: text().primaryKey(),
    requesterId: text().notNull(),
    skill: text().notNull(),
    need: text(),
    from: date().notNull(),
    to: date().notNull(),
    assignedId: text().references(() => practitioners.id),
    /** Days a month promised 每月派出天数; null until somebody is assigned. */
    days: integer(),
    status: text().$type<TalentDispatchStatus>().notNull(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [index().on(table.requesterId, table.from), index().on(table.assignedId)],
);
export type TalentDispatchRow = typeof talentDispatches.$inferSelect;

/** Oriented students 定向医学生. */
export const orientedStudents = pgTable(
  'oriented_students',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    school: text().notNull(),
    major: text().notNull(),
    enrolledOn: date().notNull(),
    graduatesOn: date(),
    servicePlaceCode: text().notNull(),
    serviceYears: integer().notNull(),
    serviceFrom: date(),
    serviceEndsOn: date(),
    status: text().$type<OrientedStudentStatus>().notNull(),
    breach: text(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [
    index().on(table.enrolledOn, table.id),
    index().on(table.servicePlaceCode.op('text_pattern_ops'), table.id),
    index().on(table.status, table.id),
  ],
);
export type OrientedStudentRow = typeof orientedStudents.$inferSelect;
