import { encrypted } from '@hutong/kit';
import { foreignKey, index, integer, jsonb, numeric, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type {
  Confidentiality,
  QualityGrade,
  RecognitionOutcome,
  RecognitionReason,
  RemoteConsultationKind,
  RemoteConsultationStatus,
  ReportCategory,
  ReportStatus,
  ResultFlag,
} from '../schema-types.ts';
import { sharedCentres } from './capability.ts';
import { instant, money, mutable, owned } from './columns.ts';
import { encounters } from './encounter.ts';
import { institutions } from './place.ts';
import { referrals } from './referral.ts';

/** One line of a report 结果. */
export interface ReportResultValue {
  readonly item: string;
  readonly value: string;
  readonly unit: string | null;
  readonly refLow: string | null;
  readonly refHigh: string | null;
  readonly flag: ResultFlag | null;
}

/** Items whose results are recognised by others 互认项目目录. */
export const recognitionItems = pgTable(
  'recognition_items',
  {
    code: text().primaryKey(),
    name: text().notNull(),
    nameEn: text().notNull(),
    category: text().$type<ReportCategory>().notNull(),
    validityDays: integer().notNull(),
    requiredGrade: text().$type<QualityGrade>().notNull(),
  },
  (t) => [index('recognition_items_by_category').on(t.category, t.code)],
);

/** Examination and laboratory reports 检查检验报告. */
export const diagnosticReports = pgTable(
  'diagnostic_reports',
  {
    ...owned(),
    encounterNo: integer(),
    category: text().$type<ReportCategory>().notNull(),
    item: text()
      .notNull()
      .references(() => recognitionItems.code),
    bodySite: text(),
    specimen: text(),
    method: text(),
    performedAtId: text()
      .notNull()
      .references(() => institutions.id),
    interpretedAtId: text().references(() => institutions.id),
    performedTime: instant().notNull(),
    issuedTime: instant().notNull(),
    validUntil: instant(),
    qualityGrade: text().$type<QualityGrade>().notNull(),
    status: text().$type<ReportStatus>().notNull(),
    conclusion: text(),
    results: jsonb().$type<ReportResultValue[]>().notNull(),
    imagingStudyUid: encrypted(),
    doseMsv: numeric({ precision: 8, scale: 3 }),
    price: money(),
    /** Report that was recognisable when this one was made without a reason 重复检查 (domain.md 3.7). */
    duplicateOfNo: integer(),
    ...mutable(),
  },
  (t) => [
    primaryKey({ columns: [t.residentId, t.no] }),
    foreignKey({
      columns: [t.residentId, t.duplicateOfNo],
      foreignColumns: [t.residentId, t.no],
      name: 'diagnostic_reports_duplicate',
    }),
    foreignKey({
      columns: [t.residentId, t.encounterNo],
      foreignColumns: [encounters.residentId, encounters.no],
      name: 'diagnostic_reports_encounter',
    }),
    index('diagnostic_reports_by_encounter').on(t.residentId, t.encounterNo),
    index('diagnostic_reports_by_performer').on(t.performedAtId, t.performedTime),
    index('diagnostic_reports_by_time').on(t.performedTime, t.residentId, t.no),
    index('diagnostic_reports_by_category').on(t.category, t.performedTime),
    index('diagnostic_reports_by_item').on(t.item, t.performedTime),
    index('diagnostic_reports_by_status').on(t.status, t.performedTime),
  ],
);

/** Decisions on recognising reports of others 互认记录. */
export const recognitionDecisions = pgTable(
  'recognition_decisions',
  {
    ...owned(),
    reportNo: integer().notNull(),
    atInstitutionId: text()
      .notNull()
      .references(() => institutions.id),
    encounterNo: integer().notNull(),
    decision: text().$type<RecognitionOutcome>().notNull(),
    reason: text().$type<RecognitionReason>(),
    practitionerId: text().notNull(),
    at: instant().notNull(),
    avoidedPrice: money(),
    fundSaved: money(),
    personSaved: money(),
  },
  (t) => [
    primaryKey({ columns: [t.residentId, t.no] }),
    foreignKey({
      columns: [t.residentId, t.reportNo],
      foreignColumns: [diagnosticReports.residentId, diagnosticReports.no],
      name: 'recognition_decisions_report',
    }),
    foreignKey({
      columns: [t.residentId, t.encounterNo],
      foreignColumns: [encounters.residentId, encounters.no],
      name: 'recognition_decisions_encounter',
    }),
    index('recognition_decisions_by_report').on(t.residentId, t.reportNo),
    index('recognition_decisions_by_institution').on(t.atInstitutionId, t.at),
    index('recognition_decisions_by_decision').on(t.decision, t.at),
    index('recognition_decisions_by_time').on(t.at, t.residentId, t.no),
  ],
);

/** Index of shared documents 共享文档索引. */
export const careDocuments = pgTable(
  'care_documents',
  {
    ...owned(),
    type: text().notNull(),
    encounterNo: integer(),
    /** Referral it is attached to. */
    referralNo: integer(),
    institutionId: text()
      .notNull()
      .references(() => institutions.id),
    authorId: text(),
    createdAt: instant().notNull(),
    title: text(),
    sha256: text().notNull(),
    storageUri: text().notNull(),
    confidentiality: text().$type<Confidentiality>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.residentId, t.no] }),
    foreignKey({
      columns: [t.residentId, t.encounterNo],
      foreignColumns: [encounters.residentId, encounters.no],
      name: 'care_documents_encounter',
    }),
    foreignKey({
      columns: [t.residentId, t.referralNo],
      foreignColumns: [referrals.residentId, referrals.no],
      name: 'care_documents_referral',
    }),
    index('care_documents_by_encounter').on(t.residentId, t.encounterNo),
    index('care_documents_by_referral').on(t.residentId, t.referralNo),
    index('care_documents_by_type').on(t.residentId, t.type),
    index('care_documents_by_creation').on(t.createdAt, t.residentId, t.no),
  ],
);

