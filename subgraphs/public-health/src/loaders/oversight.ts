import type { Read } from '@hutong/kit';
import { complaints, inspections } from '../tables/oversight.ts';

/** Reads of complaints and inspections. */
export const oversightLoaders = (read: Read) => ({
  complaint: read.byKey(complaints, 'id'),
  complaints: read.page(complaints, 'id'),
  inspection: read.byKey(inspections, 'id'),
  inspections: read.page(inspections, 'id'),
});
