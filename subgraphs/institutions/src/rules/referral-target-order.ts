import { compareInstants } from './instant.ts';

/** An institution a resident could be referred to. */
export interface ReferralTarget {
  readonly id: string;
  /** Lead hospital of the own alliance. */
  readonly isOwnLead: boolean;
  readonly canTreat: boolean;
  /** A county hospital of the county the referral comes from. */
  readonly isCountyHospital: boolean;
  readonly isPairedCityHospital: boolean;
  readonly nextSlotAt: string | null;
  readonly distanceKm: number | null;
}

/** Class of a target, the first is suggested first (domain.md 3.4.3). */
type TargetClass = 1 | 2 | 3 | 4;

/**
 * Targets in the order they are suggested (domain.md 3.4.3, S1-52): lead hospital of the own alliance that can treat the
 * diagnosis, other county hospitals, paired city hospital, others; inside a class the earlier next slot, then the nearer.
 */
export function inReferralTargetOrder<T extends ReferralTarget>(targets: readonly T[]): T[] {
  return targets.toSorted(
    (a, b) =>
      targetClass(a) - targetClass(b) ||
      compareNullsLast(a.nextSlotAt, b.nextSlotAt, compareInstants) ||
      compareNullsLast(a.distanceKm, b.distanceKm, (x, y) => x - y) ||
      (a.id < b.id ? -1 : 1),
  );
}

function targetClass(target: ReferralTarget): TargetClass {
  if (target.isOwnLead) return target.canTreat ? 1 : 4;
  if (target.isCountyHospital) return 2;
  return target.isPairedCityHospital ? 3 : 4;
}

/** What is not known comes last. */
function compareNullsLast<V>(a: V | null, b: V | null, compare: (x: V, y: V) => number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return compare(a, b);
}
