import { pgTable, text } from 'drizzle-orm/pg-core';

/** Divisions 行政区划 that addresses may name: a copy of what institutions owns, so that an import can check them here. */
export const divisions = pgTable('divisions', {
  code: text().primaryKey(),
  name: text().notNull(),
});
