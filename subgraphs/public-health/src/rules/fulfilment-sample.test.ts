import { expect, test } from 'vitest';
import { drawSample, forgoesIncentive, sampleSize, scoreAfterCheck } from './fulfilment-sample.ts';
import { percent } from './fulfilment-plan.ts';

test('a sample has ten services at least, or one of twenty, and never more than there are', () => {
  expect([0, 7, 10, 200, 201, 1000].map(sampleSize)).toEqual([0, 7, 10, 10, 11, 50]);
});

test('the same seed draws the same sample whatever the order, another seed another', () => {
  const ids = Array.from({ length: 300 }, (_, index) => `fe_${index}`);
  const drawn = drawSample(ids, 'lot');
  expect(drawn).toEqual(drawSample(ids.toReversed(), 'lot'));
  expect(new Set(drawn).size).toBe(15);
  expect(drawSample(ids, 'other')).not.toEqual(drawn);
});

test('TV-62 of 40 checked 35 truthful is 87.50 %, and a score of 92.00 becomes 80.50; 90 % costs nothing', () => {
  expect([percent(35, 40), scoreAfterCheck('92.00', 35, 40), scoreAfterCheck('92.00', 36, 40)]).toEqual([
    '87.50',
    '80.50',
    '92.00',
  ]);
});

test('below 70 % there is no incentive; 70 % itself keeps it', () => {
  expect([forgoesIncentive(27, 40), forgoesIncentive(28, 40), forgoesIncentive(0, 0)]).toEqual([true, false, false]);
});
