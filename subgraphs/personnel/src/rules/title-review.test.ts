import { expect, test } from 'vitest';
import { primaryCareAllowance, titleReviewScore } from './title-review.ts';

test('TV-83 a title review weighs volume, satisfaction and skill', () => {
  const terms = { serviceVolume: 4500, standardVolume: 5000, satisfaction: '92', skill: '80' };
  expect(titleReviewScore(terms)).toBe('88.60');
});

test('volume beyond the standard gives no more than the full score', () => {
  const terms = { serviceVolume: 9000, standardVolume: 5000, satisfaction: '100', skill: '100' };
  expect(titleReviewScore(terms)).toBe('100.00');
});

test('the allowance grows at 5, 10 and 20 years', () => {
  expect([4.9, 5, 9.9, 10, 20].map(primaryCareAllowance)).toEqual([null, '200.00', '200.00', '400.00', '600.00']);
});
