/** What is placed with a payment provider 支付机构. */
export interface PlacedOrder {
  /** Our number; the same number again is the same order. */
  readonly orderNo: string;
  /** Yuan. */
  readonly amount: string;
  /** Instant after which it cannot be paid any more. */
  readonly expiresAt: string;
}

/** A payment as its provider knows it. */
export interface Trade {
  readonly orderNo: string;
  readonly tradeNo: string;
  /** With what the payer's app opens the order. */
  readonly payCode: string;
  readonly amount: string;
  readonly state: 'WAITING' | 'PAID' | 'CLOSED' | 'FAILED';
  readonly paidAt: string | null;
  /** Null unless it was asked for. */
  readonly refund: 'ASKED' | 'DONE' | null;
  readonly refundedAt: string | null;
}

/** A line of a provider's statement of a day 对账单. */
export interface StatementLine {
  readonly orderNo: string;
  readonly tradeNo: string;
  readonly flow: 'PAYMENT' | 'REFUND';
  readonly amount: string;
}

/** What a provider sends when something happened to a payment 支付通知: a text, and its signature. */
export interface PaymentNotice {
  readonly text: string;
  readonly signature: string;
}

/**
 * A payment provider, such as WeChat Pay or Alipay. Each call may reject although it was done, or never come back: whoever calls asks
 * again, since asking twice does nothing twice.
 */
export interface PaymentProvider {
  place(order: PlacedOrder): Promise<Trade>;
  /** Undefined when the order never arrived. */
  find(orderNo: string): Promise<Trade | undefined>;
  /** Lets nobody pay any more; gives what became of it, which may be PAID. Undefined when the order never arrived. */
  close(orderNo: string): Promise<Trade | undefined>;
  /** Pays the whole amount back, in its own time. */
  refund(orderNo: string): Promise<Trade>;
  /** The trade that a notice tells of; undefined when the signature is not the provider's. */
  openNotice(notice: PaymentNotice): Trade | undefined;
  /** What was paid and paid back on a day. */
  statement(day: string): Promise<readonly StatementLine[]>;
}
