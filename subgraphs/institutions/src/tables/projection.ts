import { bigint, boolean, date, index, integer, numeric, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Place in the change log of the subgraph that owns the row: an older change never overwrites a newer one. */
const seq = () => bigint({ mode: 'number' }).notNull();

/** What public health tells of residents 居民: that they are known, where they live, whether they live (domain.md 2.5, 3.19.3). */
export const residentProjections = pgTable(
  'resident_projections',
  {
    residentId: text().primaryKey(),
    /** Village or community of the home 现住区划. */
    regionCode: text().notNull(),
    /** ACTIVE, MOVED or DECEASED. */
    status: text().notNull(),
    seq: seq(),
  },
  (t) => [index('resident_projections_by_region').on(t.regionCode.op('text_pattern_ops'), t.residentId)],
);

/** What public health tells of mergers of residents 居民主索引合并: which record stands for another (architecture.md §3). */
export const residentLinkProjections = pgTable(
  'resident_link_projections',
  {
    residentId: text().notNull(),
    no: integer().notNull(),
    survivingId: text().notNull(),
    /** Whether the merger still holds. */
    holds: boolean().notNull(),
    seq: seq(),
  },
  (t) => [primaryKey({ columns: [t.residentId, t.no] })],
);

/** What public health tells of family-doctor contracts 家庭医生签约, for first contact and flexible drugs (domain.md 2.6, 3.18). */
export const contractProjections = pgTable(
  'contract_projections',
  {
    residentId: text().notNull(),
    no: integer().notNull(),
    institutionId: text().notNull(),
    teamId: text().notNull(),
    status: text().notNull(),
    validFrom: date().notNull(),
    validTo: date().notNull(),
    seq: seq(),
  },
  (t) => [primaryKey({ columns: [t.residentId, t.no] })],
);

/** What personnel tells of practitioners 医务人员: who may sign prescriptions at all, and as a physician (domain.md 3.13, 3.18). */
export const practitionerProjections = pgTable('practitioner_projections', {
  id: text().primaryKey(),
  /** Whether people of this category may prescribe. */
  prescriber: boolean().notNull(),
  physician: boolean().notNull(),
  /** Whether the licence 执业证书 is valid, but for its term. */
  licensed: boolean().notNull(),
  /** Last day of the licence's assessment, inclusive; null before the first. */
  licensedUntil: date(),
  seq: seq(),
});

/** What personnel tells of practice registrations 执业注册: who practises where and when (domain.md 2.6, 3.13). */
export const practiceProjections = pgTable(
  'practice_projections',
  {
    id: text().primaryKey(),
    practitionerId: text().notNull(),
    institutionId: text().notNull(),
    kind: text().notNull(),
    status: text().notNull(),
    validFrom: date().notNull(),
    validTo: date(),
    seq: seq(),
  },
  (t) => [index('practice_projections_by_practitioner').on(t.practitionerId)],
);

/** What public health tells of chronic diseases under care 慢病管理, for long prescriptions (domain.md 2.6, 3.18). */
export const chronicProjections = pgTable(
  'chronic_projections',
  {
    residentId: text().notNull(),
    no: integer().notNull(),
    /** VS-38. */
    disease: text().notNull(),
    /** Whether the last two follow-ups were controlled, the newest first. */
    lastControlled: boolean().array().notNull(),
    lastAt: instant(),
    seq: seq(),
  },
  (t) => [primaryKey({ columns: [t.residentId, t.no] })],
);

/** What public health tells of follow-ups after discharge 出院随访 at primary level: they close episodes (domain.md 3.4.6). */
export const followUpProjections = pgTable(
  'follow_up_projections',
  {
    residentId: text().notNull(),
    no: integer().notNull(),
    at: instant().notNull(),
    seq: seq(),
  },
  (t) => [primaryKey({ columns: [t.residentId, t.no] })],
);

const revenue = () => numeric({ precision: 16, scale: 2 }).notNull();

/** What insurance tells of what a provider earned in a month, and of what 定点机构月度费用构成, for supervision (domain.md 3.20). */
export const providerMonthProjections = pgTable(
  'provider_month_projections',
  {
    providerCode: text().notNull(),
    /** `2024-03`. */
    month: text().notNull(),
    total: revenue(),
    drugs: revenue(),
    consumables: revenue(),
    drgCases: integer().notNull(),
    lowOutliers: integer().notNull(),
    highOutliers: integer().notNull(),
    seq: seq(),
  },
  (t) => [primaryKey({ columns: [t.month, t.providerCode] })],
);

export type ContractProjectionRow = typeof contractProjections.$inferSelect;
export type PracticeProjectionRow = typeof practiceProjections.$inferSelect;
export type PractitionerProjectionRow = typeof practitionerProjections.$inferSelect;
export type ChronicProjectionRow = typeof chronicProjections.$inferSelect;
