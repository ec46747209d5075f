import type { Mutation } from '@hutong/kit';
import { updateHealthRecord } from './health-record.ts';
import { mergeResidents, unmergeResidents } from './resident-merge.ts';
import { registerResident } from './resident-registration.ts';
import { moveResident, recordDeath } from './resident-status.ts';

/** Mutations of residents and their health records 居民与健康档案 (domain.md 2.5, 2.6). */
export const residentWrites = (mutation: Mutation) => ({
  registerResident: mutation('registerResident', registerResident, {
    residents_id_number_hash: ['VALIDATION_FAILED', 'idNumber'],
  }),
  updateHealthRecord: mutation('updateHealthRecord', updateHealthRecord),
  moveResident: mutation('moveResident', moveResident),
  recordDeath: mutation('recordDeath', recordDeath),
  mergeResidents: mutation('mergeResidents', mergeResidents),
  unmergeResidents: mutation('unmergeResidents', unmergeResidents),
});
