import { byReference, children, coded, columns, ownedId, ownedReference, reference, stub } from '@hutong/kit';
import type { Context } from '../context.ts';
import type { EquipmentReservationResolvers, EquipmentResolvers, QueryResolvers } from '../schema-types.ts';
import { equipment, equipmentReservations } from '../tables/equipment.ts';
import { listedReferences } from './listed-references.ts';

type Load = Context['load'];

export const Query: Pick<QueryResolvers, 'equipment' | 'equipmentList'> = {
  equipment: (_, { id }, { load }, info) => load.equipment.equipment.load(id, info),
  equipmentList: (_, page, { load }, info) => load.equipment.equipmentList.load(page, info),
};

export const Equipment: EquipmentResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.equipment.equipment }),
  ...columns(equipment),
  institution: reference('institutionId', (load: Load) => load.place.institution),
  sharedWith: listedReferences('sharedWithIds', (load: Load) => load.alliance.alliance),
  reservations: children('id', (load: Load) => load.equipment.reservationsOfEquipment),
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
};
