import { createFaults, expectNotFuture, refuse, type Write, type Written } from '@hutong/kit';
import { and, gte, lt, sql } from 'drizzle-orm';
import type { PaymentProvider } from './payment-provider.ts';
import { addDays } from '../rules/calendar.ts';
import { reconcile, type Flow } from '../rules/payment-reconciliation.ts';
import type { ReconcilePaymentsInput } from '../schema-types.ts';
import { paymentOrders, paymentReconciliations } from '../tables/online-payment.ts';

/** Compares a day with the provider's statement 支付对账; asked again, the newest comparison stands. */
export function reconcilePayments(provider: PaymentProvider | undefined) {
  return async ({ date }: ReconcilePaymentsInput, write: Write): Promise<Written> => {
    if (provider === undefined) return refuse('CHANNEL_CLOSED', '', ownTexts.none);
    const faults = createFaults();
    const isBureau = write.caller.role === 'SYSTEM' || write.caller.role === 'INSURANCE_BUREAU';
    faults.expect(isBureau, 'FORBIDDEN', '', ownTexts.bureau);
    expectNotFuture(faults, write, date, 'date');
    faults.throwIfAny();
    const lines = reconcile(await flowsOf(write, date), await provider.statement(date));
    const { instant: updatedAt } = write.clock;
    const [stored] = await write.tx
      .insert(paymentReconciliations)
      .values({ date, lines, updatedAt })
      .onConflictDoUpdate({
        target: paymentReconciliations.date,
        set: { lines, updatedAt, version: sql`${paymentReconciliations.version} + 1` },
      })
      .returning({ version: paymentReconciliations.version });
    const version = stored?.version ?? 1;
    const kind = version === 1 ? 'CREATED' : 'UPDATED';
    write.change({ type: 'PaymentReconciliation', id: date, kind, payload: { date, version } });
    return { id: date };
  };
}

/** What we booked as paid, and as paid back, on a day. */
async function flowsOf({ tx }: Write, date: string): Promise<readonly Flow[]> {
  const { orderNo, amount, tradeNo, paidAt, refundedAt } = paymentOrders;
  const from = `${date}T00:00:00+08:00`;
  const to = `${addDays(date, 1)}T00:00:00+08:00`;
  const booked = (at: typeof paidAt | typeof refundedAt, flow: Flow['flow']) =>
    tx
      .select({ orderNo, amount, tradeNo, flow: sql<Flow['flow']>`${flow}::text` })
      .from(paymentOrders)
      .where(and(gte(at, from), lt(at, to)));
  return [...(await booked(paidAt, 'PAYMENT')), ...(await booked(refundedAt, 'REFUND'))];
}

const ownTexts = {
  none: { en: 'No payment provider is connected here.', zh: '本系统未接入支付机构。' },
  bureau: { en: 'Only an insurance bureau may do this.', zh: '仅医保局可操作。' },
};
