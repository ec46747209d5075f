import { expect, test } from 'vitest';
import { isSevereMental, isTuberculosis, isUnstable, nextMentalVisit, nextTbVisit } from './register-visit.ts';

test('who is stable is seen again after three months, who nearly is after one, others within two weeks with a referral', () => {
  expect([0, 1, 2, 3, 5].map((level) => [nextMentalVisit(level, '2024-11-30'), isUnstable(level)])).toEqual([
    ['2025-02-28', false],
    ['2024-12-30', false],
    ['2024-12-30', false],
    ['2024-12-14', true],
    ['2024-12-14', true],
  ]);
});

test('tuberculosis is visited every ten days of the first two months of treatment, then every month', () => {
  expect([
    nextTbVisit(null, '2024-03-01'),
    nextTbVisit('2024-01-02', '2024-03-01'),
    nextTbVisit('2024-01-02', '2024-03-02'),
  ]).toEqual(['2024-03-11', '2024-03-11', '2024-04-02']);
});

test('each register is for its own diagnoses', () => {
  const codes = ['F06.8', 'F19.9', 'F20.9', 'F29', 'F31.9', 'F32.0', 'F79.1', 'A14', 'A15.0', 'A19.9', 'A20'];
  expect(codes.filter(isSevereMental)).toEqual(['F06.8', 'F20.9', 'F29', 'F31.9', 'F79.1']);
  expect(codes.filter(isTuberculosis)).toEqual(['A15.0', 'A19.9']);
});
