import { sql } from 'drizzle-orm';
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
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type {
  AlertCauseType,
  HealthSystem,
  InstitutionLevel,
  InvestmentMode,
  InvestmentPurpose,
  InvestmentSource,
  LayoutPlanStatus,
  LifecycleEventKind,
  PairingMode,
  SupervisionAlertStatus,
} from '../schema-types.ts';
import { divisionsOf, instant, money, mutable } from './columns.ts';
import { institutions, regions } from './place.ts';

/** A disease in the spectrum of a division 疾病谱条目. */
export interface DiseaseShareValue {
  readonly rank: number;
  readonly icd10: string;
  readonly encounters: number;
  readonly share: string | null;
}

/** Assessments of the resources of divisions 区域资源评估. */
export const resourceAssessments = pgTable(
  'resource_assessments',
  {
    id: text().primaryKey(),
    regionCode: text()
      .notNull()
      .references(() => regions.code),
    period: text().notNull(),
    institutionCount: integer().notNull(),
    beds: integer().notNull(),
    equipmentCount: integer().notNull(),
    diseaseSpectrum: jsonb().$type<DiseaseShareValue[]>().notNull(),
    demandGrowth: numeric({ precision: 7, scale: 2 }),
    findings: text(),
  },
  (t) => [
    uniqueIndex('resource_assessments_once').on(t.regionCode, t.period),
    index('resource_assessments_by_period').on(t.period, t.id),
  ],
);

/** Layout plans 布局规划. */
export const layoutPlans = pgTable(
  'layout_plans',
  {
    id: text().primaryKey(),
    regionCode: text()
      .notNull()
      .references(() => regions.code),
    validFrom: date().notNull(),
    validTo: date().notNull(),
    status: text().$type<LayoutPlanStatus>().notNull(),
    ...mutable(),
  },
  (t) => [
    uniqueIndex('layout_plans_once').on(t.regionCode, t.validFrom),
    index('layout_plans_by_start').on(t.validFrom, t.id),
    index('layout_plans_by_status').on(t.status, t.id),
  ],
);

/** Items of layout plans 布局规划条目. */
export const layoutPlanItems = pgTable(
  'layout_plan_items',
  {
    id: text().primaryKey(),
    planId: text()
      .notNull()
      .references(() => layoutPlans.id),
    class: text().notNull(),
    level: text().$type<InstitutionLevel>().notNull(),
    regionCode: text()
      .notNull()
      .references(() => regions.code),
    planned: integer().notNull(),
    standard: text(),
  },
  (t) => [uniqueIndex('layout_plan_items_once').on(t.planId, t.regionCode, t.class, t.level)],
);

/** Events in the life of institutions 机构准入退出. */
export const institutionLifecycleEvents = pgTable(
  'institution_lifecycle_events',
  {
    id: text().primaryKey(),
    institutionId: text()
      .notNull()
      .references(() => institutions.id),
    event: text().$type<LifecycleEventKind>().notNull(),
    at: instant().notNull(),
    basis: text(),
    decisionNo: text(),
    mergedIntoId: text().references(() => institutions.id),
  },
  (t) => [index('institution_lifecycle_events_by_institution').on(t.institutionId, t.at, t.id)],
);

/** Service points in villages without a clinic 延伸服务点. */
export const outreachPoints = pgTable(
  'outreach_points',
  {
    id: text().primaryKey(),
    villageCode: text()
      .notNull()
      .references(() => regions.code),
    ...divisionsOf(() => sql`"village_code"`),
    providedById: text()
      .notNull()
      .references(() => institutions.id),
    weekday: integer(),
    services: text().array().notNull(),
  },
  (t) => [
    index('outreach_points_by_village').on(t.villageCode, t.id),
    index('outreach_points_by_township').on(t.townshipCode, t.villageCode, t.id),
    index('outreach_points_by_county').on(t.countyCode, t.villageCode, t.id),
    index('outreach_points_by_city').on(t.cityCode, t.villageCode, t.id),
    index('outreach_points_by_province').on(t.provinceCode, t.villageCode, t.id),
  ],
);

