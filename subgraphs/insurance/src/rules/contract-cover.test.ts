import { expect, test } from 'vitest';
import { stateCovering, type CoveringContract } from './contract-cover.ts';

const packageCodes = ['PK-BASIC'];
const active = { from: '2024-01-05', status: 'ACTIVE', packageCodes };
const contract: CoveringContract = {
  validFrom: '2024-01-01',
  validTo: '2024-12-31',
  terminatedOn: null,
  states: [active],
};
const covered = (changed: Partial<CoveringContract>, ...days: readonly string[]) =>
  days.map((day) => stateCovering({ ...contract, ...changed }, day) !== undefined);

test('a contract covers from its confirmation to its last day', () => {
  expect(covered({}, '2024-01-04', '2024-01-05', '2024-12-31', '2025-01-01')).toEqual([false, true, true, false]);
});

test('one that was terminated covers up to and including that day', () => {
  const states = [active, { from: '2024-04-02', status: 'TERMINATED', packageCodes }];
  expect(covered({ states, terminatedOn: '2024-04-01' }, '2024-03-31', '2024-04-01', '2024-04-02')).toEqual([
    true,
    true,
    false,
  ]);
});

test('one that expired or was renewed covered its days all the same', () => {
  const states = [active, { from: '2025-01-01', status: 'RENEWED', packageCodes }];
  expect(covered({ states }, '2024-12-31', '2025-01-01')).toEqual([true, false]);
});

test('one that was suspended does not cover until it is active again, and tells the packages of the day', () => {
  const more = ['PK-BASIC', 'PK-STROKE'];
  const states = [
    { from: '2023-12-20', status: 'PENDING_CONFIRM', packageCodes },
    active,
    { from: '2024-05-01', status: 'SUSPENDED', packageCodes },
    { from: '2024-06-01', status: 'ACTIVE', packageCodes: more },
  ];
  expect(covered({ states }, '2024-01-02', '2024-04-30', '2024-05-01', '2024-05-31', '2024-06-01')).toEqual([
    false,
    true,
    false,
    false,
    true,
  ]);
  expect(stateCovering({ ...contract, states }, '2024-07-01')?.packageCodes).toEqual(more);
});

test('a draft that was given up never covered', () => {
  const states = [
    { from: '2024-01-01', status: 'DRAFT', packageCodes },
    { from: '2024-01-03', status: 'TERMINATED', packageCodes },
  ];
  expect(covered({ states }, '2024-01-01', '2024-01-03')).toEqual([false, false]);
});
