import type { EquipmentStatus, ReservationStatus } from '../schema-types.ts';

/** What happens to a reservation of equipment 设备预约. */
export type ReservationEvent = 'CONFIRM' | 'COMPLETE' | 'CANCEL' | 'MISS' | 'EXPIRE' | 'DISPLACE';

const transitions: Readonly<Record<ReservationStatus, Partial<Record<ReservationEvent, ReservationStatus>>>> = {
  HELD: { CONFIRM: 'CONFIRMED', CANCEL: 'CANCELLED', EXPIRE: 'EXPIRED', DISPLACE: 'RESCHEDULE_NEEDED' },
  CONFIRMED: { COMPLETE: 'DONE', CANCEL: 'CANCELLED', MISS: 'NO_SHOW', DISPLACE: 'RESCHEDULE_NEEDED' },
  RESCHEDULE_NEEDED: { CANCEL: 'CANCELLED' },
  DONE: {},
  NO_SHOW: {},
  CANCELLED: {},
  EXPIRED: {},
};

/** The state of a reservation after an event, null when the event cannot happen to it (domain.md 3.6). */
export function reservationAfter(status: ReservationStatus, event: ReservationEvent): ReservationStatus | null {
  return transitions[status][event] ?? null;
}

/** Whether a unit may go from one state to another: what is retired stays so, and a state is not changed into itself. */
export function mayBecome(from: EquipmentStatus, to: EquipmentStatus): boolean {
  return from !== 'RETIRED' && from !== to;
}
