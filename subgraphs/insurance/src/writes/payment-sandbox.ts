import { createHmac, timingSafeEqual } from 'node:crypto';
import { newId, type Database } from '@hutong/kit';
import { and, eq, gt, inArray, sql } from 'drizzle-orm';
import { sandboxTrades } from '../tables/online-payment.ts';
import type { PaymentNotice, PaymentProvider, StatementLine, Trade } from './payment-provider.ts';

/** A payment provider that moves no money, for the demo and tests, with what the payers and the provider's own clock do. */
export interface PaymentSandbox extends PaymentProvider {
  /** The payer pays at this instant, if the order can still be paid; gives the notice of it. */
  pay(orderNo: string, at: string): Promise<PaymentNotice | undefined>;
  /** Every payer pays and every refund is carried out; gives the notices, each twice as real providers do. */
  advance(at: string): Promise<readonly PaymentNotice[]>;
}

/** The sandbox 支付沙箱 on a database of its own tables; its notices are signed with HMAC-SHA-256. */
export function createPaymentSandbox({ db }: Pick<Database, 'db'>, key: string): PaymentSandbox {
  const find = async (orderNo: string): Promise<Trade | undefined> => {
    const [row] = await db.select().from(sandboxTrades).where(eq(sandboxTrades.orderNo, orderNo));
    return row;
  };
  const known = async (orderNo: string): Promise<Trade> => {
    const trade = await find(orderNo);
    if (trade === undefined) throw new Error(`the payment sandbox knows no order ${orderNo}`);
    return trade;
  };
  const sign = (text: string): string => createHmac('sha256', key).update(text).digest('hex');
  const noticeOf = (trade: Trade): PaymentNotice => {
    const text = JSON.stringify(trade);
    return { text, signature: sign(text) };
  };
  const pay: PaymentSandbox['pay'] = async (orderNo, at) => {
    const { state, expiresAt } = sandboxTrades;
    const [paid] = await db
      .update(sandboxTrades)
      .set({ state: 'PAID', paidAt: at })
      .where(and(eq(sandboxTrades.orderNo, orderNo), eq(state, 'WAITING'), gt(expiresAt, at)))
      .returning();
    return paid && noticeOf(paid);
  };
  return {
    find,
    pay,
    async place(order) {
      const trade = { ...order, tradeNo: newId('st'), payCode: newId('sc'), state: 'WAITING' as const };
      await db.insert(sandboxTrades).values(trade).onConflictDoNothing();
      return known(order.orderNo);
    },
    async close(orderNo) {
      await db
        .update(sandboxTrades)
        .set({ state: 'CLOSED' })
        .where(and(eq(sandboxTrades.orderNo, orderNo), eq(sandboxTrades.state, 'WAITING')));
      return find(orderNo);
    },
    async refund(orderNo) {
      await db
        .update(sandboxTrades)
        .set({ refund: sql`coalesce(${sandboxTrades.refund}, 'ASKED')` })
        .where(and(eq(sandboxTrades.orderNo, orderNo), eq(sandboxTrades.state, 'PAID')));
      return known(orderNo);
    },
    openNotice({ text, signature }) {
      const [given, right] = [Buffer.from(signature), Buffer.from(sign(text))];
      if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- signed by the sandbox, which wrote it.
      return JSON.parse(text) as Trade;
    },
    statement: (day) => statement(db, day),
    async advance(at) {
      const waiting = await db.select().from(sandboxTrades).where(eq(sandboxTrades.state, 'WAITING'));
      const paid = await Promise.all(waiting.map(({ orderNo }) => pay(orderNo, at)));
      const refunded = await db
        .update(sandboxTrades)
        .set({ refund: 'DONE', refundedAt: at })
        .where(inArray(sandboxTrades.refund, ['ASKED']))
        .returning();
      const notices = [...paid.filter((notice) => notice !== undefined), ...refunded.map(noticeOf)];
      return notices.flatMap((notice) => [notice, notice]);
    },
  };
}

async function statement(db: Database['db'], day: string): Promise<readonly StatementLine[]> {
  const { orderNo, tradeNo, amount, paidAt, refundedAt } = sandboxTrades;
  const onDay = (at: typeof paidAt | typeof refundedAt) => sql`${at} >= ${day}::date and ${at} < ${day}::date + 1`;
  const columns = { orderNo, tradeNo, amount };
  const paid = await db.select(columns).from(sandboxTrades).where(onDay(paidAt)).orderBy(orderNo);
  const refunded = await db.select(columns).from(sandboxTrades).where(onDay(refundedAt)).orderBy(orderNo);
  return [
    ...paid.map((line) => ({ ...line, flow: 'PAYMENT' as const })),
    ...refunded.map((line) => ({ ...line, flow: 'REFUND' as const })),
  ];
}
