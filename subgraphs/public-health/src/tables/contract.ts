import { sql } from 'drizzle-orm';
import {
  boolean,
  date,
  foreignKey,
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
  ContractChannel,
  ContractScope,
  ContractStatus,
  EvidenceKind,
  FocusGroup,
  FulfilmentMode,
  FulfilmentPlace,
  FulfilmentTaskStatus,
  PackageItemClass,
  PackageKind,
} from '../schema-types.ts';
import { residents } from './resident.ts';
import type { StoredMeasurement } from './chronic.ts';

/** Item of a service package, as stored. */
export interface StoredPackageItem {
  readonly code: string;
  readonly name: string;
  readonly itemClass: PackageItemClass;
  readonly frequencyPerYear: number;
  readonly mode: FulfilmentMode;
  readonly mandatory: boolean;
  readonly homeCapable: boolean;
}

/** Proof of a service, as stored. */
export interface StoredEvidence {
  readonly kind: EvidenceKind;
  readonly value: string;
}

/** Service packages 服务包. */
export const servicePackages = pgTable('service_packages', {
  code: text().primaryKey(),
  kind: text().$type<PackageKind>().notNull(),
  nameZh: text().notNull(),
  nameEn: text(),
  variant: text(),
  targetGroups: text().array().$type<FocusGroup[]>().notNull(),
  items: jsonb().$type<StoredPackageItem[]>().notNull(),
  validFrom: date(),
  validTo: date(),
  version: integer().notNull().default(1),
  updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
});

/** Family-doctor contracts 签约协议; at most one ACTIVE contract per resident (domain.md 3.8.1). */
export const serviceContracts = pgTable(
  'service_contracts',
  {
    residentId: text()
      .notNull()
      .references(() => residents.id),
    no: integer().notNull(),
    scope: text().$type<ContractScope>().notNull(),
    householdId: text(),
    familyDoctorId: text().notNull(),
    teamId: text().notNull(),
    baseInstitutionId: text().notNull(),
    guidanceGroupId: text(),
    villageClinicId: text(),
    /** Codes of service_packages. */
    packageCodes: text().array().notNull(),
    status: text().$type<ContractStatus>().notNull(),
    signedOn: date().notNull(),
    validFrom: date().notNull(),
    validTo: date().notNull(),
    channel: text().$type<ContractChannel>().notNull(),
    /** When the resident agreed; null while that is waited for. */
    confirmedAt: timestamp({ withTimezone: true, mode: 'string' }),
    renewedFromNo: integer(),
    terminatedOn: date(),
    terminationReason: text(),
    structureComplete: boolean().notNull(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.residentId, table.no] }),
    foreignKey({
      columns: [table.residentId, table.renewedFromNo],
      foreignColumns: [table.residentId, table.no],
      name: 'service_contracts_renewed_from',
    }),
    uniqueIndex('service_contracts_one_active')
      .on(table.residentId)
      .where(sql`status = 'ACTIVE'`),
    index('service_contracts_family_doctor_id').on(table.familyDoctorId, table.status, table.validTo),
    index('service_contracts_team_id').on(table.teamId, table.status, table.validTo),
    index('service_contracts_base_institution_id').on(table.baseInstitutionId, table.status, table.validTo),
    index('service_contracts_village_clinic_id').on(table.villageClinicId),
    index('service_contracts_status').on(table.status, table.residentId, table.no),
    index('service_contracts_signed_on').on(table.signedOn, table.residentId, table.no),
    index('service_contracts_valid_from').on(table.validFrom, table.residentId, table.no),
    index('service_contracts_valid_to').on(table.validTo, table.residentId, table.no),
    index('service_contracts_updated_at').on(table.updatedAt, table.residentId, table.no),
  ],
);

/** Changes of a contract's status 协议状态变更. */
export const contractEvents = pgTable(
  'contract_events',
  {
    residentId: text()
      .notNull()
      .references(() => residents.id),
    no: integer().notNull(),
    contractNo: integer().notNull(),
    from: text().$type<ContractStatus>(),
    to: text().$type<ContractStatus>().notNull(),
    at: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
    byId: text(),
    reason: text(),
  },
  (table) => [
    primaryKey({ columns: [table.residentId, table.no] }),
    foreignKey({
      columns: [table.residentId, table.contractNo],
      foreignColumns: [serviceContracts.residentId, serviceContracts.no],
      name: 'contract_events_contract',
    }),
    index('contract_events_contract').on(table.residentId, table.contractNo, table.at),
  ],
);

