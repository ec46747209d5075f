import {
  type Faults,
  type Write,
  type Written,
  advanced,
  createFaults,
  expectNotPast,
  expectSize,
  expectText,
  expectVersion,
  governs,
  lockById,
  newId,
  refuse,
} from '@hutong/kit';
import { and, eq, inArray } from 'drizzle-orm';
import { mayPhaseFollow, mayTaskFollow, neededReviews } from '../rules/programme-phase.ts';
import type { ProgrammeTaskInput, ProgrammeTaskStatus, UpsertProgrammeInput } from '../schema-types.ts';
import {
  programmeReviews,
  programmes,
  programmeTasks,
  type ProgrammeRow,
  type ProgrammeTaskRow,
} from '../tables/governance.ts';
import { texts } from './texts.ts';

const MOST_TASKS = 100;

/** Makes or changes a work programme with its tasks; it goes on phase by phase once its reviews accept it (S2-31, S2-32). */
export async function upsertProgramme(input: UpsertProgrammeInput, write: Write): Promise<Written> {
  for (const list of ['tasks', 'documents', 'phases', 'workingGroup'] as const)
    expectSize(input[list], MOST_TASKS, list);
  const stored = input.id ? await lockById(write, programmes, input.id, 'id') : undefined;
  if (!governs(write.caller, stored?.regionCode ?? input.regionCode))
    refuse('FORBIDDEN', 'regionCode', texts.commission);
  if (stored !== undefined) expectVersion(stored, input.version);
  const faults = createFaults();
  const sameRegion = stored === undefined || stored.regionCode === input.regionCode;
  faults.expect(sameRegion, 'VALIDATION_FAILED', 'regionCode', own.region);
  checkTexts(input, faults);
  checkPhases(input, faults);
  await checkPhase(input, stored, write, faults);
  const tasks = await storedTasks(write, stored);
  checkTasks(input, tasks, write, faults);
  faults.throwIfAny();

  const id = stored?.id ?? newId('wp');
  await writeProgramme(write, id, input, stored);
  for (const task of input.tasks) await writeTask(write, id, task, tasks.get(task.id ?? ''));
  return { id };
}

async function writeProgramme(
  write: Write,
  id: string,
  input: UpsertProgrammeInput,
  stored: ProgrammeRow | undefined,
): Promise<void> {
  const { regionCode, phase } = input;
  const row = {
    title: input.title.trim(),
    regionCode,
    description: input.description?.trim() ?? null,
    pilotLevel: input.pilotLevel ?? null,
    phase,
    phases: input.phases.map(({ phase: planned, from, to }) => ({
      phase: planned,
      from: from ?? null,
      to: to ?? null,
    })),
    documents: input.documents.map(({ title, no, issuedOn }) => ({
      title,
      no: no ?? null,
      issuedOn: issuedOn ?? null,
    })),
    workingGroup: [...new Set(input.workingGroup)],
    ...(stored === undefined ? { version: 1, updatedAt: write.clock.instant } : advanced(stored, write)),
  };
  if (stored === undefined) await write.tx.insert(programmes).values({ id, ...row });
  else await write.tx.update(programmes).set(row).where(eq(programmes.id, id));
  const kind = stored === undefined ? 'CREATED' : 'UPDATED';
  write.change({ type: 'Programme', id, kind, payload: { regionCode, phase, version: row.version } });
  if (stored?.phase !== phase) write.step({ type: 'Programme', id, from: stored?.phase ?? null, to: phase });
}

async function writeTask(
  write: Write,
  programmeId: string,
  { id, department, goal, due, status }: ProgrammeTaskInput,
  stored: ProgrammeTaskRow | undefined,
): Promise<void> {
  const row = { id: id ?? newId('pt'), programmeId, department, goal: goal.trim(), due: due ?? null, status };
  if (stored === undefined) await write.tx.insert(programmeTasks).values(row);
  else await write.tx.update(programmeTasks).set(row).where(eq(programmeTasks.id, row.id));
  tellTask(write, row, stored?.status ?? null);
}

/** Tells a task of a programme, and the step of its state when it is another than before. */
export function tellTask(write: Write, task: ProgrammeTaskRow, from: ProgrammeTaskStatus | null): void {
  const { id, programmeId, department, due, status } = task;
  const payload = { programmeId, department, due, status };
  write.change({ type: 'ProgrammeTask', id, kind: from === null ? 'CREATED' : 'UPDATED', payload });
  if (from !== status) write.step({ type: 'ProgrammeTask', id, from, to: status });
}