/** Investments 投入项目. */
export const investmentProjects = pgTable(
  'investment_projects',
  {
    id: text().primaryKey(),
    regionCode: text()
      .notNull()
      .references(() => regions.code),
    source: text().$type<InvestmentSource>().notNull(),
    mode: text().$type<InvestmentMode>(),
    purpose: text().$type<InvestmentPurpose>(),
    amount: money().notNull(),
    paid: money(),
    ...mutable(),
  },
  (t) => [
    index('investment_projects_by_region').on(t.regionCode, t.id),
    index('investment_projects_by_region_prefix').on(t.regionCode.op('text_pattern_ops')),
    index('investment_projects_by_source').on(t.source, t.id),
    index('investment_projects_by_purpose').on(t.purpose, t.id),
    index('investment_projects_by_amount').on(t.amount, t.id),
  ],
);

/** Agreements of city and county hospitals 结对协议. */
export const pairingAgreements = pgTable(
  'pairing_agreements',
  {
    id: text().primaryKey(),
    cityHospitalId: text()
      .notNull()
      .references(() => institutions.id),
    leadHospitalId: text()
      .notNull()
      .references(() => institutions.id),
    mode: text().$type<PairingMode>().notNull(),
    specialties: text().array().notNull(),
    from: date().notNull(),
    to: date(),
    ...mutable(),
  },
  (t) => [
    index('pairing_agreements_by_city_hospital').on(t.cityHospitalId, t.id),
    index('pairing_agreements_by_lead_hospital').on(t.leadHospitalId, t.id),
    index('pairing_agreements_by_mode').on(t.mode, t.id),
    index('pairing_agreements_by_start').on(t.from, t.id),
  ],
);

/** Information systems of institutions 系统接入. */
export const systemConnections = pgTable(
  'system_connections',
  {
    id: text().primaryKey(),
    institutionId: text()
      .notNull()
      .references(() => institutions.id),
    system: text().$type<HealthSystem>().notNull(),
    connected: boolean().notNull(),
    unifiedOperation: boolean().notNull(),
    lastExchangeAt: instant(),
    ...mutable(),
  },
  (t) => [
    uniqueIndex('system_connections_once').on(t.institutionId, t.system),
    index('system_connections_by_system').on(t.system, t.id),
    index('system_connections_by_connection').on(t.connected, t.id),
    index('system_connections_by_exchange').on(t.lastExchangeAt, t.id),
  ],
);

/** Supervision alerts 监管预警, once for each rule, institution and period. */
export const supervisionAlerts = pgTable(
  'supervision_alerts',
  {
    id: text().primaryKey(),
    institutionId: text()
      .notNull()
      .references(() => institutions.id),
    ruleId: text().notNull(),
    metric: text().notNull(),
    value: numeric({ precision: 12, scale: 2 }).notNull(),
    threshold: numeric({ precision: 12, scale: 2 }).notNull(),
    period: text().notNull(),
    raisedAt: instant().notNull(),
    status: text().$type<SupervisionAlertStatus>().notNull(),
    acknowledgedById: text(),
    note: text(),
    ...mutable(),
  },
  (t) => [
    uniqueIndex('supervision_alerts_once').on(t.institutionId, t.ruleId, t.period),
    index('supervision_alerts_by_rule').on(t.ruleId, t.id),
    index('supervision_alerts_by_period').on(t.period, t.id),
    index('supervision_alerts_by_raising').on(t.raisedAt, t.id),
    index('supervision_alerts_by_status').on(t.status, t.id),
  ],
);

/** Rows that caused supervision alerts 预警成因, in the order of time. */
export const supervisionAlertCauses = pgTable(
  'supervision_alert_causes',
  {
    alertId: text()
      .notNull()
      .references(() => supervisionAlerts.id),
    seq: integer().notNull(),
    type: text().$type<AlertCauseType>().notNull(),
    residentId: text().notNull(),
    /** Number of the row among the resident's rows of its type. */
    no: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.alertId, t.seq] })],
);

export type ResourceAssessmentRow = typeof resourceAssessments.$inferSelect;
export type LayoutPlanRow = typeof layoutPlans.$inferSelect;
export type LayoutPlanItemRow = typeof layoutPlanItems.$inferSelect;
export type InstitutionLifecycleEventRow = typeof institutionLifecycleEvents.$inferSelect;
export type OutreachPointRow = typeof outreachPoints.$inferSelect;
export type InvestmentProjectRow = typeof investmentProjects.$inferSelect;
export type PairingAgreementRow = typeof pairingAgreements.$inferSelect;
export type SystemConnectionRow = typeof systemConnections.$inferSelect;
export type SupervisionAlertRow = typeof supervisionAlerts.$inferSelect;
export type SupervisionAlertCauseRow = typeof supervisionAlertCauses.$inferSelect;
