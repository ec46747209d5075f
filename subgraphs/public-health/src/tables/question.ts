import { foreignKey, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type { QuestionStatus } from '../schema-types.ts';
import { serviceContracts } from './contract.ts';
import { residents } from './resident.ts';

/** Questions to family doctors 健康咨询. */
export const familyDoctorQuestions = pgTable(
  'family_doctor_questions',
  {
    residentId: text()
      .notNull()
      .references(() => residents.id),
    no: integer().notNull(),
    contractNo: integer().notNull(),
    teamId: text().notNull(),
    question: text().notNull(),
    askedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
    status: text().$type<QuestionStatus>().notNull(),
    answer: text(),
    answeredById: text(),
    answeredAt: timestamp({ withTimezone: true, mode: 'string' }),
    remindedAt: timestamp({ withTimezone: true, mode: 'string' }),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.residentId, table.no] }),
    foreignKey({
      columns: [table.residentId, table.contractNo],
      foreignColumns: [serviceContracts.residentId, serviceContracts.no],
    }),
    index('family_doctor_questions_team_id').on(table.teamId, table.askedAt),
    index('family_doctor_questions_status').on(table.status, table.residentId, table.no),
    index('family_doctor_questions_asked_at').on(table.askedAt, table.residentId, table.no),
  ],
);

export type FamilyDoctorQuestionRow = typeof familyDoctorQuestions.$inferSelect;
