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
import { sql } from 'drizzle-orm';
import type {
  EvaluationDimensionCode,
  EvaluationGrade,
  EvaluationKind,
  EvaluationStatus,
  IndicatorChapter,
  IndicatorDimension,
  IndicatorDirection,
  IndicatorValueSource,
  PeriodType,
  RespondentKind,
  ServiceSubjectType,
  SubjectType,
  TargetOperator,
} from '../schema-types.ts';

/** Which scales an evaluation goes by: those of the three dimensions, or of the appraisal of contract service (S3-36). */
export type EvaluationScheme = 'THREE_DIMENSIONS' | 'CONTRACT_SERVICE';

/** Indicator in a dimension, as stored. */
export interface StoredEvaluationIndicator {
  readonly code: string;
  readonly value: string | null;
  /** What the value was made of, where public health counts it. */
  readonly numerator: string | null;
  readonly denominator: string | null;
  readonly source: IndicatorValueSource | null;
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

/**
 * Three-dimensional evaluations 三维评估 (domain.md 3.15): a run of a place and period; the next run supersedes it and leaves it as it was.
 */
export const evaluations = pgTable(
  'evaluations',
  {
    id: text().primaryKey(),
    /** Division whose commission ran it. */
    regionCode: text().notNull(),
    subjectType: text().$type<SubjectType>().notNull(),
    subjectId: text().notNull(),
    period: text().notNull(),
    kind: text().$type<EvaluationKind>().notNull(),
    status: text().$type<EvaluationStatus>().notNull(),
    version: integer().notNull().default(1),
    evaluatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
    dimensions: jsonb().$type<StoredEvaluationDimension[]>().notNull(),
    total: numeric({ precision: 5, scale: 2 }),
    /** Before untruthful records were held against a team, and the share that was truthful (domain.md 3.8.7). */
    uncheckedTotal: numeric({ precision: 5, scale: 2 }),
    truthRate: numeric({ precision: 5, scale: 2 }),
    grade: text().$type<EvaluationGrade>(),
    rank: integer(),
    gaps: text().array().notNull(),
    recommendations: text().array().notNull(),
  },
  (table) => [
    uniqueIndex('evaluations_version').on(table.subjectId, table.subjectType, table.period, table.kind, table.version),
    uniqueIndex('evaluations_published')
      .on(table.subjectId, table.subjectType, table.period, table.kind)
      .where(sql`status = 'PUBLISHED'`),
    index('evaluations_status').on(table.status, table.id),
    index('evaluations_region_code').on(table.regionCode.op('text_pattern_ops'), table.period),
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
    scheme: text().$type<EvaluationScheme>().notNull().default('THREE_DIMENSIONS'),
    dimension: text().$type<EvaluationDimensionCode>().notNull(),
    floor: numeric({ precision: 14, scale: 4 }).notNull(),
    target: numeric({ precision: 14, scale: 4 }).notNull(),
    weight: numeric({ precision: 5, scale: 4 }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.year, table.scheme, table.code] })],
);

/** Weights of the three dimensions 维度权重. */
export const evaluationWeights = pgTable(
  'evaluation_weights',
  {
    dimension: text().$type<EvaluationDimensionCode>().notNull(),
    year: integer().notNull(),
    scheme: text().$type<EvaluationScheme>().notNull().default('THREE_DIMENSIONS'),
    weight: numeric({ precision: 5, scale: 4 }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.year, table.scheme, table.dimension] })],
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

/** Targets of indicators 指标目标; with floor, weight and dimension a target is also a scale of the subject's own evaluation (domain.md 3.15). */
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
    floor: numeric({ precision: 14, scale: 4 }),
    weight: numeric({ precision: 5, scale: 4 }),
    dimension: text().$type<EvaluationDimensionCode>(),
    source: text(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [
    uniqueIndex('indicator_targets_natural').on(table.indicatorCode, table.subjectType, table.subjectId, table.year),
    index('indicator_targets_subject_id').on(table.subjectId, table.year),
    index('indicator_targets_year').on(table.year, table.id),
  ],
);

export type SatisfactionSurveyRow = typeof satisfactionSurveys.$inferSelect;
export type SatisfactionResponseRow = typeof satisfactionResponses.$inferSelect;
export type EvaluationRow = typeof evaluations.$inferSelect;
export type EvaluationScaleRow = typeof evaluationScales.$inferSelect;
export type IndicatorDefinitionRow = typeof indicatorDefinitions.$inferSelect;
export type IndicatorTargetRow = typeof indicatorTargets.$inferSelect;
