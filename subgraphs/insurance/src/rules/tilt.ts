import { toCents } from './money.ts';
import type { CareLevel } from './settlement-types.ts';

/** What a plan pays for one category at one level. */
export interface LevelTerms {
  readonly level: CareLevel;
  readonly deductible: string;
  readonly ratio: string;
}

/** From the township up: the nearer, the better. */
const order: readonly CareLevel[] = ['T', 'C', 'M'];

/**
 * Which terms favour hospitals over primary care 向基层倾斜 (domain.md 3.17): ratios must not grow from T to C to M, nor deductibles
 * shrink; levels without a rule are passed over.
 */
export function tiltFaults(terms: readonly LevelTerms[]): readonly ('ratio' | 'deductible')[] {
  const present = order.flatMap((level) => terms.find((one) => one.level === level) ?? []);
  const pairs = present.slice(1).map((above, index) => ({ below: present[index] ?? above, above }));
  const ratio = pairs.some(({ below, above }) => toCents(below.ratio) < toCents(above.ratio));
  const deductible = pairs.some(({ below, above }) => toCents(below.deductible) > toCents(above.deductible));
  return [...(ratio ? (['ratio'] as const) : []), ...(deductible ? (['deductible'] as const) : [])];
}
