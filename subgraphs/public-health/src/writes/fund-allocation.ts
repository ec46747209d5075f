import {
  type Write,
  type Written,
  advanced,
  compositeKey,
  createFaults,
  expectBetween,
  expectNumber,
  expectSize,
  expectVersion,
  governs,
  newId,
  refuse,
} from '@hutong/kit';
import { and, eq } from 'drizzle-orm';
import { splitPool } from '../rules/fund-split.ts';
import type { AllocateFundsInput } from '../schema-types.ts';
import { evaluations } from '../tables/evaluation.ts';
import { fundAllocationRows, fundAllocations, type FundAllocationTableRow } from '../tables/fund.ts';
import { poolOf, weighHospitals, type WeighedHospital } from './fund-shares.ts';
import { texts } from './texts.ts';

const MOST_HOSPITALS = 500;

/** Shares out a fund of a region and year to the cent; a draft is made anew, an approved one stays (domain.md 3.9.2, 3.16, 3.0.2). */
export async function allocateFunds(input: AllocateFundsInput, write: Write): Promise<Written> {
  const { source, regionCode, year } = input;
  expectSize(input.institutionIds, MOST_HOSPITALS, 'institutionIds');
  if (!governs(write.caller, regionCode)) refuse('FORBIDDEN', 'regionCode', texts.commission);
  const stored = await lockStored(write, input);
  if (stored !== undefined) expectVersion(stored, input.version);
  if (stored !== undefined && stored.status !== 'DRAFT') refuse('INVALID_TRANSITION', 'year', own.approved);
  const faults = createFaults();
  expectBetween(faults, year, [2000, Number(write.clock.day.slice(0, 4)) + 1], 'year');
  expectNumber(faults, input.pool, 'pool', { least: 0.01, most: 99_999_999_999, places: 2 });
  faults.throwIfAny();
  const hospitals = await weighHospitals(write, input, faults);
  const pool = await poolOf(write, input, faults);
  faults.throwIfAny();

  const id = stored?.id ?? newId('fa');
  const row = {
    pool,
    basisEvaluationId: source === 'BPH_INCREMENT' ? null : await evaluationOf(write, input),
    ...(stored === undefined ? { version: 1, updatedAt: write.clock.instant } : advanced(stored, write)),
  };
  const kind = stored === undefined ? 'CREATED' : 'UPDATED';
  if (stored === undefined)
    await write.tx.insert(fundAllocations).values({ id, source, regionCode, year, status: 'DRAFT', ...row });
  else await write.tx.update(fundAllocations).set(row).where(eq(fundAllocations.id, id));
  const payload = { source, regionCode, year, pool, status: 'DRAFT', version: row.version };
  write.change({ type: 'FundAllocation', id, kind, payload });
  if (stored === undefined) write.step({ type: 'FundAllocation', id, from: null, to: 'DRAFT' });
  await writeShares(write, { id, regionCode, year, pool }, hospitals);
  return { id };
}

async function lockStored(
  { tx }: Write,
  { source, regionCode, year }: AllocateFundsInput,
): Promise<FundAllocationTableRow | undefined> {
  const table = fundAllocations;
  const [stored] = await tx
    .select()
    .from(table)
    .where(and(eq(table.regionCode, regionCode), eq(table.source, source), eq(table.year, year)))
    .for('update');
  return stored;
}

/** The region's own published evaluation of the year, where there is one. */
async function evaluationOf({ tx }: Write, { regionCode, year }: AllocateFundsInput): Promise<string | null> {
  const [evaluation] = await tx
    .select({ id: evaluations.id })
    .from(evaluations)
    .where(
      and(
        eq(evaluations.status, 'PUBLISHED'),
        eq(evaluations.subjectType, 'REGION'),
        eq(evaluations.subjectId, regionCode),
        eq(evaluations.kind, 'ROUTINE'),
        eq(evaluations.period, String(year)),
      ),
    );
  return evaluation?.id ?? null;
}

type Fund = Pick<FundAllocationTableRow, 'id' | 'regionCode' | 'year' | 'pool'>;

async function writeShares(
  write: Write,
  { id: allocationId, regionCode, year, pool }: Fund,
  hospitals: readonly WeighedHospital[],
): Promise<void> {
  const amounts = splitPool(
    pool,
    hospitals.map(({ weight }) => weight),
  );
  const table = fundAllocationRows;
  const old = await write.tx.delete(table).where(eq(table.allocationId, allocationId)).returning({ no: table.no });
  for (const { no } of old) {
    const payload = { allocationId, no };
    write.change({ type: 'FundAllocationRow', id: compositeKey(allocationId, String(no)), kind: 'DELETED', payload });
  }
  const rows = hospitals.map((hospital, index) => {
    const amount = amounts[index] ?? '0.00';
    return { allocationId, no: index + 1, year, regionCode, ...hospital, amount };
  });
  await write.tx.insert(table).values(rows);
  for (const { no, institutionId, factor, amount, evaluationId } of rows) {
    const payload = { allocationId, no, institutionId, factor, amount, evaluationId };
    write.change({ type: 'FundAllocationRow', id: compositeKey(allocationId, String(no)), kind: 'CREATED', payload });
  }
}

const own = {
  approved: {
    en: 'This fund of the year is approved or paid; it stays as it is.',
    zh: '本年度该资金已审批或拨付，不可重新分配。',
  },
};
