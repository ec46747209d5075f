import { bigint, date, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

/** Place in the change log of the subgraph that owns the row: an older change never overwrites a newer one. */
const seq = () => bigint({ mode: 'number' }).notNull();

/** A state of a contract 签约状态, as it was told. */
export interface ContractStateValue {
  /** Place in the log of public health. */
  readonly seq: number;
  /** First day of the state. */
  readonly from: string;
  /** VS-40. */
  readonly status: string;
  readonly packageCodes: readonly string[];
}

/** What public health tells of family-doctor contracts 家庭医生签约, for the cap and package benefits of a day (domain.md 2.6, 3.1.4a). */
export const contractProjections = pgTable(
  'contract_projections',
  {
    residentId: text().notNull(),
    no: integer().notNull(),
    /** Township hospital of the contract. */
    institutionId: text().notNull(),
    teamId: text().notNull(),
    familyDoctorId: text().notNull(),
    status: text().notNull(),
    validFrom: date().notNull(),
    validTo: date().notNull(),
    terminatedOn: date(),
    /** What it was on which day, in the order of the log. */
    states: jsonb().$type<readonly ContractStateValue[]>().notNull(),
    seq: seq(),
  },
  (table) => [primaryKey({ columns: [table.residentId, table.no] })],
);
export type ContractProjectionRow = typeof contractProjections.$inferSelect;

/** What institutions tells of referrals 转诊, for deductible, ratio and filings (domain.md 2.6, 3.1.4b, 3.1.4c). */
export const referralProjections = pgTable(
  'referral_projections',
  {
    residentId: text().notNull(),
    no: integer().notNull(),
    episodeNo: integer().notNull(),
    direction: text().notNull(),
    toInstitutionId: text().notNull(),
    /** Encounter that the resident is referred from. */
    fromEncounterNo: integer(),
    status: text().notNull(),
    /** Day on which the receiving institution accepted it; null before. */
    acceptedOn: date(),
    seq: seq(),
  },
  (table) => [primaryKey({ columns: [table.residentId, table.no] })],
);
export type ReferralProjectionRow = typeof referralProjections.$inferSelect;

/** What institutions tells of an institution 机构: with whom agreements are made (domain.md 2.6). */
export const institutionProjections = pgTable('institution_projections', {
  id: text().primaryKey(),
  /** ACTIVE, or why it is not open. */
  status: text().notNull(),
  regionCode: text().notNull(),
  seq: seq(),
});
