import { createFaults, encodeOwnedId, newId, type Write, type Written } from '@hutong/kit';
import { and, eq } from 'drizzle-orm';
import { caseMixIndex, keptHighOutliers } from '../rules/drg.ts';
import { toCents, toYuan } from '../rules/money.ts';
import type { SettleDrgMonthInput } from '../schema-types.ts';
import { drgCases, drgMonths, type DrgCaseRow } from '../tables/payment.ts';
import { insures } from './checks.ts';
import { providerOf } from './claim-facts.ts';
import { drgPolicyOf } from './drg-case.ts';
import { isSettled, lockMonth } from './provider-month.ts';
import { texts } from './texts.ts';

/** Settles a hospital's month (domain.md 3.3): of its high outliers those with the largest excess keep it, the rest are paid as normal. */
export async function settleDrgMonth({ institutionId, month }: SettleDrgMonthInput, write: Write): Promise<Written> {
  const faults = createFaults();
  const provider = await providerOf(write, institutionId);
  faults.expect(provider !== undefined, 'NOT_FOUND', 'institutionId');
  const isOver = /^\d{4}-(0[1-9]|1[0-2])$/.test(month) && month < write.clock.day.slice(0, 7);
  faults.expect(isOver, 'VALIDATION_FAILED', 'month', ownTexts.over);
  if (provider !== undefined) {
    faults.expect(insures(write.caller, provider.regionCode), 'FORBIDDEN', 'institutionId', texts.bureau);
  }
  faults.throwIfAny();
  const providerCode = provider?.providerCode ?? '';
  await lockMonth(write, { providerCode, month }, 'ALONE');
  const cases = await casesOf(write, providerCode, month);
  const policy = await drgPolicyOf(write, Number(month.slice(0, 4)));
  faults.expect(cases.length > 0, 'VALIDATION_FAILED', 'month', ownTexts.empty);
  faults.expect(!(await isSettled(write, providerCode, month)), 'INVALID_TRANSITION', 'month');
  faults.expect(policy !== undefined, 'VALIDATION_FAILED', 'month', ownTexts.noPolicy);
  faults.throwIfAny();

  const kept = keptHighOutliers(cases.map(outlierCase), policy?.highShare ?? '0');
  const demoted = cases.filter((one) => one.outlier === 'HIGH' && !kept.has(caseId(one)));
  for (const one of demoted) await payAsNormal(write, one);
  const paid = cases.map((one) => (demoted.includes(one) ? { ...one, ...asNormal(one) } : one));
  const id = newId('dp');
  await write.tx.insert(drgMonths).values({
    id,
    providerCode,
    institutionId,
    month,
    cases: cases.length,
    highCases: kept.size,
    demotedCases: demoted.length,
    cmi: caseMixIndex(paid.filter(isGrouped).map(({ rw }) => rw ?? '0')),
    cost: sumOf(paid, 'cost'),
    payable: sumOf(paid, 'payable'),
    fundPayable: sumOf(paid, 'fundPayable'),
    hospitalBalance: sumOf(paid, 'hospitalBalance'),
    settledAt: write.clock.instant,
  });
  write.change({ type: 'DrgMonth', id, kind: 'CREATED', payload: { providerCode, month } });
  return { id };
}

function casesOf({ tx }: Write, providerCode: string, month: string): Promise<DrgCaseRow[]> {
  return tx
    .select()
    .from(drgCases)
    .where(and(eq(drgCases.providerCode, providerCode), eq(drgCases.month, month)))
    .orderBy(drgCases.residentId, drgCases.no)
    .for('update');
}

function caseId({ residentId, no }: DrgCaseRow): string {
  return encodeOwnedId('dc', residentId, no);
}

function outlierCase(row: DrgCaseRow): Parameters<typeof keptHighOutliers>[0][number] {
  const excess = toYuan(toCents(row.payable) - toCents(row.standard ?? row.payable));
  return { id: caseId(row), outlier: row.outlier, excess };
}

function isGrouped({ outlier }: DrgCaseRow): boolean {
  return outlier !== 'EXCLUDED' && outlier !== 'UNGROUPED';
}

/** A high outlier paid as normal: its standard. */
function asNormal({ standard, payable, fundPayable, cost }: DrgCaseRow) {
  const normal = toCents(standard ?? payable);
  return {
    outlier: 'NORMAL' as const,
    payable: toYuan(normal),
    fundPayable: toYuan(toCents(fundPayable) - (toCents(payable) - normal)),
    hospitalBalance: toYuan(normal - toCents(cost)),
  };
}

async function payAsNormal(write: Write, row: DrgCaseRow): Promise<void> {
  const { residentId, no, month } = row;
  await write.tx
    .update(drgCases)
    .set(asNormal(row))
    .where(and(eq(drgCases.residentId, residentId), eq(drgCases.no, no)));
  const payload = { month, outlier: 'NORMAL' };
  write.change({ type: 'DrgCase', id: caseId(row), kind: 'UPDATED', residentId, payload });
}

function sumOf(rows: readonly DrgCaseRow[], part: 'cost' | 'payable' | 'fundPayable' | 'hospitalBalance'): string {
  return toYuan(rows.reduce((sum, row) => sum + toCents(row[part]), 0));
}

const ownTexts = {
  over: { en: 'A month that is over is needed, such as 2024-03.', zh: '须为已结束的月份，如 2024-03。' },
  empty: { en: 'The hospital has no cases in that month.', zh: '该机构在该月无病例。' },
  noPolicy: { en: 'There is no DRG policy for that year.', zh: '该年度尚无 DRG 支付政策。' },
};
