import { boolean, date, index, integer, numeric, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';

/**
 * What a region has ruled on contracts 签约政策, from a day on; the newest ruling in force of the longest division code that begins an
 * institution's own counts (domain.md 3.8, 3.9).
 */
export const contractPolicies = pgTable(
  'contract_policies',
  {
    id: text().primaryKey(),
    regionCode: text().notNull(),
    validFrom: date().notNull(),
    /** Whether a contract waits for a complete structure before it is in force. */
    strictStructure: boolean().notNull(),
    /** Residents that a family doctor signs at most. */
    doctorCapacity: integer().notNull(),
    /** Age from which the elderly package may be signed. */
    elderlyAge: integer().notNull(),
    /** Yuan to the team for each signing of a pregnancy or elderly package. */
    incentiveUnit: numeric({ precision: 12, scale: 2 }).notNull(),
    /** Yuan a head of the service population that the new public-health subsidy gives to contract service. */
    subsidyPerHead: numeric({ precision: 12, scale: 2 }).notNull(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [
    uniqueIndex('contract_policies_from').on(table.regionCode, table.validFrom),
    index('contract_policies_valid_from').on(table.validFrom, table.id),
    index('contract_policies_region_code').on(table.regionCode.op('text_pattern_ops'), table.validFrom),
  ],
);

export type ContractPolicyRow = typeof contractPolicies.$inferSelect;