async function storedTasks(
  { tx }: Write,
  programme: ProgrammeRow | undefined,
): Promise<ReadonlyMap<string, ProgrammeTaskRow>> {
  if (programme === undefined) return new Map();
  const isOfIt = eq(programmeTasks.programmeId, programme.id);
  const rows = await tx.select().from(programmeTasks).where(isOfIt).orderBy(programmeTasks.id).for('update');
  return new Map(rows.map((row) => [row.id, row]));
}

function checkTexts(input: UpsertProgrammeInput, faults: Faults): void {
  expectText(faults, input.title, 'title', 200);
  expectText(faults, input.description, 'description', 4000);
  input.documents.forEach(({ title, no }, index) => {
    expectText(faults, title, `documents.${index}.title`, 200);
    expectText(faults, no, `documents.${index}.no`, 100);
  });
  faults.expect(/^\d{4,12}$/.test(input.regionCode), 'VALIDATION_FAILED', 'regionCode', own.code);
  faults.expect(input.workingGroup.length > 0, 'VALIDATION_FAILED', 'workingGroup', texts.needed);
}

function checkPhases({ phases }: UpsertProgrammeInput, faults: Faults): void {
  const planned = phases.map(({ phase }) => phase);
  phases.forEach(({ phase, from, to }, index) => {
    faults.expect(planned.indexOf(phase) === index, 'VALIDATION_FAILED', `phases.${index}.phase`, texts.twice);
    faults.expect(!from || !to || from <= to, 'VALIDATION_FAILED', `phases.${index}.to`, texts.order);
  });
}

async function checkPhase(
  { phase }: UpsertProgrammeInput,
  stored: ProgrammeRow | undefined,
  { tx }: Write,
  faults: Faults,
): Promise<void> {
  faults.expect(mayPhaseFollow(stored?.phase, phase), 'INVALID_TRANSITION', 'phase', own.phase);
  if (stored?.phase !== 'PREPARATION' || phase === 'PREPARATION') return;
  const { programmeId, kind, accepted } = programmeReviews;
  const isNeeded = and(eq(programmeId, stored.id), eq(accepted, true), inArray(kind, [...neededReviews]));
  const rows = await tx.selectDistinct({ kind }).from(programmeReviews).where(isNeeded);
  faults.expect(rows.length === neededReviews.length, 'INVALID_TRANSITION', 'phase', own.reviews);
}

function checkTasks(
  { tasks, workingGroup }: UpsertProgrammeInput,
  stored: ReadonlyMap<string, ProgrammeTaskRow>,
  write: Write,
  faults: Faults,
): void {
  const ids = tasks.map(({ id }) => id);
  tasks.forEach(({ id, department, goal, due, status }, index) => {
    const at = `tasks.${index}`;
    const before = id ? stored.get(id) : undefined;
    faults.expect(!id || before !== undefined, 'NOT_FOUND', `${at}.id`);
    faults.expect(!id || ids.indexOf(id) === index, 'VALIDATION_FAILED', `${at}.id`, texts.twice);
    expectText(faults, goal, `${at}.goal`, 500);
    faults.expect(workingGroup.includes(department), 'VALIDATION_FAILED', `${at}.department`, own.department);
    if (due !== before?.due) expectNotPast(faults, write, due, `${at}.due`);
    faults.expect(mayTaskFollow(before?.status, status), 'INVALID_TRANSITION', `${at}.status`, own.task);
  });
}

const own = {
  region: { en: 'A programme stays in its region; make a new one.', zh: '方案所属区划不可变更，请新建方案。' },
  code: { en: 'A division code has 4 to 12 digits.', zh: '区划代码为 4 至 12 位数字。' },
  phase: {
    en: 'A programme begins in preparation and goes on phase by phase: PREPARATION, ADVANCE, PERFECTION.',
    zh: '方案自筹备阶段开始，按筹备、推进、完善依次进行。',
  },
  reviews: {
    en: 'An internal and a legal review must accept the programme before it goes on.',
    zh: '须先通过内部评审与法律审核，方可进入下一阶段。',
  },
  department: { en: 'The department is not in the working group.', zh: '该部门不在工作专班内。' },
  task: {
    en: 'OVERDUE is set by time only, and what is done stays done.',
    zh: '逾期状态由系统设置，已完成的任务不可退回。',
  },
};
