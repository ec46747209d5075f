import { describe, expect, test } from 'vitest';
import { addMonths, ageAt, contractValidTo, isRenewal, successorValidFrom } from './contract-term.ts';

describe('contract term', () => {
  test('TV-57 a contract lasts one year less a day, also from 29 February', () => {
    expect(['2024-03-01', '2024-02-29'].map(contractValidTo)).toEqual(['2025-02-28', '2025-02-27']);
  });

  test('adding months clips to the last day of the month', () => {
    expect([addMonths('2022-08-31', 18), addMonths('2021-08-31', 18), addMonths('2024-01-15', -1)]).toEqual([
      '2024-02-29',
      '2023-02-28',
      '2023-12-15',
    ]);
  });

  test('a renewal may be signed from 60 days before the end to 30 days after it, both included', () => {
    const days = ['2024-10-31', '2024-11-01', '2025-01-30', '2025-01-31'];
    expect(days.map((day) => isRenewal('2024-12-31', day))).toEqual([false, true, true, false]);
  });

  test('a successor begins the day after the old contract, or when signed if later', () => {
    expect(['2024-12-01', '2025-01-10'].map((day) => successorValidFrom('2024-12-31', day))).toEqual([
      '2025-01-01',
      '2025-01-10',
    ]);
  });

  test('age counts the birthday itself; 29 February falls on 28 February in common years', () => {
    expect([
      ageAt('1959-12-31', '2024-12-31'),
      ageAt('1960-01-01', '2024-12-31'),
      ageAt('2004-02-29', '2023-02-28'),
      ageAt('2004-02-29', '2023-02-27'),
    ]).toEqual([65, 64, 19, 18]);
  });
});
