import { expect, test } from 'vitest';
import { addMonths, daysOfPeriod } from './calendar.ts';

test('a period is a month, a quarter or a year', () => {
  expect([daysOfPeriod('2024-02'), daysOfPeriod('2024-Q4'), daysOfPeriod('2023')]).toEqual([
    { from: '2024-02-01', to: '2024-02-29' },
    { from: '2024-10-01', to: '2024-12-31' },
    { from: '2023-01-01', to: '2023-12-31' },
  ]);
});

test('every quarter and month of a year is a period', () => {
  const quarters = [1, 2, 3, 4].map((quarter) => daysOfPeriod(`2024-Q${quarter}`)?.from);
  const months = Array.from(
    { length: 12 },
    (_, index) => daysOfPeriod(`2024-${String(index + 1).padStart(2, '0')}`)?.to,
  );
  expect(quarters).toEqual(['2024-01-01', '2024-04-01', '2024-07-01', '2024-10-01']);
  expect(months.map((day) => day?.slice(5))).toEqual(
    '01-31 02-29 03-31 04-30 05-31 06-30 07-31 08-31 09-30 10-31 11-30 12-31'.split(' '),
  );
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
