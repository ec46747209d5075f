import {
  advanced,
  createFaults,
  encodeOwnedId,
  expectBounds,
  expectVersion,
  refuse,
  type Write,
  type Written,
} from '@hutong/kit';
import { desc, eq } from 'drizzle-orm';
import type { UpdateHealthRecordInput } from '../schema-types.ts';
import { healthRecords } from '../tables/record.ts';
import { residents } from '../tables/resident.ts';
import { checkContent, completenessOf, contentColumns, touchRecord } from './record-content.ts';
import { holdServed, residentChange } from './resident-access.ts';

/** Changes what a health record says 更新健康档案; what is not given stays. */
export async function updateHealthRecord(input: UpdateHealthRecordInput, write: Write): Promise<Written> {
  const { residentId, content } = input;
  const resident = await holdServed(write, residentId);
  expectVersion(resident, input.version);
  expectBounds(input);
  const record = await recordNoOf(write, residentId);
  const { birthDate, regionCode, status } = resident;
  const faults = createFaults();
  await checkContent(write, content, { faults, birthDate });
  faults.expect(content.guardianId !== residentId, 'VALIDATION_FAILED', 'content.guardianId');
  faults.throwIfAny();
  const next = advanced(resident, write);
  await write.tx
    .update(residents)
    .set({ ...contentColumns(write, content, birthDate), ...next })
    .where(eq(residents.id, residentId));
  write.change(residentChange('UPDATED', { id: residentId, regionCode, status, version: next.version }));
  const doctor = content.responsibleDoctorId ?? null;
  await touchRecord(write, residentId, {
    completeness: await completenessOf(write, residentId),
    ...(doctor !== null && { responsibleDoctorId: doctor }),
  });
  return { id: encodeOwnedId('hr', residentId, record) };
}

async function recordNoOf({ tx }: Write, residentId: string): Promise<number> {
  const [record] = await tx
    .select({ no: healthRecords.no })
    .from(healthRecords)
    .where(eq(healthRecords.residentId, residentId))
    .orderBy(desc(healthRecords.no))
    .limit(1);
  return record?.no ?? refuse('NOT_FOUND', 'residentId');
}
