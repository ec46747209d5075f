import { date, integer, numeric, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { residents } from './resident.ts';

/** Electronic health records 居民电子健康档案: one per resident who has one. */
export const healthRecords = pgTable(
  'health_records',
  {
    residentId: text()
      .notNull()
      .references(() => residents.id),
    no: integer().notNull(),
    openedOn: date().notNull(),
    openedAtId: text().notNull(),
    responsibleDoctorId: text(),
    lastUpdatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
    completeness: numeric({ precision: 5, scale: 2 }),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.residentId, table.no] })],
);

export type HealthRecordRow = typeof healthRecords.$inferSelect;
