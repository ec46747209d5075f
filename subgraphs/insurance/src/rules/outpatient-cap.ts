import { toCents, toYuan } from './money.ts';
import type { SettlementPlan } from './settlement-types.ts';

/** Cap of pooled outpatient payments in a year, without and with an active contract (domain.md 3.1.2, 3.1.4a), yuan. */
export function outpatientCapOf(
  caps: SettlementPlan['caps'],
  retired: boolean,
): { readonly withoutContract: string; readonly withContract: string } {
  const base = toCents(retired ? (caps.outpatientRetired ?? caps.outpatient) : caps.outpatient);
  return { withoutContract: toYuan(base), withContract: toYuan(base + toCents(caps.contractIncrease)) };
}
