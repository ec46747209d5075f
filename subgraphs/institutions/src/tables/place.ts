import { sql } from 'drizzle-orm';
import {
  boolean,
  date,
  foreignKey,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type {
  BedClass,
  CareDuty,
  DivisionLevel,
  InstitutionGrade,
  InstitutionLevel,
  InstitutionLicenceStatus,
  InstitutionStatus,
  Ownership,
  SpecialArea,
  Tier,
} from '../schema-types.ts';
import { degrees, divisionsOf, instant, mutable } from './columns.ts';

/** Administrative divisions 行政区划. */
export const regions = pgTable(
  'regions',
  {
    code: text().primaryKey(),
    name: text().notNull(),
    nameEn: text(),
    level: text().$type<DivisionLevel>().notNull(),
    parentCode: text(),
    urbanRural: text(),
    specialTypes: text().array().$type<SpecialArea[]>().notNull().default([]),
    areaKm2: numeric({ precision: 12, scale: 2 }),
    longitude: degrees(),
    latitude: degrees(),
    ...mutable(),
  },
  (t) => [
    foreignKey({ columns: [t.parentCode], foreignColumns: [t.code], name: 'regions_parent' }),
    index('regions_by_parent').on(t.parentCode, t.code),
    index('regions_by_level').on(t.level, t.code),
    index('regions_by_name').on(t.name, t.code),
    index('regions_by_name_part').using('gin', t.name.op('gin_trgm_ops')),
    index('regions_by_code_prefix').on(t.code.op('text_pattern_ops')),
  ],
);

/** Medical institutions 医疗卫生机构. */
export const institutions = pgTable(
  'institutions',
  {
    id: text().primaryKey(),
    uscc: text(),
    orgCode: text(),
    providerCode: text(),
    name: text().notNull(),
    shortName: text(),
    class: text().notNull(),
    level: text().$type<InstitutionLevel>().notNull(),
    grade: text().$type<InstitutionGrade>(),
    tier: text().$type<Tier>().notNull(),
    isPrimaryCare: boolean()
      .notNull()
      .generatedAlwaysAs(sql`left("class", 1) in ('B', 'C', 'D')`),
    ownership: text().$type<Ownership>().notNull(),
    nonProfit: boolean().notNull(),
    duties: text().array().$type<CareDuty[]>().notNull(),
    regionCode: text()
      .notNull()
      .references(() => regions.code),
    ...divisionsOf(() => sql`"region_code"`),
    address: text(),
    longitude: degrees(),
    latitude: degrees(),
    licenceNumber: text(),
    licenceSubjects: text().array(),
    licenceValidFrom: date(),
    licenceValidTo: date(),
    licenceStatus: text().$type<InstitutionLicenceStatus>(),
    strongCountyHospital: boolean(),
    capabilityGrade: text(),
    integratedManagement: boolean().notNull(),
    parentInstitutionId: text(),
    status: text().$type<InstitutionStatus>().notNull(),
    ...mutable(),
  },
  (t) => [
    foreignKey({ columns: [t.parentInstitutionId], foreignColumns: [t.id], name: 'institutions_parent' }),
    uniqueIndex('institutions_by_uscc').on(t.uscc),
    uniqueIndex('institutions_by_provider_code').on(t.providerCode),
    index('institutions_by_name').on(t.name, t.id),
    index('institutions_by_name_part').using('gin', t.name.op('gin_trgm_ops')),
    index('institutions_by_class').on(t.class, t.id),
    index('institutions_by_level').on(t.level, t.id),
    index('institutions_by_tier').on(t.tier, t.id),
    index('institutions_by_primary_care').on(t.isPrimaryCare, t.id),
    index('institutions_by_ownership').on(t.ownership, t.id),
    index('institutions_by_status').on(t.status, t.id),
    index('institutions_by_parent').on(t.parentInstitutionId, t.id),
    index('institutions_by_updated_at').on(t.updatedAt, t.id),
    index('institutions_by_region').on(t.regionCode, t.id),
    index('institutions_by_region_prefix').on(t.regionCode.op('text_pattern_ops')),
    index('institutions_by_province').on(t.provinceCode, t.id),
    index('institutions_by_city').on(t.cityCode, t.id),
    index('institutions_by_county').on(t.countyCode, t.id),
    index('institutions_by_township').on(t.townshipCode, t.id),
  ],
);

/** Departments 科室. */
export const departments = pgTable(
  'departments',
  {
    id: text().primaryKey(),
    institutionId: text()
      .notNull()
      .references(() => institutions.id),
    subject: text().notNull(),
    name: text().notNull(),
    specialty: text().notNull(),
  },
  (t) => [uniqueIndex('departments_by_subject').on(t.institutionId, t.subject)],
);

/** Beds by institution and class 床位. */
export const bedStats = pgTable(
  'bed_stats',
  {
    institutionId: text()
      .notNull()
      .references(() => institutions.id),
    class: text().$type<BedClass>().notNull(),
    open: integer().notNull(),
    physical: integer().notNull(),
    occupied: integer().notNull(),
    updatedAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.institutionId, t.class] }),
    index('bed_stats_by_class').on(t.class, t.institutionId),
  ],
);

export type RegionRow = typeof regions.$inferSelect;
export type InstitutionRow = typeof institutions.$inferSelect;
export type DepartmentRow = typeof departments.$inferSelect;
export type BedStatRow = typeof bedStats.$inferSelect;
