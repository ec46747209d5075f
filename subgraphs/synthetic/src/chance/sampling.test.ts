import { describe, expect, test } from 'vitest';
import { quota, selectExactly, systematicCounts } from './sampling.ts';

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

describe('sampling', () => {
  test('quotas of blocks add up to the share of the whole', () => {
    const blocks = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((block) => quota(0.1252, block * 1000, block * 1000 + 1000));
    expect([sum(blocks), Math.max(...blocks) - Math.min(...blocks)]).toEqual([1252, 1]);
  });

  test('systematic counts hit as often as the weights say, whatever the start', () => {
    const weights = Array.from({ length: 700 }, (_, index) => (index % 7) / 20);
    expect([0.01, 0.3, 0.99].map((start) => sum(systematicCounts(weights, start)))).toEqual([105, 105, 105]);
  });

  test('exactly the wanted number is selected, the certain ones among them', () => {
    const items = Array.from({ length: 50 }, (_, index) => index);
    const chosen = selectExactly(items, (item) => (item < 3 ? 1e9 : 1), 13, 0.4);
    expect([chosen.length, chosen.slice(0, 3)]).toEqual([13, [0, 1, 2]]);
  });

  test('items without weight are never selected', () => {
    expect(selectExactly([1, 2, 3], (item) => (item === 2 ? 1 : 0), 3, 0.2)).toEqual([2]);
  });
});
