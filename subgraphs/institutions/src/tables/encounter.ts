import { encrypted } from '@hutong/kit';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type {
  ArrivalMode,
  BedClass,
  DiagnosisKind,
  EmergencyDisposition,
  EncounterClass,
  OneStopStep,
  Vulnerability,
} from '../schema-types.ts';
import { instant, money, mutable, owned } from './columns.ts';
import { departments, institutions } from './place.ts';

/** A diagnosis as an encounter or referral holds it 诊断. */
export interface DiagnosisValue {
  readonly rank: number;
  /** ICD-10, insurance edition 2.0. */
  readonly icd10: string;
  readonly kind: DiagnosisKind;
  readonly tcmCode: string | null;
}

/** A step of the one-stop service that a visit passed 一站式步骤. */
export interface OneStopValue {
  readonly step: OneStopStep;
  readonly at: string;
}

/** A reply in an online consultation 问诊回复. */
export interface ConsultationReplyValue {
  readonly at: string;
  readonly byId: string | null;
  readonly text: string;
}

/** Encounters of all five kinds 就诊; columns of the other kinds are null. */
export const encounters = pgTable(
  'encounters',
  {
    ...owned(),
    class: text().$type<EncounterClass>().notNull(),
    visitNo: encrypted().notNull(),
    institutionId: text()
      .notNull()
      .references(() => institutions.id),
    departmentId: text().references(() => departments.id),
    attendingId: text(),
    startedAt: instant().notNull(),
    endedAt: instant(),
    diagnoses: jsonb().$type<DiagnosisValue[]>().notNull(),
    /** ICD-9-CM-3, insurance edition 2.0. */
    procedures: text().array().notNull(),
    isFirstContact: boolean().notNull(),
    referralNo: integer(),
    totalCost: money(),
    appointmentNo: integer(),
    steps: jsonb().$type<OneStopValue[]>(),
    waitingMinutes: integer(),
    isTcm: boolean(),
    triageLevel: integer(),
    arrivedBy: text().$type<ArrivalMode>(),
    disposition: text().$type<EmergencyDisposition>(),
    doorToDoctorMinutes: integer(),
    doorToWardMinutes: integer(),
    doorToNeedleMinutes: integer(),
    doorToBalloonMinutes: integer(),
    admittedAt: instant(),
    dischargedAt: instant(),
    bedClass: text().$type<BedClass>(),
    admittedFrom: text(),
    lengthOfStay: integer(),
    dischargeMode: text(),
    vulnerability: text().array().$type<Vulnerability[]>(),
    services: text().array(),
    question: text(),
    replies: jsonb().$type<ConsultationReplyValue[]>(),
    respondedWithin: integer(),
    ...mutable(),
  },
  (t) => [
    primaryKey({ columns: [t.residentId, t.no] }),
    index('encounters_by_start').on(t.startedAt, t.residentId, t.no),
    index('encounters_by_institution').on(t.institutionId, t.startedAt),
    index('encounters_by_attending').on(t.attendingId, t.startedAt),
    index('encounters_by_class').on(t.class, t.startedAt),
  ],
);

export type EncounterRow = typeof encounters.$inferSelect;
