import { pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** How far this database has taken in the change log of another subgraph 收件位置. */
export const inboxPositions = pgTable('inbox_positions', {
  /** Subgraph whose log it is. */
  source: text().primaryKey(),
  position: text().notNull(),
  /** System time of the last page. */
  at: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  /** Business time up to which everything has been taken in; null before the source said so. */
  upTo: timestamp({ withTimezone: true, mode: 'string' }),
});
