import { expect, test } from 'vitest';
import { followUpDueOn, lengthOfStay } from './stay.ts';

test('a stay is as long as there are midnights in it, at least a day', () => {
  expect([
    lengthOfStay('2024-05-07T10:00:00+08:00', '2024-05-15T09:00:00+08:00'),
    lengthOfStay('2024-05-07T23:59:00+08:00', '2024-05-08T00:01:00+08:00'),
    lengthOfStay('2024-05-07T08:00:00+08:00', '2024-05-07T20:00:00+08:00'),
    lengthOfStay('2024-05-07 23:00:00+08', '2024-05-08T17:00:00Z'),
  ]).toEqual([8, 1, 1, 2]);
});

test('stroke, infarction and delivery are followed up within three days, whatever their rank, others within seven; who died is not', () => {
  const due = (icd10: readonly string[], dischargeMode: string, dischargedAt = '2024-02-27T23:30:00+08:00') =>
    followUpDueOn({ dischargedAt, dischargeMode }, icd10);
  expect([
    due(['I10', 'I63.9'], '1'),
    due(['I21.0'], '3'),
    due(['O80.0'], '1'),
    due(['I64.x'], '5'),
    due(['J18.9', 'I69.3'], '2'),
    due([], '1'),
    due([], '1', '2024-12-31T16:00:00Z'),
  ]).toEqual(['2024-03-01', '2024-03-01', '2024-03-01', null, '2024-03-05', '2024-03-05', '2025-01-08']);
});
