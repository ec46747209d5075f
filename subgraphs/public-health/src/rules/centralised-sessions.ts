/** A task that is to be done at a session of its township hospital. */
export interface CentralisedTask {
  readonly institutionId: string;
  /** Registered or not 户籍/非户籍 (1, 2). */
  readonly residentType: string;
  readonly itemCode: string;
  readonly dueFrom: string;
  readonly dueTo: string;
}

/** Where in the order of a hospital's sessions a resident stands. */
export interface SessionPlace {
  readonly townshipHospitalId: string;
  readonly residentType: string;
  /** 12-digit village. */
  readonly village: string;
  readonly residentId: string;
}

/** A session of centralised fulfilment 集中履约. */
export interface CentralisedSession {
  readonly id: string;
  readonly institutionId: string;
  readonly residentType: string;
  readonly day: string;
  readonly capacity: number;
  readonly itemCodes: readonly string[];
}

/** Sessions being filled. */
export interface SessionBook<Session extends CentralisedSession> {
  /** Takes a place for a task in the first session that suits it; undefined when all are full. */
  readonly assign: (task: CentralisedTask) => Session | undefined;
  /** Takes a place in the session a task is known to have been in. */
  readonly take: (sessionId: string) => Session | undefined;
  readonly assigned: (sessionId: string) => number;
}

/** Groups by hospital, resident type and village, and the order in which they fill sessions: village code, resident id (domain.md 3.8.5). */
export function inSessionOrder(a: SessionPlace, b: SessionPlace): number {
  return (
    compare(a.townshipHospitalId, b.townshipHospitalId) ||
    compare(a.residentType, b.residentType) ||
    compare(a.village, b.village) ||
    compare(a.residentId, b.residentId)
  );
}

/**
 * Fills sessions up to their capacity: a task goes to the first session of its hospital that is for the resident's type,
 * does the item, lies in the task's window and has a place left (domain.md 3.8.5). Ask in the order of `inSessionOrder`.
 */
export function createSessionBook<Session extends CentralisedSession>(
  sessions: Iterable<Session>,
): SessionBook<Session> {
  const all = [...sessions].toSorted((a, b) => compare(a.day, b.day) || compare(a.id, b.id));
  const byId = new Map(all.map((session) => [session.id, session]));
  const byGroup = new Map<string, Session[]>();
  for (const session of all) byGroup.set(groupOf(session), [...(byGroup.get(groupOf(session)) ?? []), session]);
  const assigned = new Map<string, number>();
  const take = (session: Session): Session => {
    assigned.set(session.id, (assigned.get(session.id) ?? 0) + 1);
    return session;
  };
  return {
    assign: (task) => {
      const found = byGroup
        .get(groupOf(task))
        ?.find((session) => suits(session, task) && (assigned.get(session.id) ?? 0) < session.capacity);
      return found === undefined ? undefined : take(found);
    },
    take: (sessionId) => {
      const session = byId.get(sessionId);
      return session === undefined ? undefined : take(session);
    },
    assigned: (sessionId) => assigned.get(sessionId) ?? 0,
  };
}

function suits({ day, itemCodes }: CentralisedSession, { itemCode, dueFrom, dueTo }: CentralisedTask): boolean {
  return day >= dueFrom && day <= dueTo && itemCodes.includes(itemCode);
}

function groupOf({ institutionId, residentType }: Pick<CentralisedTask, 'institutionId' | 'residentType'>): string {
  return `${institutionId}/${residentType}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
