import { addDays, daysBetween } from './contract-term.ts';

/** How a task is done (VS-37). */
export type FulfilmentMode = 'CENTRALISED' | 'TEAM' | 'INDIVIDUAL' | 'HOME';

/** State of a task. */
export type TaskStatus = 'PLANNED' | 'DONE' | 'MISSED' | 'MAKE_UP' | 'WAIVED';

/** An item of a package, as far as planning needs it. */
export interface PlannedItem {
  readonly code: string;
  readonly itemClass: 'BASIC_PUBLIC_HEALTH' | 'BASIC_CARE' | 'PERSONALISED' | 'EXAM' | 'TEST';
  readonly frequencyPerYear: number;
  readonly homeCapable: boolean;
}

/** The contract and the person a plan is made for. */
export interface PlanSubject {
  readonly validFrom: string;
  readonly validTo: string;
  /** The resident has a vulnerability (VS-34). */
  readonly vulnerable: boolean;
  readonly inCareHome: boolean;
}

export interface PlannedTask {
  readonly itemCode: string;
  readonly seq: number;
  readonly dueFrom: string;
  readonly dueTo: string;
  readonly mode: FulfilmentMode;
}

const CENTRALISED_CLASSES: readonly string[] = ['EXAM', 'TEST', 'BASIC_PUBLIC_HEALTH'];

/** Tasks of a contract: each item as often as its frequency, in equal windows of the contract year (domain.md 3.8.5). */
export function fulfilmentPlan(items: readonly PlannedItem[], subject: PlanSubject): PlannedTask[] {
  const days = daysBetween(subject.validFrom, subject.validTo) + 1;
  return items.flatMap((item) =>
    Array.from({ length: item.frequencyPerYear }, (_, index) => ({
      itemCode: item.code,
      seq: index + 1,
      ...window(subject.validFrom, days, index, item.frequencyPerYear),
      mode: taskMode(item, subject),
    })),
  );
}

/** How an item is done for a person: the rule overrides the item's default mode; care homes are visited (domain.md 3.8.5, 3.23). */
export function taskMode(
  item: PlannedItem,
  { vulnerable, inCareHome }: Pick<PlanSubject, 'vulnerable' | 'inCareHome'>,
): FulfilmentMode {
  if (inCareHome || (vulnerable && item.homeCapable)) return 'HOME';
  return CENTRALISED_CLASSES.includes(item.itemClass) ? 'CENTRALISED' : 'INDIVIDUAL';
}

/** Last day of the make-up of a task missed at a session (domain.md 3.8.5). */
export function makeUpDueTo(sessionDay: string): string {
  return addDays(sessionDay, 30);
}

/** Done tasks as a share of required tasks without the waived ones, percent; null when nothing is due (domain.md 3.8.5). */
export function fulfilmentRate(tasks: readonly { readonly status: TaskStatus }[]): string | null {
  const required = tasks.filter((task) => task.status !== 'WAIVED').length;
  if (required === 0) return null;
  const done = tasks.filter((task) => task.status === 'DONE').length;
  return percent(done, required);
}

/** A contract is fulfilled when every mandatory task due is done or waived (domain.md 3.8.5). */
export function isFulfilled(tasks: readonly { readonly status: TaskStatus; readonly mandatory: boolean }[]): boolean {
  return tasks.every((task) => !task.mandatory || task.status === 'DONE' || task.status === 'WAIVED');
}

/** Numerator / denominator × 100 with two places half up, in whole numbers (domain.md 3.0.3). */
export function percent(numerator: number, denominator: number): string {
  const hundredths = Math.floor((numerator * 20_000 + denominator) / (2 * denominator));
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
}

function window(validFrom: string, days: number, index: number, parts: number): { dueFrom: string; dueTo: string } {
  const startOf = (part: number) => Math.floor((part * days) / parts);
  return { dueFrom: addDays(validFrom, startOf(index)), dueTo: addDays(validFrom, startOf(index + 1) - 1) };
}
