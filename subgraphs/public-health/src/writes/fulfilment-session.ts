import {
  type Faults,
  type Write,
  type Written,
  actsFor,
  createFaults,
  expectBetween,
  expectSize,
  insertMany,
  lastNos,
  lockById,
  newId,
  refuse,
  toDay,
} from '@hutong/kit';
import { hasCode } from '@hutong/schema';
import { and, asc, eq, gte, inArray, isNull, like, lt, lte } from 'drizzle-orm';
import { createSessionBook } from '../rules/centralised-sessions.ts';
import { addDays } from '../rules/contract-term.ts';
import { makeUpDueTo } from '../rules/fulfilment-plan.ts';
import type { CreateMakeUpTasksInput, ScheduleCentralisedSessionInput } from '../schema-types.ts';
import {
  centralisedSessions,
  fulfilmentTasks,
  type CentralisedSessionRow,
  type FulfilmentTaskRow,
} from '../tables/contract.ts';
import { institutionProjections } from '../tables/projection.ts';
import { residents } from '../tables/resident.ts';
import { lockPeople } from './contract-people.ts';
import { sessionChange, taskChange } from './contract-plan.ts';
import { changeTasks, endTasks } from './fulfilment-task.ts';
import { texts } from './texts.ts';

const MOST_ITEMS = 50;

/** Arranges a session and fills it up to its capacity, in the order of village and resident (domain.md 3.8.5). */
export async function scheduleCentralisedSession(
  input: ScheduleCentralisedSessionInput,
  write: Write,
): Promise<Written> {
  expectSize(input.items, MOST_ITEMS, 'items');
  const faults = createFaults();
  await checkSession(input, write, faults);
  faults.throwIfAny();
  const session = { id: newId('cs'), ...input, items: [...new Set(input.items)] };
  const day = toDay(new Date(input.start));
  const book = createSessionBook([{ ...session, day, itemCodes: session.items }]);
  const candidates = await openTasks(write, input, day);
  const filled = candidates.filter(({ task }) => book.assign({ ...task, residentType: input.residentType }));
  const { institutionId, regionCode, residentType, start, end, capacity } = input;
  const [row] = await write.tx
    .insert(centralisedSessions)
    .values({
      id: session.id,
      institutionId,
      regionCode,
      residentType,
      start,
      end,
      capacity,
      items: session.items,
      assigned: filled.length,
      served: 0,
    })
    .returning();
  if (row !== undefined) write.change(sessionChange('CREATED', row));
  await changeTasks(
    write,
    filled.map(({ task }) => ({ task, change: { sessionId: session.id } })),
  );
  return { id: session.id };
}

async function checkSession(input: ScheduleCentralisedSessionInput, write: Write, faults: Faults): Promise<void> {
  const { institutionId, regionCode, residentType, start, end } = input;
  const { caller, clock } = write;
  const [place] = await write.tx
    .select()
    .from(institutionProjections)
    .where(eq(institutionProjections.id, institutionId));
  faults.expect(place !== undefined, 'NOT_FOUND', 'institutionId');
  faults.expect(actsFor(caller, institutionId), 'FORBIDDEN', 'institutionId', own.institution);
  const isOpen = place === undefined || (place.status === 'ACTIVE' && place.tier === 'TOWNSHIP');
  faults.expect(isOpen, 'VALIDATION_FAILED', 'institutionId', own.township);
  const isTown =
    /^(\d{9}|\d{12})$/.test(regionCode) && (place === undefined || regionCode.startsWith(place.regionCode));
  faults.expect(isTown, 'VALIDATION_FAILED', 'regionCode', own.otherTown);
  faults.expect(hasCode('RESIDENT-TYPE', residentType), 'VALIDATION_FAILED', 'residentType', own.residentType);
  faults.expect(Date.parse(start) > Date.parse(clock.instant), 'VALIDATION_FAILED', 'start', own.past);
  const lasts = Date.parse(end) > Date.parse(start) && toDay(new Date(start)) === toDay(new Date(end));
  faults.expect(lasts, 'VALIDATION_FAILED', 'end', own.sameDay);
  expectBetween(faults, input.capacity, [1, 5000], 'capacity');
  faults.expect(input.items.length > 0, 'VALIDATION_FAILED', 'items', texts.needed);
}

/** Open tasks that suit a session, in the order in which they fill it, as many as it has places. */
function openTasks({ tx }: Write, input: ScheduleCentralisedSessionInput, day: string) {
  const { status, mode, sessionId, institutionId, itemCode, dueFrom, dueTo, residentId, no } = fulfilmentTasks;
  return tx
    .select({ task: fulfilmentTasks })
    .from(fulfilmentTasks)
    .innerJoin(residents, eq(residents.id, residentId))
    .where(
      and(
        eq(status, 'PLANNED'),
        eq(mode, 'CENTRALISED'),
        isNull(sessionId),
        eq(institutionId, input.institutionId),
        inArray(itemCode, [...input.items]),
        lte(dueFrom, day),
        gte(dueTo, day),
        eq(residents.residentType, input.residentType),
        like(residents.regionCode, `${input.regionCode}%`),
      ),
    )
    .orderBy(asc(residents.regionCode), asc(residentId), asc(no))
    .limit(input.capacity)
    .for('update', { of: fulfilmentTasks });
}

