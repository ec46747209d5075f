import { integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { encrypted } from '@hutong/kit';
import type { CookingFuel, DrinkingWater, ToiletKind } from '../schema-types.ts';

/** Households 家庭; the members are the residents that name it. */
export const households = pgTable('households', {
  id: text().primaryKey(),
  headId: text().notNull(),
  regionCode: text().notNull(),
  addressDetail: encrypted(),
  drinkingWater: text().$type<DrinkingWater>(),
  toilet: text().$type<ToiletKind>(),
  fuel: text().$type<CookingFuel>(),
  version: integer().notNull().default(1),
  updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
});

export type HouseholdRow = typeof households.$inferSelect;
