import {
  boolean,
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
import { encrypted } from '@hutong/kit';
import type {
  ComplaintCategory,
  ComplaintStatus,
  EvaluationDimensionCode,
  EvaluationGrade,
  EvaluationKind,
  FundAllocationStatus,
  FundSource,
  GovernmentDepartment,
  IndicatorChapter,
  IndicatorDimension,
  IndicatorDirection,
  InspectionScope,
  PeriodType,
  RespondentKind,
  ServiceSubjectType,
  SubjectType,
  TargetOperator,
} from '../schema-types.ts';

/** Indicator in a dimension, as stored. */
export interface StoredEvaluationIndicator {
  readonly code: string;
  readonly value: string | null;
  readonly floor: string;
  readonly target: string;
  readonly score: string | null;
  readonly weight: string;
}

/** Dimension of an evaluation, as stored. */
export interface StoredEvaluationDimension {
  readonly code: EvaluationDimensionCode;
  readonly weight: string;
  readonly score: string | null;
  readonly indicators: StoredEvaluationIndicator[];
}

/** Satisfaction surveys 满意度调查. */
export const satisfactionSurveys = pgTable(
  'satisfaction_surveys',
  {
    id: text().primaryKey(),
    subjectType: text().$type<ServiceSubjectType>().notNull(),
    subjectId: text().notNull(),
    respondentKind: text().$type<RespondentKind>().notNull(),
    period: text().notNull(),
    questions: text().array().notNull(),
  },
  (table) => [
    uniqueIndex('satisfaction_surveys_subject').on(
      table.subjectId,
      table.subjectType,
      table.period,
      table.respondentKind,
    ),
    index('satisfaction_surveys_period').on(table.period, table.id),
  ],
);

/** Responses 满意度应答; whom a response judges is copied from the contract, which is not kept: it would name the respondent. */
export const satisfactionResponses = pgTable(
  'satisfaction_responses',
  {
    id: text().primaryKey(),
    surveyId: text()
      .notNull()
      .references(() => satisfactionSurveys.id),
    respondentKind: text().$type<RespondentKind>().notNull(),
    respondent: text(),
    at: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
    answers: integer().array().notNull(),
    score: numeric({ precision: 5, scale: 2 }).notNull(),
    comment: text(),
    practitionerId: text(),
    teamId: text(),
    institutionId: text(),
    allianceId: text(),
  },
  (table) => [
    index('satisfaction_responses_survey_id').on(table.surveyId, table.at),
    uniqueIndex('satisfaction_responses_once').on(table.surveyId, table.respondent),
    index('satisfaction_responses_practitioner_id').on(table.practitionerId, table.at),
    index('satisfaction_responses_team_id').on(table.teamId, table.at),
    index('satisfaction_responses_institution_id').on(table.institutionId, table.at),
    index('satisfaction_responses_alliance_id').on(table.allianceId, table.at),
    index('satisfaction_responses_at').on(table.at, table.id),
  ],
);

/** Complaints 投诉举报. */
export const complaints = pgTable(
  'complaints',
  {
    id: text().primaryKey(),
    subjectType: text().$type<ServiceSubjectType>().notNull(),
    subjectId: text().notNull(),
    category: text().$type<ComplaintCategory>().notNull(),
    text: encrypted(),
    filedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
    filedById: text(),
    anonymous: boolean().notNull(),
    status: text().$type<ComplaintStatus>().notNull(),
    dueAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
    resolvedAt: timestamp({ withTimezone: true, mode: 'string' }),
    result: text(),
  },
  (table) => [
    index('complaints_subject_id').on(table.subjectId, table.filedAt),
    index('complaints_status').on(table.status, table.dueAt),
    index('complaints_category').on(table.category, table.id),
    index('complaints_subject_type').on(table.subjectType, table.id),
    index('complaints_filed_at').on(table.filedAt, table.id),
    index('complaints_due_at').on(table.dueAt, table.id),
  ],
);

/** Three-dimensional evaluations 三维评估 (domain.md 3.15). */
export const evaluations = pgTable(
  'evaluations',
  {
    id: text().primaryKey(),
    subjectType: text().$type<SubjectType>().notNull(),
    subjectId: text().notNull(),
    period: text().notNull(),
    kind: text().$type<EvaluationKind>().notNull(),
    dimensions: jsonb().$type<StoredEvaluationDimension[]>().notNull(),
    total: numeric({ precision: 5, scale: 2 }),
    grade: text().$type<EvaluationGrade>(),
    rank: integer(),
    gaps: text().array().notNull(),
    recommendations: text().array().notNull(),
  },
  (table) => [
    uniqueIndex('evaluations_subject').on(table.subjectId, table.subjectType, table.period, table.kind),
    index('evaluations_period').on(table.period, table.id),
    index('evaluations_kind').on(table.kind, table.id),
  ],
);

/** How an indicator becomes a score in an evaluation 评估标尺: configuration, not code (domain.md 3.15). */
export const evaluationScales = pgTable(
  'evaluation_scales',
  {
    code: text().notNull(),
    year: integer().notNull(),
    dimension: text().$type<EvaluationDimensionCode>().notNull(),
    floor: numeric({ precision: 14, scale: 4 }).notNull(),
    target: numeric({ precision: 14, scale: 4 }).notNull(),
    weight: numeric({ precision: 5, scale: 4 }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.year, table.code] })],
);

