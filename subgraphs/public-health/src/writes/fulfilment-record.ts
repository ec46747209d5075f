import {
  type Faults,
  type Write,
  type Written,
  createFaults,
  encodeOwnedId,
  expectSize,
  expectText,
  nextNo,
  numberOfOwn,
  refuse,
  toDay,
} from '@hutong/kit';
import { eq } from 'drizzle-orm';
import { isMemberOn } from '../rules/contract-structure.ts';
import { fitsPlace } from '../rules/fulfilment-place.ts';
import type { GenerateFulfilmentPlanInput, RecordFulfilmentInput, WaiveTaskInput } from '../schema-types.ts';
import { fulfilmentEvents, servicePackages, type FulfilmentTaskRow } from '../tables/contract.ts';
import { worksFor } from './contract-place.ts';
import { planContracts } from './contract-plan.ts';
import { lockStandingContract } from './contract-record.ts';
import { decides } from './contract-renewal.ts';
import { countPlaces, endTasks, lockTask, type OpenTask } from './fulfilment-task.ts';
import { teamOf } from './team-of.ts';
import { texts } from './texts.ts';

/** Makes what is missing of the plan of a contract in force (domain.md 3.8.5). */
export async function generateFulfilmentPlan(
  { contractId }: GenerateFulfilmentPlanInput,
  write: Write,
): Promise<Written> {
  const { contract, person } = await lockStandingContract(write, { id: contractId }, 'contractId');
  if (!worksFor(write, await teamOf(write, contract))) refuse('FORBIDDEN', 'contractId', texts.ownTeam);
  if (contract.status !== 'ACTIVE') refuse('INVALID_TRANSITION', 'contractId');
  await planContracts(write, [contract], new Map([[person.id, person]]));
  return { id: contractId };
}

const MOST_EVIDENCE = 10;

/** Contracts whose tasks may still be done: make-ups are due up to 30 days after the end. */
const servable: ReadonlySet<string> = new Set(['ACTIVE', 'EXPIRED', 'RENEWED']);

/** Records a service that a member of the team has done (domain.md 3.8.5). */
export async function recordFulfilment(input: RecordFulfilmentInput, write: Write): Promise<Written> {
  expectSize(input.evidence, MOST_EVIDENCE, 'evidence');
  const open = await lockTask(write, input);
  const { task, contract, team } = open;
  if (!worksFor(write, team)) refuse('FORBIDDEN', 'taskId', texts.ownTeam);
  if (task.status !== 'PLANNED' || !servable.has(contract.status)) refuse('INVALID_TRANSITION', 'taskId');
  const at = input.at ?? write.clock.instant;
  const byId = input.byId ?? write.caller.practitionerId;
  const mode = input.mode ?? task.mode;
  const faults = createFaults();
  checkWho(open, byId, write, faults);
  checkWhen(task, at, write, faults);
  await checkHow(open, { mode, place: input.place }, write, faults);
  faults.expect(input.evidence.length > 0, 'VALIDATION_FAILED', 'evidence', own.evidence);
  input.evidence.forEach(({ value }, index) => expectText(faults, value, `evidence.${index}.value`));
  const encounterNo = input.encounterId ? numberOfOwn('en', task.residentId, input.encounterId) : null;
  faults.expect(encounterNo !== undefined, 'NOT_FOUND', 'encounterId');
  faults.throwIfAny();

  const { residentId } = task;
  const no = await nextNo(write, fulfilmentEvents, residentId);
  await write.tx.insert(fulfilmentEvents).values({
    residentId,
    no,
    taskNo: task.no,
    at,
    byId: byId ?? '',
    place: input.place,
    mode,
    evidence: input.evidence.map(({ kind, value }) => ({ kind, value })),
    residentConfirmed: input.residentConfirmed,
    encounterNo: encounterNo ?? null,
  });
  const id = encodeOwnedId('fe', residentId, no);
  const { teamId, institutionId, packageCode, itemCode } = task;
  const told = { taskNo: task.no, at, byId, place: input.place, mode, teamId, institutionId, packageCode, itemCode };
  write.change({ type: 'FulfilmentEvent', id, residentId, kind: 'CREATED', payload: told });
  await endTasks(write, [{ task }], 'DONE');
  const cameToSession = task.sessionId !== null && mode === 'CENTRALISED';
  if (task.sessionId !== null)
    await countPlaces(write, task.sessionId, cameToSession ? { served: 1 } : { assigned: -1 });
  return { id };
}

