import type { Read } from '@hutong/kit';
import { posts, practiceRegistrations, practitioners } from '../tables/practitioner.ts';

/** Reads of practitioners. */
export const practitionerLoaders = (read: Read) => ({
  practitioner: read.byKey(practitioners, 'id'),
  practitionerByPhysicianCode: read.byKey(practitioners, 'physicianCode'),
  practitioners: read.page(practitioners, 'id'),
  staffOfInstitution: read.pageBy(practitioners, 'primaryInstitutionId', 'id'),
  practiceRegistration: read.byKey(practiceRegistrations, 'id'),
  post: read.byKey(posts, 'id'),
  registrationsOfPractitioner: read.listBy(practiceRegistrations, 'practitionerId', { orderBy: ['validFrom', 'id'] }),
  postsOfPractitioner: read.listBy(posts, 'practitionerId', { orderBy: ['id'] }),
});
