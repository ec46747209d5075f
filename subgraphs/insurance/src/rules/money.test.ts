import { describe, expect, test } from 'vitest';
import { rate, share, splitPool, toCents, toYuan } from './money.ts';

describe('money', () => {
  test('TV-0 100.00 over weights 1, 1, 1 is 33.34, 33.33, 33.33', () => {
    expect(splitPool(toCents('100.00'), [1, 1, 1]).map(toYuan)).toEqual(['33.34', '33.33', '33.33']);
  });

  test('a pool without a positive weight is refused', () => {
    expect(() => splitPool(100, [0, 0])).toThrow(RangeError);
  });

  test('the split of TV-65 by decimal weights adds up to the pool', () => {
    const parts = splitPool(toCents('300000.00'), ['7452', '4928', '3610']);
    expect(parts.map(toYuan)).toEqual(['139812.38', '92457.79', '67729.83']);
  });

  test('half a cent is rounded up, where a float would lose it', () => {
    expect([share(toCents('73.08'), '0.60'), share(toCents('1.15'), '0.10'), toCents('0.005')]).toEqual([4385, 12, 1]);
  });

  test('cents become yuan text with two places, also below zero', () => {
    expect([0, 5, 120, -768_800].map(toYuan)).toEqual(['0.00', '0.05', '1.20', '-7688.00']);
  });

  test('a rate with denominator zero is null, never 0', () => {
    expect([rate(18, 19), rate(0, 5), rate(0, 0)]).toEqual(['94.74', '0.00', null]);
  });
});
