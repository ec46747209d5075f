import { benefitPlansOf } from '@hutong/synthetic';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { PaymentProvider } from './payment-provider.ts';
import { createPaymentSandbox, type PaymentSandbox } from './payment-sandbox.ts';
import { createInsurance } from '../subgraph.ts';
import { packageBenefits, packagePrices } from '../tables/policy.ts';
import { bureau, openWriting, serviceLine, township, visitOf, type Answer, type Writing } from '../sample-writing.ts';

const key = 'key of the tests';
let writing: Writing;
let sandbox: PaymentSandbox;
/** What the provider does instead of what the sandbox does. */
let twist: Partial<PaymentProvider> = {};

beforeAll(async () => {
  const payments = (database: Writing['database']) => {
    sandbox = createPaymentSandbox(database, key);
    const provider: PaymentProvider = {
      place: (order) => (twist.place ?? sandbox.place)(order),
      find: (orderNo) => (twist.find ?? sandbox.find)(orderNo),
      close: (orderNo) => (twist.close ?? sandbox.close)(orderNo),
      refund: (orderNo) => (twist.refund ?? sandbox.refund)(orderNo),
      openNotice: sandbox.openNotice,
      statement: (day) => (twist.statement ?? sandbox.statement)(day),
    };
    return { provider, sandbox };
  };
  writing = await openWriting(inject('databaseServer'), benefitPlansOf('3203', 2024), payments);
  await writing.database.db.insert(packagePrices).values([
    { code: 'PK-EXAM', price: '300.00' },
    { code: 'PK-CHILD', price: '180.00' },
    { code: 'PK-CHILD-2', price: '99.99' },
    { code: 'PK-PUBLIC', price: null },
  ]);
  const discount = { no: 1, kind: 'DISCOUNT', payer: 'TOWNSHIP_HOSPITAL' } as const;
  await writing.database.db.insert(packageBenefits).values([
    { ...discount, packageCode: 'PK-EXAM', value: '0.40' },
    { ...discount, packageCode: 'PK-CHILD', value: '0.60' },
    { ...discount, packageCode: 'PK-CHILD-2', value: '0.60' },
  ]);
});
beforeEach(() => {
  twist = {};
});
afterAll(() => writing.database.close());

const noon = '2024-06-15T12:00:00+08:00';
const at = (time: string) => `2024-06-15T${time}:00+08:00`;

/** Settles a visit whose cash share is 120.00, and gives the claim and who owes it. */
async function owing(): Promise<{ readonly claimId: string; readonly residentId: string; readonly self: object }> {
  const residentId = await writing.insure();
  const input = visitOf(residentId, 'T', [serviceLine('丙', '120')]);
  const { claim } = await writing.write('settleClaim', input, { select: 'claim { id }', businessTime: noon });
  const caller = { role: 'RESIDENT', kind: 'PERSON', residentId } as const;
  return { claimId: String(Object(claim).id), residentId, self: { caller, businessTime: noon } };
}

const orderFields = 'paymentOrder { id orderNo kind amount status payCode paidAt refundedAt version }';

function pay(claimId: string, asking: object = { businessTime: noon }): Promise<Answer> {
  return writing.write('payClaimOnline', { claimId }, { select: orderFields, ...asking });
}

function run(job: string, businessTime = noon): Promise<void> {
  return writing.subgraph.runJob(job, businessTime);
}

/** The orders of a resident, each with the steps it took. */
async function ordersOf(residentId: string): Promise<readonly string[]> {
  const query = `query ($of: ID!) { paymentOrders(where: { residentId: { eq: $of } }) { nodes { amount history { to } } } }`;
  const { paymentOrders } = await writing.read(query, { of: residentId });
  const nodes: { amount: string; history: { to: string }[] }[] = Object(paymentOrders).nodes;
  return nodes.map(({ amount, history }) => [amount, ...history.map(({ to }) => to)].join(' '));
}

/** What the provider holds of a resident's orders: state and refund. */
async function tradesOf(residentId: string): Promise<readonly unknown[]> {
  const query = `select t.state, t.refund, t.amount from sandbox_trades t join payment_orders o using (order_no) where o.resident_id = $1 order by o.no`;
  return writing.rows(query, residentId);
}

