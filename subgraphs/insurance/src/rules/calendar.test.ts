import { expect, test } from 'vitest';
import { addMonths, daysOfPeriod } from './calendar.ts';

test('a period is a month, a quarter or a year', () => {
  expect([daysOfPeriod('2024-02'), daysOfPeriod('2024-Q4'), daysOfPeriod('2023')]).toEqual([
    { from: '2024-02-01', to: '2024-02-29' },
    { from: '2024-10-01', to: '2024-12-31' },
    { from: '2023-01-01', to: '2023-12-31' },
  ]);
});

test('anything else is no period', () => {
  const none = ['2024-13', '2024-Q5', '24', '', '0000', '0099', '0000-12', '0000-Q4'];
  expect(none.map(daysOfPeriod)).toEqual(none.map(() => undefined));
});

test('adding months keeps the day, clipped to the end of the month', () => {
  expect([addMonths('2023-08-31', 18), addMonths('2022-08-31', 18), addMonths('2023-03-01', 18)]).toEqual([
    '2025-02-28',
    '2024-02-29',
    '2024-09-01',
  ]);
});
