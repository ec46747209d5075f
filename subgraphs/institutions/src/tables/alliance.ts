import { sql, type SQL } from 'drizzle-orm';
import { boolean, date, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { AllianceKind, AllianceRole, Tier, Tightness } from '../schema-types.ts';
import { divisionsOf, mutable } from './columns.ts';
import { institutions, regions } from './place.ts';

/** County medical communities and other alliances 医共体、医联体. */
export const alliances = pgTable(
  'alliances',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    kind: text().$type<AllianceKind>().notNull(),
    tightness: text().$type<Tightness>().notNull(),
    regionCode: text()
      .notNull()
      .references(() => regions.code),
    ...divisionsOf(() => sql`"region_code"`),
    leadId: text()
      .notNull()
      .references(() => institutions.id),
    internetPlus: boolean().notNull(),
    peopleFlow: boolean().notNull(),
    resourceFlow: boolean().notNull(),
    careFlow: boolean().notNull(),
    charter: boolean().notNull(),
    memberInDecision: boolean().notNull(),
    unifiedHr: boolean().notNull(),
    unifiedFinance: boolean().notNull(),
    unifiedBusiness: boolean().notNull(),
    unifiedDrug: boolean().notNull(),
    unifiedIt: boolean().notNull(),
    establishedOn: date().notNull(),
    dissolvedOn: date(),
    ...mutable(),
  },
  (t) => [
    index('alliances_by_name').on(t.name, t.id),
    index('alliances_by_kind').on(t.kind, t.id),
    index('alliances_by_tightness').on(t.tightness, t.id),
    index('alliances_by_internet_plus').on(t.internetPlus, t.id),
    index('alliances_by_lead').on(t.leadId, t.id),
    index('alliances_by_established_on').on(t.establishedOn, t.id),
    index('alliances_by_dissolved_on').on(t.dissolvedOn, t.id),
    index('alliances_by_region').on(t.regionCode, t.id),
    index('alliances_by_name_part').using('gin', t.name.op('gin_trgm_ops')),
    index('alliances_by_region_prefix').on(t.regionCode.op('text_pattern_ops')),
    index('alliances_by_province').on(t.provinceCode, t.id),
    index('alliances_by_city').on(t.cityCode, t.id),
    index('alliances_by_county').on(t.countyCode, t.id),
    index('alliances_by_township').on(t.townshipCode, t.id),
  ],
);

/** Memberships of institutions in alliances 医共体成员关系. */
export const allianceMemberships = pgTable(
  'alliance_memberships',
  {
    id: text().primaryKey(),
    allianceId: text()
      .notNull()
      .references(() => alliances.id),
    institutionId: text()
      .notNull()
      .references(() => institutions.id),
    tier: text().$type<Tier>().notNull(),
    role: text().$type<AllianceRole>().notNull(),
    joinedOn: date().notNull(),
    /** First day on which it is no member any more. */
    leftOn: date(),
    integratedFinance: boolean().notNull(),
  },
  (t) => [
    uniqueIndex('alliance_memberships_once').on(t.allianceId, t.institutionId, t.joinedOn),
    index('alliance_memberships_by_institution').on(t.institutionId, t.joinedOn, t.allianceId),
  ],
);

/** SQL: a membership runs on a day, from the day of joining until the day before it is left. */
export function memberOn(day: string, memberships = 'alliance_memberships'): SQL {
  const [joinedOn, leftOn] = ['joined_on', 'left_on'].map(
    (name) => sql`${sql.identifier(memberships)}.${sql.identifier(name)}`,
  );
  return sql`(${joinedOn} <= ${day}::date and coalesce(${leftOn}, 'infinity') > ${day}::date)`;
}

/** SQL: an alliance stands on a day. */
export function standsOn(day: string): SQL {
  const { establishedOn, dissolvedOn } = alliances;
  return sql`(${establishedOn} <= ${day}::date and coalesce(${dissolvedOn}, 'infinity') > ${day}::date)`;
}

export type AllianceRow = typeof alliances.$inferSelect;
export type AllianceMembershipRow = typeof allianceMemberships.$inferSelect;
