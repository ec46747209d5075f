import {
  decodeOwnedId,
  encodeOwnedId,
  expectVersion,
  lockByOwnedId,
  refuse,
  updateMany,
  type Write,
} from '@hutong/kit';
import { and, eq, gt, inArray, sql } from 'drizzle-orm';
import type { TaskStatus } from '../rules/fulfilment-plan.ts';
import {
  centralisedSessions,
  fulfilmentTasks,
  serviceContracts,
  type FulfilmentTaskRow,
  type ServiceContractRow,
} from '../tables/contract.ts';
import { expectStanding, lockPeople, type Person } from './contract-people.ts';
import { sessionChange, taskChange } from './contract-plan.ts';
import { teamOf, type TeamOfContract } from './team-of.ts';

/** An open task with its resident and contract; resident and task are locked. */
export interface OpenTask {
  readonly task: FulfilmentTaskRow;
  readonly person: Person;
  readonly contract: ServiceContractRow;
  readonly team: TeamOfContract;
}

/** The task of an id; refuses with NOT_FOUND at `taskId` when there is none. */
export async function lockTask(
  write: Write,
  { taskId, version }: { readonly taskId: string; readonly version?: number | null },
): Promise<OpenTask> {
  const owner = decodeOwnedId('ft', taskId)?.residentId ?? '';
  const person = (await lockPeople(write, [owner])).get(owner);
  if (person === undefined) return refuse('NOT_FOUND', 'taskId');
  expectStanding(person, 'taskId');
  const task = await lockByOwnedId(write, { table: fulfilmentTasks, prefix: 'ft' }, taskId, 'taskId');
  expectVersion(task, version);
  const { residentId, no } = serviceContracts;
  const [contract] = await write.tx
    .select()
    .from(serviceContracts)
    .where(and(eq(residentId, task.residentId), eq(no, task.contractNo)));
  if (contract === undefined) return refuse('NOT_FOUND', 'taskId');
  return { task, person, contract, team: await teamOf(write, contract) };
}

/** What changes in a task. */
type Changed = Partial<Pick<FulfilmentTaskRow, (typeof changing)[number]>>;

const changing = ['status', 'sessionId', 'counted', 'waivedReason', 'version', 'updatedAt'] as const;

/** Changes tasks, each to its own values, and tells of it. */
export async function changeTasks(
  write: Write,
  changes: readonly { readonly task: FulfilmentTaskRow; readonly change: Changed }[],
): Promise<readonly FulfilmentTaskRow[]> {
  const after = changes.map(({ task, change }) => ({
    ...task,
    ...change,
    version: task.version + 1,
    updatedAt: write.clock.instant,
  }));
  await updateMany(write, fulfilmentTasks, changing, after);
  for (const task of after) write.change(taskChange('UPDATED', task));
  changes.forEach(({ task: { residentId, no, status: from }, change: { status: to, waivedReason } }) => {
    const id = encodeOwnedId('ft', residentId, no);
    if (to !== undefined && to !== from)
      write.step({ type: 'FulfilmentTask', id, residentId, from, to, reason: waivedReason });
  });
  return after;
}

/** Ends tasks in a status; what they made up for counts as missed from now on. */
export async function endTasks(
  write: Write,
  ending: readonly { readonly task: FulfilmentTaskRow; readonly change?: Changed }[],
  status: TaskStatus,
): Promise<void> {
  const originals = await madeUpFor(
    write,
    ending.map(({ task }) => task),
  );
  await changeTasks(write, [
    ...ending.map(({ task, change }) => ({ task, change: { ...change, status } })),
    ...originals.map((task) => ({ task, change: { status: 'MISSED' as const } })),
  ]);
}

async function madeUpFor({ tx }: Write, tasks: readonly FulfilmentTaskRow[]): Promise<readonly FulfilmentTaskRow[]> {
  const makeUps = tasks.filter(({ makeUpOfNo }) => makeUpOfNo !== null);
  if (makeUps.length === 0) return [];
  const { residentId, status } = fulfilmentTasks;
  const ids = makeUps.map((task) => task.residentId);
  const rows = await tx
    .select()
    .from(fulfilmentTasks)
    .where(and(inArray(residentId, ids), eq(status, 'MAKE_UP')));
  return rows.filter((row) => makeUps.some((task) => task.residentId === row.residentId && task.makeUpOfNo === row.no));
}

/** Counts places of sessions up or down, and tells of it. */
export async function countPlaces(
  write: Write,
  sessionId: string,
  { assigned = 0, served = 0 }: { readonly assigned?: number; readonly served?: number },
): Promise<void> {
  const table = centralisedSessions;
  const condition =
    assigned < 0 ? and(eq(table.id, sessionId), gt(table.end, write.clock.instant)) : eq(table.id, sessionId);
  const rows = await write.tx
    .update(table)
    .set({ assigned: sql`${table.assigned} + ${assigned}::integer`, served: sql`${table.served} + ${served}::integer` })
    .where(condition)
    .returning();
  for (const row of rows) write.change(sessionChange('UPDATED', row));
}
