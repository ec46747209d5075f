import type { Read } from '@hutong/kit';
import { healthRecords } from '../tables/record.ts';
import { keyedBy } from './key-columns.ts';
import { loadTimelines, timelineKey } from './timeline.ts';

/** Reads of health records. */
export const recordLoaders = (read: Read) => ({
  healthRecord: read.byOwnedId(healthRecords, 'hr'),
  recordOfResident: read.firstBy(healthRecords, 'residentId', { orderBy: [['no', 'DESC']] }),
  timeline: keyedBy(read.batch(loadTimelines), timelineKey),
});
