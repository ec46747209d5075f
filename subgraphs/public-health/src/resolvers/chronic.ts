import {
  byReference,
  coded,
  columns,
  derive,
  encodeOwnedId,
  ownedId,
  ownedReference,
  ownedStub,
  reference,
  stub,
  ownedList,
} from '@hutong/kit';
import type { Context } from '../context.ts';
import type {
  ChronicEnrollmentResolvers,
  DeviceMeasurementResolvers,
  DischargeFollowUpResolvers,
  FollowUpResolvers,
  QueryResolvers,
} from '../schema-types.ts';
import { chronicEnrollments, deviceMeasurements, dischargeFollowUps, followUps } from '../tables/chronic.ts';

export const ChronicEnrollment: ChronicEnrollmentResolvers = {
  __resolveReference: byReference({ id: (load) => load.enrollment }),
  ...columns(chronicEnrollments),
  id: ownedId('ce'),
  resident: reference('residentId', (load) => load.resident),
  managedBy: stub('Institution', 'managedById'),
  history: ownedList('ce', (load) => load.history('ChronicEnrollment')),
  followUps: derive(['residentId', 'no'], ({ residentId, no }, _args, { load }: Context, info) =>
    load.followUpsOfEnrollment.load(encodeOwnedId('ce', residentId, no), info),
  ),
};

export const FollowUp: FollowUpResolvers = {
  __resolveReference: byReference({ id: (load) => load.followUp }),
  ...columns(followUps),
  id: ownedId('fu'),
  resident: reference('residentId', (load) => load.resident),
  enrollment: ownedReference('ce', 'enrollmentNo', (load) => load.enrollment),
  referral: ownedStub('Referral', 'rf', 'referralNo'),
  encounter: ownedStub('Encounter', 'en', 'encounterNo'),
  by: stub('Practitioner', 'byId'),
  institution: stub('Institution', 'institutionId'),
  classification: coded('VS-39', 'classification'),
};

export const DischargeFollowUp: DischargeFollowUpResolvers = {
  ...columns(dischargeFollowUps),
  encounter: ownedStub('Encounter', 'en', 'encounterNo'),
  institution: stub('Institution', 'institutionId'),
  followUp: derive(
    ['residentId', 'encounterNo'],
    async ({ residentId, encounterNo }, _args, { load }: Context, info) => {
      const made = await load.followUpsOfEncounter.load(encodeOwnedId('en', residentId, encounterNo), info);
      return made[0] ?? null;
    },
  ),
};

export const DeviceMeasurement: DeviceMeasurementResolvers = {
  __resolveReference: byReference({ id: (load) => load.deviceMeasurement }),
  ...columns(deviceMeasurements),
  id: ownedId('dm'),
  resident: reference('residentId', (load) => load.resident),
};

export const chronicQueries: Pick<QueryResolvers, 'chronicEnrollments' | 'followUps'> = {
  chronicEnrollments: (_, page, { load }, info) => load.enrollments.load(page, info),
  followUps: (_, page, { load }, info) => load.followUps.load(page, info),
};
