import { historyLoaders, type Read, type RequestClock } from '@hutong/kit';
import { allianceDashboardLoaders } from './alliance-dashboard.ts';
import { allianceLoaders } from './alliance.ts';
import { appointmentLoaders } from './appointment.ts';
import { capabilityLoaders } from './capability.ts';
import { drugLoaders } from './drug.ts';
import { encounterLoaders } from './encounter.ts';
import { equipmentLoaders } from './equipment.ts';
import { indicatorLoaders } from './indicator.ts';
import { outwardTransferLoaders } from './outward-transfer.ts';
import { placeLoaders } from './place.ts';
import { planningLoaders } from './planning.ts';
import { referralLoaders } from './referral.ts';
import { referralTargetLoaders } from './referral-target.ts';
import { reportLoaders } from './report.ts';
import { structureLoaders } from './structure.ts';
import { waitingLoaders } from './waiting.ts';

/** Every read of this subgraph, by area; made per request, each area when it is first read. */
export function institutionsLoaders(read: Read, clock: RequestClock) {
  const place = once(() => placeLoaders(read));
  const alliance = once(() => allianceLoaders(read, clock.day));
  const allianceDashboard = once(() => allianceDashboardLoaders(read, clock));
  const encounter = once(() => encounterLoaders(read));
  const referral = once(() => referralLoaders(read));
  const referralTarget = once(() => referralTargetLoaders(read, clock));
  const appointment = once(() => appointmentLoaders(read, clock));
  const equipment = once(() => equipmentLoaders(read));
  const waiting = once(() => waitingLoaders(read));
  const report = once(() => reportLoaders(read));
  const capability = once(() => capabilityLoaders(read, clock.day));
  const drug = once(() => drugLoaders(read, clock.day));
  const planning = once(() => planningLoaders(read));
  const outwardTransfer = once(() => outwardTransferLoaders(read));
  const indicator = once(() => indicatorLoaders(read));
  const history = once(() => historyLoaders(read).history);
  const structure = once(() => structureLoaders(read, clock.day));
  return {
    get place() {
      return place();
    },
    get alliance() {
      return alliance();
    },
    get allianceDashboard() {
      return allianceDashboard();
    },
    get encounter() {
      return encounter();
    },
    get referral() {
      return referral();
    },
    get referralTarget() {
      return referralTarget();
    },
    get appointment() {
      return appointment();
    },
    get equipment() {
      return equipment();
    },
    get waiting() {
      return waiting();
    },
    get report() {
      return report();
    },
    get capability() {
      return capability();
    },
    get drug() {
      return drug();
    },
    get planning() {
      return planning();
    },
    get outwardTransfer() {
      return outwardTransfer();
    },
    get indicator() {
      return indicator();
    },
    get history() {
      return history();
    },
    get structure() {
      return structure();
    },
  };
}

export type InstitutionsLoaders = ReturnType<typeof institutionsLoaders>;

/** Makes a value when it is first asked for. */
function once<V>(make: () => V): () => V {
  let made: { readonly value: V } | undefined;
  return () => (made ??= { value: make() }).value;
}
