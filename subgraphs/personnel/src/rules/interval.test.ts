import { expect, test } from 'vitest';
import { covers, isOrdered, overlaps } from './interval.ts';

const march = { from: '2024-03-01', to: '2024-03-31' };

test('both ends belong to an interval, and an open one has no end', () => {
  const days = ['2024-02-29', '2024-03-01', '2024-03-31', '2024-04-01'];
  expect(days.map((day) => covers(march, day))).toEqual([false, true, true, false]);
  expect(covers({ from: '2024-03-01', to: null }, '2099-12-31')).toBe(true);
});

test('intervals overlap from one shared day, whichever comes first', () => {
  const others = [
    { from: '2024-03-31', to: null },
    { from: '2024-01-01', to: '2024-03-01' },
    { from: '2024-01-01', to: null },
    { from: '2024-04-01', to: null },
    { from: '2024-01-01', to: '2024-02-29' },
  ];
  expect(others.map((other) => overlaps(march, other))).toEqual([true, true, true, false, false]);
});

test('one day is an interval, an end before the start is none', () => {
  expect([
    isOrdered({ from: '2024-03-01', to: '2024-03-01' }),
    isOrdered({ from: '2024-03-01', to: '2024-02-29' }),
    isOrdered({ from: '2024-03-01', to: null }),
  ]).toEqual([true, false, true]);
});
