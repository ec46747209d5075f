import { sql } from 'drizzle-orm';
import {
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { PaymentDifference, PaymentOrderKind, PaymentOrderStatus } from '../schema-types.ts';
import { claims } from './claim.ts';

const money = () => numeric({ precision: 12, scale: 2 });
const instant = () => timestamp({ withTimezone: true, mode: 'string' });

/** Payment orders 支付订单: what a resident pays online, of a claim or for the packages of a contract. */
export const paymentOrders = pgTable(
  'payment_orders',
  {
    residentId: text().notNull(),
    no: integer().notNull(),
    kind: text().$type<PaymentOrderKind>().notNull(),
    /** Of the claim whose cash share is paid. */
    claimNo: integer(),
    /** Of the contract whose packages are paid for. */
    contractNo: integer(),
    /** Who gets the money. */
    providerCode: text().notNull(),
    amount: money().notNull(),
    /** What the provider knows the order by; it says nothing of the resident. */
    orderNo: text().notNull(),
    /** The provider's number of the trade. */
    tradeNo: text(),
    /** With what the payer's app opens the order. */
    payCode: text(),
    expiresAt: instant().notNull(),
    paidAt: instant(),
    refundedAt: instant(),
    status: text().$type<PaymentOrderStatus>().notNull(),
    version: integer().notNull().default(1),
    updatedAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.residentId, table.no] }),
    foreignKey({
      columns: [table.residentId, table.claimNo],
      foreignColumns: [claims.residentId, claims.no],
      name: 'payment_orders_claim',
    }),
    uniqueIndex('payment_orders_number').on(table.orderNo),
    // One thing is paid once: an order that may still bring money, or has brought it, keeps others out.
    uniqueIndex('payment_orders_claim_once')
      .on(table.residentId, table.claimNo)
      .where(sql`${table.status} in ('CREATED', 'PENDING', 'PAID')`),
    uniqueIndex('payment_orders_contract_once')
      .on(table.residentId, table.contractNo)
      .where(sql`${table.status} in ('CREATED', 'PENDING', 'PAID')`),
    index('payment_orders_open')
      .on(table.expiresAt, table.orderNo)
      .where(sql`${table.status} in ('CREATED', 'PENDING', 'REFUNDING')`),
    index().on(table.status, table.residentId, table.no),
    index().on(table.paidAt, table.residentId, table.no),
    index().on(table.refundedAt),
  ],
);
export type PaymentOrderRow = typeof paymentOrders.$inferSelect;

/** A line of a day's reconciliation 对账明细, as stored. */
export interface ReconciliationLine {
  readonly orderNo: string;
  readonly flow: 'PAYMENT' | 'REFUND';
  readonly ours: string | null;
  readonly theirs: string | null;
  readonly tradeNo: string | null;
  readonly difference: PaymentDifference;
}

/** Reconciliations with the payment provider 支付对账, one a day. */
export const paymentReconciliations = pgTable('payment_reconciliations', {
  date: date().primaryKey(),
  lines: jsonb().$type<readonly ReconciliationLine[]>().notNull(),
  version: integer().notNull().default(1),
  updatedAt: instant().notNull(),
});
export type PaymentReconciliationRow = typeof paymentReconciliations.$inferSelect;

/** The memory of the payment sandbox 支付沙箱: what a real provider keeps in its own house. */
export const sandboxTrades = pgTable(
  'sandbox_trades',
  {
    orderNo: text().primaryKey(),
    tradeNo: text().notNull(),
    payCode: text().notNull(),
    amount: money().notNull(),
    state: text().$type<'WAITING' | 'PAID' | 'CLOSED' | 'FAILED'>().notNull(),
    expiresAt: instant().notNull(),
    paidAt: instant(),
    refund: text().$type<'ASKED' | 'DONE'>(),
    refundedAt: instant(),
  },
  (table) => [
    index().on(table.paidAt),
    index().on(table.refundedAt),
    index().on(table.state),
    index().on(table.refund),
  ],
);
