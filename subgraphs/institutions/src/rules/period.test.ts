import { expect, test } from 'vitest';
import { dayStart, wholeYearsBefore, monthBefore, nextDay, periodBounds } from './period.ts';

test('a month, a quarter and a year run from their first instant to that of the next in Asia/Shanghai', () => {
  expect([periodBounds('2024-12'), periodBounds('2024-Q1'), periodBounds('2024-Q4'), periodBounds('2023')]).toEqual([
    { from: '2024-12-01T00:00:00+08:00', until: '2025-01-01T00:00:00+08:00' },
    { from: '2024-01-01T00:00:00+08:00', until: '2024-04-01T00:00:00+08:00' },
    { from: '2024-10-01T00:00:00+08:00', until: '2025-01-01T00:00:00+08:00' },
    { from: '2023-01-01T00:00:00+08:00', until: '2024-01-01T00:00:00+08:00' },
  ]);
});

test('what is no period has no bounds', () => {
  const none = ['2024-13', '2024-Q5', '24-01', '2024-1', '2024-01-01', '', '0000', '0099', '0000-01', '0000-Q1'];
  expect(none.map(periodBounds)).toEqual(none.map(() => undefined));
});

test('the day after the last of February and of the year', () => {
  expect([nextDay('2024-02-28'), nextDay('2023-02-28'), nextDay('2024-12-31'), dayStart('2024-05-06')]).toEqual([
    '2024-02-29',
    '2023-03-01',
    '2025-01-01',
    '2024-05-06T00:00:00+08:00',
  ]);
});

test('the month before one of January lies in the year before', () => {
  expect(['2024-03-01', '2024-12-31', '2024-01-15'].map(monthBefore)).toEqual(['2024-02', '2024-11', '2023-12']);
});

test('years of whole months before a day end with the month before, on the first day of its month and on the last', () => {
  const january = { from: '2021-01-01T00:00:00+08:00', until: '2024-01-01T00:00:00+08:00' };
  const december = { from: '2021-12-01T00:00:00+08:00', until: '2024-12-01T00:00:00+08:00' };
  expect(['2024-01-01', '2024-01-31', '2024-12-31'].map((day) => wholeYearsBefore(day, 3))).toEqual([
    { ...january, firstMonth: '2021-01', lastMonth: '2023-12' },
    { ...january, firstMonth: '2021-01', lastMonth: '2023-12' },
    { ...december, firstMonth: '2021-12', lastMonth: '2024-11' },
  ]);
});
