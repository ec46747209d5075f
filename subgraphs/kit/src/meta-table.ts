import { pgTable, text } from 'drizzle-orm/pg-core';

/** What a database knows about itself, one row a fact: when the demo region was seeded, and to which day its data run. */
export const hutongMeta = pgTable('hutong_meta', {
  name: text().primaryKey(),
  value: text().notNull(),
});
