import type { Read } from '@hutong/kit';
import { paymentOrders, paymentReconciliations } from '../tables/online-payment.ts';

/** Reads of online payment. */
export const onlinePaymentLoaders = (read: Read) => ({
  paymentOrder: read.byOwnedId(paymentOrders, 'pm'),
  paymentOrders: read.page(paymentOrders, ['residentId', 'no']),
  paymentReconciliation: read.byKey(paymentReconciliations, 'date'),
});
