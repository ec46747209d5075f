import { encrypted } from '@hutong/kit';
import { date, index, integer, jsonb, numeric, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import type {
  EmploymentKind,
  LicenceStatus,
  PostRole,
  PracticeRegistrationKind,
  PracticeRegistrationStatus,
  PractitionerCategory,
  PractitionerStatus,
  Sex,
  TitleLevel,
} from '../schema-types.ts';

/** Practitioners 医务人员. */
export const practitioners = pgTable(
  'practitioners',
  {
    id: text().primaryKey(),
    physicianCode: text(),
    name: text().notNull(),
    sex: text().$type<Sex>().notNull(),
    birthDate: date().notNull(),
    idNumber: encrypted(),
    /** Keyed hash of the citizen number: nobody is registered twice. */
    idNumberHash: text(),
    category: text().$type<PractitionerCategory>().notNull(),
    licenceNo: text(),
    licenceKind: text(),
    licenceScope: text(),
    licenceFirstRegisteredOn: date(),
    licenceStatus: text().$type<LicenceStatus>(),
    licenceAssessedUntil: date(),
    specialty: text(),
    title: text(),
    titleLevel: text().$type<TitleLevel>().notNull(),
    education: text(),
    primaryInstitutionId: text().notNull(),
    regionCode: text().notNull(),
    /** Township hospital 乡镇卫生院 that a village clinic's staff belongs to; null for everybody else. */
    townshipHospitalId: text(),
    employmentKind: text().$type<EmploymentKind>().notNull(),
    employmentHiredById: text().notNull(),
    employmentUsedAtId: text().notNull(),
    employmentFrom: date().notNull(),
    employmentTo: date(),
    primaryCareYears: numeric({ precision: 4, scale: 1 }).notNull(),
    status: text().$type<PractitionerStatus>().notNull(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [
    uniqueIndex().on(table.physicianCode),
    index().on(table.idNumberHash),
    index().on(table.name, table.id),
    index('practitioners_name_part').using('gin', table.name.op('gin_trgm_ops')),
    index().on(table.status, table.id),
    index().on(table.category, table.id),
    index().on(table.specialty, table.id),
    index().on(table.titleLevel, table.id),
    index().on(table.primaryInstitutionId, table.id),
    index().on(table.regionCode.op('text_pattern_ops'), table.id),
    index().on(table.townshipHospitalId, table.id),
    index().on(table.employmentUsedAtId),
    index().on(table.primaryCareYears, table.id),
  ],
);
export type PractitionerRow = typeof practitioners.$inferSelect;

/** Hours of practice in a week 每周出诊时间: local times of a day. */
export interface PracticeHoursValue {
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number;
  readonly start: string;
  readonly end: string;
}

/** Practice registrations 执业注册/多点执业. */
export const practiceRegistrations = pgTable(
  'practice_registrations',
  {
    id: text().primaryKey(),
    practitionerId: text()
      .notNull()
      .references(() => practitioners.id),
    institutionId: text().notNull(),
    kind: text().$type<PracticeRegistrationKind>().notNull(),
    validFrom: date().notNull(),
    validTo: date(),
    daysPerWeek: numeric({ precision: 3, scale: 1 }),
    status: text().$type<PracticeRegistrationStatus>().notNull(),
    hours: jsonb().$type<readonly PracticeHoursValue[]>().notNull().default([]),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [index().on(table.practitionerId)],
);
export type PracticeRegistrationRow = typeof practiceRegistrations.$inferSelect;

/** Posts 岗位. */
export const posts = pgTable(
  'posts',
  {
    id: text().primaryKey(),
    practitionerId: text()
      .notNull()
      .references(() => practitioners.id),
    institutionId: text().notNull(),
    role: text().$type<PostRole>().notNull(),
    departmentId: text(),
    fte: numeric({ precision: 3, scale: 2 }).notNull(),
  },
  (table) => [index().on(table.practitionerId)],
);
export type PostRow = typeof posts.$inferSelect;
