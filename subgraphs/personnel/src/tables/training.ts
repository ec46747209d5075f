import { boolean, date, index, integer, numeric, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type { CreditClass, PractitionerCategory, TrainingMode, TrainingTopic } from '../schema-types.ts';
import { practitioners } from './practitioner.ts';

/** Training courses 培训课程. */
export const trainingCourses = pgTable(
  'training_courses',
  {
    id: text().primaryKey(),
    title: text().notNull(),
    topic: text().$type<TrainingTopic>().notNull(),
    mode: text().$type<TrainingMode>().notNull(),
    hostId: text().notNull(),
    credits: numeric({ precision: 5, scale: 1 }),
    creditClass: text().$type<CreditClass>(),
    hours: numeric({ precision: 5, scale: 1 }),
    free: boolean().notNull(),
    targetCategories: text().array().$type<PractitionerCategory[]>().notNull(),
    openFrom: date(),
    openTo: date(),
  },
  (table) => [
    index('training_courses_title_part').using('gin', table.title.op('gin_trgm_ops')),
    index().on(table.title, table.id),
    index().on(table.topic, table.id),
    index().on(table.mode, table.id),
    index().on(table.hostId, table.id),
    index().on(table.openFrom, table.id),
  ],
);
export type TrainingCourseRow = typeof trainingCourses.$inferSelect;

/** Training records 培训记录. */
export const trainingRecords = pgTable(
  'training_records',
  {
    id: text().primaryKey(),
    practitionerId: text()
      .notNull()
      .references(() => practitioners.id),
    courseId: text()
      .notNull()
      .references(() => trainingCourses.id),
    completedOn: date(),
    score: numeric({ precision: 5, scale: 2 }),
    passed: boolean(),
    creditsEarned: numeric({ precision: 5, scale: 1 }),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [index().on(table.practitionerId, table.completedOn, table.id), index().on(table.courseId)],
);
export type TrainingRecordRow = typeof trainingRecords.$inferSelect;

/** Mentorships 师带徒. */
export const mentorships = pgTable(
  'mentorships',
  {
    id: text().primaryKey(),
    mentorId: text()
      .notNull()
      .references(() => practitioners.id),
    apprenticeId: text()
      .notNull()
      .references(() => practitioners.id),
    /** Division of the apprentice's institution. */
    regionCode: text().notNull(),
    topic: text().$type<TrainingTopic>().notNull(),
    from: date().notNull(),
    to: date(),
    assessment: text(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [
    index().on(table.mentorId),
    index().on(table.apprenticeId),
    index().on(table.regionCode.op('text_pattern_ops')),
  ],
);
export type MentorshipRow = typeof mentorships.$inferSelect;

/** Further studies 进修. */
export const furtherStudies = pgTable(
  'further_studies',
  {
    id: text().primaryKey(),
    practitionerId: text()
      .notNull()
      .references(() => practitioners.id),
    /** Division of the practitioner's institution. */
    regionCode: text().notNull(),
    atInstitutionId: text().notNull(),
    specialty: text().notNull(),
    from: date().notNull(),
    to: date(),
    result: text(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [index().on(table.practitionerId), index().on(table.regionCode.op('text_pattern_ops'))],
);
export type FurtherStudyRow = typeof furtherStudies.$inferSelect;

/** The village doctors of one township hospital; nothing of it is stored. */
export interface TrainingPriorityListRow {
  readonly institutionId: string;
  /** Present when the ranking is asked for: what public health says of each candidate, in the order of `candidates`. */
  readonly candidates?: readonly { readonly signedResidentCount?: number | null }[];
}

/** One place of a training priority list. */
export interface TrainingPriorityEntryRow {
  readonly rank: number;
  readonly practitionerId: string;
  readonly signedResidentCount: number | null;
  readonly creditsMissing: string;
}
