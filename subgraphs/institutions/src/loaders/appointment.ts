import { and, gte, lt, sql } from 'drizzle-orm';
import type { ParentLoader, Query, Read, RequestClock } from '@hutong/kit';
import { admissionQueueLoaders } from './admission-queue.ts';
import {
  type AppointmentSlotRow,
  appointmentSlots,
  appointments,
  slotReleasePolicies,
  type SlotReleasePolicyRow,
} from '../tables/appointment.ts';

/** What a release policy says of windows, and when. */
export type WindowPolicy = Pick<
  SlotReleasePolicyRow,
  'departmentId' | 'effectiveFrom' | 'leadWindowDays' | 'allianceWindowDays'
>;

export const appointmentLoaders = (read: Read, clock: RequestClock) => {
  const schedules = new Map<string, ParentLoader<AppointmentSlotRow[]>>();
  return {
    slotReleasePolicy: read.byKey(slotReleasePolicies, 'id'),
    policiesOfInstitution: read.listBy(slotReleasePolicies, 'institutionId', {
      orderBy: [['effectiveFrom', 'DESC'], 'id'],
    }),
    /** Windows of the policies of an institution; nothing when it has none. */
    windowPolicies: read.batch((ids, query) => loadWindowPolicies(query, ids)),
    ...admissionQueueLoaders(read, clock),
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

async function loadWindowPolicies(
  query: Query,
  institutionIds: readonly string[],
): Promise<ReadonlyMap<string, readonly WindowPolicy[]>> {
  const rows = await query(sql`
    select institution_id, department_id, effective_from::text, lead_window_days, alliance_window_days
    from slot_release_policies where institution_id in ${institutionIds}`);
  const found = new Map<string, WindowPolicy[]>();
  for (const [institutionId, departmentId, effectiveFrom, leadWindowDays, allianceWindowDays] of rows) {
    const policies = found.get(String(institutionId)) ?? [];
    policies.push({
      departmentId: departmentId === null ? null : String(departmentId),
      effectiveFrom: String(effectiveFrom),
      leadWindowDays: Number(leadWindowDays),
      allianceWindowDays: Number(allianceWindowDays),
    });
    found.set(String(institutionId), policies);
  }
  return found;
}