describe('a claim paid online', () => {
  test('is an order with the provider until a signed notice says that it is paid; the same notice twice changes nothing', async () => {
    const { claimId, residentId, self } = await owing();
    const { ok, paymentOrder } = await pay(claimId, self);
    const order: Answer = Object(paymentOrder);
    expect({ ok, order }).toEqual({
      ok: true,
      order: {
        id: `pm_${residentId.slice(3)}_1`,
        orderNo: expect.stringMatching(/^ht_/),
        kind: 'CLAIM',
        amount: '120.00',
        status: 'PENDING',
        payCode: expect.stringMatching(/^sc_/),
        paidAt: null,
        refundedAt: null,
        version: 2,
      },
    });
    const notice = await sandbox.pay(String(order['orderNo']), at('12:05'));
    for (let time = 0; time < 2; time += 1) {
      const { paymentOrder: told } = await writing.write('recordPaymentNotice', { ...notice }, { select: orderFields });
      expect(told).toEqual({ ...order, status: 'PAID', paidAt: at('12:05'), version: 3 });
    }
    expect(await ordersOf(residentId)).toEqual(['120.00 CREATED PENDING PAID']);
  });

  test('is one order however often it is asked for, and is not paid again', async () => {
    const { claimId, residentId } = await owing();
    const answers = await Promise.all(Array.from({ length: 10 }, () => pay(claimId)));
    expect(new Set(answers.map(({ paymentOrder }) => String(Object(paymentOrder).orderNo))).size).toBe(1);
    await run('runPaymentSandbox');
    expect((await pay(claimId))['errors']).toEqual(['INVALID_TRANSITION claimId']);
    expect(await ordersOf(residentId)).toEqual(['120.00 CREATED PENDING PAID']);
    expect(await tradesOf(residentId)).toEqual([{ state: 'PAID', refund: null, amount: '120.00' }]);
  });

  test('is paid when the notice comes before the answer to the order', async () => {
    const { claimId, residentId } = await owing();
    twist.place = async (order) => {
      const trade = await sandbox.place(order);
      const notice = await sandbox.pay(order.orderNo, at('12:00'));
      await writing.write('recordPaymentNotice', { ...notice });
      return trade;
    };
    expect((await pay(claimId))['paymentOrder']).toMatchObject({ status: 'PAID' });
    expect(await ordersOf(residentId)).toEqual(['120.00 CREATED PAID']);
  });

  test('whose order was given up is paid back when money comes after all', async () => {
    const { claimId, residentId } = await owing();
    const { paymentOrder } = await pay(claimId);
    const notice = await sandbox.pay(String(Object(paymentOrder).orderNo), at('12:29'));
    await writing.rows(
      `update sandbox_trades set state = 'CLOSED' where order_no = $1`,
      String(Object(paymentOrder).orderNo),
    );
    await run('attendPayments', at('12:31'));
    await writing.rows(
      `update sandbox_trades set state = 'PAID' where order_no = $1`,
      String(Object(paymentOrder).orderNo),
    );
    await writing.write('recordPaymentNotice', { ...notice });
    await run('attendPayments', at('12:32'));
    await run('runPaymentSandbox', at('12:33'));
    expect(await ordersOf(residentId)).toEqual(['120.00 CREATED PENDING CLOSED REFUNDING REFUNDED']);
    expect(await tradesOf(residentId)).toEqual([{ state: 'PAID', refund: 'DONE', amount: '120.00' }]);
  });

  test('whose order nobody pays in half an hour is closed, and may be ordered anew', async () => {
    const { claimId, residentId } = await owing();
    await pay(claimId);
    await run('attendPayments', at('12:29'));
    await run('attendPayments', at('12:30'));
    await pay(claimId, { businessTime: at('12:31') });
    expect(await ordersOf(residentId)).toEqual(['120.00 CREATED PENDING CLOSED', '120.00 CREATED PENDING']);
    expect(await tradesOf(residentId)).toMatchObject([{ state: 'CLOSED' }, { state: 'WAITING' }]);
  });

  test('is paid back when it is voided, and its open order is closed', async () => {
    const paid = await owing();
    await pay(paid.claimId);
    await run('runPaymentSandbox');
    const open = await owing();
    await pay(open.claimId);
    for (const { claimId: id } of [paid, open]) {
      expect((await writing.write('voidClaim', { id, reason: '重复收费' }))['errors']).toEqual([]);
    }
    await run('attendPayments');
    await run('runPaymentSandbox', at('12:10'));
    expect(await ordersOf(paid.residentId)).toEqual(['120.00 CREATED PENDING PAID REFUNDING REFUNDED']);
    expect(await ordersOf(open.residentId)).toEqual(['120.00 CREATED PENDING CLOSED']);
    expect(await tradesOf(paid.residentId)).toEqual([{ state: 'PAID', refund: 'DONE', amount: '120.00' }]);
    expect((await pay(paid.claimId))['errors']).toEqual(['INVALID_TRANSITION claimId']);
  });

  test('that is voided while the payer pays is paid back', async () => {
    const { claimId, residentId } = await owing();
    const { paymentOrder } = await pay(claimId);
    const notice = await sandbox.pay(String(Object(paymentOrder).orderNo), at('12:01'));
    await writing.write('voidClaim', { id: claimId, reason: '退号' });
    await writing.write('recordPaymentNotice', { ...notice });
    expect(await ordersOf(residentId)).toEqual(['120.00 CREATED PENDING PAID REFUNDING']);
  });

  test('is refused to strangers, with nothing to pay, with an old version, and where no provider is connected', async () => {
    const { claimId } = await owing();
    const neighbour = { caller: { role: 'RESIDENT', kind: 'PERSON', residentId: 'rs_00000000NEXT' } } as const;
    expect((await pay(claimId, neighbour))['errors']).toEqual(['FORBIDDEN claimId']);
    expect((await pay('cl_000000000001_9'))['errors']).toEqual(['NOT_FOUND claimId']);
    expect((await pay('rs_000000000001'))['errors']).toEqual(['NOT_FOUND claimId']);
    const old = await writing.write('payClaimOnline', { claimId, version: 7 });
    expect(old['errors']).toEqual(['VERSION_CONFLICT version']);
    const alone = createInsurance({ database: writing.database });
    const query =
      'mutation ($claimId: ID!) { payClaimOnline(input: { claimId: $claimId }) { errors { code message } } }';
    const caller = { id: 'test', kind: 'SERVICE', role: 'SYSTEM', regionCodes: [], scopes: [] } as const;
    const call = { caller, requestId: 'request-1', businessTime: noon };
    expect((await alone.execute({ query, variables: { claimId } }, call)).data).toEqual({
      payClaimOnline: {
        errors: [{ code: 'CHANNEL_CLOSED', message: 'No payment provider is connected here; pay at the window.' }],
      },
    });
  });
});

