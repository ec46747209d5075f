import type { CentralisedSessionFact } from '@hutong/synthetic';
import { type CentralisedSession, type CentralisedTask, createSessionBook } from '../rules/centralised-sessions.ts';
import type { centralisedSessions } from '../tables/contract.ts';
import { oneOf } from './constants.ts';

/** A session that a task was put into. */
export interface PlannedSession {
  readonly id: string;
  /** Day on which it ended. */
  readonly day: string;
}

/** The sessions of a place while they are filled by rule 3.8.5; residents must come in the order of that rule. */
export interface SessionPlanner {
  /** The session at which a task was done. */
  serve(sessionId: string): PlannedSession | undefined;
  /** The session that a task is put into. */
  assign(task: CentralisedTask): PlannedSession | undefined;
  rows(): Generator<typeof centralisedSessions.$inferInsert>;
}

interface Session extends CentralisedSession {
  readonly fact: CentralisedSessionFact;
}

/** A planner over the sessions of a place. */
export function createSessionPlanner(facts: Iterable<CentralisedSessionFact>): SessionPlanner {
  const sessions = Array.from(facts, sessionOf);
  const book = createSessionBook(sessions);
  const served = new Map<string, number>();
  return {
    serve(sessionId) {
      served.set(sessionId, (served.get(sessionId) ?? 0) + 1);
      return book.take(sessionId);
    },
    assign: (task) => book.assign(task),
    *rows() {
      for (const { id, fact } of sessions) yield sessionRow(fact, book.assigned(id), served.get(id) ?? 0);
    },
  };
}

function sessionOf(fact: CentralisedSessionFact): Session {
  const { id, institutionId, residentType, capacity, itemCodes } = fact;
  return { id, institutionId, residentType, day: fact.end.slice(0, 10), capacity, itemCodes, fact };
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
    closedAt: fact.end,
  };
}
