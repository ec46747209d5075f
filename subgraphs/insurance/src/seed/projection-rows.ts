import { stableId } from '@hutong/kit';
import type { AllianceFact, ContractFact, InstitutionFact, ReferralFact } from '@hutong/synthetic';
import type {
  contractProjections,
  institutionProjections,
  memberProjections,
  referralProjections,
} from '../tables/projection.ts';

/** Before every change of the logs: what is told later overwrites what was seeded. */
const seq = 0;

/** What insurance knows of an institution 机构. */
export function institutionProjectionRow(fact: InstitutionFact): typeof institutionProjections.$inferInsert {
  const { id, regionCode, status } = fact;
  return { id, status, regionCode, seq };
}

/** The members of an alliance 医共体成员, under the ids that institutions gives them. */
export function memberProjectionRows({ memberships }: AllianceFact): (typeof memberProjections.$inferInsert)[] {
  return memberships.map(({ allianceId, institutionId, role, joinedOn, leftOn }) => {
    const id = stableId('am', allianceId, institutionId, joinedOn);
    return { id, allianceId, institutionId, role, joinedOn, leftOn, seq };
  });
}

/** The contracts 签约协议 of a resident as public health has them; in force from their first day. */
export function contractProjectionRows(
  residentId: string,
  contracts: readonly ContractFact[],
): (typeof contractProjections.$inferInsert)[] {
  return contracts.map((contract) => {
    const { no, baseInstitutionId, teamId, familyDoctorId, status, validFrom, validTo, terminatedOn } = contract;
    const states = [{ seq, from: validFrom, status: 'ACTIVE', packageCodes: contract.packageCodes }];
    const row = { residentId, no, institutionId: baseInstitutionId, teamId, familyDoctorId };
    return { ...row, status, validFrom, validTo, terminatedOn, states, seq };
  });
}

/** The referrals 转诊 of a resident as institutions has them. */
export function referralProjectionRows(
  residentId: string,
  referrals: readonly ReferralFact[],
): (typeof referralProjections.$inferInsert)[] {
  return referrals.map(({ no, episodeNo, direction, toInstitutionId, fromEncounterNo, status, acceptedAt }) => {
    const acceptedOn = acceptedAt === null ? null : acceptedAt.slice(0, 10);
    return { residentId, no, episodeNo, direction, toInstitutionId, fromEncounterNo, status, acceptedOn, seq };
  });
}
