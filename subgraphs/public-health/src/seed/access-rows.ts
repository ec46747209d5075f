import { createHash } from 'node:crypto';
import { stableFraction, stableId } from '@hutong/kit';
import type { ResidentFact, ResidentHistory } from '@hutong/synthetic';
import type { followUps } from '../tables/chronic.ts';
import type { accessEvents } from '../tables/privacy.ts';

type AccessEvent = typeof accessEvents.$inferInsert;
type FollowUp = typeof followUps.$inferInsert;

/** The share of residents whose follow-ups left a trace in the demo's access log; its fixtures always do. */
const sampledShare = 0.05;

/** What the form of a follow-up shows of the resident. */
const fieldsOfTheForm = ['Resident.name', 'Resident.birthDate', 'Resident.chronic', 'Resident.followUps'];

/** Access events of the demo, in one hash chain: this seeding is the writer (domain.md 2.6, 6.3). */
export interface AccessLog {
  /** One reading for each follow-up of a sampled resident, by the one who made it, oldest first. */
  events(resident: ResidentFact, history: ResidentHistory, made: readonly FollowUp[]): AccessEvent[];
}

/** Opens a chain; `always` are the residents whose follow-ups are never left out. */
export function createAccessLog(always: ReadonlySet<string>): AccessLog {
  let hashPrev = '0'.repeat(64);
  return {
    events(resident, history, made) {
      if (!always.has(resident.id) && stableFraction('access', resident.id) >= sampledShare) return [];
      const inOrder = made.toSorted((a, b) => a.at.localeCompare(b.at));
      return inOrder.map((followUp, index) => {
        const event = { ...accessEvent(followUp, history, index + 1), hashPrev };
        hashPrev = createHash('sha256').update(JSON.stringify(event)).digest('hex');
        return event;
      });
    },
  };
}

function accessEvent(
  { residentId, at, byId }: FollowUp,
  { contracts }: ResidentHistory,
  no: number,
): Omit<AccessEvent, 'hashPrev'> {
  const day = at.slice(0, 10);
  const contracted = contracts.some(
    ({ familyDoctorId, validFrom, validTo }) => familyDoctorId === byId && validFrom <= day && day <= validTo,
  );
  return {
    residentId,
    no,
    at,
    actorId: byId,
    role: contracted ? 'FAMILY_DOCTOR' : 'INST_STAFF',
    purpose: contracted ? 'CONTRACT_SERVICE' : 'PUBLIC_HEALTH',
    fields: fieldsOfTheForm,
    decision: 'PERMIT',
    breakGlass: false,
    requestId: stableId('rq', residentId, no),
  };
}
