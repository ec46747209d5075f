import {
  type Faults,
  type Write,
  type Written,
  actsFor,
  createFaults,
  decodeOwnedId,
  encodeOwnedId,
  expectVersion,
  lockByOwnedId,
  newId,
  nextNo,
  refuse,
  toInstant,
} from '@hutong/kit';
import { and, eq, inArray } from 'drizzle-orm';
import type { PlacedOrder } from './payment-provider.ts';
import { toCents } from '../rules/money.ts';
import type { PayClaimOnlineInput, PaymentOrderStatus, PayPackageFeeInput } from '../schema-types.ts';
import { claims } from '../tables/claim.ts';
import { paymentOrders, type PaymentOrderRow } from '../tables/online-payment.ts';
import { designatedProviders, type DesignatedProviderRow } from '../tables/payment.ts';
import { contractProjections } from '../tables/projection.ts';
import { providerOf } from './claim-facts.ts';
import { feeOfContract } from './package-fee.ts';
import { payableContracts, tellOrder } from './payment-order.ts';

/** Minutes in which an order can be paid [pd]. */
const patience = 30;

/** The order for the cash share of a settled claim; one that stands is the answer again. */
export async function orderOfClaim({ claimId, version }: PayClaimOnlineInput, write: Write): Promise<Written> {
  const key = decodeOwnedId('cl', claimId);
  if (key === undefined) return refuse('NOT_FOUND', 'claimId');
  const { residentId } = key;
  const no = await nextNo(write, paymentOrders, residentId);
  const claim = await lockByOwnedId(write, { table: claims, prefix: 'cl' }, claimId, 'claimId');
  expectVersion(claim, version);
  const [provider] = await write.tx
    .select()
    .from(designatedProviders)
    .where(eq(designatedProviders.providerCode, claim.providerCode));
  const faults = createFaults();
  expectPayer(faults, write, { residentId, provider, path: 'claimId' });
  faults.expect(claim.status === 'SETTLED', 'INVALID_TRANSITION', 'claimId');
  faults.expect(toCents(claim.cash) > 0, 'VALIDATION_FAILED', 'claimId', ownTexts.nothing);
  faults.throwIfAny();
  const { providerCode, cash: amount } = claim;
  return standingOr(write, {
    residentId,
    no,
    kind: 'CLAIM',
    claimNo: claim.no,
    contractNo: null,
    providerCode,
    amount,
  });
}

/** The order for the packages of a contract (domain.md 3.8.4); one that stands is the answer again. */
export async function orderOfFee({ contractId }: PayPackageFeeInput, write: Write): Promise<Written> {
  const key = decodeOwnedId('ct', contractId);
  if (key === undefined) return refuse('NOT_FOUND', 'contractId');
  const { residentId, no: contractNo } = key;
  const no = await nextNo(write, paymentOrders, residentId);
  const found = await feeOfContract(write, residentId, contractNo);
  if (found === undefined) return refuse('NOT_FOUND', 'contractId', ownTexts.unheard);
  const { contract, fee } = found;
  const provider = await providerOf(write, contract.institutionId);
  const faults = createFaults();
  expectPayer(faults, write, { residentId, provider, path: 'contractId' });
  faults.expect(payableContracts.has(contract.status), 'INVALID_TRANSITION', 'contractId');
  // What was there before the log of changes begins was paid for where it was signed.
  faults.expect(contract.states[0]?.seq !== 0, 'VALIDATION_FAILED', 'contractId', ownTexts.window);
  faults.expect(toCents(fee.fee) > 0, 'VALIDATION_FAILED', 'contractId', ownTexts.nothing);
  faults.expect(provider !== undefined, 'VALIDATION_FAILED', 'contractId', ownTexts.noProvider);
  faults.throwIfAny();
  const providerCode = provider?.providerCode ?? '';
  const amount = fee.fee;
  return standingOr(write, { residentId, no, kind: 'PACKAGE_FEE', claimNo: null, contractNo, providerCode, amount });
}

/** An order that is not at its end, with what decides what happens to it next. */
export interface OpenOrder extends PlacedOrder {
  readonly status: PaymentOrderStatus;
  /** Its claim or its contract still stands. */
  readonly isOwed: boolean;
}

