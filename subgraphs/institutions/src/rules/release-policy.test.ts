import { expect, test } from 'vitest';
import { policyInForce, splitSession } from './release-policy.ts';

const figures = { ratio: '0.20', leadShare: '0.60', yearlyStep: '0.05', maxRatio: '0.50' };
const policies = [
  { name: 'all 2022', departmentId: null, effectiveFrom: '2022-01-01', ...figures },
  { name: 'heart 2023', departmentId: 'de_HEART', effectiveFrom: '2023-01-01', ...figures },
  { name: 'heart 2024', departmentId: 'de_HEART', effectiveFrom: '2024-06-01', ...figures },
  { name: 'all 2025', departmentId: null, effectiveFrom: '2025-01-01', ...figures },
];

test('a department goes by its own newest policy, without one by that of the whole institution', () => {
  const inForce = (departmentId: string, day: string) => policyInForce(policies, departmentId, day)?.name;
  expect([
    inForce('de_HEART', '2021-12-31'),
    inForce('de_HEART', '2022-01-01'),
    inForce('de_HEART', '2024-05-31'),
    inForce('de_HEART', '2024-06-01'),
    inForce('de_HEART', '2025-02-01'),
    inForce('de_SKIN', '2024-06-01'),
    inForce('de_SKIN', '2025-01-01'),
  ]).toEqual([undefined, 'all 2022', 'heart 2023', 'heart 2024', 'heart 2024', 'all 2022', 'all 2025']);
});

test('TV-45 a policy begun in 2022 at 0.20 releases 0.35 in 2025 and 0.50 in 2030', () => {
  const split = (day: string) => splitSession(20, policies[0], day);
  expect([split('2025-03-01'), split('2030-03-01')]).toEqual([
    { released: 7, lead: 5, alliance: 2, public: 13 },
    { released: 10, lead: 6, alliance: 4, public: 10 },
  ]);
});

test('without a policy everything is public', () => {
  expect(splitSession(20, undefined, '2025-03-01')).toEqual({ released: 0, lead: 0, alliance: 0, public: 20 });
});
