import {
  BadInput,
  byReference,
  children,
  coded,
  columns,
  type DayRange,
  derive,
  list,
  ownedId,
  ownedReference,
  payload,
  reference,
  type RequestClock,
  stub,
  ownedList,
} from '@hutong/kit';
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../context.ts';
import { freeIntervals } from '../rules/equipment-availability.ts';
import { equipmentUtilisation } from '../rules/equipment-utilisation.ts';
import { minutesBetween } from '../rules/instant.ts';
import { dayStart, nextDay } from '../rules/period.ts';
import type {
  EquipmentReservationResolvers,
  EquipmentResolvers,
  FreeInterval,
  MutationResolvers,
  QueryResolvers,
} from '../schema-types.ts';
import { equipment, equipmentReservations, type EquipmentRow } from '../tables/equipment.ts';
import { listedReferences } from './listed-references.ts';

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
  utilisation: derive(['id'], utilisation),
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
  history: ownedList('er', (load: Load) => load.history('EquipmentReservation')),
};

/** Days of which free times may be asked for at once. */
const LONGEST = 31;
/** Days of which the use may be asked for at once. */
const LONGEST_USE = 366;

/** Refuses days that are more than so many, or none. */
function expectDays({ from, to }: DayRange, most: number): void {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  if (days < 1 || days > most)
    throw new BadInput(`from and to must span 1 to ${most} days`, `日期范围应为 1 至 ${most} 天`);
}

async function utilisation(
  { id }: Pick<EquipmentRow, 'id'>,
  days: DayRange,
  { load, clock }: Context,
  info: GraphQLResolveInfo,
): Promise<string | null> {
  expectDays(days, LONGEST_USE);
  const { from, to } = days;
  const begun = { from, to: to < clock.day ? to : clock.day };
  const use = await load.equipment.use(begun).load(id, info);
  return use && equipmentUtilisation(use, begun);
}

async function availability(
  load: Load,
  id: string,
  { from, to }: DayRange,
  clock: RequestClock,
): Promise<FreeInterval[] | null> {
  expectDays({ from, to }, LONGEST);
  const within = { start: dayStart(from), end: dayStart(nextDay(to)) };
  const calendar = await load.equipment.calendar(id, within);
  if (calendar === null) return null;
  return freeIntervals(calendar.unit, calendar.reservations, within, clock.instant).map(({ start, end }) => ({
    start,
    end,
    minutes: Math.floor(minutesBetween(start, end)),
  }));
}
