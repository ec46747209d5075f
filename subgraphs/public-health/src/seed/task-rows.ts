import { stableFraction, stableId } from '@hutong/kit';
import type {
  ContractFact,
  FulfilmentFact,
  PackageItemFact,
  ResidentFact,
  ResidentHistory,
  ServicePackageFact,
} from '@hutong/synthetic';
import { addDays } from '../rules/contract-term.ts';
import { fulfilmentPlan, makeUpDueTo, type PlannedTask } from '../rules/fulfilment-plan.ts';
import type { EvidenceKind } from '../schema-types.ts';
import type { fulfilmentEvents, fulfilmentTasks, StoredEvidence } from '../tables/contract.ts';
import type { PlannedSession, SessionPlanner } from './session-planner.ts';

type TaskRow = typeof fulfilmentTasks.$inferInsert;
type EventRow = typeof fulfilmentEvents.$inferInsert;

/** What tasks of a resident are made from. */
export interface TaskSetting {
  readonly packages: ReadonlyMap<string, ServicePackageFact>;
  readonly sessions: SessionPlanner;
  readonly asOf: string;
}

/** Tasks and services of a resident, numbered in one row each. */
export interface TaskRows {
  readonly tasks: TaskRow[];
  readonly events: EventRow[];
}

/** Share of services that inspectors check (domain.md 3.8.7). */
const SAMPLED = 0.05;

/** The fulfilment plans of a resident's contracts by rule 3.8.5, and how each task ended as the facts say. */
export function taskRows(resident: ResidentFact, history: ResidentHistory, setting: TaskSetting): TaskRows {
  const rows: TaskRows = { tasks: [], events: [] };
  const facts = new Map(history.fulfilments.map((fact) => [keyOf(fact), fact]));
  for (const contract of history.contracts) {
    for (const { packageCode, item, planned } of plannedTasks(resident, contract, setting.packages)) {
      const fact = facts.get(keyOf({ contractNo: contract.no, packageCode, itemCode: item.code, seq: planned.seq }));
      addTask({ resident, contract, packageCode, item, planned, fact }, setting, rows);
    }
  }
  return rows;
}

interface Task {
  readonly resident: ResidentFact;
  readonly contract: ContractFact;
  readonly packageCode: string;
  readonly item: PackageItemFact;
  readonly planned: PlannedTask;
  readonly fact: FulfilmentFact | undefined;
}

function plannedTasks(
  resident: ResidentFact,
  contract: ContractFact,
  packages: ReadonlyMap<string, ServicePackageFact>,
): Pick<Task, 'packageCode' | 'item' | 'planned'>[] {
  const subject = {
    validFrom: contract.validFrom,
    validTo: contract.validTo,
    vulnerable: resident.vulnerability.length > 0,
    inCareHome: resident.inCareHome,
  };
  return contract.packageCodes.flatMap((packageCode) =>
    (packages.get(packageCode)?.items ?? []).flatMap((item) =>
      fulfilmentPlan([item], subject).map((planned) => ({ packageCode, item, planned })),
    ),
  );
}

/** One planned task, its session, its make-up task when it was missed there, and the service when it was done. */
function addTask(task: Task, setting: TaskSetting, rows: TaskRows): void {
  const outcome = outcomeOf(task, setting.asOf);
  const session = sessionOf(task, outcome, setting);
  const base = taskRow(task, rows.tasks.length + 1, setting.asOf);
  const madeUp = outcome === 'DONE_MAKE_UP' || (outcome === 'MISSED' && base.mode === 'CENTRALISED');
  if (!madeUp) {
    rows.tasks.push({ ...base, ...statusOf(task, outcome), sessionId: session?.id ?? null });
    if (outcome === 'DONE_FIRST') rows.events.push(eventRow(task, base, rows.events.length + 1));
    return;
  }
  const missedOn = session?.day ?? base.dueTo;
  const dueTo = makeUpDueTo(missedOn);
  const open = outcome === 'MISSED' && dueTo >= setting.asOf.slice(0, 10);
  rows.tasks.push({ ...base, status: open ? 'MAKE_UP' : 'MISSED', counted: false, sessionId: session?.id ?? null });
  const makeUp: TaskRow = {
    ...taskRow(task, rows.tasks.length + 1, setting.asOf),
    dueFrom: addDays(missedOn, 1),
    dueTo,
    mode: 'TEAM',
    status: open ? 'PLANNED' : outcome === 'MISSED' ? 'MISSED' : 'DONE',
    makeUpOfNo: base.no,
  };
  rows.tasks.push(makeUp);
  if (outcome === 'DONE_MAKE_UP') rows.events.push(eventRow(task, makeUp, rows.events.length + 1));
}

