import { and, gt, isNull, lte, or } from 'drizzle-orm';
import { bigint, boolean, date, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

/** Place in the change log of the subgraph that owns the row: an older change never overwrites a newer one. */
const seq = () => bigint({ mode: 'number' }).notNull();

/** What institutions tells of an institution 机构, for the rules of posts, teams and secondments (domain.md 2.6, 3.8.2, 3.11–3.13). */
export const institutionProjections = pgTable(
  'institution_projections',
  {
    id: text().primaryKey(),
    /** Tier 县乡村层级: CITY, COUNTY, TOWNSHIP or VILLAGE. */
    tier: text().notNull(),
    /** VS-04. */
    class: text().notNull(),
    /** Level 级别 (VS-05); null while it is not told. */
    level: text(),
    /** ACTIVE, or why it is not open. */
    status: text().notNull(),
    regionCode: text().notNull(),
    /** Institution above it 上级机构: of a village clinic, its township hospital. */
    parentId: text(),
    seq: seq(),
  },
  (table) => [index().on(table.regionCode.op('text_pattern_ops'))],
);
export type InstitutionProjectionRow = typeof institutionProjections.$inferSelect;

/** What institutions tells of the members of alliances 医共体成员 (domain.md 2.6, 3.11–3.13). */
export const membershipProjections = pgTable(
  'membership_projections',
  {
    allianceId: text().notNull(),
    institutionId: text().notNull(),
    joinedOn: date().notNull(),
    /** First day on which it is no member any more. */
    leftOn: date(),
    /** Lead hospital 牵头医院 of the alliance. */
    isLead: boolean().notNull(),
    seq: seq(),
  },
  (table) => [
    primaryKey({ columns: [table.allianceId, table.institutionId, table.joinedOn] }),
    index().on(table.institutionId),
  ],
);
export type MembershipProjectionRow = typeof membershipProjections.$inferSelect;

/** SQL: a membership runs on a day, from the day of joining until the day before it is left. */
export function memberOn(day: string) {
  const { joinedOn, leftOn } = membershipProjections;
  return and(lte(joinedOn, day), or(isNull(leftOn), gt(leftOn, day)));
}
