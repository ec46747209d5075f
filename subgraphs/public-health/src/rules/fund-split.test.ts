import { expect, test } from 'vitest';
import { incentiveAmount, incrementPool, incrementWeight, splitPool } from './fund-split.ts';

test('TV-0 left-over cents go one by one, ties by input order', () => {
  expect(splitPool('100.00', [1, 1, 1])).toEqual(['33.34', '33.33', '33.33']);
});

test('TV-63 fifteen yuan a signing', () => {
  expect(incentiveAmount('15.00', 14, 120)).toBe('2010.00');
});

test('TV-64 ten yuan a head', () => {
  expect(incrementPool('10.00', 1_038_337)).toBe('10383370.00');
});

test('TV-65 a pool by signed, fulfilment and satisfaction', () => {
  const weights = [
    incrementWeight(9000, '.90', '.92'),
    incrementWeight(7000, '.80', '.88'),
    incrementWeight(4000, '.95', '.95'),
  ];
  expect(weights).toEqual(['7452.0000', '4928.0000', '3610.0000']);
  expect(splitPool('300000.00', weights)).toEqual(['139812.38', '92457.79', '67729.83']);
});

test('TV-85 a pool by population and factor', () => {
  expect(splitPool('2000000.00', [46_200, 31_000, 21_600])).toEqual(['935222.67', '627530.37', '437246.96']);
});

test('a pool without any positive weight is refused', () => {
  expect(() => splitPool('1.00', [0, 0])).toThrow('VALIDATION_FAILED');
});