/** Takes down who did not come to a session that has ended, and makes their make-up tasks (domain.md 3.8.5, S3-47). */
export async function createMakeUpTasks({ sessionId }: CreateMakeUpTasksInput, write: Write): Promise<Written> {
  const session = await lockById(write, centralisedSessions, sessionId, 'sessionId');
  if (!actsFor(write.caller, session.institutionId)) refuse('FORBIDDEN', 'sessionId', own.institution);
  const hasEnded = Date.parse(session.end) <= Date.parse(write.clock.instant);
  if (!hasEnded || session.closedAt !== null) refuse('INVALID_TRANSITION', 'sessionId');
  await closeSession(write, session);
  return { id: sessionId };
}

async function closeSession(write: Write, session: CentralisedSessionRow): Promise<void> {
  const { sessionId, status } = fulfilmentTasks;
  const missed = await write.tx
    .select()
    .from(fulfilmentTasks)
    .where(and(eq(sessionId, session.id), eq(status, 'PLANNED')));
  await makeUp(write, missed, () => toDay(new Date(session.end)));
  const [row] = await write.tx
    .update(centralisedSessions)
    .set({ closedAt: write.clock.instant })
    .where(eq(centralisedSessions.id, session.id))
    .returning();
  if (row !== undefined) write.change(sessionChange('UPDATED', row));
}

/** Puts a make-up task of the team in the place of each missed one. */
async function makeUp(
  write: Write,
  tasks: readonly FulfilmentTaskRow[],
  missedOn: (task: FulfilmentTaskRow) => string,
): Promise<void> {
  const residentIds = [...new Set(tasks.map(({ residentId }) => residentId))];
  await lockPeople(write, residentIds);
  const missed = await stillOpen(write, tasks);
  await changeTasks(
    write,
    missed.map((task) => ({ task, change: { status: 'MAKE_UP' as const, counted: false } })),
  );
  const last = new Map(await lastNos(write, fulfilmentTasks, residentIds));
  const makeUps = missed.map((task) => {
    const no = (last.get(task.residentId) ?? 0) + 1;
    last.set(task.residentId, no);
    const day = missedOn(task);
    const window = { dueFrom: addDays(day, 1), dueTo: makeUpDueTo(day), mode: 'TEAM' as const };
    return { ...task, ...window, no, makeUpOfNo: task.no, sessionId: null, version: 1, updatedAt: write.clock.instant };
  });
  await insertMany(write, fulfilmentTasks, makeUps);
  for (const task of makeUps) write.change(taskChange('CREATED', task));
}

/** Those of the tasks that are open still, now that their residents are locked. */
async function stillOpen({ tx }: Write, tasks: readonly FulfilmentTaskRow[]): Promise<readonly FulfilmentTaskRow[]> {
  const { residentId, status } = fulfilmentTasks;
  const ids = [...new Set(tasks.map((task) => task.residentId))];
  const rows = await tx
    .select()
    .from(fulfilmentTasks)
    .where(and(inArray(residentId, ids), eq(status, 'PLANNED')));
  return rows.filter((row) => tasks.some((task) => task.residentId === row.residentId && task.no === row.no));
}

/** How much one round of the timer does. */
const ROUND = { sessions: 10, tasks: 500 };

/** One round of what time does to tasks (domain.md 3.8.5): sessions that ended are closed, tasks past their last day are missed. */
export async function closeTasks(_: object, write: Write): Promise<Written> {
  const { end, closedAt } = centralisedSessions;
  const sessions = await write.tx
    .select()
    .from(centralisedSessions)
    .where(and(isNull(closedAt), lte(end, write.clock.instant)))
    .orderBy(asc(end))
    .limit(ROUND.sessions)
    .for('update');
  for (const session of sessions) await closeSession(write, session);
  const { status, dueTo, residentId, no } = fulfilmentTasks;
  const overdue = await write.tx
    .select()
    .from(fulfilmentTasks)
    .where(and(eq(status, 'PLANNED'), lt(dueTo, write.clock.day)))
    .orderBy(asc(dueTo), asc(residentId), asc(no))
    .limit(ROUND.tasks);
  await makeUp(write, overdue.filter(isCentral), (task) => task.dueTo);
  await lockPeople(
    write,
    overdue.map((task) => task.residentId),
  );
  const others = await stillOpen(
    write,
    overdue.filter((task) => !isCentral(task)),
  );
  await endTasks(
    write,
    others.map((task) => ({ task })),
    'MISSED',
  );
  return { id: write.clock.day, notes: { sessions: sessions.length, tasks: overdue.length } };
}

/** Who should have come to a session is made up for, also when none was held in time. */
function isCentral({ mode }: FulfilmentTaskRow): boolean {
  return mode === 'CENTRALISED';
}

const own = {
  institution: { en: 'Only people of the hospital may do this.', zh: '仅组织机构人员可操作。' },
  township: { en: 'Sessions are held by open township hospitals.', zh: '集中履约须由在营乡镇卫生院组织。' },
  otherTown: { en: 'This is no town or village of the hospital.', zh: '不是该卫生院所在乡镇或其村居。' },
  residentType: {
    en: 'Choose 1 (registered here) or 2 (not registered here).',
    zh: '请选择 1（户籍）或 2（非户籍）。',
  },
  past: { en: 'A session begins in the future.', zh: '场次开始时间须晚于现在。' },
  sameDay: { en: 'A session ends later on the same day.', zh: '场次须在当天结束。' },
};
