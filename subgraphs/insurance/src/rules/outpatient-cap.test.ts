import { expect, test } from 'vitest';
import { outpatientCapOf } from './outpatient-cap.ts';

const caps = {
  inpatient: '200000',
  outpatient: '400',
  outpatientRetired: null,
  contractIncrease: '300',
  twoDiseaseHtn: '400',
  twoDiseaseDm: '600',
  twoDiseaseDmInsulin: '900',
};

test('a contract raises the cap of residents from 400 to 700', () => {
  expect(outpatientCapOf(caps, false)).toEqual({ withoutContract: '400.00', withContract: '700.00' });
});

test('retired employees have a cap of their own', () => {
  const employee = { ...caps, outpatient: '4000', outpatientRetired: '5000' };
  expect(outpatientCapOf(employee, true)).toEqual({ withoutContract: '5000.00', withContract: '5300.00' });
  expect(outpatientCapOf(employee, false)).toEqual({ withoutContract: '4000.00', withContract: '4300.00' });
});
