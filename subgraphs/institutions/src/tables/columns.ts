import { sql, type SQL } from 'drizzle-orm';
import { integer, numeric, text, timestamp } from 'drizzle-orm/pg-core';

/** An instant; sessions run in Asia/Shanghai, so it reads with +08:00. */
export const instant = () => timestamp({ withTimezone: true, mode: 'string' });

/** Money in yuan with two places, as exact decimal text. */
export const money = () => numeric({ precision: 14, scale: 2 });

/** Degrees of longitude or latitude, WGS-84, to about a decimetre. */
export const degrees = () => numeric({ precision: 9, scale: 6 });

/** A share between 0 and 1, four places. */
export const share = () => numeric({ precision: 5, scale: 4 });

/** Columns of every row that can change (domain.md 2.0). */
export const mutable = () => ({ version: integer().notNull().default(1), updatedAt: instant().notNull() });

/** Key of every row that belongs to a resident (architecture.md §3). */
export const owned = () => ({ residentId: text().notNull(), no: integer().notNull() });

/** The divisions above a division code, computed from it, so that a place can be found by any level. */
export const divisionsOf = (code: () => SQL) => ({
  provinceCode: text().generatedAlwaysAs(() => sql`substr(${code()}, 1, 2)`),
  cityCode: text().generatedAlwaysAs(() => sql`case when length(${code()}) >= 4 then substr(${code()}, 1, 4) end`),
  countyCode: text().generatedAlwaysAs(() => sql`case when length(${code()}) >= 6 then substr(${code()}, 1, 6) end`),
  townshipCode: text().generatedAlwaysAs(() => sql`case when length(${code()}) >= 9 then substr(${code()}, 1, 9) end`),
});
