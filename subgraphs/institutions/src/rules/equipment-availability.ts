import type { EquipmentStatus } from '../schema-types.ts';
import { type ExistingReservation, isStanding } from './equipment-reservation.ts';
import { compareInstants, later, minutesBetween, plusMinutes } from './instant.ts';
import { type Interval, openIntervals, type OpenHours } from './open-hours.ts';

/** A maintenance 维护; without an end it goes on. */
export interface MaintenanceTime {
  readonly from: string;
  readonly to: string | null;
}

/** A unit of equipment as its calendar sees it. */
export interface BookableEquipment {
  readonly status: EquipmentStatus;
  readonly operatorCount: number;
  readonly openHours: readonly OpenHours[];
  readonly slotMinutes: number;
  readonly bufferMinutes: number;
  readonly maintenance: readonly MaintenanceTime[];
}

/** What keeps a unit: a reservation of it. */
export type KeptTime = Pick<ExistingReservation, 'status' | 'heldAt' | 'start' | 'blockedUntil'>;

/** Whether a use lies in a maintenance of its unit. */
export function inMaintenance(maintenance: readonly MaintenanceTime[], { start, end }: Interval): boolean {
  return maintenance.some(
    ({ from, to }) => compareInstants(from, end) < 0 && (to === null || compareInstants(start, to) < 0),
  );
}

/**
 * When a unit can be used within `[start, end)`, from `at` on (domain.md 3.6): open hours without maintenance and without what stands,
 * the pause before it included, as long as one slot at least.
 */
export function freeIntervals(
  equipment: BookableEquipment,
  reservations: readonly KeptTime[],
  { start, end }: Interval,
  at: string,
): Interval[] {
  if (equipment.status !== 'IN_USE' || equipment.operatorCount < 1 || compareInstants(at, end) >= 0) return [];
  const kept = [
    ...reservations
      .filter((each) => isStanding(each, at))
      .map((each) => ({ start: plusMinutes(each.start, -equipment.bufferMinutes), end: each.blockedUntil })),
    ...equipment.maintenance.map(({ from, to }) => ({ start: from, end: to ?? end })),
  ].toSorted((a, b) => compareInstants(a.start, b.start));
  return openIntervals(equipment.openHours, { start: later(start, at), end })
    .flatMap((open) => without(open, kept))
    .filter((free) => minutesBetween(free.start, free.end) >= equipment.slotMinutes);
}

/** What is left of an interval when others, ordered by start, are taken out of it. */
function without({ start, end }: Interval, others: readonly Interval[]): Interval[] {
  const left: Interval[] = [];
  let from = start;
  for (const other of others) {
    if (compareInstants(other.start, end) >= 0) break;
    if (compareInstants(from, other.start) < 0) left.push({ start: from, end: other.start });
    from = later(from, other.end);
  }
  return compareInstants(from, end) < 0 ? [...left, { start: from, end }] : left;
}
