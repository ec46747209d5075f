import { sql } from 'drizzle-orm';
import {
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type {
  BedClass,
  ReferralDirection,
  ReferralOutcome,
  ReferralReason,
  ReferralScope,
  ReferralStageKind,
  ReferralStatus,
  Urgency,
} from '../schema-types.ts';
import { instant, mutable, owned } from './columns.ts';
import type { DiagnosisValue } from './encounter.ts';
import { departments, institutions } from './place.ts';

/** A stage of an episode 转诊闭环阶段. */
export interface ReferralStageValue {
  readonly stage: ReferralStageKind;
  readonly at: string;
}

/** Referral episodes 转诊闭环. */
export const referralEpisodes = pgTable(
  'referral_episodes',
  {
    ...owned(),
    openedAt: instant().notNull(),
    stages: jsonb().$type<ReferralStageValue[]>().notNull(),
    closed: boolean().notNull(),
    closedAt: instant(),
    rehabInstitutionId: text().references(() => institutions.id),
    days: integer(),
    ...mutable(),
  },
  (t) => [primaryKey({ columns: [t.residentId, t.no] }), index('referral_episodes_by_closing').on(t.closedAt)],
);

/** Two-way referrals 双向转诊; down-referrals are rows of their own in the same episode. */
export const referrals = pgTable(
  'referrals',
  {
    ...owned(),
    formNo: text().notNull(),
    episodeNo: integer().notNull(),
    direction: text().$type<ReferralDirection>().notNull(),
    scope: text().$type<ReferralScope>().notNull(),
    fromId: text()
      .notNull()
      .references(() => institutions.id),
    toId: text()
      .notNull()
      .references(() => institutions.id),
    toDepartmentId: text().references(() => departments.id),
    reason: text().$type<ReferralReason>().notNull(),
    reasonText: text(),
    diagnosis: jsonb().$type<DiagnosisValue>().notNull(),
    urgency: text().$type<Urgency>().notNull(),
    greenChannel: boolean().notNull(),
    status: text().$type<ReferralStatus>().notNull(),
    referrerId: text().notNull(),
    /** The name as signed: a copy, so that showing a referral needs no other subgraph. */
    referrerName: text().notNull(),
    receiverId: text(),
    submittedAt: instant(),
    acceptedAt: instant(),
    arrivedAt: instant(),
    completedAt: instant(),
    dueAt: instant(),
    timely: boolean(),
    approvedAt: instant(),
    appointmentNo: integer(),
    bedClass: text().$type<BedClass>(),
    outcome: text().$type<ReferralOutcome>(),
    dischargeSummaryNo: integer(),
    fromEncounterNo: integer(),
    toEncounterNo: integer(),
    consentId: text().notNull(),
    ...mutable(),
  },
  (t) => [
    primaryKey({ columns: [t.residentId, t.no] }),
    foreignKey({
      columns: [t.residentId, t.episodeNo],
      foreignColumns: [referralEpisodes.residentId, referralEpisodes.no],
      name: 'referrals_episode',
    }),
    index('referrals_by_episode').on(t.residentId, t.episodeNo),
    uniqueIndex('referrals_by_form_no').on(t.formNo),
    index('referrals_by_form_no_prefix').on(t.formNo.op('text_pattern_ops')),
    index('referrals_by_from').on(t.fromId, t.submittedAt),
    index('referrals_by_to').on(t.toId, t.submittedAt),
    index('referrals_by_referrer').on(t.referrerId, t.submittedAt),
    index('referrals_by_status').on(t.status, t.submittedAt),
    index('referrals_by_direction').on(t.direction, t.submittedAt),
    index('referrals_by_scope').on(t.scope, t.submittedAt),
    index('referrals_by_urgency').on(t.urgency, t.submittedAt),
    index('referrals_by_timeliness').on(t.timely, t.submittedAt),
    index('referrals_by_green_channel').on(t.greenChannel, t.submittedAt),
    /** What timers look for 待到期: the limit of accepting, or the seventh day after it. */
    index('referrals_waiting')
      .on(t.dueAt, t.acceptedAt)
      .where(sql`status in ('SUBMITTED', 'ACCEPTED', 'SCHEDULED')`),
    index('referrals_by_due_time').on(t.dueAt, t.residentId, t.no),
    index('referrals_by_submission').on(t.submittedAt, t.residentId, t.no),
    index('referrals_by_updated_at').on(t.updatedAt, t.residentId, t.no),
  ],
);

/** Changes of status of referrals 转诊状态记录. */
export const referralEvents = pgTable(
  'referral_events',
  {
    residentId: text().notNull(),
    referralNo: integer().notNull(),
    seq: integer().notNull(),
    from: text().$type<ReferralStatus>(),
    to: text().$type<ReferralStatus>().notNull(),
    at: instant().notNull(),
    byId: text(),
    reason: text(),
  },
  (t) => [
    primaryKey({ columns: [t.residentId, t.referralNo, t.seq] }),
    foreignKey({
      columns: [t.residentId, t.referralNo],
      foreignColumns: [referrals.residentId, referrals.no],
      name: 'referral_events_referral',
    }),
  ],
);

export type ReferralRow = typeof referrals.$inferSelect;
export type ReferralEpisodeRow = typeof referralEpisodes.$inferSelect;
export type ReferralEventRow = typeof referralEvents.$inferSelect;
