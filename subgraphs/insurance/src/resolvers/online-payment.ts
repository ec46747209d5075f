import {
  byReference,
  columns,
  derive,
  ownedId,
  ownedReference,
  ownedStub,
  payload,
  stub,
  ownedList,
} from '@hutong/kit';
import type { Context } from '../context.ts';
import { toCents, toYuan } from '../rules/money.ts';
import { reconciliationCsv } from '../rules/payment-reconciliation.ts';
import type {
  MutationResolvers,
  PaymentOrderResolvers,
  PaymentReconciliationResolvers,
  QueryResolvers,
} from '../schema-types.ts';
import { paymentOrders, paymentReconciliations, type PaymentReconciliationRow } from '../tables/online-payment.ts';

type Load = Context['load'];

export const Query = {
  paymentOrder: (_parent, { id }, { load }, info) => load.paymentOrder.load(id, info),
  paymentOrders: (_parent, args, { load }, info) => load.paymentOrders.load(args, info),
  paymentReconciliation: (_parent, { date }, { load }, info) => load.paymentReconciliation.load(date, info),
} satisfies Partial<QueryResolvers>;

export const Mutation = {
  payClaimOnline: (_parent, { input }, { write }) => write.onlinePayment.payClaimOnline(input),
  payPackageFee: (_parent, { input }, { write }) => write.onlinePayment.payPackageFee(input),
  recordPaymentNotice: (_parent, { input }, { write }) => write.onlinePayment.recordPaymentNotice(input),
  reconcilePayments: (_parent, { input }, { write }) => write.onlinePayment.reconcilePayments(input),
} satisfies Partial<MutationResolvers>;

export const PaymentOrderPayload = payload('paymentOrder', (load: Load) => load.paymentOrder);

export const PaymentReconciliationPayload = payload(
  'paymentReconciliation',
  (load: Load) => load.paymentReconciliation,
);

export const PaymentOrder: PaymentOrderResolvers = {
  __resolveReference: byReference({ id: (load) => load.paymentOrder }),
  ...columns(paymentOrders),
  id: ownedId('pm'),
  resident: stub('Resident', 'residentId'),
  claim: ownedReference('cl', 'claimNo', (load) => load.claim),
  contract: ownedStub('ServiceContract', 'ct', 'contractNo'),
  payee: stub('Institution', 'providerCode', 'providerCode'),
  history: ownedList('pm', (load: Load) => load.history('PaymentOrder')),
};

export const PaymentReconciliation: PaymentReconciliationResolvers = {
  __resolveReference: byReference({ date: (load) => load.paymentReconciliation }),
  ...columns(paymentReconciliations),
  lines: derive(['lines'], ({ lines }) => [...lines]),
  paid: derive(['lines'], ({ lines }) => sumOf(lines, 'PAYMENT')),
  refunded: derive(['lines'], ({ lines }) => sumOf(lines, 'REFUND')),
  differences: derive(['lines'], ({ lines }) => lines.filter(({ difference }) => difference !== 'NONE').length),
  csv: derive(['lines'], ({ lines }) => reconciliationCsv(lines)),
};

function sumOf(lines: PaymentReconciliationRow['lines'], flow: 'PAYMENT' | 'REFUND'): string {
  return toYuan(lines.reduce((sum, one) => sum + (one.flow === flow ? toCents(one.ours ?? '0') : 0), 0));
}
