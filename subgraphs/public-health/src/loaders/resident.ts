import type { Read } from '@hutong/kit';
import { households } from '../tables/household.ts';
import { residents } from '../tables/resident.ts';

/** Reads of residents and households. */
export const residentLoaders = (read: Read) => ({
  resident: read.byKey(residents, 'id'),
  residentByHealthRecordNoHash: read.byKey(residents, 'healthRecordNoHash'),
  residentByIdNumberHash: read.byKey(residents, 'idNumberHash'),
  residents: read.page(residents, 'id'),
  household: read.byKey(households, 'id'),
  membersOfHousehold: read.listBy(residents, 'householdId', { orderBy: ['birthDate', 'id'] }),
});