test('a notice that the provider did not sign, or of another amount, or from a stranger, changes nothing', async () => {
  const { claimId, residentId } = await owing();
  const { paymentOrder } = await pay(claimId);
  const { orderNo } = Object(paymentOrder);
  const { text = '', signature = '' } = (await sandbox.pay(String(orderNo), at('12:01'))) ?? {};
  const refusals = [
    await writing.write('recordPaymentNotice', { text: text.replace('120.00', '1.00'), signature }),
    await writing.write('recordPaymentNotice', { text, signature: '' }),
    await writing.write('recordPaymentNotice', { text, signature }, { ...bureau }),
  ];
  await writing.rows('update sandbox_trades set amount = 1 where order_no = $1', String(orderNo));
  const [other] = await createPaymentSandbox(writing.database, key).advance(at('12:02'));
  expect(other).toBeUndefined();
  expect(refusals.map(({ errors }) => errors)).toEqual([
    ['FORBIDDEN signature'],
    ['FORBIDDEN signature'],
    ['FORBIDDEN'],
  ]);
  await run('attendPayments', at('12:03'));
  expect(await ordersOf(residentId)).toEqual(['120.00 CREATED PENDING']);
});

describe('the fee of a contract', () => {
  let contracts = 0;
  /** A contract that public health tells of. */
  async function sign(packageCodes: readonly string[], status = 'PENDING_CONFIRM'): Promise<readonly [string, string]> {
    const residentId = await writing.insure();
    contracts += 1;
    const id = `ct_${residentId.slice(3)}_${contracts}`;
    const dates = { validFrom: '2024-06-15', validTo: '2025-06-14', terminatedOn: null };
    const people = { institutionId: 'in_T', teamId: 'tm_1', familyDoctorId: 'pr_1' };
    const payload = { ...people, ...dates, status, packageCodes, version: 1 };
    await writing.deliver('public-health', { type: 'ServiceContract', id, payload, at: noon });
    return [residentId, id];
  }
  const payFee = (contractId: string, asking: object = {}) =>
    writing.write('payPackageFee', { contractId }, { select: orderFields, businessTime: noon, ...asking });

  test('TV-17 is 40 % of a health exam’s approved price, TV-18 60 % of a child package’s; the whole is paid once and earns the hospital', async () => {
    const amounts = [];
    for (const codes of [['PK-EXAM'], ['PK-CHILD'], ['PK-CHILD-2'], ['PK-PUBLIC', 'PK-EXAM', 'PK-CHILD']]) {
      const [residentId, id] = await sign(codes);
      await payFee(id, township);
      await run('runPaymentSandbox');
      amounts.push(...(await ordersOf(residentId)));
      expect((await payFee(id))['errors']).toEqual(['INVALID_TRANSITION contractId']);
    }
    expect(amounts).toEqual(['120.00', '108.00', '59.99', '228.00'].map((fee) => `${fee} CREATED PENDING PAID`));
    const earned = 'select package_code, year, revenue from package_economics order by package_code';
    expect(await writing.rows(earned)).toEqual([
      { package_code: 'PK-CHILD', year: 2024, revenue: '216.00' },
      { package_code: 'PK-CHILD-2', year: 2024, revenue: '59.99' },
      { package_code: 'PK-EXAM', year: 2024, revenue: '240.00' },
    ]);
    const brought = 'select discount from benefit_uses where discount > 0 order by resident_id';
    expect(await writing.rows(brought)).toEqual(
      ['180.00', '72.00', '40.00', '252.00'].map((discount) => ({ discount })),
    );
  });

  test('is refused where nothing is to pay, for contracts that ended, and to strangers', async () => {
    const [, free] = await sign(['PK-PUBLIC']);
    const [, ended] = await sign(['PK-EXAM'], 'TERMINATED');
    const [, another] = await sign(['PK-EXAM']);
    const neighbour = { caller: { role: 'RESIDENT', kind: 'PERSON', residentId: 'rs_00000000NEXT' } } as const;
    const refusals = [
      await payFee(free),
      await payFee(ended),
      await payFee(another, neighbour),
      await payFee('ct_000000000001_99'),
      await payFee('x'),
    ];
    expect(refusals.map(({ errors }) => errors)).toEqual([
      ['VALIDATION_FAILED contractId'],
      ['INVALID_TRANSITION contractId'],
      ['FORBIDDEN contractId'],
      ['NOT_FOUND contractId'],
      ['NOT_FOUND contractId'],
    ]);
  });
});

