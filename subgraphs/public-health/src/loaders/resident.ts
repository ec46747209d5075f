import type { Read } from '@hutong/kit';
import { isNull } from 'drizzle-orm';
import { households } from '../tables/household.ts';
import { residentLinks } from '../tables/resident-link.ts';
import { residents } from '../tables/resident.ts';

/** Reads of residents and households. */
export const residentLoaders = (read: Read) => ({
  resident: read.byKey(residents, 'id'),
  residentByHealthRecordNoHash: read.byKey(residents, 'healthRecordNoHash'),
  residentIdByHealthRecordNoHash: read.valueBy(residents, 'healthRecordNoHash', 'id'),
  residentIdByIdNumberHash: read.valueBy(residents, 'idNumberHash', 'id'),
  birthDateOf: read.valueBy(residents, 'id', 'birthDate'),
  residents: read.page(residents, 'id'),
  residentLink: read.byOwnedId(residentLinks, 'rl'),
  survivingIdOf: read.valueBy(residentLinks, 'residentId', 'survivingId', { where: isNull(residentLinks.endedAt) }),
  mergersOfResident: read.listBy(residentLinks, 'residentId', { orderBy: ['no'] }),
  mergedIntoResident: read.listBy(residentLinks, 'survivingId', { orderBy: ['linkedAt', 'residentId', 'no'] }),
  household: read.byKey(households, 'id'),
  membersOfHousehold: read.listBy(residents, 'householdId', { orderBy: ['birthDate', 'id'] }),
});
