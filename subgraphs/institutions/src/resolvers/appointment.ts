import { byReference, columns, derive, encodeOwnedId, ownedId, ownedReference, reference, stub } from '@hutong/kit';
import type { Context } from '../context.ts';
import type {
  AppointmentResolvers,
  AppointmentSlotResolvers,
  QueryResolvers,
  SlotReleasePolicyResolvers,
} from '../schema-types.ts';
import { appointments, appointmentSlots, slotReleasePolicies } from '../tables/appointment.ts';

type Load = Context['load'];

export const Query: Pick<QueryResolvers, 'appointmentSlots' | 'appointment'> = {
  appointmentSlots: (_, page, { load }, info) => load.appointment.appointmentSlots.load(page, info),
  appointment: (_, { id }, { load }, info) => load.appointment.appointment.load(id, info),
};

export const SlotReleasePolicy: SlotReleasePolicyResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.appointment.slotReleasePolicy }),
  ...columns(slotReleasePolicies),
  institution: reference('institutionId', (load: Load) => load.place.institution),
  department: reference('departmentId', (load: Load) => load.place.department),
};

export const AppointmentSlot: AppointmentSlotResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.appointment.appointmentSlot }),
  ...columns(appointmentSlots),
  institution: reference('institutionId', (load: Load) => load.place.institution),
  department: reference('departmentId', (load: Load) => load.place.department),
  practitioner: stub('Practitioner', 'practitionerId'),
};

export const Appointment: AppointmentResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.appointment.appointment }),
  ...columns(appointments),
  id: ownedId('ap'),
  slot: reference('slotId', (load: Load) => load.appointment.appointmentSlot),
  resident: stub('Resident', 'residentId'),
  bookedByInstitution: reference('bookedByInstitutionId', (load: Load) => load.place.institution),
  referral: ownedReference('rf', 'referralNo', (load: Load) => load.referral.referral),
  contractId: derive(['residentId', 'contractNo'], ({ residentId, contractNo }) =>
    contractNo === null ? null : encodeOwnedId('ct', residentId, contractNo),
  ),
};
