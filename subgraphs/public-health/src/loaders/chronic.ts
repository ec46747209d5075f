import type { Read } from '@hutong/kit';
import { chronicEnrollments, deviceMeasurements, dischargeFollowUps, followUps } from '../tables/chronic.ts';

const owned = ['residentId', 'no'] as const;

/** Reads of chronic disease management and follow-ups. */
export const chronicLoaders = (read: Read) => ({
  enrollment: read.byOwnedId(chronicEnrollments, 'ce'),
  enrollments: read.page(chronicEnrollments, owned),
  enrollmentsOfResident: read.listBy(chronicEnrollments, 'residentId', { orderBy: ['enrolledOn', 'no'] }),
  followUp: read.byOwnedId(followUps, 'fu'),
  followUps: read.page(followUps, owned),
  followUpsOfResident: read.pageBy(followUps, 'residentId', owned),
  followUpsOfEnrollment: read.listByOwned(followUps, 'ce', 'enrollmentNo', {
    orderBy: [
      ['at', 'DESC'],
      ['no', 'DESC'],
    ],
  }),
  dischargeFollowUpsOfResident: read.listBy(dischargeFollowUps, 'residentId', {
    orderBy: [
      ['dischargedOn', 'DESC'],
      ['encounterNo', 'DESC'],
    ],
  }),
  followUpsOfEncounter: read.listByOwned(followUps, 'en', 'encounterNo', { orderBy: ['at', 'no'] }),
  followUpsOfReferral: read.listByOwned(followUps, 'rf', 'referralNo', { orderBy: ['at', 'no'] }),
  deviceMeasurement: read.byOwnedId(deviceMeasurements, 'dm'),
  deviceMeasurementsOfResident: read.pageBy(deviceMeasurements, 'residentId', owned),
});
