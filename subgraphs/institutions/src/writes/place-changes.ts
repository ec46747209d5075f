import type { Change, ChangeKind } from '@hutong/kit';
import type { AllianceMembershipRow } from '../tables/alliance.ts';
import type { InstitutionRow } from '../tables/place.ts';

/** What the change log tells of an institution 机构: all that other subgraphs keep of it, whatever has changed (domain.md 2.6). */
export function institutionChange(kind: ChangeKind, row: ToldInstitution): Change {
  const { id, class: of, level, tier, regionCode, status, parentInstitutionId, version } = row;
  const payload = { class: of, level, tier, regionCode, status, parentInstitutionId, version };
  return { type: 'Institution', id, kind, payload };
}

type ToldInstitution = Pick<
  InstitutionRow,
  'id' | 'class' | 'level' | 'tier' | 'regionCode' | 'status' | 'parentInstitutionId' | 'version'
>;

/** What the change log tells of a member of an alliance 医共体成员, as for an institution. */
export function membershipChange(kind: ChangeKind, row: ToldMembership): Change {
  const { id, allianceId, institutionId, role, joinedOn, leftOn } = row;
  return { type: 'AllianceMembership', id, kind, payload: { allianceId, institutionId, role, joinedOn, leftOn } };
}

type ToldMembership = Pick<
  AllianceMembershipRow,
  'id' | 'allianceId' | 'institutionId' | 'role' | 'joinedOn' | 'leftOn'
>;
