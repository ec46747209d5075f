import { advanced, encodeOwnedId, refuse, type Write, type Written } from '@hutong/kit';
import { and, eq, sql } from 'drizzle-orm';
import type { Trade } from './payment-provider.ts';
import { toCents, toYuan } from '../rules/money.ts';
import { statusAfter, type PaymentEvent } from '../rules/payment-order.ts';
import { benefitUses, claims } from '../tables/claim.ts';
import { paymentOrders, type PaymentOrderRow } from '../tables/online-payment.ts';
import { packageEconomics } from '../tables/policy.ts';
import { contractProjections } from '../tables/projection.ts';
import { feeOfContract } from './package-fee.ts';

/** Contracts in these states are paid for; what was paid for others is paid back. */
export const payableContracts: ReadonlySet<string> = new Set(['PENDING_CONFIRM', 'ACTIVE']);

/** Books what a provider knows of an order; what is known already changes nothing (domain.md B.3). */
export async function bookTrade(trade: Trade, write: Write): Promise<Written> {
  const order = await lockOrder(write, trade.orderNo);
  if (trade.state === 'PAID' && toCents(trade.amount) !== toCents(order.amount)) {
    return refuse('VALIDATION_FAILED', 'text', ownTexts.amount);
  }
  let current = await takeStep(write, order, eventOf(trade), { trade });
  if (trade.refund === 'DONE') current = await takeStep(write, current, 'REFUNDED', { trade });
  return { id: encodeOwnedId('pm', current.residentId, current.no) };
}

/** Ends an order that its provider was never told of. */
export async function closeOrder({ orderNo }: { readonly orderNo: string }, write: Write): Promise<Written> {
  const order = await lockOrder(write, orderNo);
  await takeStep(write, order, 'CLOSED');
  return { id: encodeOwnedId('pm', order.residentId, order.no) };
}

/** Pays back what was paid for a claim that is voided; an order that is still open is closed by the job. The claim is locked. */
export async function refundClaim(
  write: Write,
  { residentId, claimNo }: { readonly residentId: string; readonly claimNo: number },
  reason: string,
): Promise<void> {
  const orders = await write.tx
    .select()
    .from(paymentOrders)
    .where(and(eq(paymentOrders.residentId, residentId), eq(paymentOrders.claimNo, claimNo)))
    .orderBy(paymentOrders.no)
    .for('update');
  for (const order of orders) await takeStep(write, order, 'REFUND_ASKED', { reason });
}

/** Whether what an order pays is still owed: its claim stands, or its contract does. */
async function isOwed({ tx }: Write, { residentId, claimNo, contractNo }: PaymentOrderRow): Promise<boolean> {
  if (claimNo !== null) {
    const [claim] = await tx
      .select({ status: claims.status })
      .from(claims)
      .where(and(eq(claims.residentId, residentId), eq(claims.no, claimNo)));
    return claim?.status === 'SETTLED';
  }
  const [contract] = await tx
    .select({ status: contractProjections.status })
    .from(contractProjections)
    .where(and(eq(contractProjections.residentId, residentId), eq(contractProjections.no, contractNo ?? 0)));
  return payableContracts.has(contract?.status ?? '');
}

function eventOf({ state }: Trade): PaymentEvent {
  return state === 'WAITING' ? 'PLACED' : state;
}

async function lockOrder({ tx }: Write, orderNo: string): Promise<PaymentOrderRow> {
  const [order] = await tx.select().from(paymentOrders).where(eq(paymentOrders.orderNo, orderNo)).for('update');
  return order ?? refuse('NOT_FOUND', 'text');
}

/** Takes the step that an event means, if it means one, and what follows from it. */
async function takeStep(
  write: Write,
  order: PaymentOrderRow,
  event: PaymentEvent,
  { trade, reason }: { readonly trade?: Trade; readonly reason?: string } = {},
): Promise<PaymentOrderRow> {
  const status = statusAfter(order.status, event);
  if (status === undefined) return order;
  const { residentId, no } = order;
  const next = {
    ...order,
    ...advanced(order, write),
    status,
    tradeNo: trade?.tradeNo ?? order.tradeNo,
    payCode: trade?.payCode ?? order.payCode,
    paidAt: trade?.paidAt ?? order.paidAt,
    refundedAt: trade?.refundedAt ?? order.refundedAt,
  };
  await write.tx
    .update(paymentOrders)
    .set(next)
    .where(and(eq(paymentOrders.residentId, residentId), eq(paymentOrders.no, no)));
  tellOrder(write, next, order.status, reason);
  if (status !== 'PAID') return next;
  if (!(await isOwed(write, next))) return takeStep(write, next, 'REFUND_ASKED', { reason: ownTexts.notOwed.zh });
  if (next.contractNo !== null) await bookFee(write, next, next.contractNo);
  return next;
}

/** Tells what became of an order. */
export function tellOrder(write: Write, order: PaymentOrderRow, from: string | null, reason?: string): void {
  const { residentId, no, kind, status, providerCode, version } = order;
  const id = encodeOwnedId('pm', residentId, no);
  const payload = { kind, status, providerCode, version };
  write.change({ type: 'PaymentOrder', id, kind: from === null ? 'CREATED' : 'UPDATED', residentId, payload });
  write.step({ type: 'PaymentOrder', id, residentId, from, to: status, reason });
}

/** The fee earns its hospital its parts (S3-23), and the discount is what the contract brought its resident. */
async function bookFee(write: Write, { residentId, providerCode }: PaymentOrderRow, no: number): Promise<void> {
  const found = await feeOfContract(write, residentId, no);
  if (found === undefined) return;
  const { contract, fee } = found;
  const year = Number(contract.validFrom.slice(0, 4));
  for (const part of fee.parts.filter((one) => toCents(one.fee) > 0)) {
    const key = { providerCode, packageCode: part.code, year };
    await write.tx
      .insert(packageEconomics)
      .values({ ...key, institutionId: contract.institutionId, revenue: part.fee, cost: toYuan(0) })
      .onConflictDoUpdate({
        target: [packageEconomics.providerCode, packageEconomics.year, packageEconomics.packageCode],
        set: { revenue: sql`${packageEconomics.revenue} + ${part.fee}::numeric` },
      });
  }
  if (toCents(fee.discount) === 0) return;
  await write.tx
    .insert(benefitUses)
    .values({ residentId, no, capIncreaseUsed: '0.00', extraReimbursed: '0.00', discount: fee.discount })
    .onConflictDoUpdate({
      target: [benefitUses.residentId, benefitUses.no],
      set: { discount: sql`${benefitUses.discount} + ${fee.discount}::numeric` },
    });
  const payload = { year: String(year) };
  write.change({ type: 'BenefitUse', id: encodeOwnedId('ct', residentId, no), kind: 'UPDATED', residentId, payload });
}

const ownTexts = {
  amount: {
    en: 'Another amount was paid than the order asks for; reconcile the day with the provider.',
    zh: '支付金额与订单不符，请与支付机构对账。',
  },
  notOwed: { en: 'What was paid is not owed any more.', zh: '应付款项已不存在，退回' },
};
