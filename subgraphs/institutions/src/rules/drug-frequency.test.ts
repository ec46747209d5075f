import { expect, test } from 'vitest';
import { valueSet } from '@hutong/schema';
import { timesTaken } from './drug-frequency.ts';

test('every frequency of the code table tells how often in 28 days, but any other one', () => {
  const times = valueSet('VS-66').values.map(({ code, flags }) => [
    flags?.['abbreviation'] ?? code,
    timesTaken(code, 28),
  ]);
  expect(Object.fromEntries(times)).toEqual({
    bid: 56,
    biw: 8,
    hs: 28,
    q12h: 56,
    q1h: 672,
    q3h: 224,
    q6h: 112,
    q8h: 84,
    qd: 28,
    qid: 112,
    qod: 14,
    qw: 4,
    st: 1,
    '99': undefined,
  });
});

test('a rhythm that does not divide the days counts the one begun', () => {
  expect([timesTaken('11', 7), timesTaken('12', 8), timesTaken('2', 1)]).toEqual([4, 2, 1]);
});