function outcomeOf({ fact, planned }: Task, asOf: string): FulfilmentFact['outcome'] {
  return fact?.outcome ?? (planned.dueTo >= asOf.slice(0, 10) ? 'OPEN' : 'MISSED');
}

/** The session a task was put into: where it was done, or where it was missed and made up for later. */
function sessionOf(
  { resident, contract, planned, fact }: Task,
  outcome: FulfilmentFact['outcome'],
  { sessions }: TaskSetting,
): PlannedSession | undefined {
  if (planned.mode !== 'CENTRALISED' || outcome === 'OPEN' || outcome === 'WAIVED') return undefined;
  if (outcome === 'DONE_FIRST') {
    return typeof fact?.sessionId === 'string' ? sessions.serve(fact.sessionId) : undefined;
  }
  const lastDay = fact?.at?.slice(0, 10) ?? planned.dueTo;
  return sessions.assign({
    institutionId: contract.baseInstitutionId,
    residentType: resident.residentType,
    itemCode: planned.itemCode,
    dueFrom: planned.dueFrom,
    dueTo: lastDay < planned.dueTo ? lastDay : planned.dueTo,
  });
}

function taskRow({ resident, contract, packageCode, item, planned }: Task, no: number, asOf: string): TaskRow {
  return {
    residentId: resident.id,
    no,
    contractNo: contract.no,
    packageCode,
    itemCode: item.code,
    seq: planned.seq,
    dueFrom: planned.dueFrom,
    dueTo: planned.dueTo,
    mode: planned.mode,
    status: 'PLANNED',
    counted: true,
    mandatory: item.mandatory,
    teamId: contract.teamId,
    institutionId: contract.baseInstitutionId,
    updatedAt: asOf,
  };
}

function statusOf({ fact }: Task, outcome: FulfilmentFact['outcome']): Pick<TaskRow, 'status' | 'waivedReason'> {
  switch (outcome) {
    case 'DONE_FIRST':
    case 'DONE_MAKE_UP':
      return { status: 'DONE' };
    case 'WAIVED':
      return { status: 'WAIVED', waivedReason: fact?.waivedReason ?? '居民不需要' };
    case 'MISSED':
      return { status: 'MISSED' };
    case 'OPEN':
      return { status: 'PLANNED' };
  }
}

function eventRow({ resident, contract, fact }: Task, task: TaskRow, no: number): EventRow {
  const sampled = stableFraction('inspected', resident.id, task.no) < SAMPLED;
  return {
    residentId: resident.id,
    no,
    taskNo: task.no,
    at: fact?.at ?? `${task.dueTo}T10:00:00+08:00`,
    byId: fact?.practitionerId ?? contract.familyDoctorId,
    place: fact?.place ?? 'HOSPITAL',
    mode: task.mode,
    evidence: (fact?.evidence ?? []).map((text) => evidenceOf(text, resident.id, task.no)),
    residentConfirmed: fact?.residentConfirmed ?? false,
    verified: sampled ? (fact?.truthful ?? true) : null,
    encounterNo: fact?.encounterNo ?? null,
  };
}

/** Proof as the facts name it; the reference stands for the hash of a signature or photograph. */
function evidenceOf(text: string, ...path: readonly (string | number)[]): StoredEvidence {
  const kind = evidenceKinds[text] ?? 'SIGNATURE';
  return { kind, value: stableId('pf', kind, ...path) };
}

const evidenceKinds: Readonly<Record<string, EvidenceKind>> = {
  SIGNATURE: 'SIGNATURE',
  PHOTO: 'PHOTO_HASH',
  DEVICE: 'DEVICE',
};

function keyOf(task: Pick<FulfilmentFact, 'contractNo' | 'packageCode' | 'itemCode' | 'seq'>): string {
  return `${task.contractNo}/${task.packageCode}/${task.itemCode}/${task.seq}`;
}
