import type { PaymentOrderStatus } from '../schema-types.ts';

/** What happens to a payment order 支付订单. */
export type PaymentEvent = 'PLACED' | 'PAID' | 'CLOSED' | 'FAILED' | 'REFUND_ASKED' | 'REFUNDED';

/** The status that follows; undefined where the event says nothing new, such as a notice that comes twice. */
export function statusAfter(status: PaymentOrderStatus, event: PaymentEvent): PaymentOrderStatus | undefined {
  const isOpen = status === 'CREATED' || status === 'PENDING';
  switch (event) {
    case 'PLACED':
      return status === 'CREATED' ? 'PENDING' : undefined;
    case 'PAID':
      // Money for an order that was given up is paid back.
      if (status === 'CLOSED' || status === 'FAILED') return 'REFUNDING';
      return isOpen ? 'PAID' : undefined;
    case 'CLOSED':
    case 'FAILED':
      return isOpen ? event : undefined;
    case 'REFUND_ASKED':
      return status === 'PAID' ? 'REFUNDING' : undefined;
    case 'REFUNDED':
      return status === 'REFUNDING' ? 'REFUNDED' : undefined;
  }
}
