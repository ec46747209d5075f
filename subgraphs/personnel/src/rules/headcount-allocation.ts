import type { EmploymentKind, HeadcountAllocationStatus, HeadcountMode } from '../schema-types.ts';
import { addDays, addMonths } from './calendar.ts';
import { decideClosing } from './closing.ts';
import { type Decision, type Refused, ALLOWED, firstRefusal, refuse } from './decision.ts';
import { type Interval, isOrdered, overlaps } from './interval.ts';

/** Tier of an institution 县乡村层级, as institutions says it. */
export type InstitutionTier = 'CITY' | 'COUNTY' | 'TOWNSHIP' | 'VILLAGE';

/** One of the two institutions of an allocation, and what it is to the alliance of the pool. */
export interface AllocationPlace {
  readonly tier: InstitutionTier;
  /** Member of the pool's alliance, the lead hospital included. */
  readonly inAlliance: boolean;
  /** Lead hospital 牵头医院 of the pool's alliance. */
  readonly leadsAlliance: boolean;
}

/** Quota of a pool: posts approved, and allocations now ACTIVE. */
export interface PoolQuota {
  readonly approved: number;
  readonly active: number;
}

/** What holds the person now: the employment, and the ACTIVE allocations of any pool. */
export interface PresentPosts {
  readonly employment: Interval & { readonly kind: EmploymentKind };
  readonly activeAllocations: readonly Interval[];
}

/** The allocation asked for; without `to` it is open-ended. */
export interface AllocationRequest extends Interval {
  readonly mode: HeadcountMode;
  readonly hiredBy: AllocationPlace;
  readonly usedAt: AllocationPlace;
}

/** Least length of an allocation, years (domain.md 3.11, product default). */
export const DEFAULT_ALLOCATION_YEARS = 2;

/** Whether a post of the pool may be given (domain.md 3.11): by mode, alliance, length, the person's posts, and what is free. */
export function decideAllocation(
  pool: PoolQuota,
  person: PresentPosts,
  request: AllocationRequest,
  leastYears: number = DEFAULT_ALLOCATION_YEARS,
): Decision {
  return firstRefusal([
    modeDecision(request),
    request.hiredBy.inAlliance ? ALLOWED : refuse('VALIDATION_FAILED', 'hiredById'),
    request.usedAt.inAlliance ? ALLOWED : refuse('VALIDATION_FAILED', 'usedAtId'),
    isLongEnough(request, leastYears) ? ALLOWED : refuse('VALIDATION_FAILED', 'to'),
    personDecision(person, request),
    pool.active < pool.approved ? ALLOWED : refuse('POOL_EXHAUSTED'),
  ]);
}

/** An allocation as its release sees it. */
export interface ReleasableAllocation extends Interval {
  readonly status: HeadcountAllocationStatus;
}

/** What an allocation becomes by its release: no longer ACTIVE, so its quota is free again. */
export interface Release {
  readonly kind: 'ALLOWED';
  readonly status: 'RELEASED';
  readonly to: string;
}

/** Gives a post back to its pool after a last day (domain.md 3.11); an end agreed earlier stays the end. */
export function releaseAllocation(allocation: ReleasableAllocation, lastDay: string, today: string): Release | Refused {
  const { from, to, status } = allocation;
  const decision = decideClosing({ from, closed: status === 'RELEASED' }, lastDay, today, 'releasedOn');
  if (decision.kind === 'REFUSED') return decision;
  return { kind: 'ALLOWED', status: 'RELEASED', to: to !== null && to < lastDay ? to : lastDay };
}

function modeDecision({ mode, hiredBy, usedAt }: AllocationRequest): Decision {
  switch (mode) {
    case 'COUNTY_HIRED_TOWNSHIP_USED':
      if (hiredBy.tier !== 'COUNTY' || !hiredBy.leadsAlliance) return refuse('MODE_MISMATCH', 'hiredById');
      return usedAt.tier === 'TOWNSHIP' ? ALLOWED : refuse('MODE_MISMATCH', 'usedAtId');
    case 'TOWNSHIP_HIRED_VILLAGE_USED':
      if (hiredBy.tier !== 'TOWNSHIP') return refuse('MODE_MISMATCH', 'hiredById');
      return usedAt.tier === 'VILLAGE' ? ALLOWED : refuse('MODE_MISMATCH', 'usedAtId');
  }
}

function isLongEnough({ from, to }: Interval, leastYears: number): boolean {
  return isOrdered({ from, to }) && (to === null || addDays(to, 1) >= addMonths(from, leastYears * 12));
}

function personDecision({ employment, activeAllocations }: PresentPosts, request: AllocationRequest): Decision {
  const employed = overlaps(employment, request);
  if (employed && employment.kind === 'ESTABLISHED') return refuse('VALIDATION_FAILED', 'practitionerId');
  const pooled = employed && employment.kind === 'POOL';
  return pooled || activeAllocations.some((one) => overlaps(one, request))
    ? refuse('SCHEDULE_CONFLICT', 'practitionerId')
    : ALLOWED;
}
