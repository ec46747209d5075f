import type { AppointmentStatus } from '../schema-types.ts';

/** What happens to an appointment 预约. */
export type AppointmentEvent = 'CHECK_IN' | 'COMPLETE' | 'CANCEL' | 'MISS';

const transitions: Readonly<Record<AppointmentStatus, Partial<Record<AppointmentEvent, AppointmentStatus>>>> = {
  BOOKED: { CHECK_IN: 'CHECKED_IN', CANCEL: 'CANCELLED', MISS: 'NO_SHOW' },
  CHECKED_IN: { COMPLETE: 'SERVED' },
  SERVED: {},
  NO_SHOW: {},
  CANCELLED: {},
};

/** The state of an appointment after an event, null when the event cannot happen to it (domain.md 2.2, Appointment). */
export function appointmentAfter(status: AppointmentStatus, event: AppointmentEvent): AppointmentStatus | null {
  return transitions[status][event] ?? null;
}
