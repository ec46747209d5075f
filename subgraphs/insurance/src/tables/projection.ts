import { bigint, boolean, date, index, integer, jsonb, numeric, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

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

/** What public health tells of evaluations 三维评估, for what is kept of a surplus (domain.md 3.2, 3.3.6, 3.15). */
export const evaluationProjections = pgTable(
  'evaluation_projections',
  {
    id: text().primaryKey(),
    subjectType: text().notNull(),
    subjectId: text().notNull(),
    period: text().notNull(),
    kind: text().notNull(),
    /** 0–100; null where a dimension has too little data. */
    total: numeric({ precision: 5, scale: 2 }),
    status: text().notNull(),
    seq: seq(),
  },
  (table) => [index().on(table.subjectId, table.period)],
);

/** What institutions tells of the members of an alliance 医共体成员, for its budget (domain.md 3.3.6). */
export const memberProjections = pgTable(
  'member_projections',
  {
    id: text().primaryKey(),
    allianceId: text().notNull(),
    institutionId: text().notNull(),
    role: text().notNull(),
    joinedOn: date().notNull(),
    leftOn: date(),
    seq: seq(),
  },
  (table) => [index().on(table.allianceId)],
);

/** What public health tells of merged records 档案合并: which record stands for one that was retired (domain.md 2.6). */
export const linkProjections = pgTable('link_projections', {
  residentId: text().primaryKey(),
  survivingId: text().notNull(),
  /** False once the merger was undone. */
  holds: boolean().notNull(),
  seq: seq(),
});
