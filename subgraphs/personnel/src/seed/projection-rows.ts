import type { AllianceFact } from '@hutong/synthetic';
import type { institutionProjections, membershipProjections } from '../tables/projection.ts';
import type { Workplace } from './workplaces.ts';

/** Rows made with the region come before every change that institutions tells of. */
const seeded = 0;

/** What the workforce knows of an institution. */
export function institutionProjectionRow(workplace: Workplace): typeof institutionProjections.$inferInsert {
  const { id, tier, level, status, regionCode, parentId } = workplace;
  return { id, tier, class: workplace.class, level, status, regionCode, parentId, seq: seeded };
}

/** What the workforce knows of the members of an alliance; with the alliance its memberships end. */
export function membershipProjectionRows(alliance: AllianceFact): (typeof membershipProjections.$inferInsert)[] {
  return alliance.memberships.map(({ allianceId, institutionId, joinedOn, leftOn }) => ({
    allianceId,
    institutionId,
    joinedOn,
    leftOn: leftOn ?? alliance.dissolvedOn,
    isLead: institutionId === alliance.leadInstitutionId,
    seq: seeded,
  }));
}
