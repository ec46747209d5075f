import {
  BadInput,
  byReference,
  children,
  coded,
  columns,
  list,
  ownedId,
  ownedReference,
  payload,
  reference,
  type RequestClock,
  stub,
} from '@hutong/kit';
import type { Context } from '../context.ts';
import { freeIntervals } from '../rules/equipment-availability.ts';
import { minutesBetween } from '../rules/instant.ts';
import { dayStart, nextDay } from '../rules/period.ts';
import type {
  EquipmentReservationResolvers,
  EquipmentResolvers,
  FreeInterval,
  MutationResolvers,
  QueryResolvers,
} from '../schema-types.ts';
import { equipment, equipmentReservations } from '../tables/equipment.ts';
import { listedReferences } from './listed-references.ts';
import { ownedRows } from './owned-rows.ts';

type Load = Context['load'];

export const Query: Pick<QueryResolvers, 'equipment' | 'equipmentList' | 'equipmentAvailability'> = {
  equipment: (_, { id }, { load }, info) => load.equipment.equipment.load(id, info),
  equipmentList: (_, page, { load }, info) => load.equipment.equipmentList.load(page, info),
  equipmentAvailability: (_, { id, from, to }, { load, clock }) => availability(load, id, { from, to }, clock),
};

export const Mutation: Pick<
  MutationResolvers,
  | 'registerEquipment'
  | 'changeEquipmentStatus'
  | 'recordEquipmentMaintenance'
  | 'reserveEquipment'
  | 'confirmEquipmentReservation'
  | 'cancelEquipmentReservation'
  | 'completeEquipmentUse'
  | 'recordEquipmentNoShow'
> = {
  registerEquipment: (_, { input }, { write }) => write.equipment.registerEquipment(input),
  changeEquipmentStatus: (_, { input }, { write }) => write.equipment.changeEquipmentStatus(input),
  recordEquipmentMaintenance: (_, { input }, { write }) => write.equipment.recordEquipmentMaintenance(input),
  reserveEquipment: (_, { input }, { write }) => write.equipment.reserveEquipment(input),
  confirmEquipmentReservation: (_, { input }, { write }) => write.equipment.confirmEquipmentReservation(input),
  cancelEquipmentReservation: (_, { input }, { write }) => write.equipment.cancelEquipmentReservation(input),
  completeEquipmentUse: (_, { input }, { write }) => write.equipment.completeEquipmentUse(input),
  recordEquipmentNoShow: (_, { input }, { write }) => write.equipment.recordEquipmentNoShow(input),
};

export const EquipmentPayload = payload('equipment', (load: Load) => load.equipment.equipment);
export const ReservationPayload = payload('reservation', (load: Load) => load.equipment.equipmentReservation);

export const Equipment: EquipmentResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.equipment.equipment }),
  ...columns(equipment),
  institution: reference('institutionId', (load: Load) => load.place.institution),
  sharedWith: listedReferences('sharedWithIds', (load: Load) => load.alliance.alliance),
  reservations: children('id', (load: Load) => load.equipment.reservationsOfEquipment),
  history: list('id', (load: Load) => load.history('Equipment')),
};

export const EquipmentReservation: EquipmentReservationResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.equipment.equipmentReservation }),
  ...columns(equipmentReservations),
  id: ownedId('er'),
  equipment: reference('equipmentId', (load: Load) => load.equipment.equipment),
  resident: stub('Resident', 'residentId'),
  requester: reference('requesterId', (load: Load) => load.place.institution),
  examItem: coded('RECOGNITION-ITEM', 'examItem'),
  referral: ownedReference('rf', 'referralNo', (load: Load) => load.referral.referral),
  report: ownedReference('dr', 'reportNo', (load: Load) => load.report.diagnosticReport),
  history: ownedRows('er', (load: Load) => load.history('EquipmentReservation')),
};

/** Days that may be asked for at once. */
const LONGEST = 31;

async function availability(
  load: Load,
  id: string,
  { from, to }: { readonly from: string; readonly to: string },
  clock: RequestClock,
): Promise<FreeInterval[] | null> {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  if (days < 1 || days > LONGEST)
    throw new BadInput(`from and to must span 1 to ${LONGEST} days`, `日期范围应为 1 至 ${LONGEST} 天`);
  const within = { start: dayStart(from), end: dayStart(nextDay(to)) };
  const calendar = await load.equipment.calendar(id, within);
  if (calendar === null) return null;
  return freeIntervals(calendar.unit, calendar.reservations, within, clock.instant).map(({ start, end }) => ({
    start,
    end,
    minutes: Math.floor(minutesBetween(start, end)),
  }));
}
