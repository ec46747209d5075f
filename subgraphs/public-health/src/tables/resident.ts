import { boolean, date, index, integer, jsonb, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import { encrypted } from '@hutong/kit';
import type {
  Disability,
  FocusGroup,
  HistoryKind,
  IdentityDocument,
  ResidentStatus,
  Sex,
  Vulnerability,
} from '../schema-types.ts';

/** One entry of the past or family history, as stored. */
export interface StoredHistory {
  readonly kind: HistoryKind;
  readonly code: string | null;
  readonly text: string | null;
  readonly year: number | null;
}

/** Residents 居民: the master patient index with the cover of the health record. */
export const residents = pgTable(
  'residents',
  {
    id: text().primaryKey(),
    healthRecordNo: encrypted(),
    healthRecordNoHash: text(),
    /** Generated person 测试, never a real one (domain.md 8.1). */
    test: boolean().notNull(),
    name: encrypted().notNull(),
    idType: text().$type<IdentityDocument>().notNull(),
    idNumber: encrypted(),
    idNumberHash: text(),
    sex: text().$type<Sex>().notNull(),
    birthDate: date().notNull(),
    ethnicity: text(),
    marital: text(),
    education: text(),
    occupation: text(),
    phone: encrypted(),
    contactName: encrypted(),
    contactPhone: encrypted(),
    registeredRegionCode: text().notNull(),
    registeredAddress: encrypted(),
    regionCode: text().notNull(),
    currentAddress: encrypted(),
    residentType: text().notNull(),
    householdId: text(),
    /** VS-59. */
    relationToHead: text(),
    guardianId: text(),
    bloodType: text(),
    rh: text(),
    allergies: text().array().notNull(),
    histories: jsonb().$type<StoredHistory[]>().notNull(),
    disabilities: text().array().$type<Disability[]>().notNull(),
    vulnerability: text().array().$type<Vulnerability[]>().notNull(),
    inCareHome: boolean().notNull(),
    focusGroups: text().array().$type<FocusGroup[]>().notNull(),
    /** Township hospital that serves the address: the institution whose population the resident is. */
    servingInstitutionId: text(),
    status: text().$type<ResidentStatus>().notNull(),
    deathDate: date(),
    deathCause: text(),
    version: integer().notNull().default(1),
    updatedAt: timestamp({ withTimezone: true, mode: 'string' }).notNull(),
  },
  (table) => [
    uniqueIndex('residents_health_record_no_hash').on(table.healthRecordNoHash),
    uniqueIndex('residents_id_number_hash').on(table.idNumberHash),
    index('residents_region_code').on(table.regionCode.op('text_pattern_ops'), table.id),
    index('residents_birth_date').on(table.birthDate, table.id),
    index('residents_household_id').on(table.householdId),
    index('residents_serving_institution_id').on(table.servingInstitutionId, table.id),
    index('residents_sex').on(table.sex, table.id),
    index('residents_resident_type').on(table.residentType, table.id),
    index('residents_status').on(table.status, table.id),
    index('residents_updated_at').on(table.updatedAt, table.id),
  ],
);

export type ResidentRow = typeof residents.$inferSelect;
