import { expect, test } from 'vitest';
import { dischargeFollowUp, lengthOfStay } from './stay.ts';

test('a stay is as long as there are midnights in it, at least a day', () => {
  expect([
    lengthOfStay('2024-05-07T10:00:00+08:00', '2024-05-15T09:00:00+08:00'),
    lengthOfStay('2024-05-07T23:59:00+08:00', '2024-05-08T00:01:00+08:00'),
    lengthOfStay('2024-05-07T08:00:00+08:00', '2024-05-07T20:00:00+08:00'),
    lengthOfStay('2024-05-07 23:00:00+08', '2024-05-08T17:00:00Z'),
  ]).toEqual([8, 1, 1, 2]);
});

test('stroke, infarction and delivery are followed up early, whatever their rank; who died is not', () => {
  expect([
    dischargeFollowUp(['I10', 'I63.9'], '1'),
    dischargeFollowUp(['I21.0'], '3'),
    dischargeFollowUp(['O80.0'], '1'),
    dischargeFollowUp(['I64.x'], '5'),
    dischargeFollowUp(['J18.9', 'I69.3'], '2'),
    dischargeFollowUp([], '1'),
  ]).toEqual([
    { followUp: true, early: true },
    { followUp: true, early: true },
    { followUp: true, early: true },
    { followUp: false, early: true },
    { followUp: true, early: false },
    { followUp: true, early: false },
  ]);
});
