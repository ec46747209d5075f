import { boolean, date, index, integer, numeric, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type {
  AllowanceKind,
  AwardKind,
  IncomeSource,
  PerformanceGrade,
  TitleLevel,
  TitleReviewResult,
} from '../schema-types.ts';
import { practitioners } from './practitioner.ts';

const score = () => numeric({ precision: 5, scale: 2 });
const money = () => numeric({ precision: 12, scale: 2 });

/** Applications for a higher title 职称评审. */
export const titleReviews = pgTable(
  'title_reviews',
  {
    id: text().primaryKey(),
    practitionerId: text()
      .notNull()
      .references(() => practitioners.id),
    targetLevel: text().$type<TitleLevel>().notNull(),
    year: integer().notNull(),
    /** Visits a year 服务量, as the skill told by the institution; null until then. */
    serviceVolume: integer(),
    /** Service volume that gives the full score 标准服务量. */
    standardVolume: integer().notNull(),
    /** Score of the skill test 技能得分, 0–100. */
    skill: score(),
    paperWaived: boolean().notNull(),
    /** Satisfaction that the decider gave and the score rests on 评审所用满意度, 0–100. */
    satisfactionUsed: score(),
    score: score(),
    /** The title is held from this day; null until it is decided. */
    decidedOn: date(),
    result: text().$type<TitleReviewResult>(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [
    index().on(table.practitionerId, table.year),
    index().on(table.targetLevel, table.id),
    index().on(table.year, table.id),
    index().on(table.score, table.id),
    index().on(table.result, table.id),
  ],
);
export type TitleReviewRow = typeof titleReviews.$inferSelect;

/** Performance appraisals 绩效考核. */
export const performanceRecords = pgTable(
  'performance_records',
  {
    id: text().primaryKey(),
    practitionerId: text()
      .notNull()
      .references(() => practitioners.id),
    period: text().notNull(),
    workload: score(),
    quality: score(),
    satisfaction: score(),
    score: score().notNull(),
    grade: text().$type<PerformanceGrade>(),
    amount: money(),
  },
  (table) => [
    index().on(table.practitionerId, table.period),
    index().on(table.period, table.id),
    index().on(table.score, table.id),
  ],
);
export type PerformanceRecordRow = typeof performanceRecords.$inferSelect;

/** Items of income 收入项目. */
export const incomeItems = pgTable(
  'income_items',
  {
    id: text().primaryKey(),
    practitionerId: text()
      .notNull()
      .references(() => practitioners.id),
    /** Month, `2024-03`. */
    period: text().notNull(),
    source: text().$type<IncomeSource>().notNull(),
    amount: money().notNull(),
    countsTowardPerformancePay: boolean().notNull(),
  },
  (table) => [index().on(table.practitionerId, table.period), index().on(table.period, table.practitionerId)],
);
export type IncomeItemRow = typeof incomeItems.$inferSelect;

/** Allowances 岗位津贴. */
export const allowances = pgTable(
  'allowances',
  {
    id: text().primaryKey(),
    practitionerId: text()
      .notNull()
      .references(() => practitioners.id),
    kind: text().$type<AllowanceKind>().notNull(),
    amount: money(),
    from: date(),
    to: date(),
    basis: text(),
  },
  (table) => [index().on(table.practitionerId)],
);
export type AllowanceRow = typeof allowances.$inferSelect;

/** Awards 评优评先. */
export const awards = pgTable(
  'awards',
  {
    id: text().primaryKey(),
    practitionerId: text()
      .notNull()
      .references(() => practitioners.id),
    kind: text().$type<AwardKind>().notNull(),
    title: text(),
    on: date(),
    basis: text(),
  },
  (table) => [index().on(table.practitionerId)],
);
export type AwardRow = typeof awards.$inferSelect;
