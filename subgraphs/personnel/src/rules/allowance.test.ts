import { expect, test } from 'vitest';
import { type AllowanceRequest, awardPoints, decideAllowance } from './allowance.ts';

const request = (change: Partial<AllowanceRequest>): AllowanceRequest => ({
  kind: 'PRIMARY_CARE_YEARS',
  amount: '400.00',
  from: '2024-03-01',
  to: null,
  ...change,
});
const decide = (change: Partial<AllowanceRequest>, primaryCareYears = '12.0') =>
  decideAllowance(request(change), { primaryCareYears, granted: [] });
const allowed = { kind: 'ALLOWED' };
const refused = (code: string, path: string) => ({ kind: 'REFUSED', code, path: [path] });
const wrongAmount = refused('VALIDATION_FAILED', 'amount');

test('years in primary care earn what their step says', () => {
  expect([
    decide({}),
    decide({ amount: '400' }),
    decide({ amount: '600.00' }),
    decide({ amount: '600.00' }, '20.0'),
    decide({}, '9.9'),
    decide({ amount: '200.00' }, '4.9'),
  ]).toEqual([allowed, allowed, wrongAmount, allowed, wrongAmount, refused('VALIDATION_FAILED', 'kind')]);
});

test('a region may pay other steps', () => {
  const steps = [{ fromYears: 1, amount: '50.00' }];
  const basis = { primaryCareYears: '1.0', granted: [] };
  expect([
    decideAllowance(request({ amount: '50.00' }), basis, steps),
    decideAllowance(request({}), basis, steps),
  ]).toEqual([allowed, wrongAmount]);
});

test('other allowances are some money, whatever the years', () => {
  expect([
    decide({ kind: 'HARDSHIP_AREA', amount: '0.01' }, '0.0'),
    decide({ kind: 'SECONDMENT', amount: '0.00' }),
    decide({ kind: 'HARDSHIP_AREA', amount: '-1.00' }),
  ]).toEqual([allowed, wrongAmount, wrongAmount]);
});

test('an allowance is granted once at a time, and ends no earlier than it starts', () => {
  const granted = { kind: 'PRIMARY_CARE_YEARS', from: '2020-01-01', to: '2024-03-01' } as const;
  const decideBeside = (one: { kind: AllowanceRequest['kind']; from: string; to: string | null }) =>
    decideAllowance(request({}), { primaryCareYears: '12.0', granted: [one] });
  expect([
    decideBeside(granted),
    decideBeside({ ...granted, to: '2024-02-29' }),
    decideBeside({ ...granted, kind: 'HARDSHIP_AREA' }),
    decide({ to: '2024-02-29' }),
  ]).toEqual([refused('SCHEDULE_CONFLICT', 'from'), allowed, allowed, refused('VALIDATION_FAILED', 'to')]);
});

test('ten years in primary care give three points in awards', () => {
  expect(['9.9', '10.0', '30.0'].map((years) => awardPoints(years))).toEqual([0, 3, 3]);
  expect(awardPoints('8.0', { fromYears: 8, points: 5 })).toBe(5);
});
