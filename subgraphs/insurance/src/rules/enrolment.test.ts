import { describe, expect, test } from 'vitest';
import { type EnrolledContract, enrolmentByMonth } from './enrolment.ts';

const contract = (validFrom: string, validTo: string, more: Partial<EnrolledContract> = {}): EnrolledContract => ({
  baseInstitutionId: 'in_a',
  validFrom,
  validTo,
  terminatedOn: null,
  ...more,
});

/** Months with each institution. */
const counted = (contracts: readonly EnrolledContract[]) => {
  const months = enrolmentByMonth(contracts, 2024);
  return { a: months.filter((one) => one === 'in_a').length, b: months.filter((one) => one === 'in_b').length };
};

describe('enrolment by month (domain.md 3.2, 3.23)', () => {
  test('a contract in force on 31 December before and renewed in the year makes twelve months, not twelve and more', () => {
    expect(counted([contract('2023-05-10', '2024-05-09'), contract('2024-05-10', '2025-05-09')])).toEqual({
      a: 12,
      b: 0,
    });
  });

  test('who joins in month m makes 13 − m months', () => {
    expect(['2024-01-31', '2024-04-01', '2024-12-31'].map((from) => counted([contract(from, '2025-03-30')]).a)).toEqual(
      [12, 9, 1],
    );
  });

  test('a terminated contract counts to the month of its end', () => {
    expect(counted([contract('2023-08-01', '2024-07-31', { terminatedOn: '2024-03-02' })])).toEqual({ a: 3, b: 0 });
  });

  test('who changes the doctor in a month is with the new institution from that month on, and nobody counts twice', () => {
    const contracts = [
      contract('2024-01-15', '2025-01-14', { terminatedOn: '2024-03-14' }),
      contract('2024-03-15', '2025-03-14', { baseInstitutionId: 'in_b' }),
    ];
    expect(counted(contracts)).toEqual({ a: 2, b: 10 });
  });

  test('a contract of other years counts nothing', () => {
    expect(counted([contract('2022-03-01', '2023-02-28'), contract('2025-01-01', '2025-12-31')])).toEqual({
      a: 0,
      b: 0,
    });
  });
});
