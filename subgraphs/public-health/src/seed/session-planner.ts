import type { CentralisedSessionFact } from '@hutong/synthetic';
import type { centralisedSessions } from '../tables/contract.ts';
import { oneOf } from './constants.ts';

/** A task that was not done at a session it was put into: the session is sought. */
export interface SessionAsk {
  readonly institutionId: string;
  readonly itemCode: string;
  readonly dueFrom: string;
  readonly dueTo: string;
}

/** A session that a task was put into. */
export interface PlannedSession {
  readonly id: string;
  /** Day on which it ended. */
  readonly day: string;
}

/** Puts tasks into the sessions of their township hospital, up to capacity (domain.md 3.8.5). */
export interface SessionPlanner {
  /** The session at which a task was done. */
  serve(sessionId: string): PlannedSession | undefined;
  /** The first session of the window with a free place. */
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
  const byId = new Map<string, Counted>();
  const byInstitution = new Map<string, Counted[]>();
  for (const fact of sessions) {
    const counted = { fact, assigned: 0, served: 0 };
    byId.set(fact.id, counted);
    const own = byInstitution.get(fact.institutionId) ?? [];
    own.push(counted);
    byInstitution.set(fact.institutionId, own);
  }
  return {
    serve(sessionId) {
      const found = byId.get(sessionId);
      if (found === undefined) return undefined;
      found.assigned += 1;
      found.served += 1;
      return planned(found);
    },
    assign(ask) {
      const found = byInstitution.get(ask.institutionId)?.find((session) => suits(session, ask));
      if (found === undefined) return undefined;
      found.assigned += 1;
      return planned(found);
    },
    *rows() {
      for (const counted of byId.values()) yield sessionRow(counted);
    },
  };
}

function planned({ fact }: Counted): PlannedSession {
  return { id: fact.id, day: fact.end.slice(0, 10) };
}

function suits({ fact, assigned }: Counted, { itemCode, dueFrom, dueTo }: SessionAsk): boolean {
  const day = fact.start.slice(0, 10);
  return assigned < fact.capacity && day >= dueFrom && day <= dueTo && fact.itemCodes.includes(itemCode);
}

function sessionRow({ fact, assigned, served }: Counted): typeof centralisedSessions.$inferInsert {
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
