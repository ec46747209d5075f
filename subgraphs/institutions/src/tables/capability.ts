import { boolean, date, index, integer, numeric, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type {
  CapabilityAssessmentKind,
  CapabilityResult,
  CareDuty,
  CatalogueLevel,
  SharedCentreKind,
  SharedCentreStatus,
  SpecialtyCentreKind,
  SpecialtyCentreLevel,
} from '../schema-types.ts';
import { alliances } from './alliance.ts';
import { instant, mutable } from './columns.ts';
import { institutions, regions } from './place.ts';

/** Shared centres of alliances 共享中心. */
export const sharedCentres = pgTable(
  'shared_centres',
  {
    id: text().primaryKey(),
    kind: text().$type<SharedCentreKind>().notNull(),
    allianceId: text()
      .notNull()
      .references(() => alliances.id),
    hostId: text()
      .notNull()
      .references(() => institutions.id),
    servesIds: text().array().notNull(),
    openedOn: date(),
    monthlyCapacity: integer(),
    status: text().$type<SharedCentreStatus>().notNull(),
    ...mutable(),
  },
  (t) => [
    index('shared_centres_by_alliance').on(t.allianceId, t.id),
    index('shared_centres_by_host').on(t.hostId, t.id),
    index('shared_centres_by_kind').on(t.kind, t.id),
    index('shared_centres_by_status').on(t.status, t.id),
    index('shared_centres_by_opening').on(t.openedOn, t.id),
  ],
);

/** Specialty and emergency centres 专科、救治中心. */
export const specialtyCentres = pgTable(
  'specialty_centres',
  {
    id: text().primaryKey(),
    kind: text().$type<SpecialtyCentreKind>().notNull(),
    institutionId: text()
      .notNull()
      .references(() => institutions.id),
    allianceId: text().references(() => alliances.id),
    specialty: text().notNull(),
    level: text().$type<SpecialtyCentreLevel>(),
    year: integer(),
    accredited: boolean().notNull(),
    radiatesCodes: text().array().notNull(),
    ...mutable(),
  },
  (t) => [
    index('specialty_centres_by_institution').on(t.institutionId, t.id),
    index('specialty_centres_by_alliance').on(t.allianceId, t.id),
    index('specialty_centres_by_kind').on(t.kind, t.id),
    index('specialty_centres_by_specialty').on(t.specialty, t.id),
    index('specialty_centres_by_level').on(t.level, t.id),
    index('specialty_centres_by_year').on(t.year, t.id),
    index('specialty_centres_by_accreditation').on(t.accredited, t.id),
  ],
);

/** Plans for disciplines of alliances 学科规划. */
export const specialtyPlans = pgTable(
  'specialty_plans',
  {
    id: text().primaryKey(),
    allianceId: text()
      .notNull()
      .references(() => alliances.id),
    specialty: text().notNull(),
    horizon: text(),
    goals: text().notNull(),
    leadInstitutionId: text()
      .notNull()
      .references(() => institutions.id),
    basis: text(),
    ...mutable(),
  },
  (t) => [index('specialty_plans_by_alliance').on(t.allianceId, t.id)],
);

/** Nodes of the emergency network 急救网络节点. */
export const emergencyNodes = pgTable(
  'emergency_nodes',
  {
    id: text().primaryKey(),
    institutionId: text()
      .notNull()
      .references(() => institutions.id),
    regionCode: text()
      .notNull()
      .references(() => regions.code),
    level: integer().notNull(),
    duty: text(),
    ambulances: integer().notNull(),
    coverageCodes: text().array().notNull(),
    ...mutable(),
  },
  (t) => [
    index('emergency_nodes_by_institution').on(t.institutionId, t.id),
    index('emergency_nodes_by_region').on(t.regionCode, t.id),
    index('emergency_nodes_by_region_prefix').on(t.regionCode.op('text_pattern_ops')),
    index('emergency_nodes_by_level').on(t.level, t.id),
  ],
);

/** What institutions can do 服务能力清单. */
export const capabilityItems = pgTable(
  'capability_items',
  {
    id: text().primaryKey(),
    institutionId: text()
      .notNull()
      .references(() => institutions.id),
    area: text().$type<CareDuty>().notNull(),
    itemCode: text().notNull(),
    name: text().notNull(),
    surgeryLevel: text(),
    available: boolean().notNull(),
    yearVolume: integer(),
    ...mutable(),
  },
  (t) => [
    uniqueIndex('capability_items_once').on(t.institutionId, t.itemCode),
    index('capability_items_by_code').on(t.itemCode, t.id),
    index('capability_items_by_area').on(t.area, t.id),
    index('capability_items_by_availability').on(t.available, t.id),
  ],
);

/** Assessments of capability 能力评价. */
export const capabilityAssessments = pgTable(
  'capability_assessments',
  {
    id: text().primaryKey(),
    institutionId: text()
      .notNull()
      .references(() => institutions.id),
    kind: text().$type<CapabilityAssessmentKind>().notNull(),
    standardVersion: text().notNull(),
    score: numeric({ precision: 6, scale: 2 }),
    result: text().$type<CapabilityResult>().notNull(),
    assessedOn: date().notNull(),
  },
  (t) => [index('capability_assessments_by_institution').on(t.institutionId, t.assessedOn, t.id)],
);

/** Diseases that a level of an alliance treats 县乡两级疾病诊疗目录. */
export const diseaseCatalogueItems = pgTable(
  'disease_catalogue_items',
  {
    id: text().primaryKey(),
    allianceId: text()
      .notNull()
      .references(() => alliances.id),
    level: text().$type<CatalogueLevel>().notNull(),
    icd10From: text().notNull(),
    icd10To: text().notNull(),
    severityLimit: text(),
    mandatory: boolean().notNull(),
    version: text().notNull(),
    updatedAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('disease_catalogue_items_once').on(t.allianceId, t.level, t.icd10From, t.version),
    index('disease_catalogue_items_by_level').on(t.level, t.id),
    index('disease_catalogue_items_by_from').on(t.icd10From, t.id),
    index('disease_catalogue_items_by_to').on(t.icd10To, t.id),
    index('disease_catalogue_items_by_mandate').on(t.mandatory, t.id),
  ],
);

export type SharedCentreRow = typeof sharedCentres.$inferSelect;
export type SpecialtyCentreRow = typeof specialtyCentres.$inferSelect;
export type SpecialtyPlanRow = typeof specialtyPlans.$inferSelect;
export type EmergencyNodeRow = typeof emergencyNodes.$inferSelect;
export type CapabilityItemRow = typeof capabilityItems.$inferSelect;
export type CapabilityAssessmentRow = typeof capabilityAssessments.$inferSelect;
export type DiseaseCatalogueItemRow = typeof diseaseCatalogueItems.$inferSelect;