/** Fulfilment tasks 履约任务, made by rule 3.8.5. */
export const fulfilmentTasks = pgTable(
  'fulfilment_tasks',
  {
    residentId: text()
      .notNull()
      .references(() => residents.id),
    no: integer().notNull(),
    contractNo: integer().notNull(),
    packageCode: text()
      .notNull()
      .references(() => servicePackages.code),
    itemCode: text().notNull(),
    seq: integer().notNull(),
    dueFrom: date().notNull(),
    dueTo: date().notNull(),
    mode: text().$type<FulfilmentMode>().notNull(),
    status: text().$type<FulfilmentTaskStatus>().notNull(),
    sessionId: text().references(() => centralisedSessions.id),
    makeUpOfNo: integer(),
    /** False for a task in whose place a make-up task is counted (domain.md 3.23 on 3.8.5). */
    counted: boolean().notNull(),
    mandatory: boolean().notNull(),
    teamId: text().notNull(),
    institutionId: text().notNull(),
    waivedReason: text(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.residentId, table.no] }),
    foreignKey({
      columns: [table.residentId, table.contractNo],
      foreignColumns: [serviceContracts.residentId, serviceContracts.no],
      name: 'fulfilment_tasks_contract',
    }),
    foreignKey({
      columns: [table.residentId, table.makeUpOfNo],
      foreignColumns: [table.residentId, table.no],
      name: 'fulfilment_tasks_make_up_of',
    }),
    index('fulfilment_tasks_contract').on(table.residentId, table.contractNo, table.dueTo),
    index('fulfilment_tasks_team_id').on(table.teamId, table.dueTo),
    index('fulfilment_tasks_institution_id').on(table.institutionId, table.dueTo),
    index('fulfilment_tasks_session_id').on(table.sessionId),
    index('fulfilment_tasks_status').on(table.status, table.residentId, table.no),
    index('fulfilment_tasks_due_from').on(table.dueFrom, table.residentId, table.no),
    index('fulfilment_tasks_due_to').on(table.dueTo, table.residentId, table.no),
    index('fulfilment_tasks_open')
      .on(table.dueTo, table.residentId, table.no)
      .where(sql`status = 'PLANNED'`),
  ],
);

/** Services done 履约记录. */
export const fulfilmentEvents = pgTable(
  'fulfilment_events',
  {
    residentId: text()
      .notNull()
      .references(() => residents.id),
    no: integer().notNull(),
    taskNo: integer().notNull(),
    at: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
    byId: text().notNull(),
    place: text().$type<FulfilmentPlace>().notNull(),
    mode: text().$type<FulfilmentMode>().notNull(),
    evidence: jsonb().$type<StoredEvidence[]>().notNull(),
    residentConfirmed: boolean().notNull(),
    verified: boolean(),
    measurement: jsonb().$type<StoredMeasurement>(),
    encounterNo: integer(),
  },
  (table) => [
    primaryKey({ columns: [table.residentId, table.no] }),
    foreignKey({
      columns: [table.residentId, table.taskNo],
      foreignColumns: [fulfilmentTasks.residentId, fulfilmentTasks.no],
      name: 'fulfilment_events_task',
    }),
    index('fulfilment_events_task').on(table.residentId, table.taskNo),
    index('fulfilment_events_encounter').on(table.residentId, table.encounterNo),
  ],
);

/** Centralised sessions 集中履约场次. */
export const centralisedSessions = pgTable(
  'centralised_sessions',
  {
    id: text().primaryKey(),
    institutionId: text().notNull(),
    regionCode: text().notNull(),
    residentType: text().notNull(),
    start: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
    end: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
    capacity: integer().notNull(),
    items: text().array().notNull(),
    assigned: integer().notNull(),
    served: integer().notNull(),
    /** When those who did not come were taken down; null while that is to be done. */
    closedAt: timestamp({ withTimezone: true, mode: 'string' }),
  },
  (table) => [
    index('centralised_sessions_institution_id').on(table.institutionId, table.start),
    index('centralised_sessions_region_code').on(table.regionCode.op('text_pattern_ops'), table.start),
    index('centralised_sessions_start').on(table.start, table.id),
    index('centralised_sessions_to_close')
      .on(table.end)
      .where(sql`closed_at is null`),
  ],
);

/** Team incentives 团队激励 (domain.md 3.9.1). */
export const teamIncentives = pgTable(
  'team_incentives',
  {
    teamId: text().notNull(),
    period: text().notNull(),
    prenatalSignings: integer().notNull(),
    elderlySignings: integer().notNull(),
    unit: numeric({ precision: 12, scale: 2 }).notNull(),
    amount: numeric({ precision: 14, scale: 2 }).notNull(),
    paidOn: date(),
  },
  (table) => [
    primaryKey({ columns: [table.teamId, table.period] }),
    index('team_incentives_period').on(table.period, table.teamId),
  ],
);

export type ServicePackageRow = typeof servicePackages.$inferSelect;
export type ServiceContractRow = typeof serviceContracts.$inferSelect;
export type ContractEventRow = typeof contractEvents.$inferSelect;
export type FulfilmentTaskRow = typeof fulfilmentTasks.$inferSelect;
export type FulfilmentEventRow = typeof fulfilmentEvents.$inferSelect;
export type CentralisedSessionRow = typeof centralisedSessions.$inferSelect;
export type TeamIncentiveRow = typeof teamIncentives.$inferSelect;
