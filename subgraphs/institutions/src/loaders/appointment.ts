import { and, gte, lt } from 'drizzle-orm';
import type { ParentLoader, Read } from '@hutong/kit';
import { type AppointmentSlotRow, appointmentSlots, appointments, slotReleasePolicies } from '../tables/appointment.ts';

export const appointmentLoaders = (read: Read) => {
  const schedules = new Map<string, ParentLoader<AppointmentSlotRow[]>>();
  return {
    slotReleasePolicy: read.byKey(slotReleasePolicies, 'id'),
    policiesOfInstitution: read.listBy(slotReleasePolicies, 'institutionId', {
      orderBy: [['effectiveFrom', 'DESC'], 'id'],
    }),
    appointmentSlot: read.byKey(appointmentSlots, 'id'),
    appointmentSlots: read.page(appointmentSlots, 'id'),
    slotsOfInstitution: read.pageBy(appointmentSlots, 'institutionId', 'id'),
    /** Slots of practitioners that start in [from, until); one statement for each pair asked for. */
    schedule: (from: string, until: string): ParentLoader<AppointmentSlotRow[]> => {
      const key = `${from}/${until}`;
      const within = and(gte(appointmentSlots.start, from), lt(appointmentSlots.start, until));
      const known =
        schedules.get(key) ??
        read.listBy(appointmentSlots, 'practitionerId', {
          orderBy: ['start', 'id'],
          ...(within === undefined ? {} : { where: within }),
        });
      schedules.set(key, known);
      return known;
    },
    appointment: read.byOwnedId(appointments, 'ap'),
    appointmentsOfResident: read.pageBy(appointments, 'residentId', ['residentId', 'no']),
  };
};
