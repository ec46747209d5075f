import type { PaymentDifference } from '../schema-types.ts';
import { toCents } from './money.ts';

/** A sum of money that moved on a day, as one side has it. */
export interface Flow {
  readonly orderNo: string;
  readonly flow: 'PAYMENT' | 'REFUND';
  readonly amount: string;
  readonly tradeNo: string | null;
}

/** A sum of money as both sides have it; null where one does not know it. */
export interface ComparedFlow {
  readonly orderNo: string;
  readonly flow: Flow['flow'];
  readonly ours: string | null;
  readonly theirs: string | null;
  readonly tradeNo: string | null;
  readonly difference: PaymentDifference;
}

/** Compares what we booked on a day with the provider's statement 对账, in the order of the order numbers. */
export function reconcile(ours: readonly Flow[], theirs: readonly Flow[]): readonly ComparedFlow[] {
  const keyOf = ({ orderNo, flow }: Flow): string => `${orderNo} ${flow}`;
  const mine = new Map(ours.map((one) => [keyOf(one), one]));
  const others = new Map(theirs.map((one) => [keyOf(one), one]));
  const all = new Map([...others, ...mine]);
  return [...all.keys()].toSorted().flatMap((key) => {
    const [our, their, any] = [mine.get(key), others.get(key), all.get(key)];
    if (any === undefined) return [];
    const compared = { ours: our?.amount ?? null, theirs: their?.amount ?? null };
    const { orderNo, flow } = any;
    const tradeNo = their?.tradeNo ?? any.tradeNo;
    return [{ orderNo, flow, ...compared, tradeNo, difference: differenceOf(compared.ours, compared.theirs) }];
  });
}

function differenceOf(ours: string | null, theirs: string | null): PaymentDifference {
  if (ours === null) return 'NOT_BOOKED';
  if (theirs === null) return 'NOT_AT_PROVIDER';
  return toCents(ours) === toCents(theirs) ? 'NONE' : 'AMOUNT';
}

/** A day's reconciliation as a CSV file: a header and a line for each sum (RFC 4180; no value needs a quote). */
export function reconciliationCsv(lines: readonly ComparedFlow[]): string {
  const rows = lines.map(({ orderNo, flow, ours, theirs, tradeNo, difference }) =>
    [orderNo, flow, ours ?? '', theirs ?? '', tradeNo ?? '', difference].join(','),
  );
  return ['order_no,flow,ours,theirs,trade_no,difference', ...rows, ''].join('\r\n');
}
