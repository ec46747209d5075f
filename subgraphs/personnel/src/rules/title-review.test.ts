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
  expect([4.9, 5, 9.9, 10, 19.9, 20, 45].map((years) => primaryCareAllowance(years))).toEqual([
    null,
    '200.00',
    '200.00',
    '400.00',
    '400.00',
    '600.00',
    '600.00',
  ]);
});

test('a region may pay other steps, told in whatever order', () => {
  const steps = [
    { fromYears: 8, amount: '500.00' },
    { fromYears: 3, amount: '100.00' },
  ];
  expect([2, 3, 8].map((years) => primaryCareAllowance(years, steps))).toEqual([null, '100.00', '500.00']);
});

test('without a standard volume the volume gives nothing', () => {
  const terms = { serviceVolume: 4500, satisfaction: '92', skill: '80' };
  expect([0, 1].map((standardVolume) => titleReviewScore({ ...terms, standardVolume }))).toEqual(['43.60', '93.60']);
});

test('the score is rounded once, half up', () => {
  const terms = { serviceVolume: 5000, standardVolume: 5000, satisfaction: '92.15', skill: '80' };
  expect(titleReviewScore(terms)).toBe('93.65');
});
