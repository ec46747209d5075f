import type { GraphQLResolveInfo } from 'graphql';
import {
  byReference,
  columns,
  derive,
  encodeOwnedId,
  list,
  ownedId,
  ownedReference,
  payload,
  reference,
  stub,
  type WriteResult,
  ownedList,
} from '@hutong/kit';
import type { Context } from '../context.ts';
import { admissionPriority } from '../rules/admission-priority.ts';
import { localDay } from '../rules/instant.ts';
import { inQueueOrder } from '../rules/queue-order.ts';
import { policyInForce } from '../rules/release-policy.ts';
import { currentChannel, DEFAULT_SLOT_WINDOWS } from '../rules/slot-release.ts';
import type {
  AdmissionQueueEntryResolvers,
  AppointmentResolvers,
  AppointmentSlotResolvers,
  MutationResolvers,
  PublishSlotsPayloadResolvers,
  QueryResolvers,
  SlotReleasePolicyResolvers,
} from '../schema-types.ts';
import { type AppointmentSlotRow, appointments, appointmentSlots, slotReleasePolicies } from '../tables/appointment.ts';

type Load = Context['load'];

export const Query: Pick<QueryResolvers, 'appointmentSlots' | 'appointment' | 'admissionQueue'> = {
  appointmentSlots: (_, page, { load }, info) => load.appointment.appointmentSlots.load(page, info),
  appointment: (_, { id }, { load }, info) => load.appointment.appointment.load(id, info),
  admissionQueue: (_, { institutionId }, { load }) => admissionQueue(load, institutionId),
};

export const Mutation: Pick<
  MutationResolvers,
  | 'setSlotReleasePolicy'
  | 'publishSlots'
  | 'closeSlot'
  | 'bookAppointment'
  | 'cancelAppointment'
  | 'checkInAppointment'
  | 'completeAppointment'
> = {
  setSlotReleasePolicy: (_, { input }, { write }) => write.appointment.setSlotReleasePolicy(input),
  publishSlots: (_, { input }, { write }) => write.appointment.publishSlots(input),
  closeSlot: (_, { input }, { write }) => write.appointment.closeSlot(input),
  bookAppointment: (_, { input }, { write }) => write.appointment.bookAppointment(input),
  cancelAppointment: (_, { input }, { write }) => write.appointment.cancelAppointment(input),
  checkInAppointment: (_, { input }, { write }) => write.appointment.checkInAppointment(input),
  completeAppointment: (_, { input }, { write }) => write.appointment.completeAppointment(input),
};

export const PolicyPayload = payload('policy', (load: Load) => load.appointment.slotReleasePolicy);
export const SlotPayload = payload('slot', (load: Load) => load.appointment.appointmentSlot);
export const AppointmentPayload = payload('appointment', (load: Load) => load.appointment.appointment);

export const PublishSlotsPayload: PublishSlotsPayloadResolvers = {
  ok: ({ ok }) => ok,
  errors: ({ errors }) => errors,
  slots: (result, _, { load }, info) => publishedSlots(result, load, info),
};

/** The slots of a session, in the order of their channels; null when none were published. */
async function publishedSlots(
  { ok, notes: { slotIds } }: WriteResult,
  load: Load,
  info: GraphQLResolveInfo,
): Promise<AppointmentSlotRow[] | null> {
  if (!ok || !Array.isArray(slotIds)) return null;
  const slots = await Promise.all(slotIds.map((id) => load.appointment.appointmentSlot.load(String(id), info)));
  return slots.filter((slot) => slot !== null);
}

export const SlotReleasePolicy: SlotReleasePolicyResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.appointment.slotReleasePolicy }),
  ...columns(slotReleasePolicies),
  institution: reference('institutionId', (load: Load) => load.place.institution),
  department: reference('departmentId', (load: Load) => load.place.department),
};

/** What tells the channel of a slot at an instant. */
type SlotTime = Pick<AppointmentSlotRow, 'institutionId' | 'departmentId' | 'channel' | 'start'>;

export const AppointmentSlot: AppointmentSlotResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.appointment.appointmentSlot }),
  ...columns(appointmentSlots),
  institution: reference('institutionId', (load: Load) => load.place.institution),
  department: reference('departmentId', (load: Load) => load.place.department),
  practitioner: stub('Practitioner', 'practitionerId'),
  currentChannel: derive(
    ['institutionId', 'departmentId', 'channel', 'start'],
    async (
      { institutionId, departmentId, channel, start }: SlotTime,
      _: unknown,
      { load, clock }: Context,
      info: GraphQLResolveInfo,
    ) => {
      const visitDay = localDay(start);
      const policies = (await load.appointment.windowPolicies.load(institutionId, info)) ?? [];
      const windows = policyInForce(policies, departmentId, visitDay) ?? DEFAULT_SLOT_WINDOWS;
      return currentChannel({ channel, visitDay, at: clock.instant }, windows);
    },
  ),
  history: list('id', (load: Load) => load.history('AppointmentSlot')),
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
  history: ownedList('ap', (load: Load) => load.history('Appointment')),
};

export const AdmissionQueueEntry: AdmissionQueueEntryResolvers = {
  position: derive(['position'], ({ position }) => position),
  priority: derive(['priority'], ({ priority }) => priority),
  requestedAt: derive(['requestedAt'], ({ requestedAt }) => requestedAt),
  resident: stub('Resident', 'residentId'),
  referral: ownedReference('rf', 'referralNo', (load: Load) => load.referral.referral),
  appointment: ownedReference('ap', 'appointmentNo', (load: Load) => load.appointment.appointment),
  encounter: ownedReference('en', 'encounterNo', (load: Load) => load.encounter.encounter),
};

/** Those who wait, in the order of service (domain.md 3.4.5). */
async function admissionQueue(load: Load, institutionId: string) {
  const waiting = await load.appointment.waitingForAdmission(institutionId);
  const entries = waiting.map((each) => ({
    ...each,
    priority: admissionPriority(each),
    id: `${each.residentId} ${each.referralNo ?? each.appointmentNo ?? each.encounterNo ?? ''}`,
  }));
  return inQueueOrder(entries).map((entry, index) => ({ ...entry, position: index + 1 }));
}
