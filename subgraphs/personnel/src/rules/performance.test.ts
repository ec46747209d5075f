import { expect, test } from 'vitest';
import { appraisalScore, gradeOf } from './performance.ts';

test('an appraisal weighs workload 40, quality 30 and satisfaction 30 per cent, rounded half up', () => {
  expect(appraisalScore({ workload: '90', quality: '88', satisfaction: '92' })).toBe('90.00');
  expect(appraisalScore({ workload: '79.99', quality: '79.99', satisfaction: '79.98' })).toBe('79.99');
  expect(appraisalScore({ workload: '0', quality: '0', satisfaction: '0.05' })).toBe('0.02');
});

test('a grade begins at 90, 80, 70 and 60', () => {
  expect(['90.00', '89.99', '80.00', '79.99', '70.00', '69.99', '60.00', '59.99'].map(gradeOf)).toEqual([
    'A',
    'B',
    'B',
    'C',
    'C',
    'D',
    'D',
    'E',
  ]);
});
