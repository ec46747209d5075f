import { byReference, columns, derive, ownedId, reference, stub } from '@hutong/kit';
import type { Context } from '../context.ts';
import { addMonths } from '../rules/contract-term.ts';
import type { HealthRecordResolvers, HealthRecord_timelineArgs, QueryResolvers } from '../schema-types.ts';
import { healthRecords } from '../tables/record.ts';

export const HealthRecord: HealthRecordResolvers = {
  __resolveReference: byReference({ id: (load) => load.healthRecord }),
  ...columns(healthRecords),
  id: ownedId('hr'),
  resident: reference('residentId', (load) => load.resident),
  openedAt: stub('Institution', 'openedAtId'),
  responsibleDoctor: stub('Practitioner', 'responsibleDoctorId'),
  dynamic: derive(
    ['lastUpdatedAt'],
    ({ lastUpdatedAt }, _args: unknown, { clock }: Context) => lastUpdatedAt.slice(0, 10) > addMonths(clock.day, -12),
  ),
  timeline: derive(
    ['residentId'],
    async ({ residentId }, { from, to, kinds }: Partial<HealthRecord_timelineArgs>, { load }: Context, info) => {
      const ask = { residentId, from: from ?? null, to: to ?? null, kinds: kinds ?? null };
      return [...((await load.timeline.load(ask, info)) ?? [])];
    },
  ),
};

export const recordQueries: Pick<QueryResolvers, 'healthRecord'> = {
  healthRecord: (_, { residentId }, { load }, info) => load.recordOfResident.load(residentId, info),
};
