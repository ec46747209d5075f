import {
  boolean,
  date,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type {
  AntenatalWindow,
  DeliveryMode,
  FollowUpMode,
  HealthEducationKind,
  HealthEducationLevel,
  HealthExamKind,
  ImmunisationContraindication,
  InfectiousCaseKind,
  InfectiousClass,
  MaternalStatus,
  PregnancyOutcome,
  PublicityChannel,
  RiskColour,
  ScreeningResult,
  TbOutcome,
  TcmConstitution,
  Vaccine,
} from '../schema-types.ts';
import { residents } from './resident.ts';

/** Result of one examination item, as stored. */
export interface StoredExamResult {
  readonly item: string;
  readonly value: string;
  readonly unit: string | null;
  readonly abnormal: boolean;
}

/** Antenatal visit, as stored. */
export interface StoredAntenatalVisit {
  readonly window: AntenatalWindow;
  readonly at: string;
  readonly weeks: number;
  readonly sbp: number | null;
  readonly dbp: number | null;
  readonly weight: string | null;
  readonly findings: string | null;
}

/** Delivery, as stored. */
export interface StoredDelivery {
  readonly on: string;
  readonly outcome: PregnancyOutcome;
  readonly mode: DeliveryMode | null;
  readonly institutionId: string;
  readonly liveBirths: number;
}

/** Visit after delivery, as stored. */
export interface StoredPostpartumVisit {
  readonly day: number;
  readonly at: string;
  readonly findings: string | null;
}

/** Visit of the child schedule, as stored. */
export interface StoredChildVisit {
  readonly ageMonths: number;
  readonly at: string;
  readonly findings: string | null;
}

/** Point of the growth curve, as stored. */
export interface StoredGrowthPoint {
  readonly ageMonths: number;
  readonly at: string;
  readonly weight: string;
  readonly height: string;
}

/** Visit of the mental-health or tuberculosis programme, as stored. */
export interface StoredProgrammeVisit {
  readonly at: string;
  readonly mode: FollowUpMode;
  readonly riskLevel: number | null;
  readonly findings: string | null;
}

/** Health examinations 健康体检. */
export const healthExams = pgTable(
  'health_exams',
  {
    residentId: text()
      .notNull()
      .references(() => residents.id),
    no: integer().notNull(),
    kind: text().$type<HealthExamKind>().notNull(),
    at: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
    institutionId: text().notNull(),
    results: jsonb().$type<StoredExamResult[]>().notNull(),
    abnormal: text().array().notNull(),
    advice: text(),
  },
  (table) => [
    primaryKey({ columns: [table.residentId, table.no] }),
    index('health_exams_resident_at').on(table.residentId, table.at, table.no),
    index('health_exams_kind').on(table.kind, table.residentId, table.no),
    index('health_exams_at').on(table.at, table.residentId, table.no),
    index('health_exams_institution_id').on(table.institutionId, table.at),
  ],
);

/** Maternal records 孕产妇保健手册, one per pregnancy. */
export const maternalRecords = pgTable(
  'maternal_records',
  {
    residentId: text()
      .notNull()
      .references(() => residents.id),
    no: integer().notNull(),
    registeredOn: date().notNull(),
    institutionId: text().notNull(),
    gravidity: integer(),
    parity: integer(),
    lmp: date().notNull(),
    edd: date().notNull(),
    riskColour: text().$type<RiskColour>(),
    visits: jsonb().$type<StoredAntenatalVisit[]>().notNull(),
    delivery: jsonb().$type<StoredDelivery>(),
    /** Day of delivery, out of `delivery`, for indicators; null when the pregnancy ended before one. */
    deliveredOn: date(),
    postpartum: jsonb().$type<StoredPostpartumVisit[]>().notNull(),
    status: text().$type<MaternalStatus>().notNull(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.residentId, table.no] }),
    index('maternal_records_registered_on').on(table.registeredOn, table.residentId, table.no),
    index('maternal_records_edd').on(table.edd, table.residentId, table.no),
    index('maternal_records_institution_id').on(table.institutionId),
  ],
);

/** Child health records 0–6岁儿童健康管理. */
export const childRecords = pgTable(
  'child_records',
  {
    residentId: text()
      .notNull()
      .references(() => residents.id),
    no: integer().notNull(),
    guardianId: text(),
    openedOn: date().notNull(),
    institutionId: text().notNull(),
    birthWeight: numeric({ precision: 5, scale: 3 }),
    visits: jsonb().$type<StoredChildVisit[]>().notNull(),
    growth: jsonb().$type<StoredGrowthPoint[]>().notNull(),
    kindergarten: text(),
    /** Public id of the mother's record: she may be of another shard. */
    maternalRecordId: text(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.residentId, table.no] }),
    index('child_records_maternal_record_id').on(table.maternalRecordId),
    index('child_records_opened_on').on(table.openedOn, table.residentId, table.no),
    index('child_records_institution_id').on(table.institutionId),
  ],
);