/** How many orders are attended to at a time. */
const most = 500;

/** The orders that are not at their end, those that wait longest first. */
export async function listOpenOrders(_: object, { tx }: Write): Promise<Written> {
  const { residentId, claimNo, contractNo, orderNo, amount, expiresAt, status } = paymentOrders;
  const rows = await tx
    .select({ orderNo, amount, expiresAt, status, claim: claims.status, contract: contractProjections.status })
    .from(paymentOrders)
    .leftJoin(claims, and(eq(claims.residentId, residentId), eq(claims.no, claimNo)))
    .leftJoin(
      contractProjections,
      and(eq(contractProjections.residentId, residentId), eq(contractProjections.no, contractNo)),
    )
    .where(inArray(status, ['CREATED', 'PENDING', 'REFUNDING']))
    .orderBy(expiresAt, orderNo)
    .limit(most);
  const orders = rows.map(({ claim, contract, ...order }): OpenOrder => {
    return { ...order, isOwed: claim === 'SETTLED' || payableContracts.has(contract ?? '') };
  });
  return { id: '', notes: { orders } };
}

/** The resident, or the window of who gets the money. */
function expectPayer(
  faults: Faults,
  { caller }: Write,
  asked: { readonly residentId: string; readonly provider: DesignatedProviderRow | undefined; readonly path: string },
): void {
  const isSelf = caller.role === 'RESIDENT' && caller.residentId === asked.residentId;
  faults.expect(
    isSelf || actsFor(caller, asked.provider?.institutionId ?? ''),
    'FORBIDDEN',
    asked.path,
    ownTexts.payer,
  );
}

type NewOrder = Pick<
  PaymentOrderRow,
  'residentId' | 'no' | 'kind' | 'claimNo' | 'contractNo' | 'providerCode' | 'amount'
>;

/** The order that stands for the same, or a new one; what is paid is not paid again. Who orders for the resident waits. */
async function standingOr(write: Write, asked: NewOrder): Promise<Written> {
  const { residentId, claimNo, contractNo } = asked;
  const isSame = claimNo === null ? eq(paymentOrders.contractNo, contractNo ?? 0) : eq(paymentOrders.claimNo, claimNo);
  const stands = inArray(paymentOrders.status, ['CREATED', 'PENDING', 'PAID']);
  const [standing] = await write.tx
    .select()
    .from(paymentOrders)
    .where(and(eq(paymentOrders.residentId, residentId), isSame, stands));
  if (standing?.status === 'PAID') {
    return refuse('INVALID_TRANSITION', claimNo === null ? 'contractId' : 'claimId', ownTexts.paid);
  }
  const order = standing ?? (await createOrder(write, asked));
  const { orderNo, amount, expiresAt } = order;
  return { id: encodeOwnedId('pm', residentId, order.no), notes: { order: { orderNo, amount, expiresAt } } };
}

async function createOrder(write: Write, asked: NewOrder): Promise<PaymentOrderRow> {
  const { instant } = write.clock;
  const order: PaymentOrderRow = {
    ...asked,
    orderNo: newId('ht'),
    tradeNo: null,
    payCode: null,
    expiresAt: toInstant(new Date(Date.parse(instant) + patience * 60_000)),
    paidAt: null,
    refundedAt: null,
    status: 'CREATED',
    version: 1,
    updatedAt: instant,
  };
  await write.tx.insert(paymentOrders).values(order);
  tellOrder(write, order, null);
  return order;
}

const ownTexts = {
  payer: {
    en: 'Only the resident or the institution that is paid may do this.',
    zh: '仅参保人本人或收款机构可操作。',
  },
  nothing: { en: 'Nothing is left to pay.', zh: '无需缴费。' },
  paid: { en: 'This is paid already.', zh: '已支付，请勿重复缴费。' },
  window: {
    en: 'The fee was paid at the window when the contract was signed.',
    zh: '该协议的服务费已在签约时于窗口缴纳。',
  },
  unheard: {
    en: 'Nothing was heard of this contract yet; try again in a minute.',
    zh: '尚未收到该协议信息，请稍后重试。',
  },
  noProvider: {
    en: 'The contract’s institution has no agreement; pay at its window.',
    zh: '签约机构无定点协议，请到窗口缴费。',
  },
};
