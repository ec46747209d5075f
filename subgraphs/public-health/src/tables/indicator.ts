import { index, integer, jsonb, numeric, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { FocusGroup, PeriodType, Sex, SubjectType } from '../schema-types.ts';

/** Residents of an age band, as stored. */
export interface StoredPopulationBand {
  readonly ageFrom: number;
  readonly ageTo: number | null;
  readonly sex: Sex;
  readonly residents: number;
}

/** Indicator snapshots 指标快照: the columns of public health, counts and sums only (domain.md §2.6). */
export const indicatorSnapshots = pgTable(
  'indicator_snapshots',
  {
    subjectType: text().$type<SubjectType>().notNull(),
    subjectId: text().notNull(),
    periodType: text().$type<PeriodType>().notNull(),
    period: text().notNull(),
    residentPopulation: integer(),
    populationBands: jsonb().$type<StoredPopulationBand[]>(),
    contracts: integer(),
    focusResidents: integer(),
    focusContracts: integer(),
    contractsEnded: integer(),
    renewed: integer(),
    fulfilmentDue: integer(),
    fulfilled: integer(),
    truthChecks: integer(),
    truthful: integer(),
    vulnerableContracts: integer(),
    vulnerableVisited: integer(),
    healthRecords: integer(),
    recordsDynamic: integer(),
    elderly: integer(),
    elderlyManaged: integer(),
    htnManaged: integer(),
    htnStandardised: integer(),
    htnControlled: integer(),
    dmManaged: integer(),
    dmStandardised: integer(),
    dmControlled: integer(),
    deliveries: integer(),
    maternalManaged: integer(),
    maternalEarly: integer(),
    children: integer(),
    childrenManaged: integer(),
    immunisationsDue: integer(),
    immunisationsGiven: integer(),
    mentalRegistered: integer(),
    mentalStandardised: integer(),
    tbNotified: integer(),
    tbManaged: integer(),
    infectiousReports: integer(),
    infectiousTimely: integer(),
    dischargeFollowUps: integer(),
    satisfactionResponses: integer(),
    satisfactionScore: numeric({ precision: 5, scale: 2 }),
    complaintsDue: integer(),
    complaintsResolved: integer(),
  },
  (table) => [primaryKey({ columns: [table.subjectId, table.subjectType, table.periodType, table.period] })],
);

/** Residents by division, year, sex and year of age 常住人口: census figures, the denominator of densities (domain.md 8.10). */
export const regionPopulations = pgTable(
  'region_populations',
  {
    regionCode: text().notNull(),
    year: integer().notNull(),
    sex: text().$type<Sex>().notNull(),
    age: integer().notNull(),
    residents: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.regionCode, table.year, table.age, table.sex] })],
);

/** Residents by division and focus group 重点人群. */
export const regionTargetGroups = pgTable(
  'region_target_groups',
  {
    regionCode: text().notNull(),
    year: integer().notNull(),
    group: text().$type<FocusGroup>().notNull(),
    residents: integer().notNull(),
    contracts: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.regionCode, table.year, table.group] })],
);

/** Which township hospitals and community centres an alliance serves through 医共体服务机构: copied from institutions. */
export const allianceMembers = pgTable(
  'alliance_members',
  {
    allianceId: text().notNull(),
    institutionId: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.allianceId, table.institutionId] }),
    index('alliance_members_institution_id').on(table.institutionId),
  ],
);

export type IndicatorSnapshotRow = typeof indicatorSnapshots.$inferSelect;
export type TargetGroupRow = typeof regionTargetGroups.$inferSelect;