/** Assessments of the elderly 老年人健康评估. */
export const elderlyAssessments = pgTable(
  'elderly_assessments',
  {
    residentId: text()
      .notNull()
      .references(() => residents.id),
    no: integer().notNull(),
    at: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
    institutionId: text().notNull(),
    selfCareScore: integer(),
    cognition: text().$type<ScreeningResult>(),
    emotion: text().$type<ScreeningResult>(),
    tcmConstitution: text().$type<TcmConstitution>(),
    lifestyleAssessed: boolean().notNull(),
    examined: boolean().notNull(),
    testsDone: boolean().notNull(),
    guidanceGiven: boolean().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.residentId, table.no] }),
    index('elderly_assessments_at').on(table.at, table.residentId, table.no),
    index('elderly_assessments_institution_id').on(table.institutionId, table.at),
  ],
);

/** Register of severe mental disorders 严重精神障碍管理. */
export const mentalHealthRecords = pgTable(
  'mental_health_records',
  {
    residentId: text()
      .notNull()
      .references(() => residents.id),
    no: integer().notNull(),
    diagnosis: text().notNull(),
    registeredOn: date().notNull(),
    institutionId: text().notNull(),
    riskLevel: integer().notNull(),
    visits: jsonb().$type<StoredProgrammeVisit[]>().notNull(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.residentId, table.no] }),
    index('mental_health_records_registered_on').on(table.registeredOn, table.residentId, table.no),
    index('mental_health_records_institution_id').on(table.institutionId),
  ],
);

/** Register of tuberculosis 肺结核患者管理. */
export const tbRecords = pgTable(
  'tb_records',
  {
    residentId: text()
      .notNull()
      .references(() => residents.id),
    no: integer().notNull(),
    diagnosis: text().notNull(),
    notifiedOn: date().notNull(),
    institutionId: text().notNull(),
    treatmentFrom: date(),
    treatmentTo: date(),
    outcome: text().$type<TbOutcome>(),
    visits: jsonb().$type<StoredProgrammeVisit[]>().notNull(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.residentId, table.no] }),
    index('tb_records_notified_on').on(table.notifiedOn, table.residentId, table.no),
    index('tb_records_institution_id').on(table.institutionId),
  ],
);

/** Vaccinations 预防接种, due and given. */
export const immunisations = pgTable(
  'immunisations',
  {
    residentId: text()
      .notNull()
      .references(() => residents.id),
    no: integer().notNull(),
    vaccine: text().$type<Vaccine>().notNull(),
    dose: integer().notNull(),
    dueOn: date().notNull(),
    givenAt: timestamp({ withTimezone: true, mode: 'string' }),
    institutionId: text(),
    lotNo: text(),
    adverseReaction: text(),
    contraindication: text().$type<ImmunisationContraindication>(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.residentId, table.no] }),
    uniqueIndex('immunisations_dose').on(table.residentId, table.vaccine, table.dose),
    index('immunisations_vaccine').on(table.vaccine, table.residentId, table.no),
    index('immunisations_due_on').on(table.dueOn, table.residentId, table.no),
    index('immunisations_given_at').on(table.givenAt, table.residentId, table.no),
    index('immunisations_institution_id').on(table.institutionId, table.givenAt),
  ],
);

/** Reports of infectious diseases 传染病报告卡. */
export const infectiousReports = pgTable(
  'infectious_reports',
  {
    residentId: text()
      .notNull()
      .references(() => residents.id),
    no: integer().notNull(),
    disease: text().notNull(),
    diseaseClass: text().$type<InfectiousClass>().notNull(),
    caseKind: text().$type<InfectiousCaseKind>().notNull(),
    onsetOn: date(),
    diagnosedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
    reportedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
    institutionId: text().notNull(),
    timely: boolean().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.residentId, table.no] }),
    index('infectious_reports_disease_class').on(table.diseaseClass, table.residentId, table.no),
    index('infectious_reports_reported_at').on(table.reportedAt, table.residentId, table.no),
    index('infectious_reports_institution_id').on(table.institutionId, table.reportedAt),
  ],
);

/** Health education and publicity 健康教育/宣传活动. */
export const healthEducationActivities = pgTable(
  'health_education_activities',
  {
    id: text().primaryKey(),
    kind: text().$type<HealthEducationKind>().notNull(),
    channel: text().$type<PublicityChannel>().notNull(),
    level: text().$type<HealthEducationLevel>().notNull(),
    at: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
    audience: integer(),
    topic: text().notNull(),
    institutionId: text(),
    regionCode: text().notNull(),
  },
  (table) => [
    index('health_education_activities_at').on(table.at, table.id),
    index('health_education_activities_institution_id').on(table.institutionId, table.at),
    index('health_education_activities_region_code').on(table.regionCode.op('text_pattern_ops'), table.at),
  ],
);

export type HealthExamRow = typeof healthExams.$inferSelect;
export type MaternalRecordRow = typeof maternalRecords.$inferSelect;
export type ChildRecordRow = typeof childRecords.$inferSelect;
export type ElderlyAssessmentRow = typeof elderlyAssessments.$inferSelect;
export type MentalHealthRecordRow = typeof mentalHealthRecords.$inferSelect;
export type TbRecordRow = typeof tbRecords.$inferSelect;
export type ImmunisationRow = typeof immunisations.$inferSelect;
export type InfectiousReportRow = typeof infectiousReports.$inferSelect;
export type HealthEducationActivityRow = typeof healthEducationActivities.$inferSelect;
