import { boolean, date, index, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type {
  GovernmentDepartment,
  NoticeKind,
  PilotLevel,
  ProgrammePhase,
  ProgrammeReviewKind,
  ProgrammeTaskStatus,
} from '../schema-types.ts';
import { residents } from './resident.ts';

/** Phase of a programme, as stored. */
export interface StoredPhasePlan {
  readonly phase: ProgrammePhase;
  readonly from: string | null;
  readonly to: string | null;
}

/** Document of a programme, as stored. */
export interface StoredProgrammeDocument {
  readonly title: string;
  readonly no: string | null;
  readonly issuedOn: string | null;
}

/** Work programmes 工作方案. */
export const programmes = pgTable(
  'programmes',
  {
    id: text().primaryKey(),
    title: text().notNull(),
    regionCode: text().notNull(),
    description: text(),
    pilotLevel: text().$type<PilotLevel>(),
    phase: text().$type<ProgrammePhase>().notNull(),
    phases: jsonb().$type<StoredPhasePlan[]>().notNull(),
    documents: jsonb().$type<StoredProgrammeDocument[]>().notNull(),
    workingGroup: text().array().$type<GovernmentDepartment[]>().notNull(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [
    index('programmes_region_code').on(table.regionCode.op('text_pattern_ops'), table.id),
    index('programmes_phase').on(table.phase, table.id),
    index('programmes_title').on(table.title, table.id),
  ],
);

/** Tasks of departments 任务分工. */
export const programmeTasks = pgTable(
  'programme_tasks',
  {
    id: text().primaryKey(),
    programmeId: text()
      .notNull()
      .references(() => programmes.id),
    department: text().$type<GovernmentDepartment>().notNull(),
    goal: text().notNull(),
    due: date(),
    status: text().$type<ProgrammeTaskStatus>().notNull(),
  },
  (table) => [
    index('programme_tasks_programme_id').on(table.programmeId, table.id),
    index('programme_tasks_due').on(table.due, table.id),
  ],
);

/** Typical cases 典型案例. */
export const programmeCases = pgTable(
  'programme_cases',
  {
    id: text().primaryKey(),
    programmeId: text()
      .notNull()
      .references(() => programmes.id),
    title: text().notNull(),
    regionCode: text(),
    summary: text().notNull(),
    publishedOn: date(),
  },
  (table) => [index('programme_cases_programme_id').on(table.programmeId, table.id)],
);

/** Reviews 方案评审. */
export const programmeReviews = pgTable(
  'programme_reviews',
  {
    id: text().primaryKey(),
    programmeId: text()
      .notNull()
      .references(() => programmes.id),
    kind: text().$type<ProgrammeReviewKind>().notNull(),
    /** Who replied, for the reply of a department. */
    department: text().$type<GovernmentDepartment>(),
    opinion: text().notNull(),
    accepted: boolean(),
    on: date(),
  },
  (table) => [index('programme_reviews_programme_id').on(table.programmeId, table.id)],
);

/** Notices and reminders 通知提醒 to residents. */
export const notices = pgTable(
  'notices',
  {
    residentId: text()
      .notNull()
      .references(() => residents.id),
    no: integer().notNull(),
    kind: text().$type<NoticeKind>().notNull(),
    text: text().notNull(),
    sentAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
    readAt: timestamp({ withTimezone: true, mode: 'string' }),
  },
  (table) => [
    primaryKey({ columns: [table.residentId, table.no] }),
    index('notices_sent_at').on(table.residentId, table.sentAt, table.no),
    index('notices_kind').on(table.residentId, table.kind, table.no),
  ],
);

export type ProgrammeRow = typeof programmes.$inferSelect;
export type ProgrammeTaskRow = typeof programmeTasks.$inferSelect;
export type ProgrammeCaseRow = typeof programmeCases.$inferSelect;
export type ProgrammeReviewRow = typeof programmeReviews.$inferSelect;
export type NoticeRow = typeof notices.$inferSelect;
