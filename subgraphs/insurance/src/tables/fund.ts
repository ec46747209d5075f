import { date, foreignKey, index, integer, numeric, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type { FundAlertStatus, Scheme } from '../schema-types.ts';
import { claims } from './claim.ts';

const money = () => numeric({ precision: 16, scale: 2 });

/** Fund statements 基金收支. */
export const fundStatements = pgTable(
  'fund_statements',
  {
    regionCode: text().notNull(),
    period: text().notNull(),
    scheme: text().$type<Scheme>().notNull(),
    income: money().notNull(),
    expense: money().notNull(),
    balance: money().notNull(),
    insideCounty: money().notNull(),
    primary: money().notNull(),
  },
  (table) => [primaryKey({ columns: [table.regionCode, table.period, table.scheme] })],
);
export type FundStatementRow = typeof fundStatements.$inferSelect;

/** Leads for supervision 基金监管线索. */
export const fundAlerts = pgTable(
  'fund_alerts',
  {
    id: text().primaryKey(),
    /** With claimNo: the claim the lead is about. */
    residentId: text(),
    claimNo: integer(),
    providerCode: text().notNull(),
    rule: text().notNull(),
    detail: text(),
    raisedOn: date().notNull(),
    status: text().$type<FundAlertStatus>().notNull(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [
    foreignKey({
      columns: [table.residentId, table.claimNo],
      foreignColumns: [claims.residentId, claims.no],
      name: 'fund_alerts_claim',
    }),
    index().on(table.providerCode, table.id),
    index().on(table.rule, table.id),
    index().on(table.raisedOn, table.id),
    index().on(table.status, table.id),
  ],
);
export type FundAlertRow = typeof fundAlerts.$inferSelect;
