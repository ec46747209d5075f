import { on, type Writing } from './sample-writing.ts';
import type { Asking } from './sample-caller.ts';

/** A task as tests look at one. */
export interface Task {
  readonly id: string;
  readonly status: string;
  readonly mode: string;
  readonly item: { readonly code: string };
}

/** Signs elders of the sample's village on paper, so many at a time; they are numbered on. */
export function createElders(writing: () => Writing) {
  let people = 0;
  return async (count: number, day: string, more: object = {}, teamId = 'tm_ONE'): Promise<readonly string[]> => {
    const ids = Array.from({ length: count }, (_, index) => `rs_${String(people + index + 1).padStart(12, '0')}`);
    people += count;
    await writing().addResidents(...ids.map((id) => ({ id, birthDate: '1950-01-01', ...more })));
    const rows = ids.map((residentId) => ({ residentId, packageCodes: ['ELDERLY'] }));
    const input = { teamId, familyDoctorId: 'pr_DOCTOR', rows };
    const told = await writing().write('signContracts', input, { select: 'signed', ...on(day, hospital) });
    if (told['signed'] !== count) throw new Error(JSON.stringify(told));
    return ids;
  };
}

/** The tasks of a resident's first contract for an item, by day, as they are. */
export async function tasksOf(writing: Writing, residentId: string, code: string): Promise<readonly Task[]> {
  const query = `{ contract(id: "ct_${residentId.slice(3)}_1") { tasks { id status mode dueFrom dueTo waivedReason item { code }
    session { id } makeUpOf { id status } } } }`;
  const tasks: readonly Task[] = Object(await writing.read(query)).contract.tasks;
  return tasks.filter(({ item }) => item.code === code);
}

/** The first task of a resident's first contract for an examination. */
export async function examOf(writing: Writing, residentId: string): Promise<Task> {
  const [task] = await tasksOf(writing, residentId, 'EX');
  if (task === undefined) throw new Error(`${residentId} has no examination`);
  return task;
}

/** The administrator of the team's hospital. */
export const hospital: Asking = { caller: { role: 'INST_ADMIN', kind: 'PERSON', institutionId: 'in_TOWN' } };

/** The health commission of the county. */
export const commission: Asking = { caller: { role: 'HEALTH_COMMISSION', kind: 'PERSON', regionCodes: ['320322'] } };
