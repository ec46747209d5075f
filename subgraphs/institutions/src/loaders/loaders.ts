import type { Read, RequestClock } from '@hutong/kit';
import { allianceLoaders } from './alliance.ts';
import { appointmentLoaders } from './appointment.ts';
import { capabilityLoaders } from './capability.ts';
import { drugLoaders } from './drug.ts';
import { encounterLoaders } from './encounter.ts';
import { equipmentLoaders } from './equipment.ts';
import { indicatorLoaders } from './indicator.ts';
import { placeLoaders } from './place.ts';
import { planningLoaders } from './planning.ts';
import { referralLoaders } from './referral.ts';
import { reportLoaders } from './report.ts';

/** Every read of this subgraph; made per request. */
export const institutionsLoaders = (read: Read, clock: RequestClock) => ({
  ...placeLoaders(read),
  ...allianceLoaders(read),
  ...encounterLoaders(read),
  ...referralLoaders(read),
  ...appointmentLoaders(read),
  ...equipmentLoaders(read),
  ...reportLoaders(read),
  ...capabilityLoaders(read),
  ...drugLoaders(read, clock.day),
  ...planningLoaders(read),
  ...indicatorLoaders(read),
});

export type InstitutionsLoaders = ReturnType<typeof institutionsLoaders>;