describe('a crash between two steps', () => {
  class Crash extends Error {}
  const calls = ['place', 'find', 'close', 'refund'] as const;

  /** A provider that is cut off at its n-th call, before or after it did what it was asked. */
  function cutAt(n: number, when: 'before' | 'after'): Partial<PaymentProvider> {
    let count = 0;
    const cut = (name: (typeof calls)[number]) => {
      return async (asked: never) => {
        count += 1;
        if (count === n && when === 'before') throw new Crash();
        const answer = await sandbox[name](asked);
        if (count === n) throw new Crash();
        return answer;
      };
    };
    return Object.fromEntries(calls.map((name) => [name, cut(name)]));
  }

  test.each([1, 2, 3, 4, 5, 6].flatMap((n) => [[n, 'before'] as const, [n, 'after'] as const]))(
    'at call %i to the provider, %s it: what is owed is paid once, and paid back once',
    async (n, when) => {
      const { claimId, residentId } = await owing();
      twist = cutAt(n, when);
      await pay(claimId);
      await run('attendPayments');
      await run('attendPayments');
      // The notices of the sandbox are lost: nobody delivers them.
      await sandbox.advance(at('12:02'));
      await run('attendPayments', at('12:03'));
      await run('attendPayments', at('12:04'));
      expect((await ordersOf(residentId)).map((order) => order.split(' ').at(-1))).toEqual(['PAID']);
      await writing.write('voidClaim', { id: claimId, reason: '重复收费' });
      await run('attendPayments', at('12:05'));
      await run('attendPayments', at('12:06'));
      await sandbox.advance(at('12:07'));
      await run('attendPayments', at('12:08'));
      await run('attendPayments', at('12:09'));
      const steps = (await ordersOf(residentId)).map((order) => order.replace('PENDING ', ''));
      expect(steps).toEqual(['120.00 CREATED PAID REFUNDING REFUNDED']);
      expect(await tradesOf(residentId)).toEqual([{ state: 'PAID', refund: 'DONE', amount: '120.00' }]);
    },
  );

  test('after the order is stored and before anybody is told leaves an order that the job places', async () => {
    const { claimId, residentId } = await owing();
    twist.place = () => Promise.reject(new Crash());
    expect((await pay(claimId))['paymentOrder']).toMatchObject({ status: 'CREATED', payCode: null });
    twist = {};
    await run('attendPayments');
    expect(await ordersOf(residentId)).toEqual(['120.00 CREATED PENDING']);
  });
});

