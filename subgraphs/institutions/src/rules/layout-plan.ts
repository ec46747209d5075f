import type { InstitutionLevel, LayoutPlanStatus } from '../schema-types.ts';

/** Class (VS-04), level and division of an institution. */
export interface LayoutPlace {
  readonly class: string;
  readonly level: InstitutionLevel;
  readonly regionCode: string;
}

/** A row of a layout plan: so many institutions of a class and level in a division. */
export interface PlannedPlace extends LayoutPlace {
  readonly planned: number;
}

/** A layout plan 布局规划; its days are inclusive. */
export interface LayoutPlanFacts {
  readonly status: LayoutPlanStatus;
  readonly validFrom: string;
  readonly validTo: string;
  readonly items: readonly PlannedPlace[];
}

/** An institution to be admitted on a day. */
export interface AdmissionRequest extends LayoutPlace {
  readonly licensed: boolean;
  readonly on: string;
}

/** An institution to be closed. */
export interface ClosureRequest {
  readonly activeContracts: number;
  /** Whether the institution named to take over is operating, null when none is named. */
  readonly receiverActive: boolean | null;
}

/** Why an institution is not admitted or closed: a code of the error catalogue and the field at fault. */
export interface LayoutRefusal {
  readonly code: 'NOT_IN_LAYOUT_PLAN' | 'VALIDATION_FAILED';
  readonly field: 'licence' | 'class' | 'mergedInto';
}

/**
 * Why an institution may not be admitted, null when it may (domain.md 3.19.6): it needs a licence, and a free place of its class,
 * level and division in a plan approved and in force. Of several items that hold its division the narrowest counts.
 */
export function admissionRefusal(
  request: AdmissionRequest,
  plans: readonly LayoutPlanFacts[],
  operating: readonly LayoutPlace[],
): LayoutRefusal | null {
  if (!request.licensed) return { code: 'VALIDATION_FAILED', field: 'licence' };
  const item = plans
    .filter((plan) => plan.status === 'APPROVED' && plan.validFrom <= request.on && request.on <= plan.validTo)
    .flatMap((plan) => plan.items)
    .filter((place) => holds(place, request))
    .toSorted((a, b) => b.regionCode.length - a.regionCode.length)
    .at(0);
  const free = item === undefined ? 0 : item.planned - operating.filter((place) => holds(item, place)).length;
  return free > 0 ? null : { code: 'NOT_IN_LAYOUT_PLAN', field: 'class' };
}

/** Why an institution may not be closed, null when it may (domain.md 3.19.6): its contracts need an operating receiver. */
export function closureRefusal({ activeContracts, receiverActive }: ClosureRequest): LayoutRefusal | null {
  const refused = receiverActive === null ? activeContracts > 0 : !receiverActive;
  return refused ? { code: 'VALIDATION_FAILED', field: 'mergedInto' } : null;
}

function holds(item: LayoutPlace, place: LayoutPlace): boolean {
  return item.class === place.class && item.level === place.level && place.regionCode.startsWith(item.regionCode);
}
