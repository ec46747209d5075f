import type { Read } from '@hutong/kit';
import { notices, programmeCases, programmeReviews, programmes, programmeTasks } from '../tables/governance.ts';

/** Reads of work programmes and notices. */
export const governanceLoaders = (read: Read) => ({
  programme: read.byKey(programmes, 'id'),
  programmes: read.page(programmes, 'id'),
  programmeTask: read.byKey(programmeTasks, 'id'),
  tasksOfProgramme: read.listBy(programmeTasks, 'programmeId', { orderBy: ['id'] }),
  programmeCase: read.byKey(programmeCases, 'id'),
  casesOfProgramme: read.listBy(programmeCases, 'programmeId', { orderBy: ['id'] }),
  programmeReview: read.byKey(programmeReviews, 'id'),
  reviewsOfProgramme: read.listBy(programmeReviews, 'programmeId', { orderBy: ['id'] }),
  notice: read.byOwnedId(notices, 'nt'),
  noticesOfResident: read.pageBy(notices, 'residentId', ['residentId', 'no']),
});
