import type { CentralisedSessionFact } from '@hutong/synthetic';
import { oneOf } from './constants.ts';
import type { centralisedSessions } from '../tables/contract.ts';

/** A task that a centralised session is sought for. */
export interface SessionAsk {
  readonly institutionId: string;
  readonly regionCode: string;
  readonly residentType: string;
  readonly itemCode: string;
  readonly dueFrom: string;
  readonly dueTo: string;
  /** Day on which it was done at a session; null when it was not. */
  readonly doneOn: string | null;
}

/** A session that a task was put into. */
export interface PlannedSession {
  readonly id: string;
  /** Day on which it ended. */
  readonly day: string;
}

/** Puts tasks into the sessions of their institution, village and resident type, up to capacity (domain.md 3.8.5). */
export interface SessionPlanner {
  assign(ask: SessionAsk): PlannedSession | undefined;
  rows(): IterableIterator<typeof centralisedSessions.$inferInsert>;
}

interface Counted {
  readonly fact: CentralisedSessionFact;
  assigned: number;
  served: number;
}

/** A planner over the sessions of a place; residents must come in order of village and id. */
export function createSessionPlanner(sessions: Iterable<CentralisedSessionFact>): SessionPlanner {
  const all: Counted[] = [];
  const byPlace = new Map<string, Counted[]>();
  for (const fact of sessions) {
    const counted = { fact, assigned: 0, served: 0 };
    const key = placeKey(fact);
    all.push(counted);
    byPlace.set(key, [...(byPlace.get(key) ?? []), counted]);
  }
  return {
    assign(ask) {
      const found = (byPlace.get(placeKey(ask)) ?? []).find((session) => suits(session, ask));
      if (found === undefined) return undefined;
      found.assigned += 1;
      if (ask.doneOn !== null) found.served += 1;
      return { id: found.fact.id, day: found.fact.end.slice(0, 10) };
    },
    *rows() {
      for (const { fact, assigned, served } of all) yield sessionRow(fact, assigned, served);
    },
  };
}

function placeKey(place: {
  readonly institutionId: string;
  readonly regionCode: string;
  readonly residentType: string;
}) {
  return `${place.institutionId}/${place.regionCode}/${place.residentType}`;
}

function suits({ fact, assigned }: Counted, { itemCode, dueFrom, dueTo, doneOn }: SessionAsk): boolean {
  const day = fact.start.slice(0, 10);
  if (assigned >= fact.capacity || !fact.itemCodes.includes(itemCode)) return false;
  return doneOn === null ? day >= dueFrom && day <= dueTo : day === doneOn;
}

function sessionRow(
  fact: CentralisedSessionFact,
  assigned: number,
  served: number,
): typeof centralisedSessions.$inferInsert {
  return {
    id: fact.id,
    institutionId: fact.institutionId,
    regionCode: fact.regionCode,
    residentType: oneOf(['1', '2'], fact.residentType),
    start: fact.start,
    end: fact.end,
    capacity: fact.capacity,
    items: [...fact.itemCodes],
    assigned,
    served,
  };
}
