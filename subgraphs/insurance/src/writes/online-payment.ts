import { channel } from 'node:diagnostics_channel';
import {
  type ErrorEvent,
  type Mutation,
  type RequestClock,
  type Write,
  type WriteResult,
  type Written,
  createFaults,
  expectNotLong,
  LONGEST_PROSE,
  notesOf,
  refuse,
} from '@hutong/kit';
import type { PaymentProvider, PlacedOrder } from './payment-provider.ts';
import type { PaymentSandbox } from './payment-sandbox.ts';
import { addDays } from '../rules/calendar.ts';
import type { PayClaimOnlineInput, PayPackageFeeInput, RecordPaymentNoticeInput } from '../schema-types.ts';
import { listOpenOrders, type OpenOrder, orderOfClaim, orderOfFee } from './payment-asking.ts';
import { bookTrade, closeOrder } from './payment-order.ts';
import { reconcilePayments } from './payment-reconciliation.ts';

const faults = channel('hutong:error');

/**
 * Mutations of online payment 在线支付 (domain.md B.3), and what jobs do for it. The order is stored before its provider hears of it, and
 * the provider is never asked inside a transaction: whatever ends between two steps, the order is there to ask by, and asking again does
 * nothing twice.
 */
export const onlinePaymentWrites = (
  mutation: Mutation,
  provider: PaymentProvider | undefined,
  sandbox: PaymentSandbox | undefined,
) => {
  const book = mutation('bookTrade', bookTrade);
  const close = mutation('closeOrder', closeOrder);
  const listOpen = mutation('listOpenOrders', listOpenOrders);
  const place = async (result: WriteResult): Promise<WriteResult> => {
    const { order } = result.notes;
    if (provider !== undefined && order !== undefined) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- who asks for an order leaves it in the notes, in this process or an earlier one.
      const placed = order as PlacedOrder;
      await tried(placed.orderNo, async () => notesOf(await book(await provider.place(placed))));
    }
    return result;
  };
  const payClaim = mutation('payClaimOnline', needing(provider, orderOfClaim));
  const payFee = mutation('payPackageFee', needing(provider, orderOfFee));
  const reconcile = mutation('reconcilePayments', reconcilePayments(provider));
  const recordNotice = mutation('recordPaymentNotice', takeNotice(provider));
  return {
    payClaimOnline: async (input: PayClaimOnlineInput) => place(await payClaim(input)),
    payPackageFee: async (input: PayPackageFeeInput) => place(await payFee(input)),
    recordPaymentNotice: recordNotice,
    reconcilePayments: reconcile,
    /** Asks the provider after every order that is not at its end, and does what is left to do. */
    async attendPayments(clock: RequestClock): Promise<void> {
      if (provider === undefined) return;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- listOpenOrders left them, in this process.
      const { orders } = notesOf(await listOpen({})) as { readonly orders: readonly OpenOrder[] };
      for (const order of orders) {
        await tried(order.orderNo, async () => {
          const trade = await outcomeOf(provider, order, clock);
          notesOf(await (trade === undefined ? close({ orderNo: order.orderNo }) : book(trade)));
        });
      }
    },
    /** Reconciles the day before where there is somebody to reconcile it with. */
    async reconcileDayBefore(day: string): Promise<void> {
      if (provider !== undefined) notesOf(await reconcile({ date: addDays(day, -1) }));
    },
    /** What payers and provider of the sandbox do, and its notices. */
    async runSandbox(clock: RequestClock): Promise<void> {
      for (const notice of (await sandbox?.advance(clock.instant)) ?? []) notesOf(await recordNotice(notice));
    },
  };
};

/** What became of an order at its provider, who is asked to do what is left. */
async function outcomeOf(provider: PaymentProvider, order: OpenOrder, { instant }: RequestClock) {
  const { orderNo } = order;
  if (order.status === 'REFUNDING') {
    const trade = await provider.find(orderNo);
    return trade?.refund ? trade : provider.refund(orderNo);
  }
  if (!order.isOwed || Date.parse(order.expiresAt) <= Date.parse(instant)) return provider.close(orderNo);
  return (await provider.find(orderNo)) ?? provider.place(order);
}

/** Goes on when a provider cannot be reached or answers what cannot be booked: the order is asked after again in a minute. */
async function tried(orderNo: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    faults.publish({ subgraph: 'insurance', requestId: `payment ${orderNo}`, cause } satisfies ErrorEvent);
  }
}

/** Work that is refused where no payment provider is connected. */
function needing<I>(provider: PaymentProvider | undefined, work: (input: I, write: Write) => Promise<Written>) {
  return provider === undefined ? () => refuse('CHANNEL_CLOSED', '', ownTexts.none) : work;
}

/** Takes in what the provider says of a payment 支付通知, by its signature; the same said twice changes nothing. */
function takeNotice(provider: PaymentProvider | undefined) {
  return needing(provider, async (notice: RecordPaymentNoticeInput, write: Write): Promise<Written> => {
    const found = createFaults();
    found.expect(write.caller.role === 'SYSTEM', 'FORBIDDEN', '', ownTexts.service);
    expectNotLong(found, notice.text, 'text', LONGEST_PROSE);
    found.throwIfAny();
    const trade = provider?.openNotice(notice);
    return trade === undefined ? refuse('FORBIDDEN', 'signature', ownTexts.signature) : bookTrade(trade, write);
  });
}

const ownTexts = {
  none: {
    en: 'No payment provider is connected here; pay at the window.',
    zh: '本系统未接入支付机构，请到窗口缴费。',
  },
  service: { en: 'Only the service that the payment provider calls may do this.', zh: '仅支付通知服务可操作。' },
  signature: { en: 'The signature is not the payment provider’s.', zh: '签名不是支付机构所签。' },
};