/** Weights of the three dimensions 维度权重. */
export const evaluationWeights = pgTable(
  'evaluation_weights',
  {
    dimension: text().$type<EvaluationDimensionCode>().notNull(),
    year: integer().notNull(),
    weight: numeric({ precision: 5, scale: 4 }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.year, table.dimension] })],
);

/** Indicator catalogue 指标目录 (domain.md §4). */
export const indicatorDefinitions = pgTable('indicator_definitions', {
  code: text().primaryKey(),
  /** Order of the catalogue. */
  position: integer().notNull(),
  chapter: text().$type<IndicatorChapter>().notNull(),
  core: boolean().notNull(),
  nameZh: text().notNull(),
  nameEn: text().notNull(),
  numerator: text().notNull(),
  denominator: text(),
  unit: text().notNull(),
  direction: text().$type<IndicatorDirection>().notNull(),
  target: text(),
  source: text().notNull(),
  subgraphs: text().array().notNull(),
  dimensions: text().array().$type<IndicatorDimension[]>().notNull(),
  periodTypes: text().array().$type<PeriodType[]>().notNull(),
});

/** Targets of indicators 指标目标. */
export const indicatorTargets = pgTable(
  'indicator_targets',
  {
    id: text().primaryKey(),
    indicatorCode: text()
      .notNull()
      .references(() => indicatorDefinitions.code),
    subjectType: text().$type<SubjectType>().notNull(),
    subjectId: text().notNull(),
    year: integer().notNull(),
    operator: text().$type<TargetOperator>().notNull(),
    value: numeric({ precision: 14, scale: 4 }).notNull(),
    source: text(),
  },
  (table) => [
    uniqueIndex('indicator_targets_natural').on(table.indicatorCode, table.subjectType, table.subjectId, table.year),
    index('indicator_targets_subject_id').on(table.subjectId, table.year),
    index('indicator_targets_year').on(table.year, table.id),
  ],
);

/** Fund allocations 资金分配. */
export const fundAllocations = pgTable(
  'fund_allocations',
  {
    id: text().primaryKey(),
    source: text().$type<FundSource>().notNull(),
    regionCode: text().notNull(),
    year: integer().notNull(),
    pool: numeric({ precision: 16, scale: 2 }).notNull(),
    basisEvaluationId: text().references(() => evaluations.id),
    approvedBy: text().$type<GovernmentDepartment>(),
    status: text().$type<FundAllocationStatus>().notNull(),
  },
  (table) => [
    index('fund_allocations_source').on(table.source, table.id),
    index('fund_allocations_region_code').on(table.regionCode.op('text_pattern_ops'), table.year),
    index('fund_allocations_year').on(table.year, table.id),
    index('fund_allocations_status').on(table.status, table.id),
  ],
);

/** Shares of fund allocations 资金分配明细. */
export const fundAllocationRows = pgTable(
  'fund_allocation_rows',
  {
    allocationId: text()
      .notNull()
      .references(() => fundAllocations.id),
    no: integer().notNull(),
    year: integer().notNull(),
    institutionId: text(),
    teamId: text(),
    weight: numeric({ precision: 18, scale: 4 }).notNull(),
    factor: numeric({ precision: 6, scale: 4 }).notNull(),
    amount: numeric({ precision: 16, scale: 2 }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.allocationId, table.no] }),
    index('fund_allocation_rows_institution_id').on(table.institutionId, table.year),
    index('fund_allocation_rows_team_id').on(table.teamId, table.year),
  ],
);

/** Inspections 督查. */
export const inspections = pgTable(
  'inspections',
  {
    id: text().primaryKey(),
    scope: text().$type<InspectionScope>().notNull(),
    regionCode: text().notNull(),
    teamId: text(),
    /** Quarter whose services were sampled, and what the draw began with (domain.md 3.8.7). */
    period: text(),
    drawSeed: text(),
    at: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
    teamSize: integer().notNull(),
    unannounced: boolean().notNull(),
    visitedHouseholds: integer(),
    samples: integer(),
    truthful: integer(),
    findings: text(),
    advice: text(),
  },
  (table) => [
    index('inspections_scope').on(table.scope, table.id),
    index('inspections_region_code').on(table.regionCode.op('text_pattern_ops'), table.at),
    index('inspections_team_id').on(table.teamId, table.at),
    uniqueIndex('inspections_sample').on(table.teamId, table.period),
    index('inspections_at').on(table.at, table.id),
  ],
);

export type SatisfactionSurveyRow = typeof satisfactionSurveys.$inferSelect;
export type SatisfactionResponseRow = typeof satisfactionResponses.$inferSelect;
export type ComplaintRow = typeof complaints.$inferSelect;
export type EvaluationRow = typeof evaluations.$inferSelect;
export type EvaluationScaleRow = typeof evaluationScales.$inferSelect;
export type IndicatorDefinitionRow = typeof indicatorDefinitions.$inferSelect;
export type IndicatorTargetRow = typeof indicatorTargets.$inferSelect;
export type FundAllocationRowRow = typeof fundAllocationRows.$inferSelect;
export type FundAllocationTableRow = typeof fundAllocations.$inferSelect;
export type InspectionRow = typeof inspections.$inferSelect;
