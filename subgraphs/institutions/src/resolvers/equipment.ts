import { byReference, children, coded, columns, ownedId, ownedReference, reference, stub } from '@hutong/kit';
import type { Context } from '../context.ts';
import type { EquipmentReservationResolvers, EquipmentResolvers, QueryResolvers } from '../schema-types.ts';
import { equipment, equipmentReservations } from '../tables/equipment.ts';
import { listedReferences } from './listed-references.ts';

type Load = Context['load'];

export const Query: Pick<QueryResolvers, 'equipment' | 'equipmentList'> = {
  equipment: (_, { id }, { load }, info) => load.equipment.load(id, info),
  equipmentList: (_, page, { load }, info) => load.equipmentList.load(page, info),
};

export const Equipment: EquipmentResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.equipment }),
  ...columns(equipment),
  institution: reference('institutionId', (load: Load) => load.institution),
  sharedWith: listedReferences('sharedWithIds', (load: Load) => load.alliance),
  reservations: children('id', (load: Load) => load.reservationsOfEquipment),
};

export const EquipmentReservation: EquipmentReservationResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.equipmentReservation }),
  ...columns(equipmentReservations),
  id: ownedId('er'),
  equipment: reference('equipmentId', (load: Load) => load.equipment),
  resident: stub('Resident', 'residentId'),
  requester: reference('requesterId', (load: Load) => load.institution),
  examItem: coded('RECOGNITION-ITEM', 'examItem'),
  referral: ownedReference('rf', 'referralNo', (load: Load) => load.referral),
  report: ownedReference('dr', 'reportNo', (load: Load) => load.diagnosticReport),
};