/** Remote consultations and diagnoses 远程会诊、诊断. */
export const remoteConsultations = pgTable(
  'remote_consultations',
  {
    ...owned(),
    kind: text().$type<RemoteConsultationKind>().notNull(),
    requesterId: text()
      .notNull()
      .references(() => institutions.id),
    providerId: text()
      .notNull()
      .references(() => institutions.id),
    centreId: text().references(() => sharedCentres.id),
    question: text(),
    answer: text(),
    reportNo: integer(),
    requestedAt: instant().notNull(),
    answeredAt: instant(),
    minutes: integer(),
    status: text().$type<RemoteConsultationStatus>().notNull(),
    fee: money(),
    ...mutable(),
  },
  (t) => [
    primaryKey({ columns: [t.residentId, t.no] }),
    foreignKey({
      columns: [t.residentId, t.reportNo],
      foreignColumns: [diagnosticReports.residentId, diagnosticReports.no],
      name: 'remote_consultations_report',
    }),
    index('remote_consultations_by_requester').on(t.requesterId, t.requestedAt),
    index('remote_consultations_by_provider').on(t.providerId, t.requestedAt),
    index('remote_consultations_by_time').on(t.requestedAt, t.residentId, t.no),
    index('remote_consultations_by_kind').on(t.kind, t.requestedAt),
    index('remote_consultations_by_status').on(t.status, t.requestedAt),
  ],
);

export type RecognitionItemRow = typeof recognitionItems.$inferSelect;
export type DiagnosticReportRow = typeof diagnosticReports.$inferSelect;
export type RecognitionDecisionRow = typeof recognitionDecisions.$inferSelect;
export type CareDocumentRow = typeof careDocuments.$inferSelect;
export type RemoteConsultationRow = typeof remoteConsultations.$inferSelect;
