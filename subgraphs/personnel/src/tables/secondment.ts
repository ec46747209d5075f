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
} from 'drizzle-orm/pg-core';
import type { SecondmentKind, SecondmentPurpose, TitleLevel } from '../schema-types.ts';
import { practitioners } from './practitioner.ts';

/** What a secondment left behind 帮扶成果. */
export interface SecondmentOutcomeValue {
  readonly technique: string;
  readonly peopleTrained: number;
}

/** Secondments 派驻. */
export const secondments = pgTable(
  'secondments',
  {
    id: text().primaryKey(),
    practitionerId: text()
      .notNull()
      .references(() => practitioners.id),
    kind: text().$type<SecondmentKind>().notNull(),
    fromId: text().notNull(),
    toId: text().notNull(),
    regionCode: text().notNull(),
    allianceId: text(),
    startOn: date().notNull(),
    plannedEndOn: date().notNull(),
    actualEndOn: date(),
    fullTime: boolean().notNull(),
    daysPerWeek: numeric({ precision: 3, scale: 1 }),
    purpose: text().$type<SecondmentPurpose>().notNull(),
    objectives: text().array().notNull(),
    outcomes: jsonb().$type<readonly SecondmentOutcomeValue[]>().notNull(),
    titleLevelAtStart: text().$type<TitleLevel>().notNull(),
    compliant: boolean().notNull(),
    overSixMonths: boolean().notNull(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [
    index().on(table.practitionerId),
    index().on(table.kind, table.id),
    index().on(table.fromId, table.id),
    index().on(table.toId, table.id),
    index().on(table.regionCode.op('text_pattern_ops'), table.kind),
    index().on(table.allianceId, table.kind),
    index().on(table.startOn, table.id),
    index().on(table.plannedEndOn, table.id),
    index().on(table.actualEndOn, table.id),
    index().on(table.purpose, table.id),
    index().on(table.compliant, table.id),
    index().on(table.overSixMonths, table.id),
  ],
);
export type SecondmentRow = typeof secondments.$inferSelect;

/** Targets of secondments 派驻目标 of a region and year. */
export const secondmentTargets = pgTable(
  'secondment_targets',
  {
    regionCode: text().notNull(),
    kind: text().$type<SecondmentKind>().notNull(),
    year: integer().notNull(),
    target: integer().notNull(),
    /** The number must exceed the target, not only reach it. */
    strict: boolean().notNull(),
  },
  (table) => [primaryKey({ columns: [table.regionCode, table.kind, table.year] })],
);
