import { benefitPlansOf } from '@hutong/synthetic';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { bureau, openWriting, serviceLine, stayOf, township, type Writing } from '../sample-writing.ts';

let writing: Writing;
const claims: string[] = [];

/** A stay at the county hospital discharged in May, grouped ES25; gives the claim's id. */
async function stay(cost: string): Promise<string> {
  const over = { serviceDate: '2024-05-20', stay: { admittedOn: '2024-05-12', drgCode: 'ES25' } };
  const input = stayOf(await writing.insure(), 'C', [serviceLine('A', cost)], over);
  const { errors, claim } = await writing.write('settleClaim', input, { select: 'claim { id }' });
  expect(errors).toEqual([]);
  return String(Object(claim).id);
}

beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'), benefitPlansOf('3203', 2024));
  for (const cost of [...Array.from({ length: 18 }, () => '3500'), '15000', '17000']) claims.push(await stay(cost));
}, 60_000);
afterAll(() => writing.database.close());

const inJune = { businessTime: '2024-06-05T09:00:00+08:00' };
const may = { institutionId: 'in_C', month: '2024-05' };
const errorsOf = async (input: object, asking: object) =>
  (await writing.write('settleDrgMonth', input, asking))['errors'];
const caseOf = async (id: string) => {
  const query =
    'query ($id: ID!) { claim(id: $id) { drgCase { outlier standard payable fundPayable hospitalBalance } } }';
  return Object((await writing.read(query, { id }))['claim']).drgCase;
};

test('a month that is not over, without cases, of nobody, or by who is no insurer is not settled', async () => {
  expect(await errorsOf({ ...may, month: '2024-06' }, inJune)).toEqual(['VALIDATION_FAILED month']);
  expect(await errorsOf({ ...may, month: '2024-5' }, inJune)).toEqual(['VALIDATION_FAILED month']);
  expect(await errorsOf({ ...may, month: '2024-04' }, inJune)).toEqual(['VALIDATION_FAILED month']);
  expect(await errorsOf({ institutionId: 'in_NEW', month: 'May' }, inJune)).toEqual([
    'NOT_FOUND institutionId',
    'VALIDATION_FAILED month',
  ]);
  expect(await errorsOf(may, { ...township, ...inJune })).toEqual(['FORBIDDEN institutionId']);
});

test('TV-26, TV-28 of 20 cases one high outlier keeps its excess, the other is paid as normal, and the month is their sum', async () => {
  const [normal = '', lower = '', higher = ''] = [claims[0], claims[18], claims[19]];
  expect(await caseOf(lower)).toMatchObject({ outlier: 'HIGH', payable: '7312.00', hospitalBalance: '-7688.00' });
  const answers = await Promise.all(
    [1, 2, 3].map(() =>
      writing.write('settleDrgMonth', may, {
        select:
          'drgMonth { id month cases highCases demotedCases cmi cost payable hospitalBalance provider { providerCode } }',
        ...bureau,
        ...inJune,
      }),
    ),
  );
  const done = answers.filter(({ ok }) => ok === true);
  expect(answers.filter(({ ok }) => ok !== true).map(({ errors }) => errors)).toEqual([
    ['INVALID_TRANSITION month'],
    ['INVALID_TRANSITION month'],
  ]);
  expect(done.map(({ drgMonth }) => drgMonth)).toEqual([
    {
      id: expect.stringMatching(/^dp_/),
      month: '2024-05',
      cases: 20,
      highCases: 1,
      demotedCases: 1,
      cmi: '0.620',
      cost: '95000.00',
      payable: '82348.00',
      hospitalBalance: '-12652.00',
      provider: { providerCode: 'H32032200002' },
    },
  ]);
  expect(await caseOf(lower)).toMatchObject({ outlier: 'NORMAL', payable: '3844.00', hospitalBalance: '-11156.00' });
  expect(await caseOf(higher)).toMatchObject({ outlier: 'HIGH', payable: '9312.00' });
  expect(await caseOf(normal)).toMatchObject({ outlier: 'NORMAL', payable: '3844.00' });
  const [sums] =
    await writing.rows(`select sum(c.payable) = max(m.payable) as payable, sum(c.fund_payable) = max(m.fund_payable) as fund
    from drg_cases c, drg_months m where c.month = m.month`);
  expect(sums).toEqual({ payable: true, fund: true });
  const query = 'query { drgMonth(institutionId: "in_C", month: "2024-05") { cases settledAt } }';
  expect(await writing.read(query)).toEqual({ drgMonth: { cases: 20, settledAt: '2024-06-05T09:00:00+08:00' } });
});

test('a stay of a settled month is not voided; one that comes later is paid in the month it is settled in', async () => {
  expect((await writing.write('voidClaim', { id: claims[0], reason: '错' }))['errors']).toEqual([
    'INVALID_TRANSITION id',
  ]);
  const late = await stay('3500');
  const [row] = await writing.rows('select month from drg_cases where resident_id = $1', `rs_${late.slice(3, 15)}`);
  expect(row).toEqual({ month: '2024-12' });
  expect((await writing.write('voidClaim', { id: late, reason: '错' }))['errors']).toEqual([]);
});
