import { boolean, integer, numeric, pgTable, text } from 'drizzle-orm/pg-core';

/** What a region has ruled on contracts 签约政策; the longest division code that begins an institution's own counts (domain.md 3.8, 3.9.1). */
export const contractPolicies = pgTable('contract_policies', {
  regionCode: text().primaryKey(),
  /** Whether a contract waits for a complete structure before it is in force. */
  strictStructure: boolean().notNull(),
  /** Residents that a family doctor signs at most. */
  doctorCapacity: integer().notNull(),
  /** Age from which the elderly package may be signed. */
  elderlyAge: integer().notNull(),
  /** Yuan to the team for each signing of a pregnancy or elderly package. */
  incentiveUnit: numeric({ precision: 12, scale: 2 }).notNull(),
});

export type ContractPolicyRow = typeof contractPolicies.$inferSelect;
