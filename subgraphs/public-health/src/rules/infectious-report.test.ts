import { expect, test } from 'vitest';
import { isTimelyReport } from './infectious-report.ts';

test('class A is reported within 2 hours of the diagnosis, B and C within 24, the last second included', () => {
  const after = (diseaseClass: 'A' | 'B' | 'C', reportedAt: string) =>
    isTimelyReport(diseaseClass, '2024-05-06T08:00:00+08:00', reportedAt);
  expect([
    after('A', '2024-05-06T10:00:00+08:00'),
    after('A', '2024-05-06T10:00:01+08:00'),
    after('B', '2024-05-07T08:00:00+08:00'),
    after('B', '2024-05-07T08:00:01+08:00'),
    after('C', '2024-05-07T00:00:00Z'),
  ]).toEqual([true, false, true, false, true]);
});
