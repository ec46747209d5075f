import { encodeOwnedId, insertMany, lastNos, type Change, type Write } from '@hutong/kit';
import { and, eq, gt, inArray, sql } from 'drizzle-orm';
import { fulfilmentPlan } from '../rules/fulfilment-plan.ts';
import {
  centralisedSessions,
  fulfilmentTasks,
  type CentralisedSessionRow,
  type FulfilmentTaskRow,
  type ServiceContractRow,
} from '../tables/contract.ts';
import { packagesOf, type Packages } from './contract-packages.ts';
import type { Person } from './contract-people.ts';

/** Makes the fulfilment plans 履约计划 of contracts whose residents are locked (domain.md 3.8.5); what is planned already stays. */
export async function planContracts(
  write: Write,
  contracts: readonly ServiceContractRow[],
  people: ReadonlyMap<string, Person>,
): Promise<readonly FulfilmentTaskRow[]> {
  const packages = await packagesOf(
    write,
    contracts.flatMap(({ packageCodes }) => packageCodes),
  );
  const residentIds = contracts.map(({ residentId }) => residentId);
  const last = new Map(await lastNos(write, fulfilmentTasks, residentIds));
  const planned = await plannedKeys(write, residentIds);
  const tasks = contracts.flatMap((contract) =>
    tasksOf(contract, people.get(contract.residentId), packages)
      .filter((task) => !planned.has(keyOf(task)))
      .map((task) => {
        const no = (last.get(task.residentId) ?? 0) + 1;
        last.set(task.residentId, no);
        return { ...task, no, version: 1, updatedAt: write.clock.instant };
      }),
  );
  await insertMany(write, fulfilmentTasks, tasks);
  for (const task of tasks) write.change(taskChange('CREATED', task));
  return tasks;
}

type PlannedRow = Omit<FulfilmentTaskRow, 'no' | 'version' | 'updatedAt'>;

function tasksOf(contract: ServiceContractRow, person: Person | undefined, packages: Packages): PlannedRow[] {
  const subject = {
    validFrom: contract.validFrom,
    validTo: contract.validTo,
    vulnerable: (person?.vulnerability ?? []).some((one) => one !== 'NONE'),
    inCareHome: person?.inCareHome ?? false,
  };
  return contract.packageCodes.flatMap((packageCode) =>
    (packages.get(packageCode)?.items ?? []).flatMap((item) =>
      fulfilmentPlan([item], subject).map((planned) => ({
        residentId: contract.residentId,
        contractNo: contract.no,
        packageCode,
        ...planned,
        status: 'PLANNED' as const,
        sessionId: null,
        makeUpOfNo: null,
        counted: true,
        mandatory: item.mandatory,
        teamId: contract.teamId,
        institutionId: contract.baseInstitutionId,
        waivedReason: null,
      })),
    ),
  );
}

type TaskKey = Pick<FulfilmentTaskRow, 'residentId' | 'contractNo' | 'packageCode' | 'itemCode' | 'seq'>;

async function plannedKeys({ tx }: Write, residentIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { residentId, contractNo, packageCode, itemCode, seq } = fulfilmentTasks;
  const rows = await tx
    .select({ residentId, contractNo, packageCode, itemCode, seq })
    .from(fulfilmentTasks)
    .where(inArray(residentId, [...residentIds]));
  return new Set(rows.map(keyOf));
}

function keyOf({ residentId, contractNo, packageCode, itemCode, seq }: TaskKey): string {
  return `${residentId}/${contractNo}/${packageCode}/${itemCode}/${seq}`;
}

/** Why tasks are waived that a contract does not owe any more. */
const CONTRACT_ENDED = 'CONTRACT_ENDED';

/** Waives what ended contracts owed after their last day, and frees the places in sessions (domain.md 3.8.5). */
export async function waiveOwed(write: Write, contracts: readonly ServiceContractRow[]): Promise<void> {
  if (contracts.length === 0) return;
  const ends = contracts.map(({ residentId, no, terminatedOn, validTo }) => ({
    resident_id: residentId,
    no,
    last_day: terminatedOn ?? validTo,
  }));
  const waived = await write.tx
    .update(fulfilmentTasks)
    .set({
      status: 'WAIVED',
      waivedReason: CONTRACT_ENDED,
      version: sql`${fulfilmentTasks.version} + 1`,
      updatedAt: write.clock.instant,
    })
    .where(
      and(
        inArray(
          fulfilmentTasks.residentId,
          contracts.map(({ residentId }) => residentId),
        ),
        eq(fulfilmentTasks.status, 'PLANNED'),
        sql`exists (select from jsonb_to_recordset(${JSON.stringify(ends)}::text::jsonb)
          as e(resident_id text, no integer, last_day date)
          where e.resident_id = ${fulfilmentTasks.residentId} and e.no = ${fulfilmentTasks.contractNo}
            and ${fulfilmentTasks.dueTo} > e.last_day)`,
      ),
    )
    .returning();
  for (const task of waived) write.change(taskChange('UPDATED', task));
  const places = waived.flatMap(({ sessionId }) => sessionId ?? []);
  await freePlaces(write, places);
}

/** Frees places in sessions that have not ended, one for each time a session is named. */
async function freePlaces(write: Write, sessionIds: readonly string[]): Promise<void> {
  if (sessionIds.length === 0) return;
  const { id, end, assigned } = centralisedSessions;
  const freed = sql`(select count(*) from unnest(${sql.param(sessionIds)}::text[]) as s(id) where s.id = ${id})`;
  const rows = await write.tx
    .update(centralisedSessions)
    .set({ assigned: sql`${assigned} - ${freed}` })
    .where(and(inArray(id, [...new Set(sessionIds)]), gt(end, write.clock.instant)))
    .returning();
  for (const row of rows) write.change(sessionChange('UPDATED', row));
}

/** What the change log tells of a session 集中履约场次. */
export function sessionChange(kind: 'CREATED' | 'UPDATED', row: CentralisedSessionRow): Change {
  const { id, institutionId, regionCode, residentType, start, end, capacity, items, assigned, served, closedAt } = row;
  const payload = { institutionId, regionCode, residentType, start, end, capacity, items, assigned, served, closedAt };
  return { type: 'CentralisedSession', id, kind, payload };
}

/** What the change log tells of a task 履约任务. */
export function taskChange(kind: 'CREATED' | 'UPDATED', task: FulfilmentTaskRow): Change {
  const { residentId, no, contractNo, packageCode, itemCode, seq, dueFrom, dueTo, mode, status } = task;
  const { sessionId, makeUpOfNo, counted, teamId, institutionId, version } = task;
  const what = { contractNo, packageCode, itemCode, seq, dueFrom, dueTo, mode, status };
  const payload = { ...what, sessionId, makeUpOfNo, counted, teamId, institutionId, version };
  return { type: 'FulfilmentTask', id: encodeOwnedId('ft', residentId, no), residentId, kind, payload };
}