/** Who did it is the caller, or a member of the team on that day. */
function checkWho({ team }: OpenTask, byId: string | undefined, { caller, clock }: Write, faults: Faults): void {
  const isMember = team.members.some((one) => one.practitionerId === byId && isMemberOn(one, clock.day));
  const isKnown = byId !== undefined && (isMember || byId === caller.practitionerId);
  faults.expect(isKnown, 'VALIDATION_FAILED', 'byId', own.who);
}

/** In the window of the task, and not in the future. */
function checkWhen({ dueFrom, dueTo }: FulfilmentTaskRow, at: string, { clock }: Write, faults: Faults): void {
  const day = toDay(new Date(at));
  const isDue = day >= dueFrom && day <= dueTo && Date.parse(at) <= Date.parse(clock.instant);
  faults.expect(isDue, 'VALIDATION_FAILED', 'at', own.window);
}

type How = Pick<typeof fulfilmentEvents.$inferSelect, 'mode' | 'place'>;

async function checkHow(
  { task, person }: OpenTask,
  { mode, place }: How,
  { tx }: Write,
  faults: Faults,
): Promise<void> {
  const [row] = await tx.select().from(servicePackages).where(eq(servicePackages.code, task.packageCode));
  const item = row?.items.find(({ code }) => code === task.itemCode);
  const itemClass = item?.itemClass ?? 'BASIC_CARE';
  const fault = fitsPlace(
    { itemClass, homeCapable: item?.homeCapable ?? true, inCareHome: person.inCareHome },
    mode,
    place,
  );
  faults.expect(fault === null, 'VALIDATION_FAILED', 'place', fault === null ? undefined : own[fault]);
}

/** Notes that a resident does without a service (domain.md 3.8.5): it is out of the denominator. */
export async function waiveTask(input: WaiveTaskInput, write: Write): Promise<Written> {
  const { task, person, team } = await lockTask(write, input);
  if (!worksFor(write, team) && !decides(write, person)) refuse('FORBIDDEN', 'taskId', texts.ownTeam);
  if (task.status !== 'PLANNED') refuse('INVALID_TRANSITION', 'taskId');
  const faults = createFaults();
  expectText(faults, input.reason, 'reason');
  faults.throwIfAny();
  await endTasks(write, [{ task, change: { waivedReason: input.reason.trim() } }], 'WAIVED');
  if (task.sessionId !== null) await countPlaces(write, task.sessionId, { assigned: -1 });
  return { id: input.taskId };
}

const own = {
  who: { en: 'Name a member of the team who did it.', zh: '请填写实施服务的团队成员。' },
  window: {
    en: 'The service lies in the window of the task and not in the future.',
    zh: '履约时间须在任务窗口内且不晚于现在。',
  },
  evidence: { en: 'One proof at least is needed.', zh: '至少须有一项履约凭证。' },
  ONLINE: {
    en: 'Examinations, tests and visits are not done online; choose where it was done.',
    zh: '检查、检验及上门服务不可线上履约，请选择实际地点。',
  },
  HOME: { en: 'This item is not done at home.', zh: '该项目不可上门服务。' },
  CARE_HOME: { en: 'The resident does not live in a care home.', zh: '该居民未入住养老机构。' },
  MODE: { en: 'The place does not fit the way it was done.', zh: '履约地点与履约方式不符。' },
};
