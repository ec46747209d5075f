import {
  type Write,
  type Written,
  actsFor,
  advanced,
  compositeKey,
  createFaults,
  expectNotFuture,
  expectVersion,
  governs,
  lockById,
  refuse,
} from '@hutong/kit';
import { and, eq, isNull } from 'drizzle-orm';
import type {
  ApproveFundAllocationInput,
  ConfirmFundReceiptInput,
  FundAllocationStatus,
  PayFundAllocationInput,
} from '../schema-types.ts';
import { fundAllocationRows, fundAllocations, type FundAllocationTableRow } from '../tables/fund.ts';
import { texts } from './texts.ts';

/** Approves a draft: from then on it stays (domain.md 3.16). */
export async function approveFundAllocation(input: ApproveFundAllocationInput, write: Write): Promise<Written> {
  const allocation = await lockForStep(write, input, 'DRAFT');
  const set = { approvedBy: input.department, approvedOn: write.clock.day };
  return take(write, allocation, 'APPROVED', set);
}

/** Notes that an approved allocation was paid. */
export async function payFundAllocation(input: PayFundAllocationInput, write: Write): Promise<Written> {
  const allocation = await lockForStep(write, input, 'APPROVED');
  const paidOn = input.paidOn ?? write.clock.day;
  const faults = createFaults();
  expectNotFuture(faults, write, paidOn, 'paidOn');
  faults.expect(paidOn >= (allocation.approvedOn ?? ''), 'VALIDATION_FAILED', 'paidOn', own.early);
  faults.throwIfAny();
  return take(write, allocation, 'PAID', { paidOn });
}

/** Confirms that the share of an institution has come, once, by its administrators. */
export async function confirmFundReceipt(
  { id, institutionId }: ConfirmFundReceiptInput,
  write: Write,
): Promise<Written> {
  const { caller, clock, tx } = write;
  const isOwn = actsFor(caller, institutionId) && (caller.role === 'INST_ADMIN' || caller.role === 'SYSTEM');
  if (!isOwn) refuse('FORBIDDEN', 'institutionId', own.receiver);
  const { status } = await lockById(write, fundAllocations, id, 'id');
  if (status !== 'PAID') refuse('INVALID_TRANSITION', 'id', own.unpaid);
  const table = fundAllocationRows;
  const mine = and(eq(table.allocationId, id), eq(table.institutionId, institutionId));
  const [share] = await tx.select({ no: table.no }).from(table).where(mine);
  if (share === undefined) refuse('NOT_FOUND', 'institutionId');
  const confirmed = await tx
    .update(table)
    .set({ confirmedOn: clock.day })
    .where(and(mine, isNull(table.confirmedOn)))
    .returning({ no: table.no });
  if (confirmed.length === 0) refuse('INVALID_TRANSITION', 'institutionId', own.confirmed);
  for (const { no } of confirmed) {
    const payload = { allocationId: id, no, institutionId, confirmedOn: clock.day };
    write.change({ type: 'FundAllocationRow', id: compositeKey(id, String(no)), kind: 'UPDATED', payload });
  }
  return { id };
}

/** An allocation that stands where a step begins. */
async function lockForStep(
  write: Write,
  { id, version }: { readonly id: string; readonly version?: number | null },
  from: FundAllocationStatus,
): Promise<FundAllocationTableRow> {
  const allocation = await lockById(write, fundAllocations, id, 'id');
  if (!governs(write.caller, allocation.regionCode)) refuse('FORBIDDEN', 'id', texts.commission);
  expectVersion(allocation, version);
  if (allocation.status !== from) refuse('INVALID_TRANSITION', 'id');
  return allocation;
}

async function take(
  write: Write,
  allocation: FundAllocationTableRow,
  status: FundAllocationStatus,
  set: Partial<FundAllocationTableRow>,
): Promise<Written> {
  const { id, source, regionCode, year, pool } = allocation;
  const next = advanced(allocation, write);
  await write.tx
    .update(fundAllocations)
    .set({ ...set, status, ...next })
    .where(eq(fundAllocations.id, id));
  const payload = { source, regionCode, year, pool, status, version: next.version };
  write.change({ type: 'FundAllocation', id, kind: 'UPDATED', payload });
  write.step({ type: 'FundAllocation', id, from: allocation.status, to: status });
  return { id };
}

const own = {
  early: { en: 'Money is not paid before the approval.', zh: '拨付日期不能早于审批日期。' },
  receiver: {
    en: 'Only the administrators of the institution may confirm its share.',
    zh: '仅本机构管理者可确认到账。',
  },
  unpaid: { en: 'The allocation is not paid yet.', zh: '该资金尚未拨付。' },
  confirmed: { en: 'The share has been confirmed.', zh: '该款项已确认到账。' },
};