test('a day is reconciled with the provider’s statement, sum by sum, and as a file', async () => {
  const day = '2024-06-20';
  const on = (time: string) => `${day}T${time}:00+08:00`;
  const people = [await owing(), await owing(), await owing()];
  const numbers = [];
  for (const { claimId } of people) {
    const { paymentOrder } = await pay(claimId, { businessTime: on('09:00') });
    numbers.push(String(Object(paymentOrder).orderNo));
  }
  const [agreed = '', unbooked = '', unknown = ''] = numbers;
  for (const orderNo of [agreed, unknown]) {
    const notice = await sandbox.pay(orderNo, on('09:01'));
    await writing.write('recordPaymentNotice', { ...notice });
  }
  await sandbox.pay(unbooked, on('09:02'));
  await writing.rows('delete from sandbox_trades where order_no = $1', unknown);
  const forged = await writing.write('reconcilePayments', { date: day }, { ...township, businessTime: on('23:59') });
  const early = await writing.write('reconcilePayments', { date: '2024-06-21' }, { businessTime: on('23:59') });
  expect([forged['errors'], early['errors']]).toEqual([['FORBIDDEN'], ['VALIDATION_FAILED date']]);

  const fields = 'lines { orderNo flow ours theirs difference } paid refunded differences csv version';
  const asking = { select: `paymentReconciliation { ${fields} }`, ...bureau, businessTime: on('23:59') };
  const { paymentReconciliation } = await writing.write('reconcilePayments', { date: day }, asking);
  const lines = [
    { orderNo: agreed, ours: '120.00', theirs: '120.00', difference: 'NONE' },
    { orderNo: unbooked, ours: null, theirs: '120.00', difference: 'NOT_BOOKED' },
    { orderNo: unknown, ours: '120.00', theirs: null, difference: 'NOT_AT_PROVIDER' },
  ];
  const sorted = lines.toSorted((a, b) => (a.orderNo < b.orderNo ? -1 : 1));
  const { csv, ...told } = Object(paymentReconciliation);
  expect(told).toEqual({
    lines: sorted.map((line) => ({ ...line, flow: 'PAYMENT' })),
    paid: '240.00',
    refunded: '0.00',
    differences: 2,
    version: 1,
  });
  const rows = String(csv).split('\r\n');
  expect([rows[0], rows.length]).toEqual(['order_no,flow,ours,theirs,trade_no,difference', 5]);
  await run('attendPayments', on('23:59'));
  await run('reconcilePaymentsOfDay', '2024-06-21T02:00:00+08:00');
  const query = `query ($date: Date!) { paymentReconciliation(date: $date) { paid differences version } }`;
  expect(await writing.read(query, { date: day })).toEqual({
    paymentReconciliation: { paid: '360.00', differences: 1, version: 2 },
  });
});
