import { boolean, date, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type { AccessDecision, AccessRole, ConsentMethod, DataClass, PurposeOfUse } from '../schema-types.ts';
import { residents } from './resident.ts';

/** Consents 授权同意. */
export const consents = pgTable(
  'consents',
  {
    residentId: text()
      .notNull()
      .references(() => residents.id),
    no: integer().notNull(),
    purpose: text().$type<PurposeOfUse>().notNull(),
    recipient: text().notNull(),
    dataClasses: text().array().$type<DataClass[]>().notNull(),
    from: date().notNull(),
    to: date(),
    withdrawnAt: timestamp({ withTimezone: true, mode: 'string' }),
    method: text().$type<ConsentMethod>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.residentId, table.no] })],
);

/** Accesses to personal data 访问审计: append-only, one hash chain per writer (domain.md 2.6, 6.3). */
export const accessEvents = pgTable(
  'access_events',
  {
    /** No foreign key: evidence outlives what it tells of, and a refused request may name nobody. */
    residentId: text().notNull(),
    no: integer().notNull(),
    at: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
    actorId: text().notNull(),
    role: text().$type<AccessRole>().notNull(),
    purpose: text().$type<PurposeOfUse>().notNull(),
    fields: text().array().notNull(),
    decision: text().$type<AccessDecision>().notNull(),
    breakGlass: boolean().notNull(),
    reason: text(),
    requestId: text().notNull(),
    hashPrev: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.residentId, table.no] }),
    index('access_events_at').on(table.residentId, table.at, table.no),
    index('access_events_request_id').on(table.requestId),
  ],
);

export type ConsentRow = typeof consents.$inferSelect;
export type AccessEventRow = typeof accessEvents.$inferSelect;
