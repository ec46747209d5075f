import type { Write } from '@hutong/kit';
import { referralScope } from '../rules/referral-scope.ts';
import type { ReferralScope } from '../schema-types.ts';
import type { InstitutionRow } from '../tables/place.ts';
import { alliancesByMember, institutionsById } from './places.ts';

/** Both ends of a referral, and its scope 转诊范围 (domain.md 3.4.2). */
export interface ReferralEnds {
  readonly from: InstitutionRow | undefined;
  readonly to: InstitutionRow | undefined;
  readonly scope: ReferralScope;
}

/** Reads both ends of a referral and tells its scope as of today. */
export async function scopeBetween(
  write: Write,
  { fromId, toId }: { readonly fromId: string; readonly toId: string },
): Promise<ReferralEnds> {
  const places = await institutionsById(write, [fromId, toId]);
  const alliances = await alliancesByMember(write, [fromId, toId]);
  const [from, to] = [places.get(fromId), places.get(toId)];
  const scope = referralScope(
    { countyCode: from?.countyCode ?? null, activeAllianceIds: alliances.get(fromId) ?? [] },
    { countyCode: to?.countyCode ?? null, activeAllianceIds: alliances.get(toId) ?? [] },
  );
  return { from, to, scope };
}
