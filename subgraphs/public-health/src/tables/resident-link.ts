import { sql } from 'drizzle-orm';
import { index, integer, pgTable, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import { residents } from './resident.ts';

/** Mergers of two records of one person 居民主索引关联 (architecture.md §3), owned by the old record. */
export const residentLinks = pgTable(
  'resident_links',
  {
    residentId: text()
      .notNull()
      .references(() => residents.id),
    no: integer().notNull(),
    survivingId: text()
      .notNull()
      .references(() => residents.id),
    linkedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
    reason: text().notNull(),
    endedAt: timestamp({ withTimezone: true, mode: 'string' }),
    endReason: text(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.residentId, table.no] }),
    uniqueIndex('resident_links_one_at_a_time')
      .on(table.residentId)
      .where(sql`${table.endedAt} is null`),
    index('resident_links_surviving_id').on(table.survivingId),
  ],
);

export type ResidentLinkRow = typeof residentLinks.$inferSelect;
