import type { Read } from '@hutong/kit';
import { equipment, equipmentReservations } from '../tables/equipment.ts';

export const equipmentLoaders = (read: Read) => ({
  equipment: read.byKey(equipment, 'id'),
  equipmentList: read.page(equipment, 'id'),
  equipmentOfInstitution: read.pageBy(equipment, 'institutionId', 'id'),
  equipmentReservation: read.byOwnedId(equipmentReservations, 'er'),
  reservationsOfEquipment: read.pageBy(equipmentReservations, 'equipmentId', ['residentId', 'no']),
});
