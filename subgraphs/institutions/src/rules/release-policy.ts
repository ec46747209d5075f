import { releaseRatio, releaseSlots, type SlotRelease } from './slot-release.ts';

/** When and for what a release policy 号源下沉政策 is in force. */
export interface DatedPolicy {
  readonly departmentId: string | null;
  readonly effectiveFrom: string;
}

/** How a policy splits a session. */
export interface SplittingPolicy extends DatedPolicy {
  readonly ratio: string;
  readonly leadShare: string;
  readonly yearlyStep: string;
  readonly maxRatio: string;
}

/** The policy of an institution for a department on a day: the newest of the department, else the newest for all; undefined without one. */
export function policyInForce<P extends DatedPolicy>(
  policies: readonly P[],
  departmentId: string,
  day: string,
): P | undefined {
  const begun = policies
    .filter(({ effectiveFrom }) => effectiveFrom <= day)
    .toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1));
  return begun.find((each) => each.departmentId === departmentId) ?? begun.find((each) => each.departmentId === null);
}

/** How the places of a session are split on a day; without a policy nothing is released (domain.md 3.5). */
export function splitSession(total: number, policy: SplittingPolicy | undefined, day: string): SlotRelease {
  if (policy === undefined) return { released: 0, lead: 0, alliance: 0, public: total };
  const startYear = Number(policy.effectiveFrom.slice(0, 4));
  const ratio = releaseRatio({ ...policy, startYear, startRatio: policy.ratio }, Number(day.slice(0, 4)));
  return releaseSlots(total, ratio, policy.leadShare);
}
