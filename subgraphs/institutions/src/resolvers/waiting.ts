import {
  byReference,
  coded,
  columns,
  derive,
  encodeOwnedId,
  ownedId,
  ownedReference,
  payload,
  reference,
  stub,
  ownedList,
} from '@hutong/kit';
import type { Context } from '../context.ts';
import type { MutationResolvers, QueryResolvers, WaitingListEntryResolvers } from '../schema-types.ts';
import { waitingListEntries } from '../tables/waiting.ts';

type Load = Context['load'];

export const Query: Pick<QueryResolvers, 'waitingList'> = {
  waitingList: (_, page, { load }, info) => load.waiting.waitingList.load(page, info),
};

export const Mutation: Pick<MutationResolvers, 'waitForSlot' | 'waitForEquipment' | 'leaveWaitingList'> = {
  waitForSlot: (_, { input }, { write }) => write.waiting.waitForSlot(input),
  waitForEquipment: (_, { input }, { write }) => write.waiting.waitForEquipment(input),
  leaveWaitingList: (_, { input }, { write }) => write.waiting.leaveWaitingList(input),
};

export const EntryPayload = payload('entry', (load: Load) => load.waiting.waitingListEntry);

export const WaitingListEntry: WaitingListEntryResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.waiting.waitingListEntry }),
  ...columns(waitingListEntries),
  id: ownedId('wl'),
  resident: stub('Resident', 'residentId'),
  institution: reference('institutionId', (load: Load) => load.place.institution),
  department: reference('departmentId', (load: Load) => load.place.department),
  equipment: reference('equipmentId', (load: Load) => load.equipment.equipment),
  examItem: coded('RECOGNITION-ITEM', 'examItem'),
  bookedByInstitution: reference('bookedByInstitutionId', (load: Load) => load.place.institution),
  referral: ownedReference('rf', 'referralNo', (load: Load) => load.referral.referral),
  contractId: derive(['residentId', 'contractNo'], ({ residentId, contractNo }) =>
    contractNo === null ? null : encodeOwnedId('ct', residentId, contractNo),
  ),
  position: ownedList('wl', (load: Load) => load.waiting.position),
  appointment: ownedReference('ap', 'appointmentNo', (load: Load) => load.appointment.appointment),
  reservation: ownedReference('er', 'reservationNo', (load: Load) => load.equipment.equipmentReservation),
  displacedReservation: ownedReference(
    'er',
    'displacedReservationNo',
    (load: Load) => load.equipment.equipmentReservation,
  ),
  history: ownedList('wl', (load: Load) => load.history('WaitingListEntry')),
};
