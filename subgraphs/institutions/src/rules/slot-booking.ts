import type { AppointmentStatus, SlotChannel, SlotStatus } from '../schema-types.ts';
import { compareInstants, localDay } from './instant.ts';
import { bookingDecision, DEFAULT_SLOT_WINDOWS, type SlotBooker, type SlotWindows } from './slot-release.ts';

/** A slot to be booked. */
export interface BookableSlot {
  readonly departmentId: string;
  readonly channel: SlotChannel;
  readonly status: SlotStatus;
  readonly start: string;
  readonly capacity: number;
  readonly bookedCount: number;
}

/** Who books for whom, at what instant. */
export interface BookingRequest {
  readonly at: string;
  readonly booker: SlotBooker;
  readonly residentSigned: boolean;
  /** Appointments that the resident has. */
  readonly appointments: readonly {
    readonly departmentId: string;
    readonly start: string;
    readonly status: AppointmentStatus;
  }[];
}

/** Why a slot is not booked: a code of the error catalogue and the field at fault. */
export interface BookingRefusal {
  readonly code: 'VALIDATION_FAILED' | 'CHANNEL_CLOSED' | 'SCHEDULE_CONFLICT' | 'SLOT_FULL';
  readonly field: 'slotId' | 'residentId';
}

const activeStatuses: ReadonlySet<AppointmentStatus> = new Set(['BOOKED', 'CHECKED_IN']);

/**
 * Why a slot may not be booked, null when it may (domain.md 3.5.2, 3.5.3): the session takes place and has not begun, its channel
 * is open, the resident has no active appointment in the department that day, a place is free.
 */
export function bookingRefusal(
  slot: BookableSlot,
  request: BookingRequest,
  windows: SlotWindows = DEFAULT_SLOT_WINDOWS,
): BookingRefusal | null {
  const visitDay = localDay(slot.start);
  if (slot.status === 'CLOSED' || compareInstants(request.at, slot.start) >= 0) {
    return { code: 'VALIDATION_FAILED', field: 'slotId' };
  }
  const { at, residentSigned } = request;
  const decision = bookingDecision({ channel: slot.channel, visitDay, at, residentSigned }, request.booker, windows);
  if (decision === 'CHANNEL_CLOSED') return { code: decision, field: 'slotId' };
  const another = request.appointments.some(
    ({ departmentId, start, status }) =>
      departmentId === slot.departmentId && localDay(start) === visitDay && activeStatuses.has(status),
  );
  if (another) return { code: 'SCHEDULE_CONFLICT', field: 'residentId' };
  return slot.bookedCount < slot.capacity ? null : { code: 'SLOT_FULL', field: 'slotId' };
}
