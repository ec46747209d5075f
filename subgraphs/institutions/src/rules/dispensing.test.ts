import { expect, test } from 'vitest';
import { dispensingAt, type DispensablePrescription } from './dispensing.ts';

const fresh: DispensablePrescription = {
  issuedAt: '2024-05-20T09:00:00+08:00',
  dispensedAt: null,
  daysSupply: 28,
  refillsLeft: 1,
};
const dispensed = { ...fresh, dispensedAt: '2024-05-20T10:00:00+08:00' };

test('a new prescription holds for three days, the last instant included', () => {
  expect([dispensingAt(fresh, '2024-05-23T09:00:00+08:00'), dispensingAt(fresh, '2024-05-23T09:00:01+08:00')]).toEqual([
    { kind: 'FIRST' },
    { kind: 'REFUSED', why: 'EXPIRED' },
  ]);
});

test('a refill is handed out from seven days before the supply ends, while there is one', () => {
  expect([
    dispensingAt(dispensed, '2024-06-10T09:59:59+08:00'),
    dispensingAt(dispensed, '2024-06-10T10:00:00+08:00'),
    dispensingAt({ ...dispensed, refillsLeft: 0 }, '2024-06-10T10:00:00+08:00'),
  ]).toEqual([{ kind: 'REFUSED', why: 'TOO_EARLY' }, { kind: 'REFILL' }, { kind: 'REFUSED', why: 'NO_REFILLS' }]);
});
